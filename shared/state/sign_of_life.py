"""A file that a process locks until it ends, so that others notice its death at once, also on Windows.

SQLite is the portable way to lock a file, as in `repair.py`; the system gives the lock back when the process ends.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3


class SignOfLife:
    """The lock of this process on one file of its own."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None

    def begin(self) -> None:
        """Lock the file, as a lease is taken; a drive that cannot do it leaves no sign, and then silence decides."""
        if self._db is not None:
            return
        try:
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            self._db.execute("BEGIN EXCLUSIVE")
        except (OSError, sqlite3.Error):
            self.end()

    def end(self) -> None:
        """Give the lock back and remove the file, as a lease ends."""
        if self._db is not None:
            self._db.close()
            self._db = None
        remove_sign(self._path)


def is_held(path: str) -> bool | None:
    """Return True if the process that made the file lives, False if it is dead, None if there is no such file.

    Leases ask about their holder.
    """
    if not os.path.exists(path):
        return None
    try:
        db = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error:
        return None
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except sqlite3.OperationalError as error:
        return True if "is locked" in str(error) else None
    finally:
        db.close()
    return False


def remove_sign(path: str) -> None:
    """Remove the file that shows that a process lives, and its journal: the process has ended or needs it no more.

    Leases call it.
    """
    for name in (path, f"{path}-journal"):
        with contextlib.suppress(OSError):
            os.remove(name)


def sweep_journals(state_path: str) -> None:
    """Remove journals whose file is gone, which earlier versions left; the daily copy of the state calls it."""
    folder, start = os.path.dirname(state_path), f"{os.path.basename(state_path)}.alive-"
    names = [name for name in os.listdir(folder) if name.startswith(start) and name.endswith("-journal")]
    for name in names:
        path = os.path.join(folder, name)
        if not os.path.exists(path[: -len("-journal")]):
            remove_sign(path[: -len("-journal")])
