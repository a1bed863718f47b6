"""One batch of a run: decide, store the intents, write, store the outcomes. Safe to be killed at any instant.

What a dead process left between intent and outcome is settled by reading the values again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.errors import BundleError, Conflict
from shared.journal.changes import (
    CHANGED,
    CONFLICT,
    FAILED,
    INTENT,
    NOTE,
    PENDING,
    SKIPPED,
    UNCHANGED,
    Item,
    Json,
    Result,
    RowOutcome,
    SettlingTarget,
    Target,
    combine_outcomes,
    decide_row,
    find_error,
    settle_row,
)
from shared.journal.journal import Journal
from shared.journal.rows import change_of, count_item, item_of
from shared.runtime.redact import mask_secrets
from shared.state.lease import Lease

Present = Mapping[Item, Mapping[str, Json]]

NOT_SELECTED = RowOutcome(SKIPPED, "Not selected.")
NOT_BEGUN = RowOutcome(SKIPPED, "The run was interrupted before this was written; the next run plans it again.")

_INTENDED = """
    SELECT DISTINCT i.* FROM journal_rows r JOIN journal_items i ON i.id = r.item JOIN journal_plans p ON p.id = i.plan
    WHERE r.outcome = 'intent' AND p.kind = ? LIMIT ?
"""


class BatchContext(NamedTuple):
    """Everything one batch needs: journal, lease, target, run id.

    `keeps_rest` is True if changes that are not selected stay open in the plan; else they are skipped for good.
    """

    journal: Journal
    lease: Lease
    target: Target
    run_id: int
    keeps_rest: bool = False


class PendingRow:
    """A row of the plan while its batch is worked on."""

    def __init__(self, row: sqlite3.Row, item: Item) -> None:
        self.id: int = row["id"]
        self.change = change_of(row, item)
        self.is_selected = bool(row["selected"]) and row["action"] != NOTE
        self.undoes: int | None = row["undoes"]
        self.decision = RowOutcome(row["outcome"], row["message"])
        self.is_dirty = False

    def end(self, decision: RowOutcome) -> None:
        """Give the row a decision, which is saved with the batch; `apply_batch` calls it."""
        self.is_dirty = self.is_dirty or decision != self.decision
        self.decision = decision


class PendingItem:
    """An item of a plan with its rows while its batch is worked on."""

    def __init__(self, head: sqlite3.Row, rows: Iterable[sqlite3.Row]) -> None:
        self.id: int = head["id"]
        self.run_id: int | None = head["run"]
        self.item = item_of(head)
        self.rows = [PendingRow(row, self.item) for row in rows]

    def rows_with(self, outcome: str) -> list[PendingRow]:
        """Return the item's rows in this state; `apply_batch` and the settling of a killed run ask."""
        return [row for row in self.rows if row.decision.outcome == outcome]

    @property
    def outcome(self) -> str:
        """Return the outcome of the item, PENDING or INTENT while it is unfinished.

        `apply_batch` and the saving ask.
        """
        return combine_outcomes(row.decision.outcome for row in self.rows)


def load_pending_items(journal: Journal, heads: Iterable[sqlite3.Row]) -> list[PendingItem]:
    """Return the items of these rows of `journal_items`, with their changes; a run loads each batch so."""
    query = "SELECT * FROM journal_rows WHERE item = ? ORDER BY id"
    return [PendingItem(head, journal.read(query, (head["id"],))) for head in heads]


def split_batches(heads: Iterable[sqlite3.Row], size: int) -> Iterator[list[sqlite3.Row]]:
    """Yield batches in which no item occurs twice: its second change is decided by what its first has left.

    A run applies one after the other.
    """
    batch: dict[Item, sqlite3.Row] = {}
    for head in heads:
        if len(batch) == size or item_of(head) in batch:
            yield list(batch.values())
            batch = {}
        batch[item_of(head)] = head
    if batch:
        yield list(batch.values())


def apply_batch(context: BatchContext, subjects: Sequence[PendingItem]) -> None:
    """Apply the pending changes of some items, for a run.

    Raise after saving what was done if a service failed as a whole.
    """
    if context.keeps_rest:
        subjects = [subject for subject in subjects if split_rest(context, subject)]
    present = _read_present(context.target, subjects, PENDING)
    for subject in subjects:
        subject.run_id = context.run_id
        for row in subject.rows_with(PENDING):
            decision = decide_row(row.change, present.get(subject.item)) if row.is_selected else NOT_SELECTED
            row.end(RowOutcome(INTENT) if decision.outcome == PENDING else decision)
    save_items(context, subjects)
    intended = [subject for subject in subjects if subject.rows_with(INTENT)]
    if not intended:
        return
    work = [(subject.item, [row.change for row in subject.rows_with(INTENT)]) for subject in intended]
    written = context.target.write(work)
    errors = [error for subject in intended for error in _read_result(subject, written[subject.item])]
    save_items(context, intended)
    for error in errors:
        if error.stops_run:
            raise error


