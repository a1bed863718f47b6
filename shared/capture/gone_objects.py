"""Forgets what is stored about objects that Stash no longer has, a piece each day: no table outlives its objects.

The cost follows the rows: a piece is one request for the ids in them. Stash gives no id twice. A plugin names only
tables of what it has noted by itself, because what a person typed stays.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.capture.daily_sweep import SweepName, sweep_daily

if TYPE_CHECKING:
    from shared.runtime.call_parts import CallParts
    from shared.stash.library import LibraryObjects
    from shared.state.store import Store

PIECE = 1000  # objects of a table in one day
DOUBTFUL = 20  # if so many objects are gone and not one is left, Stash may have another database for a while
SWEEP = SweepName("gone_objects", int)
WANTED = "(SELECT value FROM json_each(:ids))"


class ObjectTable(NamedTuple):
    """A table with rows about objects of Stash: the column of their ids, and that of their kind if it has several."""

    name: str
    column: str
    objects: LibraryObjects
    kind_column: str = ""

    @property
    def key(self) -> str:
        """Return the name under which `forget_gone` keeps how far it has checked the table."""
        return f"{self.name} {self.objects.kind.name}"

    @property
    def condition(self) -> str:
        """Return the SQL condition of the rows, for the sweep's queries; it takes the kind as `:kind`."""
        return f"{self.kind_column} = :kind" if self.kind_column else ":kind = :kind"


def forget_gone(call: CallParts, tables: Sequence[ObjectTable], *, piece: int = PIECE) -> int:
    """Delete the rows about objects that Stash has deleted, for a piece of each table a day; heartbeats call it.

    Return how many objects were forgotten.
    """
    return sweep_daily(call, SWEEP, {table.key: ObjectRows(call.store, table) for table in tables}, 0, piece)


class ObjectRows(NamedTuple):
    """The rows of a table in the state file, by the id of their object."""

    store: Store
    table: ObjectTable

    def list_next(self, after: int, most: int) -> list[int]:
        """Return the next ids after `after` of objects that have rows in this table of the state file, in order.

        The daily sweep calls it, and forgets the rows of those that Stash has deleted.
        """
        column, where = self.table.column, f"{self.table.column} > :after AND {self.table.condition}"
        sql = f"SELECT DISTINCT {column} FROM {self.table.name} WHERE {where} ORDER BY {column} LIMIT {most}"  # noqa: S608 -- our own names
        return [row[0] for row in self.store.read(sql, {"after": after, "kind": self.table.objects.kind.name})]

    def forget_needless(self, places: Sequence[int]) -> int:
        """Ask Stash which of these objects it has, and delete the rows about the others; the daily sweep calls it."""
        gone = choose_gone(places, self.table.objects.read(places, "id"))
        if gone:
            condition, column = self.table.condition, self.table.column
            sql = f"DELETE FROM {self.table.name} WHERE {condition} AND {column} IN {WANTED}"  # noqa: S608 -- our own names
            with self.store.write() as db:
                db.execute(sql, {"ids": json.dumps(gone), "kind": self.table.objects.kind.name})
        return len(gone)


def choose_gone(ids: Sequence[int], present: Collection[int]) -> list[int]:
    """Return the ids that are not present, for `ObjectRows.forget_needless`.

    If all of many are absent, it returns none: that speaks for another database.
    """
    gone = [each for each in ids if each not in present]
    return [] if len(gone) == len(ids) >= DOUBTFUL else gone
