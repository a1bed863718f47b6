"""Copies what can still be read of a damaged state file into a new one: most, if only some pages are bad."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# Set in the new file, so that values derived from rows (the queue's counters) are counted again.
SALVAGED = "store.salvaged"

_SCHEMA = """
    SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
    ORDER BY CASE type WHEN 'table' THEN 1 ELSE 2 END
"""


def copy_readable_rows(damaged: str, path: str) -> int:
    """Copy schema and readable rows into the empty file at `path` and return the number of rows.

    It is 0 if nothing can be trusted.
    """
    old, new = (sqlite3.connect(name, isolation_level=None) for name in (damaged, path))
    try:
        schema = old.execute(_SCHEMA).fetchall()
        if not old.execute("SELECT count(*) FROM versions").fetchone()[0]:
            return 0
        return _copy(old, new, schema)
    except sqlite3.DatabaseError:
        return 0  # the schema itself cannot be read
    finally:
        old.close()
        new.close()


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, schema: list[tuple[str, str, str]]) -> int:
    rows = 0
    new.execute("BEGIN IMMEDIATE")
    for kind, name, sql in schema:
        new.execute(sql)
        if kind == "table":
            rows += _copy_rows(old, new, name)
    new.execute("INSERT OR REPLACE INTO kv VALUES (?, 'true')", (SALVAGED,))
    new.execute("COMMIT")
    return rows


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> int:
    """Copy rows from both ends of the table until the damage is met."""
    copied = 0
    for order in ("", " ORDER BY rowid DESC"):
        for row in _read_until_damage(old, f'SELECT * FROM "{table}"{order}'):  # noqa: S608 -- a schema of this plugin
            marks = ", ".join("?" * len(row))
            copied += new.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', row).rowcount  # noqa: S608
    return copied


def _read_until_damage(old: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    try:
        yield from old.execute(query)
    except sqlite3.DatabaseError:  # also a table without rowids: it was read from its other end
        return
