"""When a schedule is due, what it says about itself, and that a timer starts what a page would."""

from __future__ import annotations

from typing import Any

import pytest

from shared.page.schedules import Schedule
from tests.harness.installed import InstalledPlugin

DAY = 86400.0
NOW = 100 * DAY


def make(last: float | None, every: float = 7 * DAY, **more: Any) -> Schedule:
    """A schedule whose work was last done so many days ago."""
    return Schedule("count", "Count", "counting", every, None if last is None else NOW - last * DAY, **more)


@pytest.mark.parametrize(
    ("schedule", "is_due", "days_to_next"),
    [
        (make(1), False, 6),
        (make(8), True, 0),
        (make(8, is_running=True), False, -1),
        (make(8, every=0), False, None),
        (make(None), False, None),
        (make(None, starts_alone=True), True, 0),
        (make(-3), True, 0),
    ],
    ids=["recent", "old", "running", "off", "never by hand", "never, alone", "clock set back"],
)
def test_a_schedule_is_due_when_its_work_is_old(schedule: Schedule, is_due: bool, days_to_next: float | None) -> None:
    due = schedule.find_next(NOW, queued=None)
    assert schedule.is_due(NOW) is is_due
    assert (None if due is None else (due - NOW) / DAY) == days_to_next


def test_a_task_that_was_started_and_did_nothing_is_tried_again_after_a_day() -> None:
    assert make(8).find_next(NOW, queued=NOW - DAY / 4) == NOW + DAY * 3 / 4
    assert make(8, every=DAY / 24).find_next(NOW, queued=NOW - DAY / 48) == NOW + DAY / 48


def test_a_plugin_without_schedules_does_the_rest_of_its_heartbeat(plugin: InstalledPlugin) -> None:
    answer = plugin.operation("run_due")
    assert (answer["started"], answer["schedules"]) == ([], [])
    assert [notice["key"] for notice in answer["notices"]] == ["sample"]
