"""The operations for plans: show one, select changes, apply it: a small one at once, others as a task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import flag, ident, idents, paging, record, takes, text
from shared.errors import BundleError, UsageError
from shared.journal import Change, Journal, Target, apply_plan
from shared.journal.apply import BATCH_SIZE
from shared.journal.changes import CONFLICT, decide_row
from shared.journal.queries import (
    count_open_changes,
    count_pending_items,
    list_changes_of_items,
    list_pending_items,
    select_field,
    select_fitting,
)
from shared.journal.rows import change_of, item_of
from shared.page.followed_task import queue_followed_task
from shared.page.paging import read_page
from shared.page.plan_review import FILTER, read_item_filter
from shared.page.run_view import OUTCOME, describe_run, describe_undo, show_plan_changes
from shared.runtime.handler import load_named
from shared.stash_backup.offer import note_answer

if TYPE_CHECKING:
    from shared.runtime.call import Call

# The items that an operation applies while a person waits. A target may set its own number: `items_at_once`.
ITEMS_AT_ONCE = 20
ITEMS_CHECKED = 200  # with one reading of the target
CHECK_SECONDS = 5.0  # a person waits for the preview of an undo


@takes(ident("plan_id"), OUTCOME, *paging())
def show_plan(call: Call) -> dict[str, Any]:
    """Operation `plan_list`: return a plan and one page of its changes."""
    journal = Journal(call.store)
    plan = journal.find_plan(call.args["plan_id"])
    rows = show_plan_changes(journal, plan["id"], read_page(call.args), call.args["outcome"])
    head = {"plan_id": str(plan["id"]), "title": plan["title"], "state": plan["state"], "items": plan["items"]}
    opened, selected = count_open_changes(journal, plan["id"])
    return {**head, "open": opened, "selected": selected, "undo": describe_undo(journal, plan), **rows}


@takes(
    ident("plan_id"),
    flag("selected"),
    idents("items", None, "only the changes of these items"),
    idents("only", None, "only these changes"),
    text("field", None, "only changes of this field; without `items`, `only`, `field` and `fitting`, all changes"),
    record("fitting", FILTER, None, "only changes of the items that `plan_items` returns for this filter"),
)
def select_rows(call: Call) -> dict[str, Any]:
    """Operation `plan_select`: select or deselect changes: all, or those of items, a field or a filter."""
    journal = Journal(call.store)
    plan = journal.find_plan(call.args["plan_id"])
    field, fitting, selected = (call.args[name] for name in ("field", "fitting", "selected"))
    if fitting is not None:
        return {"count": select_fitting(journal, plan["id"], read_item_filter(fitting), selected)}
    if field is not None:
        return {"count": select_field(journal, plan["id"], field, selected)}
    items, rows = call.args["items"], call.args["only"]
    return {"count": journal.select(plan["id"], selected, items=items, rows=rows)}


BACKUP = flag("backup", None, "true: a task lets Stash back up its database first; false: a person did without")


@takes(ident("plan_id"), idents("items", None, "applies only these items, at once", ITEMS_AT_ONCE), BACKUP)
def start_applying(call: Call) -> dict[str, Any]:
    """Operation `plan_apply`: apply a plan, or some of its items at once.

    Returns `{run}` if it is applied, `{job_id, run_token}` if Stash queued it.
    """
    journal, plan_id, items = Journal(call.store), call.args["plan_id"], call.args["items"]
    if items is None:
        return apply_or_queue(call, journal, plan_id, call.args["backup"])
    if call.args["backup"]:
        raise UsageError('A few "items" are applied at once, without a backup: leave one of the two arguments out.')
    target = make_target(call, journal.find_plan(plan_id)["kind"])
    summary = apply_plan(call, plan_id, target, items, batch_size=find_batch_size(target))
    return {"run": describe_run(journal, summary.run_id or 0)}


@takes(ident("plan_id"))
def apply_saved_plan(call: Call) -> dict[str, Any]:
    """Task `apply_plan`: apply a plan and return the totals; raise if every item failed."""
    journal = Journal(call.store)
    plan = journal.find_plan(call.args["plan_id"])
    target = make_target(call, plan["kind"])
    summary = apply_plan(call, plan["id"], target, batch_size=find_batch_size(target))
    if summary.is_failure:
        raise BundleError(f'"{plan["title"]}" failed: {summary.sentence()} The history says why.')
    return summary.to_json()


def apply_or_queue(call: Call, journal: Journal, plan_id: int, backup: bool | None = None) -> dict[str, Any]:
    """Apply a small plan now and return its run; let Stash queue `apply_plan` for a larger one, or after a backup.

    `plan_apply` and `history_undo` call it.
    """
    plan = journal.find_plan(plan_id)
    note_answer(call, backup)
    if backup:
        title = f"{plan['title']}, after a backup of Stash's database"
        handle = queue_followed_task(call, "apply_plan", title, {"plan_id": plan_id, "backup_first": True})
        return {**handle, "title": title}
    target = make_target(call, plan["kind"])
    limit = getattr(target, "items_at_once", ITEMS_AT_ONCE)
    if limit and count_pending_items(journal, plan_id) <= limit:
        summary = apply_plan(call, plan_id, target, batch_size=find_batch_size(target))
        return {"run": describe_run(journal, summary.run_id or 0)}
    return queue_followed_task(call, "apply_plan", plan["title"], {"plan_id": plan_id})


def find_batch_size(target: Target) -> int:
    """Return the number of items that the target takes at once; a slow target takes one, so that it can be stopped.

    The operations that apply a plan ask.
    """
    return int(getattr(target, "batch_size", BATCH_SIZE))


class ConflictCount(NamedTuple):
    """The changes of a plan that would conflict, and the number of items for which there was no time to find out."""

    conflict: int
    unchecked: int


def count_conflicts(call: Call, journal: Journal, plan_id: int) -> ConflictCount:
    """Return how many of a plan's changes would conflict, for the preview of an undo."""
    target = make_target(call, journal.find_plan(plan_id)["kind"])
    until = call.clock.monotonic() + CHECK_SECONDS
    conflict, checked, last = 0, 0, 0
    while heads := list_pending_items(journal, plan_id, ITEMS_CHECKED, last):
        if call.clock.monotonic() > until:
            return ConflictCount(conflict, count_pending_items(journal, plan_id) - checked)
        rows = list_changes_of_items(journal, [head["id"] for head in heads])
        conflict += count_conflicting(target, [change_of(row, item_of(row)) for row in rows if row["selected"]])
        last, checked = heads[-1]["id"], checked + len(heads)
    return ConflictCount(conflict, 0)


def count_conflicting(target: Target, changes: Sequence[Change]) -> int:
    """Return how many of these changes the present values do not allow, for `count_conflicts`."""
    if not changes:
        return 0
    present = target.read(list(dict.fromkeys(change.item for change in changes)), {one.field for one in changes})
    return sum(decide_row(change, present.get(change.item)).outcome == CONFLICT for change in changes)


def make_target(call: Call, kind: str) -> Target:
    """Return the target for this kind of run, from the plugin's table; the operations that apply a plan call it."""
    name = call.plugin.targets.get(kind)
    if name is None:
        raise UsageError(f'{call.plugin.name} cannot change what a run of the kind "{kind}" is about.')
    target: Target = load_named(name)(call)
    return target
