"""Keeps requests away from a service that is down; all processes share what one of them finds.

Closed: every process may try. Open: none, until the time for a probe. Half-open: exactly one process probes; its
success closes the breaker, its failure opens it for longer; if it dies, another process may probe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.runtime.clock import seconds_until

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from shared.state.store import Store

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 60.0
LONGEST_TOLD = 3600.0  # a service that asks for a longer pause is probed before it ends
PROBE_SECONDS = 120.0


class Breaker:
    """The state of one service, by name: closed (it answers) or open (it is down until a probe succeeds)."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._failed_at = f"breaker.{name}.failed_at"

    def may_try(self) -> bool:
        """Return True if a request makes sense now; while the breaker is open, True is the right to probe.

        The drain asks.
        """
        if self._row() is None:
            return True
        with self._store.write() as db:
            if self.seconds_to_probe() > 0:
                return False
            until = self._store.clock.now() + PROBE_SECONDS
            db.execute("UPDATE breakers SET probing_until = ? WHERE name = ?", (until, self._name))
        return True

    def succeed(self) -> None:
        """Close the breaker, because the service answered; the drain calls it."""
        if self._row() is not None:
            with self._store.write() as db:
                db.execute("DELETE FROM breakers WHERE name = ?", (self._name,))

    def fail(self, message: str, retry_after: float | None = None) -> None:
        """Open the breaker for as long as the service asked, or each time a little longer; the drain calls it."""
        now, row = self._store.clock.now(), self._row()
        failures = row["failures"] + 1 if row is not None else 1
        pause = (
            min(retry_after, LONGEST_TOLD)
            if retry_after is not None
            else min(FIRST_PAUSE * 2.0 ** (failures - 1), LONGEST_PAUSE)
        )
        since = row["since"] if row is not None else now
        with self._store.write() as db:
            values = (self._name, failures, now + pause, 0.0, since, message)
            db.execute("INSERT OR REPLACE INTO breakers VALUES (?, ?, ?, ?, ?, ?)", values)
            self._store.kv.put(self._failed_at, now)

    def reset(self) -> None:
        """Close the breaker, because the user changed the settings or asked to try again.

        The page's operations call it.
        """
        self.succeed()

    def forget_probe(self) -> None:
        """Let another process probe, because the one that was probing is dead; a drain begins with it."""
        if self._row() is not None:
            with self._store.write() as db:
                db.execute("UPDATE breakers SET probing_until = 0 WHERE name = ?", (self._name,))

    def is_open(self) -> bool:
        """Return True if the service was down when last asked; the drain, the heartbeat and the page ask."""
        return self._row() is not None

    def seconds_to_probe(self) -> float:
        """Return in how many seconds a drain may try the service again, 0 if now; it postpones its entry so long."""
        row, now = self._row(), self._store.clock.now()
        if row is None:
            return 0.0
        failed_at = self._store.kv.get(self._failed_at, float, row["since"])
        probing_until = row["probing_until"]
        return max(
            seconds_until(row["probe_at"], failed_at, now),
            seconds_until(probing_until, probing_until - PROBE_SECONDS, now),
        )

    def describe(self) -> dict[str, Any] | None:
        """Return since when, why and until when the breaker is open, for status pages; None if it is closed."""
        row = self._row()
        return {name: row[name] for name in ("since", "message", "probe_at", "failures")} if row is not None else None

    def _row(self) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._store.first("SELECT * FROM breakers WHERE name = ?", (self._name,))
        return row
