"""The journal's target for items of Plex: syncs, applied previews, and undo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.match.store import MatchStore
from plexsync.server.connection import ConnectedServer, connect_server, convert_library_error, save_edit_lessons
from plexsync.write.change_rows import (
    LOCK_OF,
    LOCKS,
    PICTURES,
    find_rating_key,
    find_sha1,
    find_tag_kind,
    is_text_field,
    make_edit,
    map_present_values,
    shows_change,
)
from plexsync.write.pictures import find_picture_path, find_shown_key
from plexsync.write.stash_scenes import read_scenes
from plexsync.write.store import WriteRecord, WriteRecordStore
from shared.errors import BundleError, Conflict, NotFound, ServiceError
from shared.journal import Change, Item, Written, name_member, write_each
from shared.journal.changes import ADD, REMOVE, Work, find_error
from shared.plex.edits import ItemEdit, tag_key
from shared.plex.images import hash_image
from shared.plex.model import PlexItem, PlexTag

if TYPE_CHECKING:
    from shared.runtime.call import Call

Problems = dict[str, BundleError]


def make_target(call: Call) -> PlexTarget:
    """Return the journal's target of the kind `sync`, connected to Plex; the entry table names it."""
    return PlexTarget(call, connect_server(call))


class PlexTarget:
    """Reads and writes items of Plex for the journal.

    `fresh`, `records` and `shown` (the keys of the pictures in Plex, by item) hold what the caller has read a moment
    ago, `data` the bytes to upload, by their hash.
    """

    def __init__(self, call: Call, server: ConnectedServer) -> None:
        self.fresh: dict[str, PlexItem] = {}
        self.records: dict[str, WriteRecord] = {}
        self.shown: dict[str, dict[str, str | None]] = {}
        self.data: dict[str, bytes] = {}
        self.notes: list[str] = []
        self.uploads = 0
        self._call = call
        self._server = server
        self._record_store = WriteRecordStore(call.store)
        self._present: dict[str, PlexItem] = {}

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Any]]:
        """Return the items' present values; the journal compares them with planned changes.

        Items of another server or gone from Plex are left out.
        """
        keys = {item: key for item in items if (key := find_rating_key(self._server.machine_id, item))}
        missing = [key for key in keys.values() if key not in self.fresh]
        found = {**self._read_items(missing), **self.fresh}
        self.fresh = {}
        self._present = found
        return {
            item: map_present_values(found[key], fields, self._find_shown_pictures(found[key], fields))
            for item, key in keys.items()
            if key in found
        }

    def _read_items(self, keys: Sequence[str]) -> dict[str, PlexItem]:
        try:
            return self._server.plex.read_items(keys) if keys else {}
        except ServiceError as error:
            raise convert_library_error(error) from error

    def _find_shown_pictures(self, item: PlexItem, fields: Collection[str]) -> dict[str, str | None]:
        known = self.shown.pop(item.rating_key, {})
        return {
            name: known[name] if name in known else find_shown_key(self._server.plex, item, name) or None
            for name in PICTURES
            if name in fields
        }

    def write(self, work: Work) -> Written:
        """Write item after item; the journal calls it. A missing library is an error of the setting that names it."""
        return write_each(work, self._write_converted)

    def _write_converted(self, item: Item, changes: Sequence[Change]) -> Problems | None:
        try:
            return self._write_item(find_rating_key(self._server.machine_id, item) or "", changes) or None
        except ServiceError as error:
            raise convert_library_error(error) from error

    def _write_item(self, key: str, changes: Sequence[Change]) -> Problems:
        """Write one item, pictures first, so that it is read back as it stays; a failed picture stops nothing else."""
        item = self._present.get(key) or self._server.plex.read_item(key)
        record = self.records.pop(key, None) or self._record_store.get_record(key)
        record.scene_id = record.scene_id or MatchStore(self._call.store).map_owners([key]).get(key, 0)
        record.resolve_pending(item)
        note_pending_values(record, changes)
        self._record_store.save_record(record)
        unchanged = find_pictures_in_place(item, record)
        problems = self._write_pictures(key, record, [change for change in changes if change.field in PICTURES])
        problems.update(find_useless_locks(changes, problems))
        edit = make_edit(item, list_written(changes, problems))
        after, error = self._send(item, edit, has_pictures=bool(record.pictures))
        if error is not None:
            problems.update(find_unwritten(after, changes, error))
        problems.update(self._choose_unshown(item, after, list_written(changes, problems)))
        written = list_written(changes, problems)
        note_written_values(record, after, written)
        if self._server.plex.shows_uploads:
            note_picture_paths(record, after, {*unchanged, *(change.field for change in written)})
        record.sent = self._call.clock.now() if written else record.sent
        self._record_store.save_record(record)
        return problems

    def _send(self, item: PlexItem, edit: ItemEdit, *, has_pictures: bool) -> tuple[PlexItem, ServiceError | None]:
        """Send an edit; return the item read back, and the error after which a part of a long edit is there."""
        plex = self._server.plex
        if edit.is_empty:
            return (plex.read_item(item.rating_key) if has_pictures else item), None
        try:
            result = plex.apply_edit(item, edit)
        except ServiceError as error:
            if error.stops_run:
                raise
            return plex.read_after_failure(item, edit, error), error
        finally:
            save_edit_lessons(self._call.store, plex)
        self.notes += result.notes
        return result.item, None

    def _write_pictures(self, key: str, record: WriteRecord, changes: Sequence[Change]) -> Problems:
        problems: Problems = {}
        for change in changes:
            try:
                self._show_picture(key, record, change.field, change.after)
            except BundleError as error:
                if error.stops_run:
                    raise
                problems[change.field] = error
        return problems

    def _show_picture(self, key: str, record: WriteRecord, picture: str, wanted: str | None) -> None:
        plex, kind = self._server.plex, PICTURES[picture]
        last = record.pictures.pop(picture, {})
        if not wanted:
            plex.drop_image(key, kind)
            return
        data = self.data.get(wanted.rpartition("/")[2])
        if data is None and any(image.key == wanted for image in plex.list_images(key, kind)):
            plex.choose_image(key, kind, wanted)
            return
        sha1 = find_sha1(picture, wanted)
        self.uploads += plex.upload_new_image(key, kind, data or self._fetch(key, picture, sha1))
        former = dict.fromkeys([*last.get("former", "").split(), last.get("sha1", "")])
        record.pictures[picture] = {"sha1": sha1, "origin": "", "former": " ".join(former).strip()}

    def _choose_unshown(self, before: PlexItem, item: PlexItem, written: Sequence[Change]) -> Problems:
        """Choose the pictures that were sent and that the item, read back, does not show; return errors by picture.

        An item whose path of a picture is the former one shows the former picture.
        """
        sent = [change for change in written if change.field in PICTURES and change.after]
        problems: Problems = {}
        for change in sent:
            if find_picture_path(item, change.field) not in ("", find_picture_path(before, change.field)):
                continue
            self._server.plex.shows_uploads = False  # the next upload is checked by a list again
            save_edit_lessons(self._call.store, self._server.plex)
            try:
                self._server.plex.choose_image(item.rating_key, PICTURES[change.field], str(change.after))
            except NotFound as error:
                problems[change.field] = error
        return problems

    def _fetch(self, key: str, picture: str, sha1: str) -> bytes:
        """Return the bytes of a planned picture when the plan is applied later, if Stash still has the same ones."""
        owner = MatchStore(self._call.store).map_owners([key]).get(key, 0)
        scene = read_scenes(self._call.stash, [owner]).get(owner)
        if scene is None:
            raise NotFound("Its scene is not in Stash any more.", service="Stash")
        for url in (scene.cover, *scene.stills[:1]):
            data = self._call.stash.download_picture(url).data
            if hash_image(data) == sha1:
                return data
        raise Conflict(f"The {picture} was changed in Stash since. Make a new preview.")


