"""Copies what can still be read of a damaged state file into a new one: most, if only some pages are bad."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from shared.state.backup import open_copy, remove_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_SCHEMA = """
    SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
    ORDER BY CASE type WHEN 'table' THEN 1 ELSE 2 END
"""


class Rescue(NamedTuple):
    """The number of rows taken over, and the tables of which only a part could be read."""

    rows: int = 0
    partial: tuple[str, ...] = ()


def copy_readable_rows(damaged: str, path: str, backup: str = "") -> Rescue:
    """Copy schema and readable rows into the empty file at `path`, and lost rows from the copy `backup` if given.

    The repair of a state file calls it. No rows are taken over if nothing can be trusted.
    """
    readable = _fill_up(damaged)
    old, new = open_copy(readable), open_copy(path)
    try:
        new.execute("PRAGMA auto_vacuum=INCREMENTAL")
        return _copy(old, new, old.execute(_SCHEMA).fetchall(), backup)
    except sqlite3.DatabaseError:
        return Rescue()  # the schema itself cannot be read
    finally:
        old.close()
        new.close()
        if readable != damaged:
            remove_database(readable)


def copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> tuple[int, bool]:
    """Copy rows that the target lacks from both ends of the table until damage is met; repairs call it.

    Return the number of rows and whether all could be read.
    """
    columns = [name for name in list_columns(source, table) if name in list_columns(target, table)]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    insert = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 -- a schema of this plugin
    copied, is_whole = 0, False
    for order in ("", _order_backwards(source, table)):
        if not is_whole:
            reader = _Reader(source, f'SELECT {names} FROM "{table}" {order}')  # noqa: S608 -- a schema of this plugin
            copied += sum(target.execute(insert, row).rowcount for row in reader)
            is_whole = reader.is_whole
    return copied, is_whole


def _fill_up(damaged: str) -> str:
    """Return a file that SQLite opens: for a file that was cut off, a copy with empty pages at its end.

    SQLite reads nothing from a file that is shorter than its header says.
    """
    import shutil  # late: most calls repair nothing

    with open(damaged, "rb") as file:
        header = file.read(100)
    page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    size = (65536 if page == 1 else page) * pages
    if not header.startswith(b"SQLite format 3\0") or os.path.getsize(damaged) >= size or size > 1 << 40:
        return damaged
    filled = damaged + ".reading"
    remove_database(filled)
    for suffix in ("", "-wal"):
        if os.path.exists(damaged + suffix):
            shutil.copyfile(damaged + suffix, filled + suffix)
    os.truncate(filled, size)
    return filled


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, schema: list[tuple[str, str, str]], backup: str) -> Rescue:
    rows, partial = 0, []
    new.execute("BEGIN IMMEDIATE")
    new.execute(f"PRAGMA application_id={int(old.execute('PRAGMA application_id').fetchone()[0])}")
    for kind, name, sql in schema:
        new.execute(sql)
        if kind == "table":
            copied, is_whole = copy_rows(old, new, name)
            rows += copied
            if not is_whole:
                partial.append(name)
    # Which versions the tables have is found out from the tables, because the copy may be older than an update.
    partial = [name for name in partial if name != "versions"]
    if backup and rows:
        _complete(new, partial, backup)
    new.execute("COMMIT")
    return Rescue(rows, tuple(partial))


def _complete(new: sqlite3.Connection, tables: list[str], backup: str) -> None:
    copy = open_copy(backup)
    try:
        for table in tables:
            if list_columns(copy, table):
                copy_rows(copy, new, table)
    finally:
        copy.close()


def list_columns(db: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of a table's columns, for repairs; empty if there is no such table."""
    return [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]


def _order_backwards(db: sqlite3.Connection, table: str) -> str:
    """Return the order in which SQLite reads a table from its end: by rowid, or by its key if it has none."""
    keys = sorted((row[5], row[1]) for row in db.execute(f'PRAGMA table_info("{table}")') if row[5])
    try:
        db.execute(f'SELECT rowid FROM "{table}" LIMIT 0')  # noqa: S608 -- a schema of this plugin
    except sqlite3.OperationalError:
        return "ORDER BY " + ", ".join(f'"{name}" DESC' for _, name in keys)
    except sqlite3.DatabaseError:
        pass
    return "ORDER BY rowid DESC"


class _Reader:
    """The rows of a query until damage is met; `is_whole` says that there was none."""

    def __init__(self, db: sqlite3.Connection, query: str) -> None:
        self._db = db
        self._query = query
        self.is_whole = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(self._query)
            self.is_whole = True
        except sqlite3.DatabaseError:
            return
