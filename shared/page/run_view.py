"""Runs and changes of the journal in the form that the page's history and plans show."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from shared.arguments import choice
from shared.journal import Entry, Journal, RunSummary, Target, apply_now
from shared.journal.blobs import name_of
from shared.journal.changes import CHANGED, CONFLICT, FAILED, INTENT, OUTCOMES, REMARKED
from shared.journal.queries import (
    count_final_changes,
    count_intents,
    count_open_changes,
    count_undoable,
    count_undone,
    list_plan_changes,
    list_reasons,
    list_run_changes,
)
from shared.journal.run_details import make_title
from shared.journal.schema import AFTER, BEFORE, PLAN_DETAILS, RUN_DETAILS, SIDES
from shared.journal.undo import read_original_reason
from shared.page.paging import PageRequest, format_time

if TYPE_CHECKING:
    from shared.runtime.call import Call

UNDONE, PLANNED = "undone", "planned"
OUTCOME = choice("outcome", (*OUTCOMES, UNDONE), "", "only changes with this outcome")
BEGUN = "Begun, and not confirmed yet; the next run finds out, or Undo."


def describe_run(journal: Journal, run_id: int) -> dict[str, Any]:
    """Return a run as the History tab and the answers of operations show it; its ids are texts."""
    head = journal.find_run(run_id)
    summary = journal.summarize(run_id)
    details = RUN_DETAILS.read(head["details"])
    return {
        "id": str(run_id),
        "title": make_title(head["title"], details, summary.rows[CHANGED], summary.items[CHANGED]),
        "kind": "undo" if head["undo_of"] else details.get("via") or "task",
        "state": summary.result,
        "started_at": format_time(head["started"]),
        "finished_at": format_time(head["ended"]),
        "message": summary.error or None,
        "dry_run": False,
        "undo_of": str(head["undo_of"]) if head["undo_of"] else None,
        "undoable": count_undoable(journal, run_id, summary.rows[CHANGED])
        + count_begun(journal, run_id, summary.state),
        "undone": count_undone(journal, run_id),
        "problems": dict(summary.problems) or None,
        "stash_backup": details.get("stash_backup"),
        "changes": summary.rows[CHANGED],
        "reasons": list_run_reasons(journal, summary),
        "totals": {"seen": summary.seen, **summary.items, **summary.in_part},
    }


def name_run(journal: Journal, run_id: int) -> str:
    """Return the title that the History tab shows for a run, with its numbers; the history's search calls it."""
    head, summary = journal.find_run(run_id), journal.summarize(run_id)
    return make_title(head["title"], RUN_DETAILS.read(head["details"]), summary.rows[CHANGED], summary.items[CHANGED])


def list_run_reasons(journal: Journal, summary: RunSummary) -> list[str]:
    """Return why items of a run failed or conflict, and remarks about changed ones, equal ones once.

    `describe_run` shows them.
    """
    bad = summary.items[FAILED] + summary.items[CONFLICT] + sum(summary.remarks.values())
    return list_reasons(journal, summary.run_id or 0, REMARKED) if bad else []


def apply_and_show(call: Call, target: Target, *, kind: str, title: str, entries: Iterable[Entry]) -> dict[str, Any]:
    """Apply these changes at once (`journal.apply_now`) and return the run for the page; operations call this."""
    summary = apply_now(call, target, kind=kind, title=title, entries=entries)
    return describe_run(Journal(call.store), summary.run_id or 0)


def count_begun(journal: Journal, run_id: int, state: str) -> int:
    """Return the number of changes that a dead run left open, whose outcome an undo finds out, for the History tab.

    It is 0 as long as the run is in the state "running", because it still ends its changes itself.
    """
    return 0 if state == "running" else count_intents(journal, run_id)


def describe_undo(journal: Journal, plan: sqlite3.Row) -> dict[str, Any]:
    """Return what an undo could bring back if the selected changes of a plan were applied: `all`, `some` or `none`.

    The review of a plan shows it. `count` changes cannot be undone; `limits` are sentences about what else an undo
    does not bring back.
    """
    selected, final = count_open_changes(journal, plan["id"])[1], count_final_changes(journal, plan["id"])
    limits = PLAN_DETAILS.read(plan["details"]).get("undo_limits") or []
    kind = "all" if not final and not limits else "none" if final and final == selected else "some"
    return {"kind": kind, "count": final, "limits": limits}


def show_run_changes(
    journal: Journal, run_id: int, page: PageRequest, outcome: str = "", text: str = ""
) -> dict[str, Any]:
    """Return one page of a run's changes and how many there are, for `history_changes`.

    `outcome` and `text` narrow them.
    """
    rows, count = list_run_changes(journal, run_id, page.size, page.offset, outcome=outcome, text=text)
    return {"changes": [describe_change(row) for row in rows], "count": count}


def show_plan_changes(journal: Journal, plan_id: int, page: PageRequest, outcome: str = "") -> dict[str, Any]:
    """Return one page of a plan's changes and how many there are, for `plan_list` and the preview of an undo.

    `outcome` narrows them.
    """
    rows, count = list_plan_changes(journal, plan_id, page.size, page.offset, outcome=outcome)
    return {"changes": [describe_change(row) for row in rows], "count": count}


def describe_change(row: sqlite3.Row) -> dict[str, Any]:
    """Return a change as lists of plans and runs show it, from its row with `kind`, `item_id` and `label`."""
    is_undone = bool(row["undone"])
    return {
        "id": str(row["id"]),
        "item": {"kind": row["kind"], "id": row["item_id"], "label": row["label"] or f"{row['kind']} {row['item_id']}"},
        "field": row["field"],
        "action": row["action"],
        "before": show_value(BEFORE.read(row["before"])),
        "after": show_value(AFTER.read(row["after"])),
        "source": row["source"],
        "reason": row["reason"],
        "original_reason": read_original_reason(row),
        "outcome": UNDONE if is_undone else row["outcome"] if row["outcome"] in OUTCOMES else PLANNED,
        "message": row["message"] or (BEGUN if row["outcome"] == INTENT else None),
        "undoable": row["outcome"] == CHANGED and not is_undone and bool(row["can_undo"]),
        "can_undo": bool(row["can_undo"]),
        "selected": bool(row["selected"]),
        "pictures": [side for side, column in SIDES.items() if name_of(column.read(row[side])) is not None],
    }


def show_value(value: Any) -> Any:
    """Return a change's value as lists of plans and runs show it; of a stored picture only its size."""
    if name_of(value) is None:
        return value
    return f"picture, {max(1, round(value.get('size', 0) / 1024))} KiB"
