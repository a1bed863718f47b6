"""Taking back: a run read from its end, each change reversed, as an ordinary plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from shared.errors import UsageError
from shared.journal.book import Journal
from shared.journal.changes import CHANGED, Change, reverse
from shared.journal.rows import change_of, item_of

ITEMS_READ_AT_ONCE = 200

_NEXT_ITEMS = """
    SELECT min(id) AS first, max(id) AS last FROM
    (SELECT id FROM journal_items WHERE run = :run AND id < :before ORDER BY id DESC LIMIT :limit)
"""
_CHANGED_ROWS = """
    SELECT r.*, i.kind, i.item_id, i.label FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.run = :run AND i.id BETWEEN :first AND :last AND r.outcome = :changed AND r.undone = 0
    ORDER BY i.id DESC, r.id DESC
"""


def plan_undo(
    journal: Journal, run_id: int, only: Collection[int] | None = None, *, rows: Collection[int] | None = None
) -> int:
    """A plan that takes back what a run changed: all of it, or only these items (their `id` in `list_changes`) or rows.

    What was taken back already is left out, so a second undo is empty. What was edited since becomes a conflict when
    the plan is applied. Undoing the undo brings the run back.
    """
    run = journal.find_run(run_id)
    if not journal.has_details(run):
        raise UsageError(f"The details of run {run_id} are gone after so long; it cannot be taken back any more.")
    plan_id = journal.begin_plan(run["kind"], f"Undo: {run['title']}", undo_of=run_id)
    items, wanted = (None if ids is None else frozenset(ids) for ids in (only, rows))
    reversed_rows = _read_backwards(journal, run_id, items)
    journal.add_entries(plan_id, (pair for pair in reversed_rows if wanted is None or pair[1] in wanted))
    journal.open_plan(plan_id)
    return plan_id


def _read_backwards(journal: Journal, run_id: int, wanted: frozenset[int] | None) -> Iterator[tuple[Change, int]]:
    before = 1 << 62
    while True:
        params = {"run": run_id, "before": before, "limit": ITEMS_READ_AT_ONCE, "changed": CHANGED}
        span = journal.read(_NEXT_ITEMS, params)[0]
        if span["first"] is None:
            return
        for row in journal.read(_CHANGED_ROWS, {**params, "first": span["first"], "last": span["last"]}):
            if wanted is None or row["item"] in wanted:
                yield reverse(change_of(row, item_of(row)), f"undo of run {run_id}"), row["id"]
        before = span["first"]
