"""One batch of a run: decide, write down what is intended, act, commit. Safe to be killed at any instant.

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
    combine,
    decide,
    find_error,
    settle,
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
    """Everything one batch needs: journal, lease, target, run id."""

    journal: Journal
    lease: Lease
    target: Target
    run_id: int


class PendingRow:
    """A row while it is worked on."""

    def __init__(self, row: sqlite3.Row, item: Item) -> None:
        self.id: int = row["id"]
        self.change = change_of(row, item)
        self.is_selected = bool(row["selected"]) and row["action"] != NOTE
        self.undoes: int | None = row["undoes"]
        self.verdict = RowOutcome(row["outcome"], row["message"])
        self.is_dirty = False

    def end(self, verdict: RowOutcome) -> None:
        """Give the row a verdict; it is saved with the batch."""
        self.is_dirty = self.is_dirty or verdict != self.verdict
        self.verdict = verdict


class PendingItem:
    """An item of a plan with its rows while it is worked on."""

    def __init__(self, head: sqlite3.Row, rows: Iterable[sqlite3.Row]) -> None:
        self.id: int = head["id"]
        self.run_id: int | None = head["run"]
        self.item = item_of(head)
        self.lines = [PendingRow(row, self.item) for row in rows]

    def lines_with(self, outcome: str) -> list[PendingRow]:
        """The rows in this state."""
        return [line for line in self.lines if line.verdict.outcome == outcome]

    @property
    def outcome(self) -> str:
        """The outcome of the item; PENDING or INTENT while it is unfinished."""
        return combine(line.verdict.outcome for line in self.lines)


def load_subjects(journal: Journal, heads: Iterable[sqlite3.Row]) -> list[PendingItem]:
    """Items with their rows."""
    query = "SELECT * FROM journal_rows WHERE item = ? ORDER BY id"
    return [PendingItem(head, journal.read(query, (head["id"],))) for head in heads]


def split_batches(heads: Iterable[sqlite3.Row], size: int) -> Iterator[list[sqlite3.Row]]:
    """Batches in which no item occurs twice: its second change is decided by what its first has left."""
    batch: dict[Item, sqlite3.Row] = {}
    for head in heads:
        if len(batch) == size or item_of(head) in batch:
            yield list(batch.values())
            batch = {}
        batch[item_of(head)] = head
    if batch:
        yield list(batch.values())


def apply_batch(desk: BatchContext, subjects: Sequence[PendingItem]) -> None:
    """Work on some items; raises when a service failed as a whole, after keeping what was done."""
    present = _read_present(desk.target, subjects, PENDING)
    for subject in subjects:
        subject.run_id = desk.run_id
        for line in subject.lines_with(PENDING):
            verdict = decide(line.change, present.get(subject.item)) if line.is_selected else NOT_SELECTED
            line.end(RowOutcome(INTENT) if verdict.outcome == PENDING else verdict)
    save(desk, subjects)
    intended = [subject for subject in subjects if subject.lines_with(INTENT)]
    if not intended:
        return
    work = [(subject.item, [line.change for line in subject.lines_with(INTENT)]) for subject in intended]
    written = desk.target.write(work)
    errors = [error for subject in intended for error in _learn(subject, written[subject.item])]
    save(desk, intended)
    for error in errors:
        if error.stops_run:
            raise error


def settle_intents(desk: BatchContext, kind: str, batch_size: int) -> None:
    """Find out what a dead process had written of what it intended, by reading the values."""
    while heads := desk.journal.read(_INTENDED, (kind, batch_size)):
        subjects = load_subjects(desk.journal, next(split_batches(heads, batch_size)))
        present = _read_present(desk.target, subjects, INTENT, is_settling=True)
        for subject in subjects:
            for line in subject.lines_with(INTENT):
                line.end(settle(line.change, present.get(subject.item)))
        save(desk, subjects)


def give_up(desk: BatchContext, subjects: Sequence[PendingItem]) -> None:
    """Drop items that a process planned and died before writing."""
    for subject in subjects:
        for line in subject.lines_with(PENDING):
            line.end(NOT_BEGUN)
    save(desk, subjects)


def save(desk: BatchContext, subjects: Sequence[PendingItem]) -> None:
    """Commit what was decided or learned; items without open rows are finished and counted."""
    with desk.journal.write() as db:
        desk.lease.require(db)
        for subject in subjects:
            lines = [line for line in subject.lines if line.is_dirty]
            for line in lines:
                _save_line(db, line)
            outcome = subject.outcome
            is_finished = outcome not in (PENDING, INTENT)
            update = "UPDATE journal_items SET run = ?, outcome = ? WHERE id = ? AND outcome = ''"
            params = (subject.run_id, outcome if is_finished else "", subject.id)
            if db.execute(update, params).rowcount and is_finished and subject.run_id is not None:
                count_item(db, subject.run_id, outcome, [line.verdict.outcome for line in subject.lines])


def _save_line(db: sqlite3.Connection, line: PendingRow) -> None:
    update = "UPDATE journal_rows SET outcome = ?, message = ? WHERE id = ?"
    db.execute(update, (line.verdict.outcome, line.verdict.message, line.id))
    line.is_dirty = False
    if line.undoes is not None and line.verdict.outcome in (CHANGED, UNCHANGED):
        db.execute("UPDATE journal_rows SET undone = 1 WHERE id = ?", (line.undoes,))
        # Undoing an undo: what that one had taken back is there again, so it can be taken back again.
        again = "UPDATE journal_rows SET undone = 0 WHERE id = (SELECT undoes FROM journal_rows WHERE id = ?)"
        db.execute(again, (line.undoes,))


def _read_present(
    target: Target, subjects: Sequence[PendingItem], outcome: str, *, is_settling: bool = False
) -> Present:
    wanted = {subject.item: [line for line in subject.lines_with(outcome) if line.is_selected] for subject in subjects}
    items = [item for item, lines in wanted.items() if lines]
    fields = {line.change.field for lines in wanted.values() for line in lines}
    if not items:
        return {}
    if is_settling and isinstance(target, SettlingTarget):
        return target.settle_items(items, fields)
    return target.read(items, fields)


def _learn(subject: PendingItem, result: Result) -> list[BundleError]:
    """Turn what the target said about an item into verdicts.

    An error that concerns everything leaves the intent open: what was written is found out on the next start.
    """
    errors = []
    for line in subject.lines_with(INTENT):
        error = find_error(result, line.change) if isinstance(result, Mapping) else result
        if error is None or isinstance(error, str):
            line.end(RowOutcome(CHANGED, error or ""))
            continue
        errors.append(error)
        if not error.stops_run:
            outcome = CONFLICT if isinstance(error, Conflict) else FAILED
            line.end(RowOutcome(outcome, mask_secrets(str(error)) or error.code))
    return errors
