"""The journal's target for shelves: making, updating and removing collections in Plex, and undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from plexsync.server.connection import ConnectedServer, connect_server
from plexsync.shelves.plan import (
    COLLECTION,
    KIND,
    MEMBERS,
    PLACES,
    POSTER,
    SORT,
    TITLE,
    PresentShelf,
    ShelfRecord,
)
from plexsync.shelves.reader import ShelfReader
from plexsync.shelves.store import ShelfStore
from plexsync.shelves.writer import CollectionWriter
from plexsync.start.consent import require_start
from plexsync.write.target import name_change
from shared.errors import BundleError, UsageError
from shared.journal import Change, Item, Journal, Written, write_each
from shared.journal.changes import ADD, REMOVE, Work

if TYPE_CHECKING:
    from shared.runtime.call import Call

RUN_KIND = "shelves"
Problems = dict[str, BundleError]
Step = tuple[Sequence[Change], Callable[[], object]]


def make_target(call: Call) -> ShelfTarget:
    """Return the journal's target of the kind `shelves`; the entry table names it. Raises NotStarted before a start."""
    server = connect_server(call)
    require_start(call.store, server.machine_id)
    return ShelfTarget(call, server)


def name_item(record: ShelfRecord, label: str) -> Item:
    """Return the journal's item for a shelf's collection in one library."""
    return Item(KIND, f"{record.machine_id}/{record.shelf_id}/{record.section_id}", label)


class ShelfTarget:
    """Reads and writes the collections of shelves; a large one takes its time, so it is applied by a task."""

    items_at_once = 0
    batch_size = 1

    def __init__(self, call: Call, server: ConnectedServer) -> None:
        self._call = call
        self._server = server
        self._shelves = ShelfStore(call.store)
        self.reader = ShelfReader(server, self._shelves)
        self._present: dict[Item, PresentShelf] = {}

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Any]]:
        """Return the present values of collections; the journal compares them with planned changes."""
        self.reader.forget()
        self._present = {}
        for item in items:
            if record := self._find_record(item):
                found = self.reader.find_present(record, fields, has_members=True)
                self._shelves.settle_members(record, found.members or (), [*record.members, *record.foreign])
                self._present[item] = found
        return {item: show_values(self._find_record(item), found) for item, found in self._present.items()}

    def _find_record(self, item: Item) -> ShelfRecord | None:
        """Return the record of an item; None if it belongs to another server."""
        machine_id, shelf_id, section_id = item.id.split("/")
        if machine_id != self._server.machine_id:
            return None
        return self._shelves.find_record(int(shelf_id), machine_id, section_id)

    def write(self, work: Work) -> Written:
        """Write the planned changes of each collection, and return the errors; the journal calls it."""
        try:
            return write_each(work, self._write_and_tell)
        finally:
            self.reader.forget()

    def _write_and_tell(self, item: Item, changes: Sequence[Change]) -> Problems | str | None:
        """Write a collection, and save on the card of its shelf what failed."""
        shelf_id = int(item.id.split("/")[1])
        try:
            result = self._write_shelf(item, changes)
        except BundleError as error:
            self._shelves.note_problem(shelf_id, str(error))
            raise
        if isinstance(result, dict):
            self._shelves.note_problem(shelf_id, str(next(iter(result.values()))))
        return result

    def _write_shelf(self, item: Item, changes: Sequence[Change]) -> Problems | str | None:
        record = self._find_record(item)
        is_undo = any(change.is_undo for change in changes)
        shelf = record and self._shelves.find_shelf(record.shelf_id)
        if record is None or shelf is None or (shelf.is_removed and not is_undo):
            raise UsageError("This shelf does not exist any more. Make it again on the Shelves tab.")
        made = next((change for change in changes if change.field == COLLECTION), None)
        present = self._present.get(item, PresentShelf())
        if present.is_own(record) and not record.rating_key:  # a killed process has made it
            record = record._replace(rating_key=present.rating_key)
        writer = CollectionWriter(self._server, self._shelves, record, self.reader, is_undo=is_undo and made is None)
        if made is not None and made.after is None:
            return self._remove(writer, made)
        if made is not None or not is_undo:  # first, so that an update completes what a killed process has begun
            self._shelves.approve(record.shelf_id, record.machine_id)
        added = [change for change in changes if change.field == MEMBERS and change.action == ADD]
        if made is not None:
            writer.make(str(made.after), [str(change.after) for change in added], present)
        return self._take_steps(writer, changes) or None

    def _take_steps(self, writer: CollectionWriter, changes: Sequence[Change]) -> Problems:
        """Write value after value; what failed stops nothing else, unless all would fail."""
        problems: Problems = {}
        for part, step in list_steps(writer, changes, Journal(self._call.store)):
            try:
                step()
            except BundleError as error:
                if error.stops_run:
                    raise
                problems.update({name_change(change): error for change in part})
        return problems

    def _remove(self, writer: CollectionWriter, change: Change) -> Problems | str | None:
        if change.is_undo:
            self._shelves.withdraw(writer.record.shelf_id)  # else the next run would make it again
        try:
            return writer.remove() or None
        except BundleError as error:
            if error.stops_run:
                raise
            return {COLLECTION: error}


def show_values(record: ShelfRecord | None, present: PresentShelf) -> dict[str, Any]:
    """Return a collection's present values by field, for the journal; one that is not the plugin's does not exist."""
    if record is None or not present.is_own(record):
        return {COLLECTION: None, MEMBERS: []}
    return {COLLECTION: present.title, **present.values, MEMBERS: list(present.members or ())}


def list_steps(writer: CollectionWriter, changes: Sequence[Change], journal: Journal) -> list[Step]:
    """Return the writes that these changes need, in their order, each with its changes."""
    by_field: Mapping[str, Callable[[Any], object]] = {
        TITLE: writer.set_title,
        SORT: writer.set_sort,
        PLACES: lambda value: writer.set_places(value or ()),
        POSTER: lambda value: writer.set_poster(value, journal.blobs),
    }
    steps: list[Step] = [
        ([change], partial(by_field[change.field], change.after)) for change in changes if change.field in by_field
    ]
    added = [change for change in changes if change.field == MEMBERS and change.action == ADD]
    removed = [change for change in changes if change.field == MEMBERS and change.action == REMOVE]
    if added:
        steps.append((added, partial(writer.add, [str(each.after) for each in added])))
    if removed:
        steps.append((removed, partial(writer.take_out, [str(each.before) for each in removed])))
    return steps
