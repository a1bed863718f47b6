"""The operations of the history tab: list runs and their changes, undo them."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from shared.arguments import flag, ident, idents, paging, takes, text, time
from shared.errors import UsageError
from shared.journal import Journal, plan_undo
from shared.journal.queries import WrittenFilter, search_written_items
from shared.journal.recovery import has_open_intents, settle_kind
from shared.page.paging import PageRequest, format_time, read_page
from shared.page.plans import BACKUP, apply_or_queue, count_conflicts, make_target
from shared.page.run_view import OUTCOME, describe_run, name_run, show_plan_changes, show_run_changes

if TYPE_CHECKING:
    from shared.runtime.call import Call

PREVIEWED_CHANGES = 50


@takes(*paging())
def list_runs(call: Call) -> dict[str, Any]:
    """Operation `history_list`: return one page of the runs, newest first."""
    journal = Journal(call.store)
    page = read_page(call.args)
    found = journal.list_runs(page.number, page_size=page.size)
    return {"runs": [describe_run(journal, run["id"]) for run in found["runs"]], "count": found["total"]}


@takes(
    text("text", "", "a part of the item's name"),
    time("since", None, "only items written since then"),
    time("until", None, "only items written before"),
    *paging(),
)
def search_items(call: Call) -> dict[str, Any]:
    """Operation `history_search`: return one page of the items of all runs that fit, the last written first."""
    page = read_page(call.args)
    journal = Journal(call.store)
    wanted = WrittenFilter(call.args["text"], call.args["since"], call.args["until"])
    rows, count = search_written_items(journal, wanted, page.size, page.offset)
    titles = {run: name_run(journal, run) for run in {row["run"] for row in rows}}
    return {"items": [show_written_item(row, titles[row["run"]]) for row in rows], "count": count}


def show_written_item(row: sqlite3.Row, title: str) -> dict[str, Any]:
    """Return an item of a run as the history's search (`history_search`) shows it."""
    return {
        "id": str(row["id"]),
        "item": {"kind": row["kind"], "id": row["item_id"], "label": row["label"]},
        "fields": json.loads(row["fields"]),
        "source": row["source"],
        "run_id": str(row["run"]),
        "title": title,
        "started_at": format_time(row["written"]),
    }


@takes(ident("run_id"), OUTCOME, text("text", "", "a part of the item's name"), *paging())
def list_changes(call: Call) -> dict[str, Any]:
    """Operation `history_changes`: return one page of a run's changes, or of those with one outcome or a text."""
    journal = Journal(call.store)
    run = journal.find_run(call.args["run_id"])
    return show_run_changes(journal, run["id"], read_page(call.args), call.args["outcome"], call.args["text"])


@takes(
    ident("run_id", None, "saves the plan of the undo of this run"),
    idents("only", None, "only these changes of the run"),
    ident("plan_id", None, "applies the plan"),
    flag("preview", False, "has no effect; the page sends it with `run_id`"),
    BACKUP,
)
def undo_run(call: Call) -> dict[str, Any]:
    """Operation `history_undo`: with `run_id` save and return the plan of the undo, with `plan_id` apply it."""
    journal = Journal(call.store)
    if call.args["plan_id"] is not None:
        return apply_or_queue(call, journal, call.args["plan_id"], call.args["backup"])
    run_id = call.args["run_id"]
    if run_id is None:
        raise UsageError('The operation history_undo needs the argument "run_id" or "plan_id".')
    settle_run(call, journal, journal.find_run(run_id)["kind"])
    plan_id = plan_undo(journal, run_id, rows=call.args["only"])
    shown = show_plan_changes(journal, plan_id, PageRequest(1, PREVIEWED_CHANGES))
    return {"plan_id": str(plan_id), **shown, **count_conflicts(call, journal, plan_id)._asdict()}


def settle_run(call: Call, journal: Journal, kind: str) -> None:
    """Find the outcome of changes that a killed run of this kind left open, so that `history_undo` covers them."""
    if has_open_intents(journal, kind):
        settle_kind(call, kind, make_target(call, kind))
