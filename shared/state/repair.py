"""Repair of a state file that is new, lost, unreadable or suspect; the store imports this only then.

Only one process works here at a time (`Exclusive`), so that no process sets aside a file that another has just rebuilt.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING, NamedTuple

from shared.counted_words import count_things
from shared.state.backup import find_sound_backup, list_backups, remove_database
from shared.state.files import remove_file, replace_file
from shared.state.salvage import Rescue, copy_readable_rows
from shared.state.sqlite_file import is_of_another, make_private_file, read_versions

if TYPE_CHECKING:
    from shared.runtime.clock import Clock
    from shared.state.backup import Backup

SMALLEST_FILE = 512
FOREIGN = "it belongs to another program or plugin"

_PARTS = {"journal": "the history", "outbox": "the queue", "kv": "small values", "known": "what is known of Stash"}


class Repair(NamedTuple):
    """The repair of a file at its opening: a sentence for the user, and the time of the copy used; both may be empty.

    `is_loss` is True if something that the plugin had stored is missing now.
    """

    told: str = ""
    copy_of: str = ""
    is_loss: bool = False


class Exclusive:
    """A lock beside the file that ends with its process; SQLite itself is the portable way to have one.

    `is_first` is True if no process has ever filled this file here (`mark_filled`).
    """

    def __init__(self, path: str, budget: float) -> None:
        self.is_first = False
        self._db = sqlite3.connect(path + ".lock", timeout=budget, isolation_level=None)

    def __enter__(self) -> Exclusive:
        try:
            self._db.execute("BEGIN EXCLUSIVE")
            self.is_first = self._db.execute("PRAGMA user_version").fetchone()[0] == 0
        except sqlite3.Error:
            self._db.close()
            raise
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._db.close()


def mark_filled(path: str) -> None:
    """Remember beside the file that it had content, so that an empty one is known to be lost; its opening calls it."""
    with contextlib.closing(sqlite3.connect(path + ".lock", timeout=5, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 1")


def mark_for_check(path: str) -> None:
    """Mark the file as suspect, so that the next call checks it thoroughly.

    An error of SQLite or a bad copy calls it.
    """
    try:
        os.close(os.open(path + ".check", os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return  # a full or read-only disk: the damage shows again at the next use


def make_usable(path: str, clock: Clock, owner_id: int, *, is_first: bool) -> Repair:
    """Check the state file and replace a lost or damaged one by what can be rescued; return what was done.

    The opening of the file calls it.
    """
    marker = path + ".check"
    is_marked = os.path.exists(marker)
    if os.path.getsize(path) == 0:
        done = Repair() if is_first and not list_backups(path) else _replace_lost(path, owner_id)
    else:
        damage = find_damage(path, owner_id, thorough=is_marked)
        done = _rebuild(path, clock, owner_id, damage) if damage else Repair()
    _choose_journal(path, clock)
    if is_marked:
        remove_file(marker)
    return done


def find_damage(path: str, owner_id: int = 0, *, thorough: bool) -> str:
    """Return what is damaged in the content, empty if nothing is; `make_usable` asks."""
    if os.path.getsize(path) < SMALLEST_FILE:
        return "it is cut off"  # SQLite would take it for an empty one
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if is_of_another(db, owner_id) or (tables and not tables & {"kv", "versions"}):
            return FOREIGN
        read_versions(db)
        answer = db.execute("PRAGMA integrity_check(1)").fetchone() if thorough else None
        return str(answer[0]) if answer and answer[0] != "ok" else ""
    except sqlite3.OperationalError:
        return ""  # locked, read-only, no shared memory: no damage; `Store.explain` tells them apart
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        db.close()


def _replace_lost(path: str, owner_id: int) -> Repair:
    copy = find_sound_backup(path, owner_id)
    for suffix in ("-wal", "-shm", "-journal"):  # of the lost file; SQLite would replay them into the copy
        remove_database(path + suffix)
    if copy is not None:
        _put_back(copy, path)
    return Repair(f"The state file was missing or empty. {_describe_copy(copy)}", _time_of(copy), is_loss=True)


def _rebuild(path: str, clock: Clock, owner_id: int, damage: str) -> Repair:
    aside = _set_aside(path, clock)
    copy = find_sound_backup(path, owner_id)
    kept = f"The old one is kept as {aside}."
    draft = path + ".rebuilt"
    remove_database(draft)
    make_private_file(draft)
    rescue = Rescue() if damage == FOREIGN else copy_readable_rows(aside, draft, copy.path if copy else "")
    if rescue.rows:
        replace_file(draft, path)
        saved = f"{count_things(rescue.rows, 'row')} could be taken over"
        told = f"The state file was damaged ({damage}) and has been rebuilt; {saved}."
        return Repair(f"{told}{_describe_partial(rescue, copy)} {kept}", _time_of(copy), bool(rescue.partial))
    remove_database(draft)
    if copy is not None:
        _put_back(copy, path)
    told = f"The state file was damaged ({damage}) and has been rebuilt. Nothing of it could be read."
    if damage == FOREIGN:
        told = "The state file was the file of another program or plugin."
    return Repair(f"{told} {_describe_copy(copy)} {kept}", _time_of(copy), is_loss=True)


def _put_back(copy: Backup, path: str) -> None:
    import shutil  # late: most calls repair nothing

    draft = path + ".rebuilt"
    remove_database(draft)
    make_private_file(draft)
    shutil.copyfile(copy.path, draft)
    replace_file(draft, path)


def _describe_copy(copy: Backup | None) -> str:
    if copy is None:
        return (
            "There is no copy of it, so the plugin begins anew: its lists, its queue and its history are gone. "
            "The settings are not affected, because Stash keeps them."
        )
    return (
        f"The copy of {copy.made_at} was put back. What the plugin stored after that time is missing: "
        "entries of its lists, runs of its history, and what it knew of its own writes."
    )


def _describe_partial(rescue: Rescue, copy: Backup | None) -> str:
    if not rescue.partial:
        return ""
    parts = ", ".join(sorted({_name_part(table) for table in rescue.partial}))
    if copy is None:
        return f" Some rows are lost, and there is no copy that has them: {parts}."
    return (
        f" Lost rows were added from the copy of {copy.made_at}: {parts}. "
        "Rows of these parts that were stored later may be missing."
    )


def _name_part(table: str) -> str:
    return _PARTS.get(table.split("_")[0], table.replace("_", " "))


def _time_of(copy: Backup | None) -> str:
    return copy.made_at if copy else ""


def _set_aside(path: str, clock: Clock) -> str:
    """Rename the damaged file and return its new path; its log goes first, else SQLite replays it into the new file."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(clock.now()))
    number = sum(name.startswith(f"{os.path.basename(path)}.damaged-") for name in os.listdir(os.path.dirname(path)))
    aside = f"{path}.damaged-{number + 1}-{stamp}"
    for suffix in ("-wal", "-shm", "-journal", ""):
        if os.path.exists(path + suffix):
            replace_file(path + suffix, aside + suffix)
    make_private_file(path)
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
