"""Translation between the types of a plan and the rows on disk, and the running totals."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

from shared.journal.blobs import name_of
from shared.journal.changes import (
    NOTE,
    OUTCOMES,
    PENDING,
    Change,
    Entry,
    Finding,
    Item,
    RowOutcome,
    combine_outcomes,
    find_remark,
)
from shared.journal.schema import AFTER, BEFORE

UNITS = ("items", "rows", "remarks")  # remarks: changed items with something to say, see `find_remark`

_INSERT_ROW = (
    "INSERT INTO journal_rows (item, field, action, before, after, source, reason, outcome, message, undoes, can_undo) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_ADD_TOTAL = """
    INSERT INTO journal_totals VALUES (?, ?, ?, ?)
    ON CONFLICT (owner, unit, outcome) DO UPDATE SET n = n + excluded.n
"""


def insert_item(
    db: sqlite3.Connection, plan_id: int, run_id: int | None, entries: Sequence[tuple[Entry, int | None]]
) -> None:
    """Append an item with its rows to a plan; `Journal.add_groups` calls it.

    Each entry comes with the row it takes back, or None. An item of findings only is final at once.
    """
    item = entries[0][0].item
    is_final = all(isinstance(entry, Finding) for entry, _ in entries)
    outcome = (
        combine_outcomes(entry.outcome for entry, _ in entries if isinstance(entry, Finding)) if is_final else PENDING
    )
    cursor = db.execute(
        "INSERT INTO journal_items (plan, run, kind, item_id, label, outcome) VALUES (?, ?, ?, ?, ?, ?)",
        (plan_id, run_id, item.kind, item.id, item.label, outcome),
    )
    item_row = int(cursor.lastrowid or 0)
    db.executemany(_INSERT_ROW, [_row_of(item_row, entry, undoes) for entry, undoes in entries])
    names = {
        name_of(value) for entry, _ in entries if isinstance(entry, Change) for value in (entry.before, entry.after)
    }
    db.executemany("INSERT INTO journal_blobs VALUES (?, ?)", [(name, item_row) for name in names if name])
    if is_final and run_id is not None:
        found = [RowOutcome(entry.outcome, entry.message) for entry, _ in entries if isinstance(entry, Finding)]
        count_item(db, run_id, outcome, found)


def item_of(row: sqlite3.Row) -> Item:
    """Return the item in a row that has kind, item_id and label; the journal and the review read rows so."""
    return Item(row["kind"], row["item_id"], row["label"])


def change_of(row: sqlite3.Row, item: Item) -> Change:
    """Return the change in a row of `journal_rows`; apply, undo and previews read rows so."""
    before, after = BEFORE.read(row["before"]), AFTER.read(row["after"])
    is_undo = row["undoes"] is not None
    can_undo = bool(row["can_undo"])
    return Change(item, row["field"], row["action"], before, after, row["source"], row["reason"], is_undo, can_undo)


def count_item(db: sqlite3.Connection, run_id: int, outcome: str, rows: Sequence[RowOutcome]) -> None:
    """Add a finished item and its rows to the totals of a run; the saving of a batch calls it."""
    add_totals(db, f"run:{run_id}", "items", {outcome: 1})
    add_totals(db, f"run:{run_id}", "rows", Counter(row.outcome for row in rows))
    remark = find_remark(outcome, rows)
    add_totals(db, f"run:{run_id}", "remarks", {remark: 1} if remark else {})


def add_totals(db: sqlite3.Connection, owner: str, unit: str, numbers: Mapping[str, int]) -> None:
    """Add these numbers to the totals of "run:…" or "plan:…"; the journal counts with it."""
    db.executemany(_ADD_TOTAL, [(owner, unit, outcome, n) for outcome, n in numbers.items() if n])


def read_totals(db: sqlite3.Connection, owner: str) -> dict[str, dict[str, int]]:
    """Return the totals of "run:…" or "plan:…", with every outcome, for the journal's summaries."""
    totals = {unit: dict.fromkeys(OUTCOMES, 0) for unit in UNITS}
    for row in db.execute("SELECT unit, outcome, n FROM journal_totals WHERE owner = ?", (owner,)):
        totals[row["unit"]][row["outcome"]] = row["n"]
    return totals


def _row_of(item_row: int, entry: Entry, undoes: int | None) -> tuple[object, ...]:
    if isinstance(entry, Finding):
        return (
            item_row,
            entry.field,
            NOTE,
            "null",
            "null",
            entry.source,
            "",
            entry.outcome,
            entry.message,
            undoes,
            True,
        )
    before, after = json.dumps(entry.before), json.dumps(entry.after)
    values = (entry.source, entry.reason, PENDING, "", undoes, entry.can_undo)
    return (item_row, entry.field, entry.action, before, after, *values)
