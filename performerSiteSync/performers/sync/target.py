"""Journal target of performers and studios: writes exactly the changes; a refused item fails alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from performers.boxes.remote_items import find_group, group_remote_items
from performers.identity.conflict_kinds import NAME_TAKEN
from performers.identity.conflict_store import IdentityConflict, add_conflict
from performers.identity.decision_store import note_links
from performers.library.entities import ALIASES, describe_row, select_fields, select_name, select_objects
from performers.library.update_input import encode_picture, make_update
from performers.sync.create import read_created, write_creation
from performers.sync.provenance import remember_written
from shared.errors import BundleError, Conflict, NotFound, ServiceError
from shared.journal import Change, Item, Journal, Json, Work, Written, write_each

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient

# Words in a refusal by Stash, and the fields they concern; the other fields are written without these.
BLAMED = (
    ("duplicate alias", ALIASES),
    ("used as alias", ("name", *ALIASES)),
    ("already exists", ("name", "disambiguation", "aliases")),
    ("ancestor", ("parent_id",)),
    ("processing image", ("image",)),
    ("cover", ("image",)),
    ("converting date", ("date",)),
    ("title must be set", ("title",)),
    ("death date", ("death_date",)),
    ("birthdate", ("birthdate",)),
)
NAMING = ("name", "disambiguation", *ALIASES)


class RemoteObjectTarget(ABC):
    """Journal target of objects that boxes have, too; it first creates those that a plan names by a record of a box."""

    batch_size = 20

    def __init__(self, call: Call) -> None:
        self._call = call
        self._stash = call.stash
        self._blobs = Journal(call.store).blobs

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return the present values of items for the journal; a picture is downloaded only if a change is about it."""
        found: dict[Item, Mapping[str, Json]] = {}
        for group, some in group_remote_items(items).items():
            found.update(read_created(self._call, group, some))
        return {**found, **self._read_objects([item for item in items if item not in found], fields)}

    def write(self, work: Work) -> Written:
        """Write a batch of the journal item by item; an item that Stash refuses fails alone."""
        results: dict[Item, BundleError | Mapping[str, BundleError] | str | None] = {}
        for is_creation, some in groupby(work, key=lambda entry: find_group(entry[0]) is not None):
            # the order of the plan: what others get is created before them
            entries = list(some)
            results.update(write_each(entries, self._write_creation) if is_creation else self._write_objects(entries))
        return results

    def _write_creation(self, item: Item, changes: Sequence[Change]) -> None:
        group = find_group(item)
        if group is not None:
            write_creation(self._call, group, item, changes[0])

    def _save_picture(self, address: str) -> Json:
        picture = self._stash.download_picture(address)
        return self._blobs.make_reference(picture.data, picture.content_type)

    def _encode_update(self, item: Item, row: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
        values = make_update(row, describe_row(row, item.kind), changes)
        if values.get("image") is not None:
            values["image"] = encode_picture(self._blobs.get(values["image"]))
        return values

    @abstractmethod
    def _read_objects(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return the present values of objects of the library."""

    @abstractmethod
    def _write_objects(self, work: Work) -> Written:
        """Write objects of the library and return the result of each."""


class EntityTarget(RemoteObjectTarget):
    """Journal target that reads and writes performers and studios, and creates parent studios."""

    def _read_objects(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        found: dict[Item, dict[str, Json]] = {}
        for item, row in self._read_rows(items).items():
            values = describe_row(row, item.kind)
            if values["image"] and "image" in fields:
                values["image"] = self._save_picture(row["image_path"])
            found[item] = values
        return found

    def _write_objects(self, work: Work) -> Written:
        """Write performers and studios and return the result of each.

        A record that another object got since the plan was made is refused.
        """
        rows = self._read_rows([item for item, _ in work])
        taken = find_taken(self._stash, work)
        free = [(item, changes) for item, changes in work if item not in taken]
        return {**taken, **write_each(free, lambda item, changes: self._write_item(item, changes, rows.get(item)))}

    def _read_rows(self, items: Sequence[Item]) -> dict[Item, Mapping[str, Any]]:
        found: dict[Item, Mapping[str, Any]] = {}
        for kind in {item.kind for item in items}:
            numbers = [int(item.id) for item in items if item.kind == kind]
            rows = select_objects(self._stash, kind).read(numbers, select_fields(self._stash, kind))
            found.update({Item(kind, str(number)): row for number, row in rows.items()})
        return {item: found[item] for item in items if item in found}

    def _write_item(
        self, item: Item, changes: Sequence[Change], row: Mapping[str, Any] | None
    ) -> Mapping[str, BundleError] | None:
        if row is None:
            message = f"Stash has no {item.kind} {item.id} any more."
            raise NotFound(message, service="Stash", operation=f"updating {item.kind} {item.id}")
        refused: dict[str, BundleError] = {}
        try:
            self._send(item, row, changes)
        except ServiceError as error:
            blamed = find_blamed(str(error), {change.field for change in changes})
            if error.stops_run or not blamed:
                raise
            refused = self._note_refusal(item, changes, blamed, error)
            rest = [change for change in changes if change.field not in blamed]
            if rest:
                self._send(item, row, rest)
        remember_written(self._call.store, item, [each for each in changes if each.field not in refused])
        note_links(self._call.store, item, changes, self._call.clock.now())
        return refused or None

    def _note_refusal(
        self, item: Item, changes: Sequence[Change], blamed: Collection[str], error: ServiceError
    ) -> dict[str, BundleError]:
        """Return the errors of refused fields; a refused name also becomes a conflict."""
        if not set(blamed) <= set(NAMING):
            return dict.fromkeys(sorted(blamed), error)
        refused_changes = [change for change in changes if change.field in blamed]
        refused_values = ", ".join(dict.fromkeys(f'"{change.after}"' for change in refused_changes))
        message = f"Stash does not take {refused_values}: {error}"
        about = (item.kind, int(item.id), item.label, NAME_TAKEN, refused_changes[0].source)
        add_conflict(self._call.store, IdentityConflict(*about, message, refused_values), self._call.clock.now())
        return dict.fromkeys(sorted(blamed), Conflict(message))

    def _send(self, item: Item, row: Mapping[str, Any], changes: Sequence[Change]) -> None:
        select_objects(self._stash, item.kind).update(int(item.id), self._encode_update(item, row, changes))


def find_taken(stash: StashClient, work: Work) -> dict[Item, BundleError]:
    """Return the items whose new record another object has, or would get in this batch; targets refuse these."""
    wanted: dict[tuple[str, str], dict[str, list[Item]]] = {}
    for item, changes in work:
        for endpoint, remote_id in (each.after for each in changes if is_linking(each)):
            wanted.setdefault((item.kind, endpoint), {}).setdefault(remote_id, []).append(item)
    refused: dict[Item, BundleError] = {}
    for (kind, endpoint), claims in wanted.items():
        owners = select_objects(stash, kind).find_linked(endpoint, list(claims), select_name(kind))
        for remote_id, items in claims.items():
            holders = [row for row in owners.get(remote_id, ()) if str(row["id"]) != items[0].id]
            names = ", ".join(f"{row['name']} ({row['id']})" for row in holders)
            for item in items if holders else items[1:]:
                who = names or f"{items[0].label} ({items[0].id})"
                refused[item] = Conflict(f"{who} has {remote_id} by now. Run the update again to see both.")
    return refused


def is_linking(change: Change) -> bool:
    """Return True for a change that adds a link; the target checks its owner. A link restored by an undo is none."""
    return change.field == "stash_ids" and change.action == "add" and not change.is_undo


def find_blamed(message: str, fields: Collection[str]) -> set[str]:
    """Return the changed fields that a refusal by Stash is about; targets retry without these."""
    for words, blamed in BLAMED:
        if words in message:
            return set(fields) & set(blamed)
    return set()


def make_target(call: Call) -> EntityTarget:
    """Return the journal target for updates of performers and studios, as named in the plugin's table."""
    return EntityTarget(call)
