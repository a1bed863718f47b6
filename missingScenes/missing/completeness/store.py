"""Saved completeness counts, and the progress of the task that counts now.

A count is kept until the next pass; a list that the page read to its end replaces its count at once. Progress older
than SILENCE_SECONDS belongs to a process that was killed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from missing.completeness.counts import EntityCount
from shared.runtime.clock import is_recent
from shared.state.store import Store

PROGRESS = "completeness.progress"
GROWTH = "completeness.growth"
MOST_POINTS = 500  # passes on different days
SILENCE_SECONDS = 600.0
# Of a performer's or studio's counts at several boxes, that of the box which lists most scenes counts.
LARGEST = """WITH largest AS (SELECT *, max(total) FROM completeness WHERE total > 0 GROUP BY kind, local_id)
    SELECT {columns} FROM largest {rest}"""


def read_progress(store: Store) -> dict[str, int] | None:
    """Return how far the running task is, for the page, or None if none runs; a silent one counts as killed."""
    saved = store.kv.get(PROGRESS, {"done": int, "total": int, "at": float})
    if saved is None or not is_recent(saved["at"], store.clock.now(), SILENCE_SECONDS):
        return None
    return {"done": saved["done"], "total": saved["total"]}


def save_counts(store: Store, endpoint: str, counts: Sequence[EntityCount], now: float) -> None:
    """Save the counts of one batch of the task Check Completeness."""
    rows = [
        (each.kind, each.number, endpoint, each.name, each.is_favorite, total, owned, now, message)
        for each, total, owned, message in counts
    ]
    with store.write() as db:
        db.executemany("INSERT OR REPLACE INTO completeness VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def save_exact_count(store: Store, kind: str, number: int, endpoint: str, figures: tuple[int, int]) -> None:
    """Replace a saved count by the figures of a list that the page has read to its end; those are exact."""
    update = (
        "UPDATE completeness SET total = ?, owned = ?, message = '' WHERE kind = ? AND local_id = ? AND endpoint = ?"
    )
    with store.write() as db:
        db.execute(update, (*figures, kind, number, endpoint))


def read_count(store: Store, kind: str, number: int, endpoint: str) -> dict[str, int] | None:
    """Return the saved count of one performer or studio at a box for the head of its list, None if it has none.

    `find_missing` calls it.
    """
    query = "SELECT total, owned FROM completeness WHERE kind = ? AND local_id = ? AND endpoint = ? AND total > 0"
    row = store.first(query, (kind, number, endpoint))
    return {"total": row["total"], "owned": row["owned"]} if row else None


def read_largest_counts(store: Store, kind: str) -> dict[int, tuple[int, int]]:
    """Return (total, owned) by number, for custom fields; of several boxes that which lists most scenes counts."""
    rows = store.read(LARGEST.format(columns="local_id, total, owned", rest="WHERE kind = ?"), (kind,))
    return {row["local_id"]: (row["total"], row["owned"]) for row in rows}


def delete_older_counts(store: Store, started: float) -> None:
    """Delete the counts from before this pass when the task ends: those entities are no longer linked."""
    with store.write() as db:
        db.execute("DELETE FROM completeness WHERE checked < ?", (started,))


def note_growth(store: Store, kind: str = "performer") -> None:
    """Store the sums of a kind's counts as today's point in the chart of growth; Check Completeness ends with it."""
    sums = store.first(
        LARGEST.format(columns="sum(owned) AS owned, sum(total) AS total", rest="WHERE kind = ?"), (kind,)
    )
    if sums is None or not sums["total"]:
        return
    day = datetime.fromtimestamp(store.clock.now(), timezone.utc).date().isoformat()
    points = [each for each in read_growth(store) if each["day"] != day]
    store.kv.put(GROWTH, [*points, {"day": day, "owned": sums["owned"], "total": sums["total"]}][-MOST_POINTS:])


def read_growth(store: Store) -> list[dict[str, Any]]:
    """Return the points of the chart of growth, the oldest first: `{day, owned, total}`."""
    return list(store.kv.get(GROWTH, [{"day": str, "owned": int, "total": int}], ()))
