"""A client opened for a call: within the user's rate, with the plugin's memory, and never longer than a page waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import RateLimited, TimedOut
from shared.runtime.log import Log
from shared.stash_box import Box
from shared.stash_box.configured import open_client
from shared.state.store import Store
from tests.harness.clock import CountingClock


class StandInCall(NamedTuple):
    """The part of a `Call` that opening needs."""

    shared_dir: str
    store: Store
    clock: CountingClock
    log: Log
    deadline: float | None = None

    @property
    def service_deadline(self) -> float | None:
        return None if self.deadline is None else self.deadline - 4


@pytest.fixture
def call(tmp_path: Path) -> Iterator[StandInCall]:
    clock = CountingClock()
    store = Store(str(tmp_path / "state.sqlite3"), clock=clock)
    yield StandInCall(str(tmp_path), store, clock, Log())
    store.close()


def make_box(double: StashBox, rate: int) -> Box:
    return Box("Box", double.endpoint, double.key, rate)


def test_no_more_requests_start_than_the_user_allows(call: StandInCall, box: StashBox) -> None:
    client = open_client(call, make_box(box, 30))
    for _ in range(31):
        client.channel.ask("{ me { name } }")
    assert sum(call.clock.slept) >= 60
    client.close()


def test_the_features_of_a_box_are_kept_in_the_state_file(call: StandInCall, box: StashBox, world: World) -> None:
    for _ in range(2):
        client = open_client(call, make_box(box, 0))
        client.search_tags("x")
        client.close()
    assert [request.operations[0] for request in box.server.traffic.requests()] == ["Capabilities", "Search", "Search"]


def test_a_page_gets_rate_limited_instead_of_waiting_for_a_long_pause(call: StandInCall, box: StashBox) -> None:
    client = open_client(call._replace(deadline=call.clock.monotonic() + 25), make_box(box, 240))
    box.server.faults.add("rate_limited", retry_after=20)
    with pytest.raises(RateLimited) as caught:
        client.check()
    assert caught.value.retry_after and sum(call.clock.slept) <= 3
    client.close()


def test_a_box_is_given_up_while_there_is_time_for_stash(call: StandInCall, box: StashBox) -> None:
    late = call._replace(deadline=call.clock.monotonic() + 4)
    client = open_client(late, make_box(box, 0))
    with pytest.raises(TimedOut, match=r"^Box at"):
        client.check()
    client.close()
