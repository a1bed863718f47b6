"""Repair of a state file that is new, unreadable or suspect; the store imports this only then.

Only one process works here at a time (`Exclusive`), so that no process sets aside a file that another has just rebuilt.
"""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING

from shared.errors import StateError
from shared.state.salvage import copy_readable_rows

if TYPE_CHECKING:
    from shared.runtime.clock import Clock

SMALLEST_FILE = 512


class Exclusive:
    """A lock beside the file that ends with its process; SQLite itself is the portable way to have one."""

    def __init__(self, path: str, budget: float) -> None:
        self._db = sqlite3.connect(path + ".lock", timeout=budget, isolation_level=None)

    def __enter__(self) -> None:
        try:
            self._db.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            self._db.close()
            raise

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._db.close()


def mark_for_check(path: str) -> None:
    """Mark the file as suspect, so that the next task checks it thoroughly."""
    try:
        os.close(os.open(path + ".check", os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return  # a full or read-only disk: the damage shows again at the next use


def make_usable(path: str, clock: Clock, *, is_patient: bool) -> list[str]:
    """Check the file, replace a damaged one by what can be rescued, and return warnings for the user."""
    marker = path + ".check"
    is_marked = os.path.exists(marker)
    if is_marked and not is_patient:
        raise StateError(f"{path} has to be checked first; the next task does that.")
    trouble = find_damage(path, thorough=is_marked)
    if trouble and not is_patient:
        mark_for_check(path)
        raise StateError(f"{path} is damaged ({trouble}); the next task repairs it.")
    aside = _set_aside(path, clock) if trouble else ""
    _choose_journal(path, clock)
    warnings = [_describe_rescue(path, aside, trouble)] if aside else []
    if is_marked:
        os.remove(marker)
    return warnings


def find_damage(path: str, *, thorough: bool) -> str:
    """Return what is damaged in the content; empty if nothing is."""
    if 0 < os.path.getsize(path) < SMALLEST_FILE:
        return "it is cut off"  # SQLite would take it for an empty one
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchall()
        answer = db.execute("PRAGMA integrity_check(1)").fetchone() if thorough else None
        return str(answer[0]) if answer and answer[0] != "ok" else ""
    except sqlite3.OperationalError:
        return ""  # locked, read-only, no shared memory: no damage; `Store.explain` tells them apart
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        db.close()


def _describe_rescue(path: str, aside: str, trouble: str) -> str:
    rows = copy_readable_rows(aside, path)
    rescued = f"{rows:,} rows of it could be taken over" if rows else "nothing of it could be read"
    return f"The state file was damaged ({trouble}) and has been rebuilt; {rescued}. The old one is kept as {aside}."


def _set_aside(path: str, clock: Clock) -> str:
    """Rename the damaged file, its log first: beside the new file SQLite would replay the log into it."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(clock.now()))
    number = sum(name.startswith(f"{os.path.basename(path)}.damaged-") for name in os.listdir(os.path.dirname(path)))
    aside = f"{path}.damaged-{number + 1}-{stamp}"
    for suffix in ("-wal", "-shm", "-journal", ""):
        if os.path.exists(path + suffix):
            os.replace(path + suffix, aside + suffix)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return aside


def _choose_journal(path: str, clock: Clock) -> None:
    """Choose write-ahead logging where the drive can do it, SQLite's older way where it cannot (network shares)."""
    for _ in range(100):
        try:
            _set_journal(path, "WAL")
            return
        except sqlite3.OperationalError as error:
            if "is locked" not in str(error):
                _set_journal(path, "DELETE")
                return
        clock.sleep(0.02)  # SQLite does not wait here by itself; readers hold the file only for a moment


def _set_journal(path: str, mode: str) -> None:
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        if mode == "DELETE":
            db.execute("PRAGMA locking_mode=EXCLUSIVE")  # the only way into a write-ahead log without shared memory
        db.execute("PRAGMA auto_vacuum=INCREMENTAL")
        db.execute(f"PRAGMA journal_mode={mode}").fetchall()
        db.execute("BEGIN IMMEDIATE")
        db.execute("COMMIT")
    finally:
        db.close()
