"""Stores what a sync wrote and saw, what an undo took back, and the locks, per field; Clear Cache keeps them.

After a loss of the state file, all this is gone for objects that were changed in Stash since the last copy. A field
that is empty now may have been cleared by a person, so `EntityPlanner` leaves out what it would have written there and
stores it as `lost`, until the person decides.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from performers.library.entities import LISTS
from performers.sync.plan import WrittenBefore
from shared.journal import Change, Item
from shared.stash.filters import parse_time
from shared.state.store import LOSS, Store

NOT_REMEMBERED = ("stash_ids", "favorite")
NEVER_WRITTEN = WrittenBefore({}, frozenset())
DELETE_NOTES = tuple(
    f"DELETE FROM {table} WHERE kind = ? AND item = ? AND field = ?"  # noqa: S608 -- our own tables
    for table in ("locks", "undone", "written")
)
FORGET_SEEN = """UPDATE seen SET fields = json_remove(fields, :path), lost = json_remove(lost, :path)
    WHERE kind = :kind AND item = :item AND json_valid(fields) AND json_valid(lost)"""
SETTLED = "loss.settled"  # the time of the loss that a person has decided about
LOST = "FROM seen WHERE lost <> '{}'"
VALUE = JsonColumn("written", "value")
FIELDS = JsonColumn("seen", "fields", dict, "{}")
LOST_FIELDS = JsonColumn("seen", "lost", dict, "{}")


def read_written_before(store: Store, kind: str, numbers: Collection[int]) -> dict[int, WrittenBefore]:
    """Return by id what syncs wrote to and saw of these objects, their locks and undone fields; plans respect these."""
    wanted = json.dumps(list(numbers))
    query = "SELECT item, field{} FROM {} WHERE kind = ? AND item IN (SELECT value FROM json_each(?))"
    written: dict[int, dict[str, list[Any]]] = {}
    for row in store.read(query.format(", value", "written"), (kind, wanted)):
        written.setdefault(row["item"], {}).setdefault(row["field"], []).append(VALUE.read(row["value"]))
    notes: dict[str, dict[int, set[str]]] = {"locks": {}, "undone": {}}
    for table, found in notes.items():
        for row in store.read(query.format("", table), (kind, wanted)):
            found.setdefault(row["item"], set()).add(row["field"])
    locked, undone = notes["locks"], notes["undone"]
    query = "SELECT * FROM seen WHERE kind = ? AND item IN (SELECT value FROM json_each(?))"
    seen = {
        row["item"]: (FIELDS.read(row["fields"]), LOST_FIELDS.read(row["lost"]))
        for row in store.read(query, (kind, wanted))
    }
    return {
        number: WrittenBefore(
            written.get(number, {}),
            frozenset(locked.get(number, ())),
            frozenset(undone.get(number, ())),
            *seen.get(number, ({}, {})),
        )
        for number in {*written, *locked, *undone, *seen}
    }


class WrittenValue(NamedTuple):
    """A value that a sync wrote, or a member of a list, and the box that it is from."""

    field: str
    value: Any
    source: str


def read_written_values(store: Store, kind: str, numbers: Collection[int]) -> dict[int, list[WrittenValue]]:
    """Return by id what syncs wrote to these objects, with the sources, for taking back values from wrong links."""
    query = "SELECT * FROM written WHERE kind = ? AND item IN (SELECT value FROM json_each(?))"
    found: dict[int, list[WrittenValue]] = {}
    for row in store.read(query, (kind, json.dumps(list(numbers)))):
        found.setdefault(row["item"], []).append(WrittenValue(row["field"], VALUE.read(row["value"]), row["source"]))
    return found


def read_locked_fields(store: Store, kind: str, numbers: Collection[int]) -> dict[int, set[str]]:
    """Return by id the fields of these objects that a person locked.

    The plan that takes back values of wrong links leaves them.
    """
    query = "SELECT item, field FROM locks WHERE kind = ? AND item IN (SELECT value FROM json_each(?))"
    found: dict[int, set[str]] = {}
    for row in store.read(query, (kind, json.dumps(list(numbers)))):
        found.setdefault(row["item"], set()).add(row["field"])
    return found


def forget_written(store: Store, item: Item, changes: Iterable[Change]) -> None:
    """Forget the values before these changes: a sync may write to the field again, as if it never had.

    A journal target calls it for values that it took back, because they came through a wrong link.
    """
    about = (item.kind, int(item.id))
    with store.write() as db:
        row = db.execute("SELECT fields FROM seen WHERE kind = ? AND item = ?", about).fetchone()
        seen = FIELDS.read(row["fields"]) if row else {}
        for change in changes:
            key = (*about, change.field, json.dumps(change.before, sort_keys=True))
            db.execute("DELETE FROM written WHERE kind = ? AND item = ? AND field = ? AND value = ?", key)
            members = [each for each in seen.pop(change.field, ()) if each != change.before]
            seen.update({change.field: members} if members else {})
        db.execute("UPDATE seen SET fields = ? WHERE kind = ? AND item = ?", (json.dumps(seen), *about))


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
        db.execute(FORGET_SEEN, {"kind": kind, "item": number, "path": f'$."{field}"'})


class SeenObject(NamedTuple):
    """The values that updates have seen of a performer, studio or scene.

    `lost` are those that they left out after a loss of the state file.
    """

    number: int
    fields: Mapping[str, Sequence[str]]
    lost: Mapping[str, Sequence[str]]


def remember_seen(store: Store, kind: str, objects: Iterable[SeenObject]) -> None:
    """Store the values that an update of performers, studios or scenes saw, for the next one.

    `EntityPlanner` and `SceneFieldPlanner` pass only objects of which something is new.
    """
    now = store.clock.now()
    rows = [(kind, each.number, json.dumps(dict(each.fields)), json.dumps(dict(each.lost)), now) for each in objects]
    if rows:
        with store.write() as db:
            db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", rows)


class LossOfState:
    """The last loss of the state file: which objects' notes may be missing. A decision of the person ends it."""

    def __init__(self, store: Store) -> None:
        loss = store.kv.get(LOSS, {"at": float, "copy": str}, {})
        self._at = float(loss.get("at") or 0)
        self._is_open = bool(self._at) and store.kv.get(SETTLED, float) != self._at
        copy = str(loss.get("copy") or "").replace(" UTC", "+00:00")
        self._copied = parse_time(copy).timestamp() if copy else 0.0
        self._store = store

    def find_doubtful(self, kind: str, rows: Iterable[Mapping[str, Any]]) -> set[int]:
        """Return the ids of those that a person may have edited before the loss, and that no update has met since.

        The planners leave out values of these.
        """
        if not self._is_open:
            return set()
        found = {int(row["id"]) for row in rows if self._may_lack_notes(row)}
        query = "SELECT item FROM seen WHERE kind = ? AND at >= ? AND item IN (SELECT value FROM json_each(?))"
        met = self._store.read(query, (kind, self._at, json.dumps(list(found))))
        return found - {row["item"] for row in met}

    def _may_lack_notes(self, row: Mapping[str, Any]) -> bool:
        created, updated = (parse_time(row[name]).timestamp() for name in ("created_at", "updated_at"))
        return created < self._at and updated >= self._copied

    def settle(self, *, is_kept: bool) -> None:
        """End the doubt after a loss of the state file, for the operation `loss_settle`.

        `is_kept` locks the fields that syncs left out since then and keeps the members away; else syncs write them.
        """
        with self._store.write() as db:
            for row in db.execute(f"SELECT * {LOST}").fetchall() if is_kept else ():
                fields, lost = FIELDS.read(row["fields"]), LOST_FIELDS.read(row["lost"])
                for field, members in lost.items():
                    if field in LISTS:
                        fields[field] = [*fields.get(field, ()), *members]
                    else:
                        db.execute("INSERT OR REPLACE INTO locks VALUES (?, ?, ?)", (row["kind"], row["item"], field))
                about = (json.dumps(fields), row["kind"], row["item"])
                db.execute("UPDATE seen SET fields = ? WHERE kind = ? AND item = ?", about)
            db.execute("UPDATE seen SET lost = '{}'")
            self._store.kv.put(SETTLED, self._at)


def count_lost(store: Store) -> int:
    """Return of how many objects values were left out after a loss of the state file, for the Overview tab."""
    return int(store.first(f"SELECT count(*) AS n {LOST}")["n"])
