"""Journal target of a merge: gained values, moved relations, and the deletion of the source with its undo.

An item is "source>destination"; its fields are those of the destination, and `merged`. Every step may be repeated after
a kill: the backup is stored before the first change, moving twice changes nothing, and the source is deleted last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.identity.conflict_store import close_conflicts, list_numbers
from performers.identity.conflict_store import read_row as read_conflict
from performers.library.entities import ALIASES, select_objects
from performers.library.kinds import PERFORMER
from performers.library.normalize import normalize_name
from performers.library.update_input import encode_picture, make_update
from performers.merge.backup import (
    EntityBackup,
    fetch_picture,
    find_number,
    find_row,
    make_values,
    read_backup,
    store_backup,
    store_progress,
    store_revived_id,
)
from performers.merge.relations import CHILDREN, RelatedObjects, Relations
from shared.errors import NotFound, Refused
from shared.journal import Change, Item, Journal, Json, Work, Written, write_each

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND, SUFFIX = "merge", "_merge"
MERGED, TAGS, CUSTOM = "merged", "tag_ids", "custom_fields"
FINISHED = "Stash had merged them when the run was interrupted; the tags that were ticked off were taken away later."


class MergeIds(NamedTuple):
    """The ids of source and destination, and the key of the backup."""

    kind: str
    source: int
    destination: int
    key: str


class MergeTarget:
    """Journal target that carries out and undoes merges of performers and studios."""

    batch_size = 1
    items_at_once = 0  # moving many scenes takes long, so a merge is always a task
    keeps_rest = False  # after a merge there is nothing left to be selected

    def __init__(self, call: Call) -> None:
        self._call = call
        self._stash = call.stash
        self._blobs = Journal(call.store).blobs

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return the destination's present values, and `merged` if the source is gone; the journal calls it."""
        found: dict[Item, Mapping[str, Json]] = {}
        for item in items:
            ids = self._read_ids(item)
            row = find_row(self._call, ids.kind, ids.destination)
            if row is None:
                continue
            values = describe_all_fields(row)
            if "image" in fields:
                picture = fetch_picture(self._call, row)
                values["image"] = self._blobs.make_reference(picture) if picture else None
            is_there = select_objects(self._stash, ids.kind).get(ids.source, "") is not None
            found[item] = {**values, MERGED: None if is_there or self._find_leftovers(ids, row) else True}
        return found

    def write(self, work: Work) -> Written:
        """Carry out or undo one merge after the other, for the journal."""
        return write_each(work, lambda item, changes: self._write_item(self._read_ids(item), changes))

    def _read_ids(self, item: Item) -> MergeIds:
        source, _, destination = item.id.partition(">")
        kind, key = item.kind[: -len(SUFFIX)], f"{item.kind}|{item.id}"
        return MergeIds(kind, find_number(self._call.store, key, int(source)), int(destination), key)

    def _write_item(self, ids: MergeIds, changes: Sequence[Change]) -> str | None:
        act = next((each for each in changes if each.field == MERGED), None)
        rest = [each for each in changes if each.field != MERGED]
        row = find_row(self._call, ids.kind, ids.destination)
        if row is None:
            message = f"Stash has no {ids.kind} {ids.destination} any more."
            raise NotFound(message, service="Stash", operation=f"merging into {ids.kind} {ids.destination}")
        values = self._make_update(row, rest)
        if act is None:
            self._update(ids, values)
        elif act.after is True:
            return self._merge(ids, values, values.get(TAGS, describe_all_fields(row)[TAGS]))
        else:
            self._update(ids, values)
            self._bring_back(ids)
        return None

    def _update(self, ids: MergeIds, values: Mapping[str, Any]) -> None:
        if values:
            select_objects(self._stash, ids.kind).update(ids.destination, values)

    def _make_update(self, row: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
        values = make_update(row, describe_all_fields(row), changes)
        if CUSTOM in values:
            values[CUSTOM] = {"full": values[CUSTOM] or {}}
        if values.get("image"):
            values["image"] = encode_picture(self._blobs.get(values["image"]))
        return values

    # Merge

    def _merge(self, ids: MergeIds, values: Mapping[str, Any], tags: Sequence[str]) -> str | None:
        self._store_backup(ids)
        message = None
        if ids.kind == PERFORMER and self._stash.capabilities().has_performer_merge:
            message = self._merge_at_once(ids, values, tags)
        else:
            self._merge_in_steps(ids, values)
        store_progress(self._call.store, ids.key, is_done=True)
        self._drop_stored(ids)
        return message

    def _merge_at_once(self, ids: MergeIds, values: Mapping[str, Any], tags: Sequence[str]) -> str | None:
        """Merge by Stash's own mutation, and return FINISHED if an earlier try had merged already, else None.

        The mutation moves all tags; unselected ones are stored before and removed after.
        """
        source = find_row(self._call, ids.kind, ids.source)
        if source is not None:
            unwanted = [tag for tag in describe_all_fields(source)[TAGS] if tag not in tags]
            store_progress(self._call.store, ids.key, unwanted=unwanted)
            self._stash.merge_performers_into(ids.destination, [ids.source], values or None)
        row = find_row(self._call, ids.kind, ids.destination)
        leftovers = self._find_leftovers(ids, row) if row is not None else []
        if row is not None and leftovers:
            self._update(ids, {TAGS: [tag for tag in describe_all_fields(row)[TAGS] if tag not in leftovers]})
        return FINISHED if source is None else None

    def _find_leftovers(self, ids: MergeIds, row: Mapping[str, Any]) -> list[str]:
        """Return tags that an unfinished merge brought along although they were not selected."""
        kept = read_backup(self._call.store, ids.key)
        if kept is None or kept[0].is_done or not self._is_begun(ids, kept[0]):
            return []
        return [tag for tag in describe_all_fields(row)[TAGS] if tag in kept[0].unwanted]

    def _store_backup(self, ids: MergeIds) -> None:
        """Store the backup before anything changes; an interrupted merge goes on with the one it has."""
        kept = read_backup(self._call.store, ids.key)
        if kept is not None and not kept[0].is_done and self._is_begun(ids, kept[0]):
            return
        row = find_row(self._call, ids.kind, ids.source)
        if row is None:
            message = f"Stash has no {ids.kind} {ids.source} any more."
            raise NotFound(message, service="Stash", operation=f"merging {ids.kind} {ids.source}")
        relations = Relations(self._stash, ids.kind)
        held, present = relations.find_all(ids.source), relations.find_all(ids.destination)
        shared = {what: sorted(set(numbers) & set(present[what])) for what, numbers in held.items()}
        backup = EntityBackup(make_values(self._stash, ids.kind, row), held, shared)
        revived = find_number(self._call.store, ids.key, 0)
        store_backup(self._call.store, ids.key, backup, fetch_picture(self._call, row), self._call.clock.now())
        if revived:
            store_revived_id(self._call.store, ids.key, revived)

    def _is_begun(self, ids: MergeIds, kept: EntityBackup) -> bool:
        """Return True if the backup stems from an earlier try of this merge that was not undone."""
        row = self._call.store.first("SELECT revived FROM merges WHERE key = ?", (ids.key,))
        return row is not None and row["revived"] is None and not kept.is_reviving

    def _merge_in_steps(self, ids: MergeIds, values: Mapping[str, Any]) -> None:
        """Merge without Stash's own mutation; a studio's names are free only once the source is deleted."""
        late = ALIASES if ids.kind != PERFORMER else ()
        self._update(ids, {name: value for name, value in values.items() if name not in late})
        relations = Relations(self._stash, ids.kind)
        for holding in relations.list_holdings():
            relations.add_owner(holding, relations.find(holding, ids.source), ids.destination)
        if ids.kind != PERFORMER:
            self._move_children(ids, relations)
        operation = f"deleting {ids.kind} {ids.source}"
        select_objects(self._stash, ids.kind).destroy(ids.source, operation)
        self._update(ids, {name: value for name, value in values.items() if name in late})

    def _move_children(self, ids: MergeIds, relations: Relations) -> None:
        """Move the source's sub-studios to the destination, which may be one of them."""
        children = relations.find_children(ids.source)
        kept = read_backup(self._call.store, ids.key)
        if ids.destination in children and kept is not None:
            relations.set_parent([ids.destination], kept[0].values.get("parent_id"))
        relations.set_parent([each for each in children if each != ids.destination], ids.destination)

    def _drop_stored(self, ids: MergeIds) -> None:
        """Delete conflicts and duplicates about the source."""
        rows = self._call.store.read("SELECT * FROM conflicts WHERE kind = ?", (ids.kind,))
        found = [read_conflict(row) for row in rows]
        close_conflicts(self._call.store, [each.key for each in found if ids.source in list_numbers(each)])
        with self._call.store.write() as db:
            pair = (ids.kind, ids.source, ids.source)
            db.execute("DELETE FROM duplicates WHERE kind = ? AND (first = ? OR second = ?)", pair)

    # Undo

    def _bring_back(self, ids: MergeIds) -> None:
        kept = read_backup(self._call.store, ids.key)
        if kept is None:
            message = "What it was before the merge is no longer kept, so it cannot come back."
            raise Refused(message, service="Stash", operation="undoing a merge")
        backup, picture = kept
        number = self._find_recreated(ids, backup)
        if number is None:
            store_progress(self._call.store, ids.key, is_reviving=True)
            image = {"image": encode_picture(picture)} if picture else {}
            number = int(select_objects(self._stash, ids.kind).create({**backup.values, **image})["id"])
        self._move_back(ids, backup, number)
        store_revived_id(self._call.store, ids.key, number)

    def _find_recreated(self, ids: MergeIds, backup: EntityBackup) -> int | None:
        """Return the object that an interrupted undo has already created."""
        if not backup.is_reviving:
            return None
        wanted = {"name": {"value": backup.values["name"], "modifier": "EQUALS"}}
        fields = "name disambiguation" if ids.kind == PERFORMER else "name"
        for row in select_objects(self._stash, ids.kind).page(fields, wanted, per_page=-1).rows:
            texts = [(row.get(name) or "", backup.values.get(name) or "") for name in ("name", "disambiguation")]
            if all(normalize_name(one) == normalize_name(other) for one, other in texts):
                return int(row["id"])
        return None

    def _move_back(self, ids: MergeIds, backup: EntityBackup, number: int) -> None:
        """Move back the relations that the destination still has; later edits stay."""
        relations = Relations(self._stash, ids.kind)
        for holding in relations.list_holdings():
            self._move_back_type(ids, backup, number, holding)
        if ids.kind != PERFORMER:
            held, now = backup.held.get(CHILDREN, ()), set(relations.find_children(ids.destination))
            relations.set_parent([each for each in held if each in now or each == ids.destination], number)

    def _move_back_type(self, ids: MergeIds, backup: EntityBackup, number: int, holding: RelatedObjects) -> None:
        relations = Relations(self._stash, ids.kind)
        now = set(relations.find(holding, ids.destination))
        movable = [each for each in backup.held.get(holding.rows, ()) if each in now]
        relations.add_owner(holding, movable, number)
        if ids.kind == PERFORMER:
            shared = set(backup.shared.get(holding.rows, ()))
            relations.remove_owner(holding, [each for each in movable if each not in shared], ids.destination)


def describe_all_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything of a row of Stash as fields of the journal, for reading and writing merges."""
    values = {name: value for name, value in row.items() if name not in ("id", "tags", "parent_studio", "image_path")}
    values["stash_ids"] = [[link["endpoint"], link["stash_id"]] for link in row["stash_ids"]]
    values[TAGS] = [tag["id"] for tag in row.get("tags", ())]
    values["parent_id"] = row["parent_studio"]["id"] if row.get("parent_studio") else None
    return values


def make_target(call: Call) -> MergeTarget:
    """Return the journal target for plans of merges, as named in the plugin's table."""
    return MergeTarget(call)
