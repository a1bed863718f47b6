"""Statistics in the state file: counters by day, and the outages of Plex."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from shared.page.paging import format_time
from shared.queue.outbox import Outbox
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

DAY = 86_400.0
OUTAGES_SHOWN = 20


class Statistics:
    """The counters by day and the outages; the queue worker adds to them, the Statistics tab shows them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count_event(self, name: str, n: int = 1, seconds: float = 0.0) -> None:
        """Add `n` to today's counter of this name, and the seconds it took, for the queue worker; 0 adds nothing."""
        if not n:
            return
        sql = (
            "INSERT INTO statistics VALUES (?, ?, ?, ?) "
            "ON CONFLICT (day, name) DO UPDATE SET n = n + excluded.n, seconds = seconds + excluded.seconds"
        )
        with self._store.write() as db:
            db.execute(sql, (format_day(self._store.clock.now()), name, n, seconds))

    def begin_outage(self, message: str) -> None:
        """Save that Plex is unreachable since now, unless an outage is open; the queue worker calls it."""
        with self._store.write() as db:
            if not db.execute("SELECT 1 FROM outages WHERE until IS NULL").fetchone():
                db.execute("INSERT OR IGNORE INTO outages VALUES (?, NULL, ?)", (self._store.clock.now(), message))

    def end_outage(self) -> None:
        """Close an open outage, because Plex answers again; queue worker and heartbeat call it."""
        if self._store.first("SELECT 1 FROM outages WHERE until IS NULL"):
            with self._store.write() as db:
                db.execute("UPDATE outages SET until = ? WHERE until IS NULL", (self._store.clock.now(),))

    def summarize(self, days: int) -> dict[str, Any]:
        """Return the counters of the last days, success rate, time per scene and outages, for the Statistics tab."""
        since = self._store.clock.now() - (days - 1) * DAY
        rows = self._store.read("SELECT * FROM statistics WHERE day >= ? ORDER BY day", (format_day(since),))
        totals: dict[str, int] = {}
        for row in rows:
            totals[row["name"]] = totals.get(row["name"], 0) + row["n"]
        done, failed = totals.get("done", 0), totals.get("failed", 0)
        seconds = sum(row["seconds"] for row in rows if row["name"] == "done")
        return {
            "days": [describe_count(row) for row in rows],
            "totals": totals,
            "success_rate": done / (done + failed) if done + failed else None,
            "seconds_per_scene": seconds / done if done else None,
            "outages": [describe_outage(row) for row in self._read_outages()],
        }

    def _read_outages(self) -> list[Any]:
        return self._store.read("SELECT * FROM outages ORDER BY since DESC LIMIT ?", (OUTAGES_SHOWN,))


def note_plex_answer(call: Call) -> None:
    """Close the breaker and an open outage: Plex has answered outside the queue.

    When the queue is empty no entry would probe Plex, and the page would call it away forever.
    """
    Outbox(call.store).breaker.succeed()
    Statistics(call.store).end_outage()


def describe_count(row: Any) -> dict[str, Any]:
    """Return a counter of one day, with the seconds it took, as the Statistics tab draws it."""
    return {"day": row["day"], "name": row["name"], "count": row["n"], "seconds": row["seconds"]}


def describe_outage(row: Any) -> dict[str, Any]:
    """Return an outage as the Statistics tab shows it, for `summarize`."""
    return {"since": format_time(row["since"]), "until": format_time(row["until"]), "message": row["message"]}


def format_day(seconds: float) -> str:
    """Return the day in UTC under which the statistics' counters are kept, such as 2024-03-01."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