def split_rest(context: BatchContext, subject: PendingItem) -> bool:
    """Move the changes of an item that are not selected to an item of their own; return False if none is selected.

    `apply_batch` calls it.
    """
    rest = [row for row in subject.rows_with(PENDING) if not row.is_selected]
    if len(rest) == len(subject.rows_with(PENDING)):
        return False
    if rest:
        with context.journal.write() as db:
            context.lease.require(db)
            copy = "INSERT INTO journal_items (plan, kind, item_id, label) SELECT plan, kind, item_id, label "
            item = db.execute(copy + "FROM journal_items WHERE id = ?", (subject.id,)).lastrowid
            db.executemany("UPDATE journal_rows SET item = ? WHERE id = ?", [(item, row.id) for row in rest])
            blobs = "INSERT OR IGNORE INTO journal_blobs SELECT hash, ? FROM journal_blobs WHERE item = ?"
            db.execute(blobs, (item, subject.id))
            db.execute(
                "UPDATE journal_plans SET items = items + 1 WHERE id = (SELECT plan FROM journal_items WHERE id = ?)",
                (item,),
            )
        subject.rows = [row for row in subject.rows if row not in rest]
    return True


def settle_intents(context: BatchContext, kind: str, batch_size: int) -> None:
    """Find the outcome of changes of this kind that a dead process intended, by reading the present values.

    The next run of the kind begins with it; between runs `settle_kind` calls it.
    """
    while heads := context.journal.read(_INTENDED, (kind, batch_size)):
        subjects = load_pending_items(context.journal, next(split_batches(heads, batch_size)))
        present = _read_present(context.target, subjects, INTENT, is_settling=True)
        for subject in subjects:
            for row in subject.rows_with(INTENT):
                row.end(settle_row(row.change, present.get(subject.item)))
        save_items(context, subjects)


def give_up_items(context: BatchContext, subjects: Sequence[PendingItem]) -> None:
    """Skip items that a dead process had planned and not begun; the next run calls it."""
    for subject in subjects:
        for row in subject.rows_with(PENDING):
            row.end(NOT_BEGUN)
    save_items(context, subjects)


def save_items(context: BatchContext, subjects: Sequence[PendingItem]) -> None:
    """Commit the decisions of a batch; items without open rows are finished and counted. `apply_batch` ends with it."""
    with context.journal.write() as db:
        context.lease.require(db)
        now = context.journal.store.clock.now()
        for subject in subjects:
            rows = [row for row in subject.rows if row.is_dirty]
            for row in rows:
                _save_row(db, row)
            outcome = subject.outcome
            is_finished = outcome not in (PENDING, INTENT)
            update = "UPDATE journal_items SET run = ?, outcome = ?, written = ? WHERE id = ? AND outcome = ''"
            params = (subject.run_id, outcome if is_finished else "", now if is_finished else None, subject.id)
            if db.execute(update, params).rowcount and is_finished and subject.run_id is not None:
                count_item(db, subject.run_id, outcome, [row.decision for row in subject.rows])


def _save_row(db: sqlite3.Connection, row: PendingRow) -> None:
    update = "UPDATE journal_rows SET outcome = ?, message = ? WHERE id = ?"
    db.execute(update, (row.decision.outcome, row.decision.message, row.id))
    row.is_dirty = False
    if row.undoes is not None and row.decision.outcome in (CHANGED, UNCHANGED):
        db.execute("UPDATE journal_rows SET undone = 1 WHERE id = ?", (row.undoes,))
        # An undo of an undo brings the first change back, so that one can be undone again.
        again = "UPDATE journal_rows SET undone = 0 WHERE id = (SELECT undoes FROM journal_rows WHERE id = ?)"
        db.execute(again, (row.undoes,))


def _read_present(
    target: Target, subjects: Sequence[PendingItem], outcome: str, *, is_settling: bool = False
) -> Present:
    wanted = {subject.item: [row for row in subject.rows_with(outcome) if row.is_selected] for subject in subjects}
    items = [item for item, rows in wanted.items() if rows]
    fields = {row.change.field for rows in wanted.values() for row in rows}
    if not items:
        return {}
    if is_settling and isinstance(target, SettlingTarget):
        return target.settle_items(items, fields)
    return target.read(items, fields)


def _read_result(subject: PendingItem, result: Result) -> list[BundleError]:
    """Turn the target's result for an item into outcomes of its rows, and return the errors in it.

    An error that concerns everything leaves the intent open: what was written is found out on the next start.
    """
    errors = []
    for row in subject.rows_with(INTENT):
        error = find_error(result, row.change) if isinstance(result, Mapping) else result
        if error is None or isinstance(error, str):
            row.end(RowOutcome(CHANGED, error or ""))
            continue
        errors.append(error)
        if not error.stops_run:
            outcome = CONFLICT if isinstance(error, Conflict) else FAILED
            row.end(RowOutcome(outcome, mask_secrets(str(error)) or error.code))
    return errors
