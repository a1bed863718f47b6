"""Questions about an SQLite file that need no store: is it new, damaged, of another plugin, which versions it has."""

from __future__ import annotations

import os
import sqlite3
import zlib
from typing import TYPE_CHECKING

from shared.state.files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_damage(error: sqlite3.Error) -> bool:
    """Return True for a corrupt or foreign file: only these errors come as a plain DatabaseError.

    Whoever opens an SQLite file asks.
    """
    return type(error) is sqlite3.DatabaseError


def may_mean_no_shared_memory(error: sqlite3.Error) -> bool:
    """Return True for an error that a drive without shared memory gives; the opening of the state file asks."""
    return any(text in str(error) for text in ("unable to open", "locking protocol", "disk I/O error"))


def make_owner_id(owner: str) -> int:
    """Return the number by which the state file's header names its plugin, for its opening; 0 for no owner."""
    return zlib.crc32(owner.encode()) & 0x7FFFFFFF


def read_owner_id(db: sqlite3.Connection) -> int:
    """Return the number of the plugin that the file belongs to, for its opening; 0 in files of earlier versions."""
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def is_of_another(db: sqlite3.Connection, owner_id: int) -> bool:
    """Return True if the file names another plugin as its owner; opening and repair ask."""
    return bool(owner_id) and read_owner_id(db) not in (0, owner_id)


def read_versions(db: sqlite3.Connection) -> dict[str, int]:
    """Return the version of each component's tables, for opening and repair; empty if the file is new."""
    try:
        return dict(db.execute("SELECT component, version FROM versions").fetchall())
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return {}
        raise


def prepare_file(path: str) -> bool:
    """Make the file readable for its owner only, before it is opened; return True if it is empty or new."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        make_private_folder(os.path.dirname(path))
        make_private_file(path)
        return True
    if found.st_mode & 0o077 and os.name == "posix" and found.st_uid == os.getuid():
        os.chmod(path, 0o600)
    return found.st_size == 0


def make_private_file(path: str) -> None:
    """Make an empty file that only its owner may read, for copies and repairs."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def identify_file(path: str) -> int:
    """Return the inode of the file with this name, 0 if there is none.

    The state file notices so that it was replaced.
    """
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0


def split_script(script: str) -> Iterator[str]:
    """Yield the statements of a migration script, triggers in one piece; `executescript` would commit in between."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n\t;"):
                yield statement
            statement = ""
    if statement.strip(" \n\t;"):
        raise ValueError(f"The script ends in the middle of a statement: {statement.strip()[:80]}")
