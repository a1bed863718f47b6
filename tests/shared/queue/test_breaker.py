"""The breaker: one process finds the service down, all wait, one probes."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.queue.breaker import LONGEST_PAUSE, PROBE_SECONDS, Breaker
from shared.state.store import Store
from tests.harness.clock import CountingClock


class TwoBreakers:
    """Two processes' views of one service."""

    def __init__(self, directory: Path) -> None:
        self.clock = CountingClock()
        self.one, self.other = (
            Breaker(Store(str(directory / "state.sqlite3"), clock=self.clock), "plex") for _ in range(2)
        )


@pytest.fixture
def breakers(tmp_path: Path) -> TwoBreakers:
    return TwoBreakers(tmp_path)


def test_closed_lets_every_process_try(breakers: TwoBreakers) -> None:
    breakers.one.succeed()
    assert (breakers.one.may_try(), breakers.other.may_try(), breakers.one.is_open()) == (True, True, False)


def test_what_one_found_out_stops_the_other(breakers: TwoBreakers) -> None:
    breakers.one.fail("Plex does not answer.")
    assert not breakers.other.may_try()
    assert (breakers.other.describe() or {})["message"] == "Plex does not answer."


def test_when_it_is_time_exactly_one_probes(breakers: TwoBreakers) -> None:
    breakers.one.fail("down")
    breakers.clock.advance(breakers.one.seconds_to_probe())
    assert [breaker.may_try() for breaker in (breakers.one, breakers.other, breakers.one, breakers.other)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_good_probe_closes(breakers: TwoBreakers) -> None:
    breakers.one.fail("down")
    breakers.clock.advance(5)
    assert breakers.one.may_try()
    breakers.one.succeed()
    assert breakers.other.may_try()
    assert breakers.other.describe() is None


def test_a_bad_probe_opens_for_longer_but_never_very_long(breakers: TwoBreakers) -> None:
    pauses = []
    for _ in range(7):
        breakers.one.fail("down")
        pauses.append(breakers.one.seconds_to_probe())
        breakers.clock.advance(pauses[-1])
    assert pauses == [5, 10, 20, 40, 60, 60, LONGEST_PAUSE]


def test_a_service_that_names_a_time_gets_it(breakers: TwoBreakers) -> None:
    breakers.one.fail("429", retry_after=20)
    breakers.clock.advance(19.9)
    assert not breakers.other.may_try()
    breakers.clock.advance(0.1)
    assert breakers.other.may_try()


def test_the_probe_of_a_dead_process_is_repeated(breakers: TwoBreakers) -> None:
    breakers.one.fail("down")
    breakers.clock.advance(5)
    assert breakers.one.may_try()
    breakers.clock.advance(PROBE_SECONDS)
    assert breakers.other.may_try()


def test_the_next_drainer_need_not_wait_for_the_probe_of_its_dead_predecessor(breakers: TwoBreakers) -> None:
    breakers.one.fail("down")
    breakers.clock.advance(5)
    assert breakers.one.may_try()
    breakers.other.forget_probe()
    assert breakers.other.may_try()


@pytest.mark.parametrize("retry_after", [None, 7200.0])
@pytest.mark.parametrize("is_probing", [True, False])
def test_a_clock_that_was_set_back_does_not_prolong_the_pause(
    breakers: TwoBreakers, retry_after: float | None, is_probing: bool
) -> None:
    breakers.one.fail("down", retry_after)
    breakers.clock.advance(breakers.one.seconds_to_probe() if is_probing else 0)
    assert breakers.one.may_try() is is_probing
    breakers.clock.wall -= 86400
    assert (breakers.other.seconds_to_probe(), breakers.other.may_try()) == (0, True)


def test_a_person_may_close_it(breakers: TwoBreakers) -> None:
    breakers.one.fail("down")
    breakers.other.reset()
    assert breakers.one.may_try()
