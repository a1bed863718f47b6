"""Write records: the values this plugin wrote to each item last; only they tell its values from a person's.

A target records the values as pending before the write and confirms them afterwards. If the process dies in between,
the record has both, and the item itself shows which is true.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from shared.page.paging import format_time
from shared.plex.diff import LastWrite
from shared.plex.edits import same_value, tag_key
from shared.plex.model import PlexItem, PlexTag
from shared.state.store import Store

Tags = dict[str, list[PlexTag]]
WRITTEN = JsonColumn("records", "written", {"fields": dict, "tags": dict, "locks": object, "pictures": object})
PENDING = JsonColumn("records", "pending", {"fields": dict, "tags": dict})
KEPT = JsonColumn("records", "kept", [str], "[]")
FORMER = JsonColumn("former_records", "written", {"fields": dict, "tags": dict})


@dataclass
class WriteRecord:
    """The values this plugin wrote to one item; `pictures` are their hashes and the addresses they came from.

    `added` are the tags of `tags` that it added itself, as `tag_key` has them; `found` are the fields that had their
    value before it wrote any. Only what it brought may be removed or cleared. `kept` are the fields that the last sync
    left as Plex has them, `sent` is the time of the last write, None before the first.
    """

    rating_key: str
    scene_id: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    tags: Tags = field(default_factory=dict)
    locks: set[str] = field(default_factory=set)
    pictures: dict[str, dict[str, str]] = field(default_factory=dict)
    added: dict[str, set[str]] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    pending_fields: dict[str, str] = field(default_factory=dict)
    pending_tags: Tags = field(default_factory=dict)
    pending_locks: list[str] = field(default_factory=list)
    fingerprint: str = ""
    seen_at: int = 0
    kept: list[str] = field(default_factory=list)
    sent: float | None = None

    def find_written(self, item: PlexItem) -> LastWrite:
        """Return the values on an item that this plugin wrote, confirmed or pending, for the item's plan."""
        fields = dict(self.fields)
        pending = self.pending_fields.items()
        fields.update({name: value for name, value in pending if same_value(name, item.fields.get(name, ""), value)})
        kinds = {*self.tags, *self.pending_tags}
        tags = {kind: [*self.tags.get(kind, ()), *self.pending_tags.get(kind, ())] for kind in kinds}
        added = {
            kind: {*self.added.get(kind, ()), *collect_tag_keys(self.pending_tags.get(kind, ()))} for kind in kinds
        }
        return LastWrite(fields, tags, frozenset(self.locks), added)

    def list_clearable(self, item: PlexItem) -> dict[str, str]:
        """Return the values that the item's plan may clear: those that this plugin brought."""
        fields = self.find_written(item).fields
        return {name: value for name, value in fields.items() if name not in self.found - self.pending_fields.keys()}

    def resolve_pending(self, item: PlexItem) -> None:
        """Take over the pending values that the item shows; a sync and the journal target call it.

        The fingerprint is cleared, so that the item is compared again.
        """
        self.fingerprint = ""
        last = self.find_written(item)
        self.found -= {name for name, value in self.pending_fields.items() if last.fields.get(name) == value}
        self.fields = dict(last.fields)
        self.added = {kind: set(keys) for kind, keys in (last.added or {}).items()}
        self.tags = {kind: list(dict.fromkeys(tags)) for kind, tags in last.tags.items()}
        for name in item.locks.intersection(self.pending_locks):
            self.locks.add(name)
            self._note_locked_value(name, item.fields.get(name, ""))
        self.pending_fields, self.pending_tags, self.pending_locks = {}, {}, []

    def _note_locked_value(self, name: str, shown: str) -> None:
        """Note the value of a field that was locked; one that was there before counts as found."""
        if not shown or name in self.pending_fields:
            return
        if name not in self.fields:
            self.found.add(name)
        self.fields[name] = shown


