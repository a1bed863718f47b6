"""Deletes old plans and the details of old runs in small transactions, and gives the space back to the disk."""

from __future__ import annotations

import sqlite3

from shared.journal.journal import Journal
from shared.runtime.clock import is_recent

DAY = 86_400.0
KEEP_UNAPPLIED = 14 * DAY
KEEP_UNFINISHED = 2 * DAY
KEEP_APPLIED = 180 * DAY
KEEP_RUNS = 730 * DAY
BLOB_GRACE = DAY
SWEEP_EVERY = 7 * DAY
PRUNE_EVERY = 3600.0
KEEP_ROWS = 2_000_000
ITEMS_AT_ONCE = 500
BITES = 40

_SWEPT = "journal.swept"
_PRUNED = "journal.pruned"
_OLD_PLANS = """
    SELECT p.id, max(coalesce(r.ended, r.started)) AS applied FROM journal_plans p
    LEFT JOIN journal_runs r ON r.plan = p.id GROUP BY p.id
    HAVING p.id <= :crowded OR applied < :applied OR (applied IS NULL AND p.created <
        CASE p.state WHEN 'open' THEN :unapplied ELSE :unfinished END)
    ORDER BY p.id LIMIT 20
"""


def prune_sometimes(journal: Journal) -> None:
    """Call `prune` at most once an hour: a queue ends a run for every entry. Every run calls this at its end."""
    now = journal.store.clock.now()
    if abs(now - journal.store.kv.get(_PRUNED, float, 0.0)) >= PRUNE_EVERY:
        journal.store.kv.put(_PRUNED, now)
        prune(journal)


def prune(journal: Journal, *, keep_rows: int = KEEP_ROWS, bites: int = BITES) -> int:
    """Delete what is too old or too much in at most `bites` small transactions, and return the number of items.

    `prune_sometimes` calls it. The totals of a run stay in the history for two years.
    """
    now = journal.store.clock.now()
    limits = {
        "unapplied": now - KEEP_UNAPPLIED,
        "unfinished": now - KEEP_UNFINISHED,
        "applied": now - KEEP_APPLIED,
        "crowded": _last_crowded_plan(journal, keep_rows),
    }
    gone = 0
    plans = [row["id"] for row in journal.read(_OLD_PLANS, limits)]
    while plans and bites:
        removed = _bite(journal, plans[0])
        gone, bites = gone + removed, bites - 1
        if not removed:
            _remove_plan(journal, plans.pop(0))
    if gone:
        journal.store.shrink()
    _remove_runs(journal, now - KEEP_RUNS)
    _sweep_blobs(journal, now)
    return gone


def _sweep_blobs(journal: Journal, now: float) -> None:
    """Delete pictures that no row ever referred to, because their plan was never saved."""
    if is_recent(journal.store.kv.get(_SWEPT, float, 0.0), now, SWEEP_EVERY):
        return
    db = journal.store.connect()
    for name in journal.blobs.list_names():
        if not _is_referred_to(db, name):
            journal.blobs.remove(name, now - BLOB_GRACE)
    journal.store.kv.put(_SWEPT, now)


def _last_crowded_plan(journal: Journal, keep_rows: int) -> int:
    """Return the newest plan that has to go so that the rest has at most `keep_rows` rows; 0 if none has."""
    kept = 0
    for row in journal.read("SELECT id, rows FROM journal_plans ORDER BY id DESC"):
        kept += row["rows"]
        if kept > keep_rows and kept != row["rows"]:  # the newest stays, however large
            return int(row["id"])
    return 0


def _bite(journal: Journal, plan_id: int) -> int:
    """Remove some items of a plan with their rows and unused pictures, and return how many items; 0 at the end."""
    items = journal.read("SELECT id FROM journal_items WHERE plan = ? LIMIT ?", (plan_id, ITEMS_AT_ONCE))
    ids = [(row["id"],) for row in items]
    with journal.write() as db:
        names = {name for (item,) in ids for name in _blob_names(db, item)}
        db.executemany("DELETE FROM journal_blobs WHERE item = ?", ids)
        db.executemany("DELETE FROM journal_rows WHERE item = ?", ids)
        db.executemany("DELETE FROM journal_items WHERE id = ?", ids)
        orphans = [name for name in names if not _is_referred_to(db, name)]
    for name in orphans:
        journal.blobs.remove(name, journal.store.clock.now() - BLOB_GRACE)
    return len(ids)


def _remove_plan(journal: Journal, plan_id: int) -> None:
    with journal.write() as db:
        db.execute("DELETE FROM journal_plans WHERE id = ?", (plan_id,))
        db.execute("DELETE FROM journal_totals WHERE owner = ?", (f"plan:{plan_id}",))


def _remove_runs(journal: Journal, before: float) -> None:
    """Delete the runs that ended before then, with their totals: at an outbox's pace they are thousands a year."""
    query = "SELECT id FROM journal_runs r WHERE coalesce(ended, started) < ? AND NOT EXISTS "
    query += "(SELECT 1 FROM journal_plans p WHERE p.id = r.plan) LIMIT ?"
    old = [row["id"] for row in journal.read(query, (before, ITEMS_AT_ONCE))]
    if old:
        with journal.write() as db:
            db.executemany("DELETE FROM journal_totals WHERE owner = ?", [(f"run:{each}",) for each in old])
            db.executemany("DELETE FROM journal_runs WHERE id = ?", [(each,) for each in old])


def _blob_names(db: sqlite3.Connection, item: int) -> list[str]:
    return [row["hash"] for row in db.execute("SELECT hash FROM journal_blobs WHERE item = ?", (item,))]


def _is_referred_to(db: sqlite3.Connection, name: str) -> bool:
    return db.execute("SELECT 1 FROM journal_blobs WHERE hash = ? LIMIT 1", (name,)).fetchone() is not None
