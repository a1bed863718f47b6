"""The plan that a task makes for the page to review: stored, or none if there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.journal import Entry, Journal
from shared.journal.run_details import tell_done

if TYPE_CHECKING:
    from shared.runtime.call import Call


def save_task_plan(
    call: Call,
    entries: Iterable[Entry],
    *,
    kind: str,
    title: str,
    done: str,
    undo_limits: Sequence[str] = (),
    problems: Mapping[str, str] | None = None,
    counted: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Store what a task found and return `{plan_id, items}`; the id is None if there is nothing to review.

    `done` is the sentence of the history once the plan is applied; `undo_limits` say what an undo does not bring back.
    """
    journal = Journal(call.store)
    details = {**({"undo_limits": list(undo_limits)} if undo_limits else {}), **tell_done(done)}
    plan_id = journal.save_plan(entries, kind=kind, title=title, details=details, problems=problems, counted=counted)
    items = journal.find_plan(plan_id)["items"]
    return {"plan_id": plan_id if items else None, "items": items}