class LastSync(NamedTuple):
    """The last sync of a scene: when it was compared or sent, when it was last written, and the fields that were kept.

    The times are None if that never happened.
    """

    synced: float | None
    sent: float | None
    kept: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the page of a scene shows it."""
        return {"synced": format_time(self.synced), "sent": format_time(self.sent), "kept": list(self.kept)}


class WriteRecordStore:
    """The write records of all items, in the state file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get_record(self, rating_key: str) -> WriteRecord:
        """Return the write record of an item, an empty one if nothing was ever written, for a sync."""
        return self.find_records([rating_key]).get(rating_key) or WriteRecord(rating_key)

    def find_records(self, rating_keys: Iterable[str]) -> dict[str, WriteRecord]:
        """Return the write records of some items by key, for the queue worker and comparisons.

        Items without one are left out.
        """
        sql = "SELECT * FROM records WHERE rating_key IN (SELECT value FROM json_each(?))"
        rows = self._store.read(sql, (json.dumps(list(rating_keys)),))
        return {row["rating_key"]: read_record(row) for row in rows}

    def find_former_record(self, scene_id: int) -> WriteRecord | None:
        """Return what was sent for a scene to the server before, for taking over the values of the present one."""
        row = self._store.first("SELECT written FROM former_records WHERE scene_id = ?", (scene_id,))
        if row is None:
            return None
        written = FORMER.read(row[0])
        return WriteRecord("", scene_id, fields=written["fields"], tags=read_tags(written["tags"]))

    def save_record(self, record: WriteRecord, *, is_synced: bool = True) -> None:
        """Save the write record of an item; syncs and the journal target call it.

        With `is_synced` False its scene still counts as never sent.
        """
        written = {
            "fields": record.fields,
            "tags": record.tags,
            "locks": sorted(record.locks),
            "pictures": record.pictures,
            "added": {kind: sorted(keys) for kind, keys in record.added.items()},
            "found": sorted(record.found),
        }
        pending = {"fields": record.pending_fields, "tags": record.pending_tags, "locks": record.pending_locks}
        values = (record.rating_key, record.scene_id, json.dumps(written), json.dumps(pending))
        with self._store.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO records (rating_key, scene_id, written, pending, fingerprint, seen_at, synced, "
                "kept, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *values,
                    record.fingerprint,
                    record.seen_at,
                    self._store.clock.now() if is_synced else 0.0,
                    json.dumps(record.kept),
                    record.sent,
                ),
            )

    def note_stars(self, rating_key: str, scene_id: int, stars: str) -> None:
        """Record the stars that both programs show, so that the next sync knows which side changes them.

        The tasks that take stars from Plex and their journal's target call it. It changes nothing else of the record.
        """
        with self._store.write() as db:
            row = db.execute("SELECT written FROM records WHERE rating_key = ?", (rating_key,)).fetchone()
            if row is None:
                self.save_record(WriteRecord(rating_key, scene_id, fields={"userRating": stars}), is_synced=False)
                return
            written = WRITTEN.read(row["written"])
            written["fields"]["userRating"] = stars
            written["found"] = [name for name in written.get("found", ()) if name != "userRating"]
            values = (json.dumps(written), rating_key)
            db.execute("UPDATE records SET written = ? WHERE rating_key = ?", values)

    def list_scene_ids(self) -> list[int]:
        """Return every scene with a write record; a comparison finds deleted scenes among them."""
        return [row[0] for row in self._store.read("SELECT DISTINCT scene_id FROM records WHERE scene_id > 0")]

    def release_scene(self, scene_id: int) -> None:
        """Keep the records of a deleted or merged scene as those of their items only; the matcher calls it.

        The items still show what was sent, and the file may come back as another scene.
        """
        with self._store.write() as db:
            db.execute("UPDATE records SET scene_id = 0, fingerprint = '' WHERE scene_id = ?", (scene_id,))

    def forget_lost_items(self) -> None:
        """Remove the records that neither a scene nor an indexed item has; a comparison of all scenes calls it."""
        lost = "scene_id = 0 AND NOT EXISTS (SELECT 1 FROM plex_items i WHERE i.rating_key = records.rating_key)"
        with self._store.write() as db:
            db.execute(f"DELETE FROM records WHERE {lost}")  # noqa: S608 -- a constant

    def find_last_sync(self, scene_id: int) -> LastSync:
        """Return what the last sync of a scene did, for its badge."""
        row = self._store.first("SELECT max(synced), max(sent) FROM records WHERE scene_id = ?", (scene_id,))
        rows = self._store.read("SELECT kept FROM records WHERE scene_id = ?", (scene_id,))
        return LastSync(row[0] or None, row[1], tuple(sorted({name for each in rows for name in KEPT.read(each[0])})))


def read_record(row: Any) -> WriteRecord:
    """Return a row of the table `records` as WriteRecord; WriteRecordStore calls it."""
    written, pending = WRITTEN.read(row["written"]), PENDING.read(row["pending"])
    tags = read_tags(written["tags"])
    # A record of an earlier version does not tell which tags were there before: as then, all count as added.
    added = written["added"] if "added" in written else {kind: collect_tag_keys(each) for kind, each in tags.items()}
    return WriteRecord(
        rating_key=row["rating_key"],
        scene_id=row["scene_id"],
        fields=written["fields"],
        tags=tags,
        locks=set(written["locks"]),
        pictures=written["pictures"],
        added={kind: set(keys) for kind, keys in added.items()},
        found=set(written.get("found", ())),
        pending_fields=pending["fields"],
        pending_tags=read_tags(pending["tags"]),
        pending_locks=pending.get("locks", []),
        fingerprint=row["fingerprint"],
        seen_at=row["seen_at"],
        kept=KEPT.read(row["kept"]),
        sent=row["sent"],
    )


def collect_tag_keys(tags: Iterable[PlexTag]) -> set[str]:
    """Return the keys of tags, by which a write record knows the tags that the plugin added; see `tag_key`."""
    return {tag_key(tag.name) for tag in tags}


def read_tags(raw: Mapping[str, Sequence[Sequence[str]]]) -> Tags:
    """Return a write record's tags by kind from their JSON; `read_record` calls it."""
    return {kind: [PlexTag(*each) for each in tags] for kind, tags in raw.items()}
