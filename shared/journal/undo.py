"""The plan of an undo: a run read from its end, each change reversed; and the changes that were not undone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from shared.errors import UsageError
from shared.journal.changes import ADD, CHANGED, Change, Item, Json, reverse_change
from shared.journal.journal import Journal
from shared.journal.rows import change_of, item_of
from shared.journal.run_details import make_title, tell_done
from shared.journal.schema import AFTER, RUN_DETAILS

ITEMS_READ_AT_ONCE = 200

_NEXT_ITEMS = """
    SELECT min(id) AS first, max(id) AS last FROM
    (SELECT id FROM journal_items WHERE run = :run AND id < :before ORDER BY id DESC LIMIT :limit)
"""
_ROWS = """
    SELECT r.*, i.kind, i.item_id, i.label FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE {which} AND i.run = :run AND r.outcome = 'changed' AND r.undone = 0 AND r.can_undo
    ORDER BY i.id DESC, r.id DESC
"""
_ROWS_BETWEEN = _ROWS.format(which="i.id BETWEEN :first AND :last")
_ROWS_OF_ITEM = _ROWS.format(which="i.id = :id")
# An undo that adds something brings back what was there before the run.
_STANDING = """
    SELECT i.item_id, r.after, r.source, u.started
    FROM journal_rows r JOIN journal_items i ON i.id = r.item JOIN journal_runs u ON u.id = i.run
    WHERE u.kind = ? AND u.undo_of IS NULL AND r.action = 'add' AND r.outcome = 'changed' AND NOT r.undone
"""
_STANDING_OF_ITEM = """
    SELECT r.* FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.kind = ? AND i.item_id = ? AND i.run IS NOT NULL AND r.outcome = 'changed' AND NOT r.undone
    AND r.undoes IS NULL ORDER BY r.id DESC
"""
_UNDO = re.compile(r"^(undo of run \d+(: |$))+")  # as `_take_back` writes it
_ROW = _ROWS.format(which="r.id = :id")


def plan_undo(
    journal: Journal, run_id: int, only: Collection[int] | None = None, *, rows: Collection[int] | None = None
) -> int:
    """Save the plan that takes back a run and return its id; the operation `history_undo` calls it.

    `only` restricts it to some items (their `id` in `list_changes`), `rows` to single changes.

    What was taken back already is left out, so a second undo is empty. What was edited since becomes a conflict when
    the plan is applied. Undoing the undo brings the run back.
    """
    run = journal.find_run(run_id)
    if not journal.has_details(run):
        raise UsageError(f"The details of run {run_id} are gone after so long; it cannot be taken back any more.")
    if rows is None and only is None:
        found = _read_backwards(journal, run_id)
    else:
        found = _read_chosen(journal, run_id, _ROWS_OF_ITEM if rows is None else _ROW, only if rows is None else rows)
    summary = journal.summarize(run_id)
    undone = make_title(run["title"], RUN_DETAILS.read(run["details"]), summary.rows[CHANGED], summary.items[CHANGED])
    done = tell_done(f"Undid {{changes change}}: {undone}")
    plan_id = journal.begin_plan(run["kind"], f"Undo: {run['title']}", undo_of=run_id, details=done)
    # An item that the run changed twice goes back in two steps.
    steps = (group for _, group in groupby(found, itemgetter("item")))
    journal.add_groups(
        plan_id, (restore_member_order([_take_back(row, run_id) for row in step]) for step in steps), None
    )
    journal.open_plan(plan_id)
    return plan_id


def list_standing_additions(journal: Journal, kind: str) -> Iterator[tuple[str, Json, str, float]]:
    """Yield item, member, source and time of each addition of all runs of a kind that no undo took back.

    Plugins call it once, when they begin to keep records of their own about what they added.
    """
    for row in journal.read(_STANDING, (kind,)):
        yield row["item_id"], AFTER.read(row["after"]), row["source"], row["started"]


def list_standing_changes(journal: Journal, item: Item) -> list[Change]:
    """Return what all runs changed of an item and no undo took back, the newest first.

    A plan that takes back single values finds in it what was there before.
    """
    return [change_of(row, item) for row in journal.read(_STANDING_OF_ITEM, (item.kind, item.id))]


def restore_member_order(changes: Sequence[tuple[Change, int]]) -> list[tuple[Change, int]]:
    """Return an item's undo, with the changes that add members again in the order in which the run removed them.

    `plan_undo` calls it. An undo reads the run from its end, so removed members would return to their lists in reverse
    order. Each change comes with the id of the row that it takes back.
    """
    returning = (each for each in reversed(changes) if each[0].action == ADD)
    return [next(returning) if each[0].action == ADD else each for each in changes]


def _read_backwards(journal: Journal, run_id: int) -> Iterator[sqlite3.Row]:
    before = 1 << 62
    while True:
        params = {"run": run_id, "before": before, "limit": ITEMS_READ_AT_ONCE}
        span = journal.read(_NEXT_ITEMS, params)[0]
        if span["first"] is None:
            return
        yield from journal.read(_ROWS_BETWEEN, {"run": run_id, "first": span["first"], "last": span["last"]})
        before = span["first"]


def _read_chosen(journal: Journal, run_id: int, query: str, chosen: Collection[int] | None) -> Iterator[sqlite3.Row]:
    for number in sorted(set(chosen or ()), reverse=True):
        yield from journal.read(query, {"run": run_id, "id": number})


def read_original_reason(row: sqlite3.Row) -> str:
    """Return the reason of a change for the page; for an undo that of the change which it takes back."""
    return str(row["reason"]) if row["undoes"] is None else _UNDO.sub("", row["reason"], 1)


def _take_back(row: sqlite3.Row, run_id: int) -> tuple[Change, int]:
    change = change_of(row, item_of(row))
    # The original reason stays: it names the tag, of which the change itself has only the number.
    reason = ": ".join(part for part in (f"undo of run {run_id}", change.reason) if part)
    return reverse_change(change, reason)._replace(is_undo=True), row["id"]
