"""The origin of a start: a page, the timer, a task, a save or a person; the Setup tab names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.runtime.handler import TASK as TASK_CALL

if TYPE_CHECKING:
    from shared.runtime.call import Call

PAGE, TIMER, TASK, SAVE, PERSON = "page", "timer", "task", "save", "person"


def find_origin(call: Call) -> str:
    """Return what starts other work in this call: PAGE, TIMER, SAVE (a drain after a save in Stash) or TASK."""
    if call.work.kind == TASK_CALL:
        return SAVE if call.args.get("changed") else TASK
    return str(call.args["by"]) if call.work.name == "run_due" else PAGE


def note_start(call: Call, mode: str, origin: str) -> None:
    """Save when and by what (`origin`) the task `mode` was started, for the Setup tab."""
    call.store.kv.put(f"started.{mode}", {"at": call.clock.now(), "by": origin})


def note_person(call: Call) -> None:
    """Save that a person started this task, unless it was queued because it was due; each task calls it first."""
    plugin = call.plugin
    mode = call.work.name
    if plugin.schedules and not call.is_due and mode != plugin.drain and mode in {**plugin.tasks, **plugin.page_tasks}:
        note_start(call, mode, PERSON)