def find_pictures_in_place(item: PlexItem, record: WriteRecord) -> set[str]:
    """Return which of the poster and the background of an item are still the ones that this plugin sent last.

    The write of an item asks before it sends pictures, and then notes what Plex shows for these and the sent ones.
    """
    return {name for name, last in record.pictures.items() if last.get("shown") == find_picture_path(item, name) != ""}


def note_picture_paths(record: WriteRecord, item: PlexItem, pictures: Collection[str]) -> None:
    """Record the paths of the pictures that an item shows from this plugin, for the next plan; the target calls it."""
    for name in record.pictures.keys() & pictures:
        record.pictures[name]["shown"] = find_picture_path(item, name)


def note_pending_values(record: WriteRecord, changes: Sequence[Change]) -> None:
    """Record the values that the target is about to write, in case the process dies."""
    record.pending_fields = {change.field: str(change.after or "") for change in changes if is_text_field(change.field)}
    record.pending_tags = {}
    for change in changes:
        if kind := find_tag_kind(change):
            record.pending_tags.setdefault(kind, []).extend(make_added_tags(change))
    record.pending_locks = [str(change.after) for change in changes if change.field == LOCKS and change.action == ADD]


def make_added_tags(change: Change) -> list[PlexTag]:
    """Return the tag that a journal row adds, if it adds one."""
    return [PlexTag(change.after)] if change.action == ADD else []


def note_written_values(record: WriteRecord, item: PlexItem, changes: Sequence[Change]) -> None:
    """Record what the item shows after the target's write: confirmed values, tags that are there, locks."""
    record.resolve_pending(item)
    record.seen_at = item.updated_at
    for kind, tags in record.tags.items():
        present = {tag_key(tag.name) for tag in item.tags.get(kind, ())}
        record.tags[kind] = [tag for tag in tags if tag_key(tag.name) in present]
        record.added[kind] = record.added.get(kind, set()) & present
    for change in changes:
        if change.field == LOCKS and change.action != ADD:
            record.locks.discard(str(change.before))


def find_unwritten(item: PlexItem, changes: Sequence[Change], error: BundleError) -> Problems:
    """Return the error for each change that an item does not show after a part of an edit was written.

    Pictures are written before the edit and have errors of their own.
    """
    texts = [change for change in changes if change.field not in PICTURES]
    return {name_change(change): error for change in texts if not shows_change(item, change)}


def find_useless_locks(changes: Sequence[Change], problems: Problems) -> Problems:
    """Return the errors for the locks of pictures that were not written: they would lock Plex's own pictures.

    PlexTarget calls it with the errors of the pictures, before it sends the locks.
    """
    errors = {LOCK_OF[name]: error for name, error in problems.items()}
    locks = [change for change in changes if change.field == LOCKS and change.action == ADD]
    return {name_change(change): errors[change.after] for change in locks if change.after in errors}


def list_written(changes: Sequence[Change], problems: Problems) -> list[Change]:
    """Return the changes that no error has hit so far; the target sends these, and then records those that are left."""
    return [change for change in changes if find_error(problems, change) is None]


def name_change(change: Change) -> str:
    """Return the key by which the journal's target reports an error of a change."""
    if change.action not in (ADD, REMOVE):
        return change.field
    return name_member(change.field, change.after if change.action == ADD else change.before)
