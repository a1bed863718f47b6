"""The schedules of a plugin: when a task is due and what started it last. One operation starts all that is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import choice, takes
from shared.bundle.origin import SAVE, TASK, TIMER
from shared.page.heartbeat import DAY, find_last_queued, list_starts, queue_task, run_heartbeat
from shared.page.paging import format_time
from shared.runtime.clock import is_recent
from shared.runtime.handler import load_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shared.runtime.call import Call


class Schedule(NamedTuple):
    """A task that a plugin starts by itself every so many seconds (`every`; 0: never).

    `mode` is the task's, `title` its name for people, `job` its description in Stash's list of jobs. `last` is when the
    work was last done, None if never: then it waits until a person starts it once, unless it `starts_alone`. The task
    gets these `args`.
    """

    mode: str
    title: str
    job: str
    every: float
    last: float | None
    is_running: bool = False
    starts_alone: bool = False
    args: Mapping[str, Any] = {}

    def waits_for_person(self) -> bool:
        """Return True if a person has to start the work a first time; the heartbeat and the Setup tab ask."""
        return self.last is None and not self.starts_alone

    def is_due(self, now: float) -> bool:
        """Return True if the task should start now; the heartbeat asks."""
        if not self.every or self.is_running or self.waits_for_person():
            return False
        return self.last is None or not is_recent(self.last, now, self.every)

    def find_next(self, now: float, queued: float | None) -> float | None:
        """Return when the task is due next, for the Setup tab; None if a person must start it first or it is off.

        `queued` is when it last was due.
        """
        if not self.every or self.waits_for_person():
            return None
        due = now if self.is_due(now) or self.last is None else self.last + self.every
        return due if queued is None or not is_recent(queued, now, DAY) else max(due, queued + min(DAY, self.every))


def start_due(call: Call, schedules: Iterable[Schedule]) -> None:
    """Queue the tasks of the schedules that are due; the heartbeat of a plugin and its drains call this."""
    now = call.clock.now()
    for schedule in schedules:
        if schedule.is_due(now):
            queue_task(call, schedule.mode, schedule.job, every=schedule.every, args=schedule.args)


def describe_schedules(call: Call) -> list[dict[str, Any]]:
    """Return each schedule of the plugin as the Setup tab shows it.

    The operations `schedules` and `run_due` answer with it.
    """
    schedules: list[Schedule] = load_named(call.plugin.schedules)(call) if call.plugin.schedules else []
    starts = list_starts(call, [schedule.mode for schedule in schedules])
    return [_describe(call, schedule, starts.get(schedule.mode)) for schedule in schedules]


def _describe(call: Call, schedule: Schedule, start: dict[str, Any] | None) -> dict[str, Any]:
    queued = find_last_queued(call, schedule.mode)
    return {
        "mode": schedule.mode,
        "title": schedule.title,
        "every_days": schedule.every / DAY,
        "waits_for_person": bool(schedule.every) and schedule.waits_for_person(),
        "is_running": schedule.is_running,
        "last": format_time(schedule.last),
        "next": format_time(schedule.find_next(call.clock.now(), queued)),
        "started": format_time(start["at"] if start else None),
        "started_by": start["by"] if start else None,
    }


@takes()
def list_schedules(call: Call) -> dict[str, Any]:
    """Operation `schedules` of the Setup tab: return when each was last done, is next due, and what started it."""
    return {"schedules": describe_schedules(call)}


@takes(choice("by", (TIMER, TASK, SAVE), TIMER, "what calls it, for the Setup tab"))
def run_due(call: Call) -> dict[str, Any]:
    """Operation `run_due` for cron and tasks: do what a heartbeat does; return its answer and what it started."""
    before = {row["mode"]: find_last_queued(call, row["mode"]) for row in describe_schedules(call)}
    beat = run_heartbeat(call)
    rows = describe_schedules(call)
    started = [mode for mode, queued in before.items() if find_last_queued(call, mode) != queued]
    return {**beat, "started": started, "schedules": rows}
