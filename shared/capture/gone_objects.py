"""Forgets what is stored about objects that Stash no longer has, a piece each day: no table outlives its objects.

The cost follows the rows: a piece is one request for the ids in them. Stash gives no id twice. A plugin names only
tables of what it has noted by itself, because what a person typed stays.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.runtime.clock import is_recent

if TYPE_CHECKING:
    from shared.runtime.call_parts import CallParts
    from shared.stash.library import LibraryObjects
    from shared.state.store import Store

EVERY = 86400.0
PIECE = 1000  # objects of a table in one day
DOUBTFUL = 20  # if so many objects are gone and not one is left, Stash may have another database for a while
STATE = "gone_objects"
WANTED = "(SELECT value FROM json_each(:ids))"
SHAPE = {"at": float, "after": {str: int}}


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
        """Return the SQL condition of the rows; it takes the kind as `:kind`."""
        return f"{self.kind_column} = :kind" if self.kind_column else ":kind = :kind"


def forget_gone(call: CallParts, tables: Sequence[ObjectTable], *, piece: int = PIECE) -> int:
    """Delete the rows about objects that Stash has deleted, for a piece of each table a day; heartbeats call it.

    Return how many objects were forgotten.
    """
    store, now = call.store, call.clock.now()
    state = store.kv.get(STATE, SHAPE, {"at": 0.0, "after": {}})
    if is_recent(state["at"], now, EVERY):
        return 0
    after, forgotten = dict(state["after"]), 0
    for table in tables:
        ids = list_ids(store, table, after.get(table.key, 0), piece)
        gone = choose_gone(ids, table.objects.read(ids, "id"))
        delete_rows(store, table, gone)
        after[table.key] = ids[-1] if len(ids) == piece else 0
        forgotten += len(gone)
    store.kv.put(STATE, {"at": now, "after": after})
    return forgotten


def list_ids(store: Store, table: ObjectTable, after: int, piece: int) -> list[int]:
    """Return the next ids of objects in a table after `after`, in order, at most `piece`."""
    column, where = table.column, f"{table.column} > :after AND {table.condition}"
    sql = f"SELECT DISTINCT {column} FROM {table.name} WHERE {where} ORDER BY {column} LIMIT {piece}"  # noqa: S608 -- our own names
    return [row[0] for row in store.read(sql, {"after": after, "kind": table.objects.kind.name})]


def choose_gone(ids: Sequence[int], present: Collection[int]) -> list[int]:
    """Return the ids that are not present; none if all of many are absent, which speaks for another database. Pure."""
    gone = [each for each in ids if each not in present]
    return [] if len(gone) == len(ids) >= DOUBTFUL else gone


def delete_rows(store: Store, table: ObjectTable, gone: Sequence[int]) -> None:
    """Delete the table's rows about the objects in `gone`."""
    if gone:
        sql = f"DELETE FROM {table.name} WHERE {table.condition} AND {table.column} IN {WANTED}"  # noqa: S608 -- our own names
        values = {"ids": json.dumps(list(gone)), "kind": table.objects.kind.name}
        with store.write() as db:
            db.execute(sql, values)
