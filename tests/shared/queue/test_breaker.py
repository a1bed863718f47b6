"""The breaker: one found out, all wait, one probes."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.queue.breaker import LONGEST_PAUSE, PROBE_SECONDS, Breaker
from shared.state.store import Store
from tests.harness.clock import CountingClock


class Pair:
    """Two processes' views of one service."""

    def __init__(self, directory: Path) -> None:
        self.clock = CountingClock()
        self.one, self.other = (
            Breaker(Store(str(directory / "state.sqlite3"), clock=self.clock), "plex") for _ in range(2)
        )


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_closed_lets_every_process_try(pair: Pair) -> None:
    pair.one.succeed()
    assert (pair.one.may_try(), pair.other.may_try(), pair.one.is_open()) == (True, True, False)


def test_what_one_found_out_stops_the_other(pair: Pair) -> None:
    pair.one.fail("Plex does not answer.")
    assert not pair.other.may_try()
    assert (pair.other.describe() or {})["message"] == "Plex does not answer."


def test_when_it_is_time_exactly_one_probes(pair: Pair) -> None:
    pair.one.fail("down")
    pair.clock.advance(pair.one.seconds_to_probe())
    assert [breaker.may_try() for breaker in (pair.one, pair.other, pair.one, pair.other)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_good_probe_closes(pair: Pair) -> None:
    pair.one.fail("down")
    pair.clock.advance(5)
    assert pair.one.may_try()
    pair.one.succeed()
    assert pair.other.may_try()
    assert pair.other.describe() is None


def test_a_bad_probe_opens_for_longer_but_never_very_long(pair: Pair) -> None:
    pauses = []
    for _ in range(7):
        pair.one.fail("down")
        pauses.append(pair.one.seconds_to_probe())
        pair.clock.advance(pauses[-1])
    assert pauses == [5, 10, 20, 40, 60, 60, LONGEST_PAUSE]


def test_a_service_that_names_a_time_gets_it(pair: Pair) -> None:
    pair.one.fail("429", retry_after=20)
    pair.clock.advance(19.9)
    assert not pair.other.may_try()
    pair.clock.advance(0.1)
    assert pair.other.may_try()


def test_the_probe_of_a_dead_process_is_repeated(pair: Pair) -> None:
    pair.one.fail("down")
    pair.clock.advance(5)
    assert pair.one.may_try()
    pair.clock.advance(PROBE_SECONDS)
    assert pair.other.may_try()


def test_the_next_drainer_need_not_wait_for_the_probe_of_its_dead_predecessor(pair: Pair) -> None:
    pair.one.fail("down")
    pair.clock.advance(5)
    assert pair.one.may_try()
    pair.other.forget_probe()
    assert pair.other.may_try()


def test_a_person_may_close_it(pair: Pair) -> None:
    pair.one.fail("down")
    pair.other.reset()
    assert pair.one.may_try()
