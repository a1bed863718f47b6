"""Columns of the state file that hold JSON: a value that cannot be read is told, and its row set aside.

CARD = JsonColumn("marks", "card", dict, '{"performers": []}')
CARD.read(row["card"])

The error ends the call with a sentence. The process boundary then sets the row aside, so that the next call works.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.counted_words import count_things
from shared.errors import UnreadableRow
from shared.json_shape import JsonShape, fits
from shared.state.set_aside import write_aside

if TYPE_CHECKING:
    from shared.state.store import Store


class JsonColumn(NamedTuple):
    """A column with JSON of one shape; `instead` replaces what cannot be read, without it the row is removed."""

    table: str
    column: str
    shape: JsonShape = object
    instead: str = ""

    def read(self, text: Any) -> Any:
        """Return the stored value, for readers of the table.

        Raise UnreadableRow if it is no JSON or has another shape.
        """
        try:
            value = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            raise UnreadableRow(self) from None
        if not fits(value, self.shape):
            raise UnreadableRow(self)
        return value

    def is_readable(self, text: Any) -> bool:
        """Return False for a value that `read` refuses; `set_aside_rows` asks."""
        try:
            self.read(text)
        except UnreadableRow:
            return False
        return True


def set_aside_rows(store: Store, column: JsonColumn) -> int:
    """Write all rows with an unreadable value into a file beside the state file, repair or remove them, and tell it.

    The process boundary calls it after an UnreadableRow. Return the number of rows.
    """
    table, name, bad = column.table, column.column, f"NOT is_readable({column.column})"
    with store.write() as db:
        db.create_function("is_readable", 1, column.is_readable)
        rows = [dict(row) for row in db.execute(f"SELECT * FROM {table} WHERE {bad}")]  # noqa: S608 -- our own names
        if not rows:
            return 0
        aside = write_aside(store.path, store.clock.now(), table, rows)
        if column.instead:
            db.execute(f"UPDATE {table} SET {name} = ? WHERE {bad}", (column.instead,))  # noqa: S608 -- our own names
        else:
            db.execute(f"DELETE FROM {table} WHERE {bad}")  # noqa: S608 -- our own names
        store.warn(_describe(column, len(rows), aside))
    return len(rows)


def _describe(column: JsonColumn, number: int, aside: str) -> str:
    what = count_things(number, "row")
    done = "It was repaired as far as possible" if column.instead else "It was taken out"
    if number != 1:
        done = done.replace("It was", "They were")
    return f"{what} of the table {column.table} could not be read. {done}; the old content is kept as {aside}."
