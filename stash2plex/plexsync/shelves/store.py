"""The shelves, their collections and the members that the plugin added, in the state file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from plexsync.shelves.plan import BEGUN, FORCED, PLACES, POSTER, SORT, TITLE, ShelfRecord
from shared.state.json_column import JsonColumn
from shared.state.store import Store

POSTER_SHA1 = "poster.sha1"  # the end of the key that Plex gives the poster that was written
SHAPE = {
    f"{TITLE}?": str,
    f"{SORT}?": str,
    f"{PLACES}?": [str],
    f"{POSTER}?": (dict, None),
    f"{POSTER_SHA1}?": str,
    f"{FORCED}?": [str],
    f"{BEGUN}?": dict,
}
WRITTEN = JsonColumn("shelf_collections", "written", SHAPE, "{}")
NO_POSTER, SOURCE_POSTER, ADDRESS_POSTER, OWN_POSTER = "", "source", "address", "own"
POSTERS = (NO_POSTER, SOURCE_POSTER, ADDRESS_POSTER, OWN_POSTER)
_FIELDS_OF = {"title": TITLE, "sort": SORT, "places": PLACES, "poster picture": POSTER}
_WHERE = "WHERE shelf_id = ? AND machine_id = ? AND section_id = ?"
OURS, PENDING, FOREIGN = "ours", "pending", "foreign"


class Shelf(NamedTuple):
    """A shelf as a person made it, and what the last run found.

    `kind` and `source_id` name the source, `name` is the source's name as it was read last. `picture` is the address or
    the hash of a poster. `approved` is the server for which a person applied it once.
    """

    id: int
    kind: str
    source_id: int
    name: str
    title: str
    sort: str
    places: tuple[str, ...]
    poster: str
    picture: str
    approved: str = ""
    is_removed: bool = False
    scenes: int = 0
    problem: str = ""

    @property
    def label(self) -> str:
        """Return the name by which messages call the shelf."""
        return f'shelf "{self.name or self.title}"'


class CollectionCard(NamedTuple):
    """A shelf's collection as the page shows it; `changed` is the time of the last write."""

    rating_key: str
    title: str
    library: str
    size: int
    changed: float | None


