"""The queue for its page: counters, pages of entries, retry and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.queue.outbox import DRAIN, FIELDS, NOTE, Outbox
from shared.state.lease import find_holder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from shared.state.store import Store

_LIST = "SELECT * FROM outbox WHERE state = ? "
_LIST_OF_REASON = _LIST + "AND reason = ? AND reason <> '' ORDER BY changed LIMIT ? OFFSET ?"
_LIST_BY_TIME = _LIST + "AND +reason >= ? ORDER BY due LIMIT ? OFFSET ?"


class QueuePage:
    """One plugin's outbox as the operations of its page show and change it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._clock = store.clock
        self._outbox = Outbox(store)

    def status(self) -> dict[str, Any]:
        """Return everything that the Queue tab shows above its rows; costs the same for any length of the queue."""
        counts, next_due = self._outbox.counts(), self._outbox.next_due()
        reasons = self._store.read(
            "SELECT state, reason, n FROM outbox_counts WHERE n > 0 AND reason <> '' ORDER BY n DESC, reason"
        )
        holder = find_holder(self._store.connect(), DRAIN, self._clock.now())
        return {
            **counts,
            "reasons": [dict(row) for row in reasons],
            "paused": self._outbox.pause.describe(),
            "next_try": self._outbox.describe_next_try(),
            "down": self._outbox.breaker.describe(),
            "draining": holder["note"] or "drain" if holder else None,
            "next_due": next_due,
        }

    def list_entries(self, state: str, reason: str = "", *, page: int = 1, page_size: int = 50) -> list[dict[str, Any]]:
        """Return one page of the entries in a state, or of those with one reason, for the Queue tab."""
        self._outbox.ensure_tables()
        query = _LIST_OF_REASON if reason else _LIST_BY_TIME
        rows = self._store.read(query, (state, reason, page_size, (page - 1) * page_size))
        return [{**dict(row), "fields": FIELDS.read(row["fields"]), "note": NOTE.read(row["note"])} for row in rows]

    def find_entry(self, key: str) -> dict[str, Any] | None:
        """Return the row of a key, None if it is not in the queue; the badge of a scene's page asks."""
        self._outbox.ensure_tables()
        row = self._store.first("SELECT * FROM outbox WHERE key = ?", (key,))
        return dict(row) if row is not None else None

    def count_entries(self, state: str, reason: str) -> int:
        """Return the number of entries in a state with this reason; reads a counter, not the rows."""
        self._outbox.ensure_tables()
        row = self._store.first("SELECT n FROM outbox_counts WHERE state = ? AND reason = ?", (state, reason))
        return int(row[0]) if row is not None else 0

    def retry(self, state: str, keys: Sequence[str] | None = None, *, reason: str = "") -> int:
        """Make entries of a state due now (these keys, one reason, or all) and return how many, for the Queue tab."""
        update = (
            "UPDATE outbox SET state = 'waiting', due = ?, attempts = 0, postponed = 0, crashes = 0, reason = '', "
            "message = '' WHERE state = ? AND state <> 'working' AND (? = '' OR reason = ?)"
        )
        return self._change(update, (self._clock.now(), state, reason, reason), keys)

    def remove(self, state: str, keys: Sequence[str] | None = None, *, reason: str = "") -> int:
        """Remove entries of a state without working on them (these keys, one reason, or all); return how many.

        The Queue tab calls it.
        """
        delete = "DELETE FROM outbox WHERE state = ? AND state <> 'working' AND (? = '' OR reason = ?)"
        return self._change(delete, (state, reason, reason), keys)

    def remove_older(self, state: str, before: float) -> int:
        """Remove the entries of a state unchanged since this time and return how many; tasks that purge call it."""
        delete = "DELETE FROM outbox WHERE state = ? AND state <> 'working' AND changed < ?"
        return self._change(delete, (state, before), None)

    def _change(self, sql: str, params: tuple[object, ...], keys: Sequence[str] | None) -> int:
        self._outbox.ensure_tables()
        with self._store.write() as db:
            if keys is None:
                return db.execute(sql, params).rowcount
            return sum(db.execute(sql + " AND key = ?", (*params, key)).rowcount for key in keys)
