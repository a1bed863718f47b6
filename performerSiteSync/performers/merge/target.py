"""Journal target of a merge: gained values, moved relations, and the source that goes and can come back.

An item is "source>destination"; its fields are those of the destination, and `merged`. Every step may be repeated after
a kill: what the source was is kept before anything is touched, moving twice changes nothing, the source goes last.
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
    note_revived,
    read_backup,
    store_backup,
    store_progress,
)
from performers.merge.relations import CHILDREN, RelatedObjects, Relations
from shared.errors import NotFound, Refused
from shared.journal import Change, Item, Journal, Json, Work, Written, write_each

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND, SUFFIX = "merge", "_merge"
MERGED, TAGS, CUSTOM = "merged", "tag_ids", "custom_fields"
FINISHED = "Stash had merged them when the run was interrupted; the tags that were ticked off were taken away later."


class Names(NamedTuple):
    """The names of source and destination."""

    kind: str
    source: int
    destination: int
    key: str


class MergeTarget:
    """Reads and writes merges of performers and sites."""

    batch_size = 1
    items_at_once = 0  # moving many scenes takes its time: always a task

    def __init__(self, call: Call) -> None:
        self._call = call
        self._stash = call.stash
        self._blobs = Journal(call.store).blobs

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """The destination as it is now, and whether the source is gone."""
        found: dict[Item, Mapping[str, Json]] = {}
        for item in items:
            names = self._name(item)
            row = find_row(self._call, names.kind, names.destination)
            if row is None:
                continue
            values = describe_whole(row)
            if "image" in fields:
                picture = fetch_picture(self._call, row)
                values["image"] = self._blobs.describe(picture) if picture else None
            is_there = select_objects(self._stash, names.kind).get(names.source, "") is not None
            found[item] = {**values, MERGED: None if is_there or self._find_leftovers(names, row) else True}
        return found

    def write(self, work: Work) -> Written:
        """Carry out one merge after the other."""
        return write_each(work, lambda item, changes: self._write_item(self._name(item), changes))

    def _name(self, item: Item) -> Names:
        source, _, destination = item.id.partition(">")
        kind, key = item.kind[: -len(SUFFIX)], f"{item.kind}|{item.id}"
        return Names(kind, find_number(self._call.store, key, int(source)), int(destination), key)

    def _write_item(self, names: Names, changes: Sequence[Change]) -> str | None:
        act = next((each for each in changes if each.field == MERGED), None)
        rest = [each for each in changes if each.field != MERGED]
        row = find_row(self._call, names.kind, names.destination)
        if row is None:
            message = f"Stash has no {names.kind} {names.destination} any more."
            raise NotFound(message, service="Stash", operation=f"merging into {names.kind} {names.destination}")
        values = self._make_update(row, rest)
        if act is None:
            self._update(names, values)
        elif act.after is True:
            return self._merge(names, values, values.get(TAGS, describe_whole(row)[TAGS]))
        else:
            self._update(names, values)
            self._revive(names)
        return None

    def _update(self, names: Names, values: Mapping[str, Any]) -> None:
        if values:
            select_objects(self._stash, names.kind).update(names.destination, values)

    def _make_update(self, row: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
        values = make_update(row, describe_whole(row), changes)
        if CUSTOM in values:
            values[CUSTOM] = {"full": values[CUSTOM] or {}}
        if values.get("image"):
            values["image"] = encode_picture(self._blobs.get(values["image"]))
        return values

    # There

    def _merge(self, names: Names, values: Mapping[str, Any], tags: Sequence[str]) -> str | None:
        self._keep_source(names)
        told = None
        if names.kind == PERFORMER and self._stash.capabilities().has_performer_merge:
            told = self._merge_at_once(names, values, tags)
        else:
            self._merge_in_steps(names, values)
        store_progress(self._call.store, names.key, is_done=True)
        self._forget(names)
        return told

    def _merge_at_once(self, names: Names, values: Mapping[str, Any], tags: Sequence[str]) -> str | None:
        """Stash moves all tags; those that were ticked off are noted before, so that they go even after a kill."""
        source = find_row(self._call, names.kind, names.source)
        if source is not None:
            unwanted = [tag for tag in describe_whole(source)[TAGS] if tag not in tags]
            store_progress(self._call.store, names.key, unwanted=unwanted)
            self._stash.merge_performers_into(names.destination, [names.source], values or None)
        row = find_row(self._call, names.kind, names.destination)
        leftovers = self._find_leftovers(names, row) if row is not None else []
        if row is not None and leftovers:
            self._update(names, {TAGS: [tag for tag in describe_whole(row)[TAGS] if tag not in leftovers]})
        return FINISHED if source is None else None

    def _find_leftovers(self, names: Names, row: Mapping[str, Any]) -> list[str]:
        """Tags that came along with a merge that is not finished, though they were ticked off."""
        kept = read_backup(self._call.store, names.key)
        if kept is None or kept[0].is_done or not self._is_begun(names, kept[0]):
            return []
        return [tag for tag in describe_whole(row)[TAGS] if tag in kept[0].unwanted]

    def _keep_source(self, names: Names) -> None:
        """Before anything is touched; a merge that was interrupted goes on with what was kept then."""
        kept = read_backup(self._call.store, names.key)
        if kept is not None and not kept[0].is_done and self._is_begun(names, kept[0]):
            return
        row = find_row(self._call, names.kind, names.source)
        if row is None:
            message = f"Stash has no {names.kind} {names.source} any more."
            raise NotFound(message, service="Stash", operation=f"merging {names.kind} {names.source}")
        belongings = Relations(self._stash, names.kind)
        held, theirs = belongings.find_all(names.source), belongings.find_all(names.destination)
        shared = {what: sorted(set(ids) & set(theirs[what])) for what, ids in held.items()}
        keepsake = EntityBackup(make_values(self._stash, names.kind, row), held, shared)
        revived = find_number(self._call.store, names.key, 0)
        store_backup(self._call.store, names.key, keepsake, fetch_picture(self._call, row), self._call.clock.now())
        if revived:
            note_revived(self._call.store, names.key, revived)

    def _is_begun(self, names: Names, kept: EntityBackup) -> bool:
        """True if the backup stems from an earlier try of this merge that was not undone."""
        row = self._call.store.first("SELECT revived FROM merges WHERE key = ?", (names.key,))
        return row is not None and row["revived"] is None and not kept.is_reviving

    def _merge_in_steps(self, names: Names, values: Mapping[str, Any]) -> None:
        """Without help from Stash. Names of sites are free only once the source is gone."""
        late = ALIASES if names.kind != PERFORMER else ()
        self._update(names, {name: value for name, value in values.items() if name not in late})
        belongings = Relations(self._stash, names.kind)
        for holding in belongings.list_holdings():
            belongings.add_owner(holding, belongings.find(holding, names.source), names.destination)
        if names.kind != PERFORMER:
            self._adopt(names, belongings)
        operation = f"deleting {names.kind} {names.source}"
        select_objects(self._stash, names.kind).destroy(names.source, operation)
        self._update(names, {name: value for name, value in values.items() if name in late})

    def _adopt(self, names: Names, belongings: Relations) -> None:
        """Sub-sites of the source become those of the destination; one of them may be the destination itself."""
        children = belongings.find_children(names.source)
        kept = read_backup(self._call.store, names.key)
        if names.destination in children and kept is not None:
            belongings.set_parent([names.destination], kept[0].values.get("parent_id"))
        belongings.set_parent([each for each in children if each != names.destination], names.destination)

    def _forget(self, names: Names) -> None:
        """Drop conflicts and duplicates about the two."""
        rows = self._call.store.read("SELECT * FROM conflicts WHERE kind = ?", (names.kind,))
        found = [read_conflict(row) for row in rows]
        close_conflicts(self._call.store, [each.key for each in found if names.source in list_numbers(each)])
        with self._call.store.write() as db:
            pair = (names.kind, names.source, names.source)
            db.execute("DELETE FROM duplicates WHERE kind = ? AND (first = ? OR second = ?)", pair)

    # And back

    def _revive(self, names: Names) -> None:
        kept = read_backup(self._call.store, names.key)
        if kept is None:
            message = "What it was before the merge is no longer kept, so it cannot come back."
            raise Refused(message, service="Stash", operation="undoing a merge")
        keepsake, picture = kept
        number = self._find_half_revived(names, keepsake)
        if number is None:
            store_progress(self._call.store, names.key, is_reviving=True)
            image = {"image": encode_picture(picture)} if picture else {}
            number = int(select_objects(self._stash, names.kind).create({**keepsake.values, **image})["id"])
        self._give_back(names, keepsake, number)
        note_revived(self._call.store, names.key, number)

    def _find_half_revived(self, names: Names, keepsake: EntityBackup) -> int | None:
        """Return the object that an interrupted undo has already created."""
        if not keepsake.is_reviving:
            return None
        wanted = {"name": {"value": keepsake.values["name"], "modifier": "EQUALS"}}
        fields = "name disambiguation" if names.kind == PERFORMER else "name"
        for row in select_objects(self._stash, names.kind).page(fields, wanted, per_page=-1).rows:
            texts = [(row.get(name) or "", keepsake.values.get(name) or "") for name in ("name", "disambiguation")]
            if all(normalize_name(one) == normalize_name(other) for one, other in texts):
                return int(row["id"])
        return None

    def _give_back(self, names: Names, keepsake: EntityBackup, number: int) -> None:
        """Move back the relations that the destination still has; later edits stay."""
        belongings = Relations(self._stash, names.kind)
        for holding in belongings.list_holdings():
            self._give_back_one(names, keepsake, number, holding)
        if names.kind != PERFORMER:
            held, now = keepsake.held.get(CHILDREN, ()), set(belongings.find_children(names.destination))
            belongings.set_parent([each for each in held if each in now or each == names.destination], number)

    def _give_back_one(self, names: Names, keepsake: EntityBackup, number: int, holding: RelatedObjects) -> None:
        belongings = Relations(self._stash, names.kind)
        now = set(belongings.find(holding, names.destination))
        mine = [each for each in keepsake.held.get(holding.rows, ()) if each in now]
        belongings.add_owner(holding, mine, number)
        if names.kind == PERFORMER:
            shared = set(keepsake.shared.get(holding.rows, ()))
            belongings.remove_owner(holding, [each for each in mine if each not in shared], names.destination)


def describe_whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """All of one as fields of the journal."""
    values = {name: value for name, value in row.items() if name not in ("id", "tags", "parent_studio", "image_path")}
    values["stash_ids"] = [[link["endpoint"], link["stash_id"]] for link in row["stash_ids"]]
    values[TAGS] = [tag["id"] for tag in row.get("tags", ())]
    values["parent_id"] = row["parent_studio"]["id"] if row.get("parent_studio") else None
    return values


def make_target(call: Call) -> MergeTarget:
    """For the journal."""
    return MergeTarget(call)
