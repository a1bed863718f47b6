"""Takes over tables whose version is not known, and makes missing ones again: after damage that left the file sound."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from shared.counted_words import count_things
from shared.state.backup import list_backups, open_copy
from shared.state.salvage import copy_rows, list_columns
from shared.state.sqlite_file import split_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.state.backup import Backup

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_SCHEMA = """
    SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
    ORDER BY CASE type WHEN 'table' THEN 1 ELSE 2 END
"""


def creates_table(scripts: Sequence[str], table: str, core: Sequence[str]) -> bool:
    """Return True if these scripts make a table of this name; the opening of a state file asks."""
    model = _make_model(scripts, core)
    return model is not None and _exists(model, table)


def adopt_tables(
    db: sqlite3.Connection, path: str, scripts: Sequence[str], *, core: Sequence[str], is_broken: bool
) -> tuple[int, list[str]]:
    """Return the version of a component's tables in a file that does not say it, and sentences about what was
    missing.

    The opening of a state file calls it. It is 0 if none of the tables is there, unless the component `is_broken`,
    which means that it had tables. Missing tables are made again and filled from the newest copy that has them. A
    table of another form cannot be used and is replaced. `core` makes the tables that the scripts may use besides
    their own.
    """
    found = ((number, _make_model(scripts[:number], core)) for number in range(len(scripts), 0, -1))
    models = {number: model for number, model in found if model is not None}
    if not models or not (is_broken or any(_exists(db, name) for name in _list_tables(models[max(models)]))):
        return 0, []
    version = next((number for number, model in models.items() if _fits(db, model)), max(models))
    told = []
    for kind, name, sql in models[version].execute(_SCHEMA).fetchall():
        if kind == "table" and list_columns(db, name) != list_columns(models[version], name):
            db.execute(f'DROP TABLE IF EXISTS "{name}"')
        if not _exists(db, name):
            db.execute(sql)
            told += [_fill(db, path, name)] if kind == "table" else []
    return version, told


def _make_model(scripts: Sequence[str], core: Sequence[str] = ()) -> sqlite3.Connection | None:
    """Return a database in memory with what these scripts make, without the tables of the core, which they may use.

    It is None if they need tables of another component.
    """
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _run_scripts(db, core)
        used = _list_tables(db)
        _run_scripts(db, scripts)
    except sqlite3.OperationalError:
        return None
    for name in used:
        db.execute(f'DROP TABLE "{name}"')
    return db


def _run_scripts(db: sqlite3.Connection, scripts: Sequence[str]) -> None:
    for script in scripts:
        for statement in split_script(script):
            db.execute(statement)


def _fits(db: sqlite3.Connection, model: sqlite3.Connection) -> bool:
    """Return True if every table of the model that the file has, has the same columns."""
    names = [name for name in _list_tables(model) if _exists(db, name)]
    return bool(names) and all(list_columns(db, name) == list_columns(model, name) for name in names)


def _fill(db: sqlite3.Connection, path: str, table: str) -> str:
    for copy in list_backups(path):
        rows = _copy_from(copy, db, table)
        if rows is not None:
            return (
                f'The table "{table}" was missing in the state file. It was taken from the copy of {copy.made_at} '
                f"({count_things(rows, 'row')}); what was stored there later is missing."
            )
    return f'The table "{table}" was missing in the state file, and no copy has it. It begins empty.'


def _copy_from(copy: Backup, db: sqlite3.Connection, table: str) -> int | None:
    """Return the number of rows taken from a copy, None if it does not have the table."""
    source = open_copy(copy.path)
    try:
        return copy_rows(source, db, table)[0] if _exists(source, table) else None
    except sqlite3.DatabaseError:
        return None
    finally:
        source.close()


def _list_tables(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute(_TABLES)]


def _exists(db: sqlite3.Connection, name: str) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None
