"""Copies of the state file: one a day, three kept, from which a lost or damaged file is put back.

They are in the folder `backups` beside the file. A running number orders them, because the clock may be set back.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.json_shape import fits
from shared.state.files import make_private_folder, remove_file, replace_file
from shared.state.sign_of_life import sweep_journals
from shared.state.sqlite_file import is_of_another, make_private_file

if TYPE_CHECKING:
    from shared.json_shape import JsonShape
    from shared.runtime.clock import Clock

KEPT = 3
MAX_BYTES = 1 << 30
PAGES_AT_ONCE = 500  # where a reader holds up writers, which is so without a write-ahead log

_NAME = re.compile(r"state-(\d{6,})-(\d{8})T(\d{4})Z\.sqlite3")


class Backup(NamedTuple):
    """One copy: its file, its running number, and when it was made."""

    path: str
    number: int
    day: str
    minute: str

    @property
    def made_at(self) -> str:
        """Return the time of the copy, for a sentence about a repair."""
        return f"{self.day[:4]}-{self.day[4:6]}-{self.day[6:]} {self.minute[:2]}:{self.minute[2:]} UTC"


def list_backups(path: str) -> list[Backup]:
    """Return the copies of a state file, the newest first, for repairs and the daily copy."""
    folder = _find_folder(path)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    found = [(match, os.path.join(folder, match.group(0))) for match in map(_NAME.fullmatch, names) if match]
    copies = [Backup(file, int(match[1]), match[2], match[3]) for match, file in found]
    return sorted(copies, key=lambda copy: copy.number, reverse=True)


def is_due(path: str, clock: Clock) -> bool:
    """Return True if there is no copy of the state file from today; the daily copy asks."""
    copies = list_backups(path)
    return not copies or copies[0].day != _stamp(clock)[:8]


def copy_file(path: str, clock: Clock) -> str:
    """Copy the state file into the folder of copies and remove old copies; return what is damaged, empty if
    nothing.

    `Store.back_up` calls it. A copy with damage is not kept: the copies before it are better. Raise an OSError if
    there is no room.
    """
    _require_room(path)
    sweep_journals(path)
    newest = next(iter(list_backups(path)), None)
    name = f"state-{(newest.number if newest else 0) + 1:06}-{_stamp(clock)}.sqlite3"
    draft = os.path.join(_find_folder(path), "draft.tmp")
    remove_database(draft)
    make_private_file(draft)
    try:
        damage = _copy_pages(path, draft)
        if not damage:
            replace_file(draft, os.path.join(_find_folder(path), name))
            _remove_old(path)
        return damage
    finally:
        remove_database(draft)


def find_sound_backup(path: str, owner_id: int) -> Backup | None:
    """Return the newest copy that can be read in full and belongs to this plugin, or None; repairs ask."""
    return next((copy for copy in list_backups(path) if _is_sound(copy.path, owner_id)), None)


def read_value(path: str, name: str, shape: JsonShape) -> Any:
    """Return the newest readable value of this name and shape in the copies; raise a LookupError if there is none.

    The repair of a value calls it.
    """
    for copy in list_backups(path):
        db = open_copy(copy.path)
        try:
            row = db.execute("SELECT value FROM kv WHERE name = ?", (name,)).fetchone()
            value = json.loads(row[0]) if row else None
            if value is not None and fits(value, shape):
                return value
        except (sqlite3.DatabaseError, ValueError, RecursionError):
            continue
        finally:
            db.close()
    raise LookupError(name)


def open_copy(path: str) -> sqlite3.Connection:
    """Open a copy of a state file, to which no process writes, without changing anything in its folder.

    Repairs and the check of a copy read it so.
    """
    return sqlite3.connect(path, isolation_level=None)


def remove_database(path: str) -> None:
    """Remove a database with what SQLite keeps beside it, if it is there; repairs and the daily copy call it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        if os.path.exists(path + suffix):
            remove_file(path + suffix)


def _find_folder(path: str) -> str:
    return os.path.join(os.path.dirname(path), "backups")


def _stamp(clock: Clock) -> str:
    return time.strftime("%Y%m%dT%H%MZ", time.gmtime(clock.now()))


def _require_room(path: str) -> None:
    size = os.path.getsize(path)
    folder = _find_folder(path)
    make_private_folder(folder)
    if size > MAX_BYTES:
        raise OSError(f"the state file has {size >> 20:,} MiB, and copies may have {MAX_BYTES >> 20:,} MiB")
    import shutil  # late: most calls make no copy

    if shutil.disk_usage(folder).free < 2 * size:
        raise OSError("there is too little free space")


def _copy_pages(path: str, draft: str) -> str:
    """Copy one consistent state of the file; return what is damaged in it."""
    source, target = open_copy(path), open_copy(draft)
    try:
        is_log = source.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        source.backup(target, pages=-1 if is_log else PAGES_AT_ONCE, sleep=0.01)
        target.execute("PRAGMA journal_mode=DELETE").fetchall()
        return _find_unsound_page(target)
    finally:
        source.close()
        target.close()


def _find_unsound_page(db: sqlite3.Connection) -> str:
    found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found


def _remove_old(path: str) -> None:
    """Keep the newest copies: at most three, and together at most `MAX_BYTES`."""
    total = 0
    for number, copy in enumerate(list_backups(path)):
        total += os.path.getsize(copy.path)
        if number and (number >= KEPT or total > MAX_BYTES):
            remove_database(copy.path)


def _is_sound(path: str, owner_id: int) -> bool:
    db = open_copy(path)
    try:
        is_complete = bool(db.execute("SELECT count(*) FROM versions").fetchone()[0])
        return is_complete and not _find_unsound_page(db) and not is_of_another(db, owner_id)
    except sqlite3.DatabaseError:
        return False
    finally:
        db.close()
