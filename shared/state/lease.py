"""One holder at a time across processes; a lease ends by release, by the death of its process, or by silence.

A dead process is noticed at once: on Linux and macOS by its id and start time, on Windows and from another container by
a file that it keeps locked. Where neither can be known, a lease that was not renewed in time has ended.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from shared.errors import Busy
from shared.state.process import host_name, read_own_start_time, read_start_time
from shared.state.sign_of_life import SignOfLife, is_held, remove_sign

if TYPE_CHECKING:
    import sqlite3

    from shared.state.store import Store

LEASE_SECONDS = 120.0
HUNG_AFTER = 3600.0


class Lease:
    """The right to do one named thing, such as a run of one kind; `with lease:` acquires and releases."""

    def __init__(self, store: Store, name: str, *, what: str, note: str = "", seconds: float = LEASE_SECONDS) -> None:
        self.name = name
        self.note = note
        self.owner = f"{os.getpid()}-{os.urandom(6).hex()}"
        self._what = what
        self._store = store
        self._clock = store.clock
        self._seconds = seconds
        self._renew_at = 0.0
        self._sign = SignOfLife(_name_sign(store.path, self.owner))

    def __enter__(self) -> Lease:
        self.acquire()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lease, from a dead or silent holder too; raise `Busy` with the note of a living one.

        Runs of the journal and drains begin with it.
        """
        with self._store.write() as db:
            row = find_holder(db, self.name, self._clock.now())
            if row is not None and row["owner"] != self.owner:
                note = f" ({row['note']})" if row["note"] else ""
                raise Busy(f"{self._what} is already running{note}. Wait until it ends.", holder_note=row["note"])
            dead = db.execute("SELECT owner FROM leases WHERE name = ? AND owner <> ?", (self.name, self.owner))
            for each in dead.fetchall():
                remove_sign(_name_sign(self._store.path, each["owner"]))
            self._sign.begin()
            self._write(db)

    def renew(self) -> None:
        """Extend the lease; raise `Busy` if another process took it over. Rarely writes.

        Runs and drains call it as they work.
        """
        if self._clock.monotonic() < self._renew_at:
            return
        with self._store.write() as db:
            self.require(db)
            self._write(db)

    def require(self, db: sqlite3.Connection) -> None:
        """Raise `Busy` if another process took the lease over; in a transaction the answer holds until the commit.

        The journal and the queue call it before they save.
        """
        if not self.is_ours(db):
            raise Busy(f"{self._what} was taken over by another process. This one stops.")

    def is_ours(self, db: sqlite3.Connection) -> bool:
        """Return True if no other process took the lease over; `require` asks."""
        row = db.execute("SELECT 1 FROM leases WHERE name = ? AND owner = ?", (self.name, self.owner)).fetchone()
        return row is not None

    def release(self) -> None:
        """Release the lease; nothing happens if another process holds it. Runs and drains end with it."""
        with self._store.write() as db:
            db.execute("DELETE FROM leases WHERE name = ? AND owner = ?", (self.name, self.owner))
        self._sign.end()

    def _write(self, db: sqlite3.Connection) -> None:
        now, pid = self._clock.now(), os.getpid()
        row = (self.name, self.owner, host_name(), pid, read_own_start_time(pid), now, now + self._seconds, self.note)
        db.execute("INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._renew_at = self._clock.monotonic() + self._seconds / 3


def find_holder(db: sqlite3.Connection, name: str, now: float) -> sqlite3.Row | None:
    """Return the row of the lease's holder, None if there is no living one; History and the Queue tab ask."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM leases WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    path: str = db.execute("PRAGMA database_list").fetchone()[2]
    return row if _is_living(row, _name_sign(path, row["owner"]), now) else None


def _is_living(row: sqlite3.Row, sign: str, now: float) -> bool:
    is_here = row["host"] == host_name()
    is_alive = read_start_time(row["pid"]) == row["born"] if is_here and row["born"] else is_held(sign)
    if is_alive is None or not (is_alive or is_here):  # locks on a shared drive may not be seen from another host
        return bool(row["beat"] - LEASE_SECONDS < now < row["expires"])
    return bool(is_alive and now < row["beat"] + HUNG_AFTER)


def _name_sign(path: str, owner: str) -> str:
    return f"{path}.alive-{owner}"
