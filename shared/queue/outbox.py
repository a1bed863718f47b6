"""The durable queue between a save in Stash and the work it causes: one row per key, gone only when it is done.

A put for a key that waits is merged into its row. A put for a key that is being worked on raises its sequence, so the
row goes back to waiting when that work ends. One drainer works at a time (`lease`); what a dead one had claimed is
taken back by the next. Counters are kept by triggers, so that a status costs the same at 100 and at 100,000 rows.
"""

from __future__ import annotations

import json
import math
import os
import random
from typing import TYPE_CHECKING

from shared.queue.breaker import Breaker
from shared.queue.former_spool import SpooledChange, take_over
from shared.queue.pause import Pause
from shared.runtime.clock import find_end_of_past
from shared.state.json_column import JsonColumn
from shared.state.lease import Lease
from shared.state.store import SALVAGED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from shared.state.store import Store, Write

SCRIPTS = (
    """
    CREATE TABLE outbox (
        key TEXT PRIMARY KEY, fields TEXT NOT NULL, note TEXT NOT NULL, seq INTEGER NOT NULL DEFAULT 1,
        state TEXT NOT NULL DEFAULT 'waiting', due REAL NOT NULL, owner TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0, postponed INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', added REAL NOT NULL, changed REAL NOT NULL
    );
    CREATE INDEX outbox_by_due ON outbox (state, due);
    CREATE INDEX outbox_by_reason ON outbox (state, reason, changed) WHERE reason <> '';
    CREATE TABLE outbox_counts (
        state TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (state, reason)
    ) WITHOUT ROWID;
    CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
        INSERT INTO outbox_counts VALUES (new.state, new.reason, 1) ON CONFLICT (state, reason) DO UPDATE SET n = n + 1;
    END;
    CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
        UPDATE outbox_counts SET n = n - 1 WHERE state = old.state AND reason = old.reason;
    END;
    CREATE TRIGGER outbox_moved AFTER UPDATE OF state, reason ON outbox
    WHEN old.state <> new.state OR old.reason <> new.reason BEGIN
        UPDATE outbox_counts SET n = n - 1 WHERE state = old.state AND reason = old.reason;
        INSERT INTO outbox_counts VALUES (new.state, new.reason, 1) ON CONFLICT (state, reason) DO UPDATE SET n = n + 1;
    END;
    """,
)

STATES = ("waiting", "working", "parked", "dead")
FIRST_BACKOFF = 30.0
LONGEST_BACKOFF = 6 * 3600.0
LONGEST_POSTPONEMENT = 900.0
LONGEST_DELAY = 8 * 3600.0  # also if a service asks for more
MAX_ATTEMPTS = 8
MAX_CRASHES = 25

DRAIN = "outbox.drain"
STEP = "a step of an open page"
_COUNT_DONE = "INSERT INTO outbox_counts VALUES ('done', '', 1) ON CONFLICT (state, reason) DO UPDATE SET n = n + 1"
FIELDS = JsonColumn("outbox", "fields", [str], "[]")
NOTE = JsonColumn("outbox", "note", object, "null")


class QueueEntry:
    """A claimed row: the key to work on, and the proof that this process claimed it."""

    __slots__ = ("added", "attempts", "fields", "key", "note", "owner", "postponed", "seq")

    def __init__(self, row: sqlite3.Row, owner: str) -> None:
        self.key: str = row["key"]
        self.fields: tuple[str, ...] = tuple(FIELDS.read(row["fields"]))
        self.note: Any = NOTE.read(row["note"])
        self.seq: int = row["seq"]
        self.attempts: int = row["attempts"]
        self.postponed: int = row["postponed"]
        self.added: float = row["added"]
        self.owner = owner

    def __repr__(self) -> str:
        return f"Entry({self.key!r}, fields={self.fields!r}, seq={self.seq})"