class ShelfStore:
    """The tables of shelves; operations, tasks and the journal's target use them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list_shelves(self) -> list[Shelf]:
        """Return the shelves that are not removed, oldest first."""
        return [_read_shelf(row) for row in self._store.read("SELECT * FROM shelves WHERE NOT is_removed ORDER BY id")]

    def find_shelf(self, shelf_id: int) -> Shelf | None:
        """Return a shelf, also a removed one, because an undo brings it back; None if there never was one."""
        rows = self._store.read("SELECT * FROM shelves WHERE id = ?", (shelf_id,))
        return _read_shelf(rows[0]) if rows else None

    def save_shelf(self, shelf: Shelf) -> int:
        """Save a shelf and return its id; id 0 makes a new one. The next run writes the changed fields in any case."""
        values = {**shelf._asdict(), "places": " ".join(shelf.places), "id": shelf.id or None}
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        before = self.find_shelf(shelf.id)
        with self._store.write() as db:
            done = db.execute(f"INSERT OR REPLACE INTO shelves ({names}) VALUES ({marks})", values)  # noqa: S608 -- our own names
            shelf_id = shelf.id or int(done.lastrowid or 0)
            if before:
                self._force_fields(shelf_id, set(_list_changed(before, shelf)))
        return shelf_id

    def _force_fields(self, shelf_id: int, fields: set[str]) -> None:
        for record in self.list_records(shelf_id) if fields else ():
            forced = sorted(fields.union(record.written.get(FORCED, ())))
            self.save_record(record._replace(written={**record.written, FORCED: forced}))

    def list_pictures(self) -> set[str]:
        """Return the hashes and addresses of the posters of all shelves, removed ones among them."""
        return {row[0] for row in self._store.read("SELECT picture FROM shelves")}

    def approve(self, shelf_id: int, machine_id: str) -> None:
        """Save that a person applied a shelf for this server; from now on, runs update it by themselves."""
        with self._store.write() as db:
            db.execute("UPDATE shelves SET approved = ?, is_removed = 0 WHERE id = ?", (machine_id, shelf_id))

    def withdraw(self, shelf_id: int) -> None:
        """Take the approval of a shelf back, so that no run writes it until a person applies it again."""
        with self._store.write() as db:
            db.execute("UPDATE shelves SET approved = '' WHERE id = ?", (shelf_id,))

    def remove_shelf(self, shelf_id: int) -> None:
        """Mark a shelf as removed; its row stays, because an undo of the removal brings it back."""
        with self._store.write() as db:
            db.execute("UPDATE shelves SET is_removed = 1, approved = '' WHERE id = ?", (shelf_id,))

    def note_found(self, shelf_id: int, *, name: str, scenes: int, problem: str) -> None:
        """Save the source's name, the number of scenes and the problem that a run found, for the shelf's card."""
        with self._store.write() as db:
            sql = "UPDATE shelves SET name = ?, scenes = ?, problem = ? WHERE id = ?"
            db.execute(sql, (name, scenes, problem, shelf_id))

    def note_problem(self, shelf_id: int, problem: str) -> None:
        """Save why a run could not read a shelf's source, for its card."""
        with self._store.write() as db:
            db.execute("UPDATE shelves SET problem = ? WHERE id = ?", (problem, shelf_id))

    def find_problem(self, shelf_id: int) -> str:
        """Return why the last run did not write all of a shelf, for the message of its removal; empty if it did."""
        shelf = self.find_shelf(shelf_id)
        return shelf.problem if shelf else ""

    def list_records(self, shelf_id: int, machine_id: str = "") -> list[ShelfRecord]:
        """Return the records of a shelf's collections, of all servers or of one."""
        sql = "SELECT * FROM shelf_collections WHERE shelf_id = ? AND ? IN ('', machine_id) ORDER BY section_id"
        return [self._read_record(row) for row in self._store.read(sql, (shelf_id, machine_id))]

    def find_record(self, shelf_id: int, machine_id: str, section_id: str) -> ShelfRecord:
        """Return the record of a shelf's collection in one library; an empty one if no collection was made."""
        found = (each for each in self.list_records(shelf_id, machine_id) if each.section_id == section_id)
        return next(found, ShelfRecord(shelf_id, machine_id, section_id))

    def _read_record(self, row: Any) -> ShelfRecord:
        ids = (row["shelf_id"], row["machine_id"], row["section_id"])
        members: dict[str, set[str]] = {OURS: set(), PENDING: set(), FOREIGN: set()}
        for key, state in self._store.read(f"SELECT rating_key, state FROM shelf_members {_WHERE}", ids):  # noqa: S608 -- a constant
            members[state].add(key)
        lists = (frozenset(members[state]) for state in (OURS, PENDING, FOREIGN))
        return ShelfRecord(*ids, row["rating_key"], row["token"], WRITTEN.read(row["written"]), *lists)

    def save_record(self, record: ShelfRecord) -> None:
        """Save rating key, token and written values of a collection."""
        written = json.dumps(dict(record.written))
        values = (*_name_record(record), record.rating_key, record.token, written, self._store.clock.now())
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO shelf_collections VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def forget_record(self, record: ShelfRecord) -> None:
        """Delete the record of a collection and of its members, after the collection was deleted."""
        with self._store.write() as db:
            for table in ("shelf_collections", "shelf_members"):
                db.execute(f"DELETE FROM {table} {_WHERE}", _name_record(record))  # noqa: S608 -- our own names

    def put_members(self, record: ShelfRecord, keys: Iterable[str], state: str) -> None:
        """Save members that are about to be added (PENDING), were added (OURS), or were there before (FOREIGN)."""
        rows = [(*_name_record(record), key, state) for key in keys]
        with self._store.write() as db:
            db.executemany("INSERT OR REPLACE INTO shelf_members VALUES (?, ?, ?, ?, ?)", rows)

    def drop_members(self, record: ShelfRecord, keys: Iterable[str]) -> None:
        """Delete the records of members that were taken out or do not belong to the shelf any more."""
        rows = [(*_name_record(record), key) for key in keys]
        with self._store.write() as db:
            db.executemany(f"DELETE FROM shelf_members {_WHERE} AND rating_key = ?", rows)  # noqa: S608 -- a constant

    def settle_members(self, record: ShelfRecord, present: Collection[str], wanted: Collection[str]) -> ShelfRecord:
        """Save which pending members Plex shows, and return the record; plans and the journal's target begin with it.

        `wanted` are the members of the shelf.
        """
        shown, belonging = frozenset(present), frozenset(wanted)
        ours = record.members | (record.pending & shown)
        ours -= ours - shown - belonging
        settled = record._replace(members=ours, pending=frozenset(), foreign=(shown & belonging) - ours)
        if settled != record:
            with self._store.write() as db:
                db.execute(f"DELETE FROM shelf_members {_WHERE}", _name_record(record))  # noqa: S608 -- a constant
                self.put_members(record, settled.members, OURS)
                self.put_members(record, settled.foreign, FOREIGN)
        return settled

    def settle_values(self, record: ShelfRecord, shown: Mapping[str, Any], wanted: Mapping[str, Any]) -> ShelfRecord:
        """Return the record with values that Plex shows as wanted noted as written, and save it.

        So a later change in Plex is known as a person's.
        """
        same = {
            field: wanted[field]
            for field in (TITLE, SORT, PLACES, POSTER)
            if field in shown and field in wanted and (shown[field] or "") == (wanted[field] or "")
        }
        if all(record.has_written(field, value) for field, value in same.items()):
            return record
        forced = [field for field in record.written.get(FORCED, ()) if field not in same]
        begun = dict(record.written.get(BEGUN, {}))
        if same.get(POSTER) and same[POSTER] == begun.get(POSTER):
            same[POSTER_SHA1] = begun[POSTER_SHA1]
        left = {field: value for field, value in begun.items() if field not in same}
        settled = record._replace(written={**record.written, **same, FORCED: forced, BEGUN: left})
        self.save_record(settled)
        return settled

    def list_keys(self, machine_id: str) -> dict[str, int]:
        """Return by rating key the shelf to which each collection on a server belongs."""
        sql = "SELECT rating_key, shelf_id FROM shelf_collections WHERE machine_id = ? AND rating_key <> ''"
        return {row[0]: row[1] for row in self._store.read(sql, (machine_id,))}

    def list_cards(self, machine_id: str) -> dict[int, list[CollectionCard]]:
        """Return by shelf its collections on a server, for the page."""
        sql = (
            "SELECT c.*, s.title AS section, (SELECT count(*) FROM shelf_members m WHERE m.shelf_id = c.shelf_id AND "
            "m.machine_id = c.machine_id AND m.section_id = c.section_id AND m.state <> ?) AS size "
            "FROM shelf_collections c LEFT JOIN plex_sections s ON s.id = c.section_id WHERE machine_id = ?"
        )
        found: dict[int, list[CollectionCard]] = {}
        for row in self._store.read(sql, (PENDING, machine_id)):
            written = WRITTEN.read(row["written"])
            card = CollectionCard(
                row["rating_key"], str(written.get(TITLE, "")), row["section"] or "", row["size"], row["changed"]
            )
            found.setdefault(row["shelf_id"], []).append(card)
        return found

    def move_server(self, before: str, after: str) -> None:
        """Give all records of a server its new id, after a person confirmed that it is the same server."""
        with self._store.write() as db:
            for table in ("shelf_collections", "shelf_members"):
                db.execute(f"UPDATE {table} SET machine_id = ? WHERE machine_id = ?", (after, before))  # noqa: S608 -- our own names
            db.execute("UPDATE shelves SET approved = ? WHERE approved = ?", (after, before))


def _name_record(record: ShelfRecord) -> tuple[int, str, str]:
    return record.shelf_id, record.machine_id, record.section_id


def _read_shelf(row: Any) -> Shelf:
    values = dict(row)
    return Shelf(**{**values, "places": tuple(values["places"].split()), "is_removed": bool(values["is_removed"])})


def _list_changed(before: Shelf, after: Shelf) -> Iterator[str]:
    """Yield the fields whose value in the collection another definition of the shelf changes."""
    for name, field in _FIELDS_OF.items():
        if any(getattr(before, each) != getattr(after, each) for each in name.split()):
            yield field
