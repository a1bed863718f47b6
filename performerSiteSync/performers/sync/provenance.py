"""Stores what a sync wrote, what an undo took back, and the locks, per field; Clear Cache keeps them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from performers.library.entities import LISTS
from performers.sync.plan import WrittenBefore
from shared.journal import Change, Item
from shared.state.store import Store

NOT_REMEMBERED = ("stash_ids", "favorite")
NEVER_WRITTEN = WrittenBefore({}, frozenset())
DELETE_NOTES = tuple(
    f"DELETE FROM {table} WHERE kind = ? AND item = ? AND field = ?"  # noqa: S608 -- our own tables
    for table in ("locks", "undone", "written")
)


def read_written_before(store: Store, kind: str, numbers: Collection[int]) -> dict[int, WrittenBefore]:
    """Return by id what syncs wrote to these objects, and their locks and undone fields; plans respect these."""
    wanted = json.dumps(list(numbers))
    query = "SELECT item, field{} FROM {} WHERE kind = ? AND item IN (SELECT value FROM json_each(?))"
    written: dict[int, dict[str, list[Any]]] = {}
    for row in store.read(query.format(", value", "written"), (kind, wanted)):
        written.setdefault(row["item"], {}).setdefault(row["field"], []).append(json.loads(row["value"]))
    notes: dict[str, dict[int, set[str]]] = {"locks": {}, "undone": {}}
    for table, found in notes.items():
        for row in store.read(query.format("", table), (kind, wanted)):
            found.setdefault(row["item"], set()).add(row["field"])
    locked, undone = notes["locks"], notes["undone"]
    return {
        number: WrittenBefore(
            written.get(number, {}), frozenset(locked.get(number, ())), frozenset(undone.get(number, ()))
        )
        for number in {*written, *locked, *undone}
    }


def remember_written(store: Store, item: Item, changes: Iterable[Change]) -> None:
    """Store the values that a journal target wrote; an undo marks the field as undone instead."""
    with store.write() as db:
        for change in changes:
            key = (item.kind, int(item.id), change.field)
            if change.is_undo:
                # An undone value stays in `written`, so that it is not written again.
                db.execute("INSERT OR REPLACE INTO undone VALUES (?, ?, ?)", key)
            elif change.field not in NOT_REMEMBERED:
                if change.field not in LISTS:
                    db.execute("DELETE FROM written WHERE kind = ? AND item = ? AND field = ?", key)
                values = (*key, json.dumps(change.after, sort_keys=True), change.source)
                db.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?, ?)", values)


def set_lock(store: Store, kind: str, number: int, field: str, is_locked: bool) -> None:
    """Lock a field by hand, or forget lock and earlier writes so that sources may write it; operations call this."""
    key = (kind, number, field)
    with store.write() as db:
        if is_locked:
            db.execute("INSERT OR REPLACE INTO locks VALUES (?, ?, ?)", key)
            return
        for forget in DELETE_NOTES:
            db.execute(forget, key)