class Outbox:
    """The queue of one plugin, in its state file."""

    def __init__(
        self, store: Store, *, jitter: Callable[[], float] | None = None, max_attempts: int = MAX_ATTEMPTS
    ) -> None:
        self._store = store
        self._max_attempts = max_attempts
        self._clock = store.clock
        self._jitter = jitter or random.random
        self.breaker = Breaker(store, "outbox")
        self.pause = Pause(store)

    def put(self, key: str, fields: Iterable[str] = (), note: object = None, *, delay: float = 0.0) -> None:
        """Queue an entry for this key, or update the one that waits, so that a key is worked on once.

        The capture and operations call it. The entry's fields are then united with these. A new note replaces the
        earlier one, None leaves it. With a delay in seconds, changes that follow at once are worked on together.
        """
        with self._write() as db:
            self._merge(db, key, sorted(set(fields)), note, delay)

    # For the drain

    def lease(self, note: str = "") -> Lease:
        """Return the lease for draining, for tasks and for steps of a page; it is not acquired yet."""
        return Lease(self._store, DRAIN, what="The work on the queue", note=note)

    def begin(self, lease: Lease) -> None:
        """Acquire the lease, and take back what a dead drainer had claimed and what a former version left. The
        drain begins with it."""
        with self._write() as db:
            lease.acquire()
            self._reclaim(db)
            self.breaker.forget_probe()
            self.pause.probe_after_start()
            if self._store.kv.get(SALVAGED, bool):
                _recount(db)
        self.forget_future_times()
        self._take_over_spool()

    def forget_future_times(self) -> None:
        """Make entries due whose wait began in the future or is longer than any: the clock was set back since. The
        drain calls it."""
        now = self._clock.now()
        with self._write() as db:
            db.execute(
                "UPDATE outbox SET due = ?, changed = ? "
                "WHERE state = 'waiting' AND (due > ? OR (due > ? AND changed > ?))",
                (now, now, now + LONGEST_DELAY, now, find_end_of_past(now)),
            )

    def claim(self, lease: Lease, limit: int = 1) -> list[QueueEntry]:
        """Claim the rows that are due, and return them, oldest first.

        They stay claimed until `done`, `retry`, `fail`, `postpone`, `park` or `give_back`; the drain calls all of
        these.
        """
        with self._write() as db:
            lease.require(db)
            rows = db.execute(
                "SELECT * FROM outbox WHERE state = 'waiting' AND due <= ? ORDER BY due LIMIT ?",
                (self._clock.now(), limit),
            ).fetchall()
            claims = [(lease.owner, row["key"]) for row in rows]
            db.executemany("UPDATE outbox SET state = 'working', owner = ? WHERE key = ?", claims)
        return [QueueEntry(row, lease.owner) for row in rows]

    def finish(self, lease: Lease) -> bool:
        """Release the lease if nothing is due and return True; return False if something arrived meanwhile. The
        drain ends with it. One transaction: a change is either seen here or finds the lease free, so it asks for a
        drain."""
        with self._write():
            if self.is_due():
                return False
            lease.release()
        return True

    def done(self, entry: QueueEntry) -> None:
        """Remove the row of an entry that succeeded, unless its key was put again meanwhile; the drain calls it."""
        proof = (entry.key, entry.owner, entry.seq)
        with self._write() as db:
            gone = db.execute("DELETE FROM outbox WHERE key = ? AND owner = ? AND seq = ?", proof).rowcount
            if gone or _return_if_dirty(db, entry):
                db.execute(_COUNT_DONE)

    def retry(self, entry: QueueEntry, reason: str, message: str) -> bool:
        """Let an entry wait longer after each failure; after `max_attempts` it is a dead letter, and False
        returned. The drain calls it."""
        attempts = entry.attempts + 1
        if attempts >= self._max_attempts:
            self.fail(entry, reason, message)
            return False
        delay = self._vary(min(FIRST_BACKOFF * 2.0 ** (attempts - 1), LONGEST_BACKOFF))
        self._settle(entry, "waiting", reason, message, delay=delay, attempts=attempts)
        return True

    def fail(self, entry: QueueEntry, reason: str, message: str) -> None:
        """Make the entry a dead letter, until a person retries it or its key is put again; the drain calls it."""
        self._settle(entry, "dead", reason, message, attempts=entry.attempts + 1)

    def postpone(self, entry: QueueEntry, message: str, delay: float | None = None) -> None:
        """Let an entry wait without costing an attempt; without a `delay` each wait is longer than the one before.
        The drain calls it."""
        waits = entry.postponed + 1
        if delay is None:
            delay = self._vary(min(2.0 ** min(waits, 20), LONGEST_POSTPONEMENT))
        self._settle(entry, "waiting", "postponed", message, delay=delay, postponed=waits)

    def park(self, entry: QueueEntry, reason: str, message: str) -> None:
        """Let an entry rest until its key is put again or a person retries it; the drain calls it."""
        self._settle(entry, "parked", reason, message)

    def give_back(self, entries: Iterable[QueueEntry]) -> None:
        """Return entries that were claimed and not begun to the waiting ones, unchanged; the drain calls it."""
        proofs = [(entry.key, entry.owner) for entry in entries]
        with self._write() as db:
            db.executemany("UPDATE outbox SET state = 'waiting', owner = '' WHERE key = ? AND owner = ?", proofs)

    # For tasks, operations and the heartbeat

    def start_over(self) -> None:
        """Let drains run again and close the breaker, because a person asked for it; the page's operations call it."""
        self.pause.end()
        self.breaker.reset()

    def try_again(self) -> None:
        """Let drains try at once, because settings that stopped them may have changed; a person's pause stays. The
        reading and saving of settings call it."""
        if not self.pause.is_by_person():
            self.pause.end()
        self.breaker.reset()

    def settle_success(self) -> None:
        """Close the breaker and end a pause by an error, because the service answered; the drain calls it."""
        self.pause.end_trouble()
        self.breaker.succeed()

    def counts(self) -> dict[str, int]:
        """Return the number of rows in each state, and of all that were done, for the page and the health line."""
        counts = dict.fromkeys((*STATES, "done"), 0)
        for row in self._read("SELECT state, sum(n) AS n FROM outbox_counts GROUP BY state"):
            counts[row["state"]] = row["n"]
        return counts

    def next_due(self) -> float | None:
        """Return when the first waiting row is due, None if none waits; a row that waits longer than any is due
        now. The drain and the page ask."""
        first, last = self._read(
            "SELECT (SELECT min(due) FROM outbox WHERE state = 'waiting'), "
            "(SELECT max(due) FROM outbox WHERE state = 'waiting')"
        )[0]
        if first is None:
            return None
        now = self._clock.now()
        return min(float(first), now) if last > now + LONGEST_DELAY else float(first)

    def is_due(self) -> bool:
        """Return True if a drain would find work now; the drain asks before it ends."""
        return self.seconds_to_next() == 0

    def seconds_to_next(self) -> float | None:
        """Return the seconds until a row is due and its service may be asked; None if no row waits. The drain and
        the heartbeat ask. Infinity means that a person paused the queue."""
        next_due = self.next_due()
        return None if next_due is None else max(0.0, next_due - self._clock.now(), self.seconds_to_try())

    def seconds_to_try(self) -> float:
        """Return the seconds until the service may be asked: 0 unless it is down or the queue is paused. The drain
        and the heartbeat ask."""
        return max(self.pause.seconds_to_probe(), self.breaker.seconds_to_probe())

    def is_in_trouble(self) -> bool:
        """Return True if the last try failed for the whole service; the drain then tries one entry first."""
        return self.breaker.is_open() or self.pause.is_by_error()

    def find_outage(self) -> dict[str, Any]:
        """Return `message` and `since` of what keeps the queue from moving; empty if nothing does.
        `describe_trouble` and the drain's wait ask."""
        paused, down = self.pause.describe(), self.breaker.describe()
        if paused is not None:
            return {"message": paused["reason"], "since": paused["since"]}
        return down or {}

    def describe_trouble(self) -> str:
        """Return why the queue does not move and when it is tried again, for the user; empty if it does."""
        message = str(self.find_outage().get("message") or "")
        return f"{message} {self.describe_next_try()}".strip()

    def describe_next_try(self) -> str:
        """Return when a queue that an error paused tries again, as a sentence for page and logs; empty if it is not."""
        seconds = self.pause.seconds_to_probe()
        if not self.pause.is_by_error() or seconds == math.inf:
            return ""
        minutes = math.ceil(seconds / 60.0)
        when = {0: "with the next work on the queue", 1: "in a minute"}.get(minutes, f"in {minutes} minutes")
        return f"It is tried again by itself {when}, and at once after you change a setting."

    def ensure_tables(self) -> None:
        """Create the queue's tables if this file has none yet; the queue's reads and writes call it."""
        self._store.ensure("outbox", SCRIPTS)

    # Inside

    def _merge(self, db: sqlite3.Connection, key: str, fields: Sequence[str], note: object, delay: float) -> None:
        now = self._clock.now()
        row = db.execute("SELECT * FROM outbox WHERE key = ?", (key,)).fetchone()
        if row is None:
            values = (key, json.dumps(fields), json.dumps(note), now + delay, now, now)
            db.execute("INSERT INTO outbox (key, fields, note, due, added, changed) VALUES (?, ?, ?, ?, ?, ?)", values)
            return
        is_fresh = row["state"] == "waiting" and not row["attempts"] and not row["postponed"]
        db.execute(
            "UPDATE outbox SET fields = ?, note = ?, due = ?, state = ?, changed = ?, seq = seq + 1, attempts = 0, "
            "postponed = 0, crashes = 0, reason = '', message = '' WHERE key = ?",
            (
                json.dumps(sorted({*FIELDS.read(row["fields"]), *fields})),
                row["note"] if note is None else json.dumps(note),
                min(row["due"], now + delay) if is_fresh else now + delay,
                "working" if row["state"] == "working" else "waiting",
                now,
                key,
            ),
        )

    def _settle(
        self,
        entry: QueueEntry,
        state: str,
        reason: str,
        message: str,
        *,
        delay: float = 0.0,
        attempts: int | None = None,
        postponed: int | None = None,
    ) -> None:
        now = self._clock.now()
        attempts = entry.attempts if attempts is None else attempts
        postponed = entry.postponed if postponed is None else postponed
        with self._write() as db:
            if _return_if_dirty(db, entry):
                return
            db.execute(
                "UPDATE outbox SET state = ?, reason = ?, message = ?, due = ?, attempts = ?, postponed = ?, "
                "crashes = 0, changed = ?, owner = '' WHERE key = ? AND owner = ?",
                (
                    state,
                    reason,
                    message,
                    now + min(delay, LONGEST_DELAY),
                    attempts,
                    postponed,
                    now,
                    entry.key,
                    entry.owner,
                ),
            )

    def _reclaim(self, db: sqlite3.Connection) -> None:
        """Let entries of a dead drainer wait again; an entry that killed many drainers becomes a dead letter."""
        db.execute(
            "UPDATE outbox SET state = 'dead', owner = '', reason = 'crash', "
            "message = 'The process ended every time during this work.' WHERE state = 'working' AND crashes >= ?",
            (MAX_CRASHES,),
        )
        db.execute(
            "UPDATE outbox SET state = 'waiting', owner = '', due = max(due, ? + crashes), crashes = crashes + 1 "
            "WHERE state = 'working'",
            (self._clock.now(),),
        )

    def _take_over_spool(self) -> None:
        def put(change: SpooledChange) -> None:
            self.put(change.key, change.fields, change.note)

        take_over(os.path.join(os.path.dirname(self._store.path), "spool"), put)

    def _vary(self, seconds: float) -> float:
        return seconds * (0.8 + 0.4 * self._jitter())

    def _write(self) -> Write:
        self.ensure_tables()
        return self._store.write()

    def _read(self, sql: str) -> list[sqlite3.Row]:
        self.ensure_tables()
        return self._store.read(sql)


def _recount(db: sqlite3.Connection) -> None:
    """Count the rows again after some were lost with a damaged file."""
    db.execute("DELETE FROM outbox_counts WHERE state <> 'done'")
    db.execute("INSERT INTO outbox_counts SELECT state, reason, count(*) FROM outbox GROUP BY state, reason")
    _set(db, SALVAGED, None)


def _return_if_dirty(db: sqlite3.Connection, entry: QueueEntry) -> bool:
    """Let an entry wait again if its key was put during the work; return True if it was."""
    update = "UPDATE outbox SET state = 'waiting', owner = '' WHERE key = ? AND owner = ? AND seq <> ?"
    return db.execute(update, (entry.key, entry.owner, entry.seq)).rowcount > 0


def _set(db: sqlite3.Connection, name: str, value: object) -> None:
    db.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (name, json.dumps(value)))
