"""How long a drain waits in Stash's list of tasks, with a clock that only counts."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from plexsync.queue.queue_wait import DrainWait

from shared.queue.outbox import Outbox
from shared.runtime.log import Log
from shared.state.store import Store
from tests.harness.clock import CountingClock

HOUR = 3600.0


class Waiting:
    """A drain with one waiting row in a Stash that has no other job."""

    def __init__(self, folder: Path) -> None:
        self.clock = CountingClock()
        self.store = Store(str(folder / "state.sqlite3"), clock=self.clock)
        self.outbox = Outbox(self.store)
        self.jobs: list[dict[str, Any]] = []
        stash = SimpleNamespace(job_queue=lambda: self.jobs)
        call: Any = SimpleNamespace(clock=self.clock, store=self.store, log=Log(), stash=stash)
        self.patience = DrainWait(call)


@pytest.fixture
def waiting(tmp_path: Path) -> Waiting:
    return Waiting(tmp_path)


@pytest.mark.parametrize(("seconds", "stays"), [(2, True), (300, True), (HOUR, False)])
def test_what_is_due_soon_is_waited_for(waiting: Waiting, seconds: float, stays: bool) -> None:
    waiting.outbox.put("scene:1", delay=seconds)
    assert waiting.patience.may_wait() is stays


@pytest.mark.parametrize(("hours", "stays"), [(1, True), (11, True), (13, False)])
def test_an_outage_is_waited_out_for_half_a_day(waiting: Waiting, hours: float, stays: bool) -> None:
    waiting.outbox.put("scene:1")
    waiting.outbox.breaker.fail("Plex does not answer.")
    waiting.clock.advance(hours * HOUR)
    waiting.outbox.breaker.fail("Plex does not answer.")
    assert waiting.patience.may_wait() is stays


def test_a_drain_does_not_wait_for_an_empty_queue(waiting: Waiting) -> None:
    waiting.outbox.ensure_tables()
    assert waiting.patience.may_wait() is False
