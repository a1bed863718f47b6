"""Creates performers and studios from a box's values, and deletes them again in an undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.conversion import fit_fields
from performers.boxes.record_cache import RecordCache
from performers.boxes.remote_items import NEW, RemoteGroup, read_remote_id
from performers.boxes.sources import open_source, read_usable_sources
from performers.library.entities import ALIASES, find_linked_by_id, list_fields, read_supported_fields, select_objects
from performers.library.kinds import PERFORMER
from performers.library.update_input import clean_aliases, encode_picture
from performers.sync.provenance import remember_written
from shared.errors import Conflict, GraphQLFailed, Refused, ServiceError
from shared.journal import Change, Item, Journal, Json, set_field

if TYPE_CHECKING:
    from shared.runtime.call import Call


def read_created(call: Call, group: RemoteGroup, items: Sequence[Item]) -> dict[Item, Mapping[str, Json]]:
    """Return for a journal target which of these records have an object in Stash: `created` is True, else None."""
    ids = {item: read_remote_id(item) for item in items}
    owners = find_linked_by_id(call.stash, group.kind, group.endpoint, list(ids.values()))
    return {item: {"created": True if each in owners else None} for item, each in ids.items()}


def write_creation(call: Call, group: RemoteGroup, item: Item, change: Change) -> None:
    """Create the object of a remote item, or delete it again in an undo; the journal targets call this."""
    remote_id = read_remote_id(item)
    if change.after:
        create_entity(call, group.kind, group.endpoint, remote_id, is_favorite=group.prefix == NEW)
    else:
        delete_created(call, group.kind, group.endpoint, remote_id)


def create_entity(call: Call, kind: str, endpoint: str, remote_id: str, *, is_favorite: bool) -> None:
    """Create an object with the cached values of its record, picture and link; for favorites and parent studios."""
    answer = RecordCache(call.store, kind).read(endpoint, [remote_id]).get(remote_id)
    if answer is None or not answer.values:
        raise Conflict("What the box says about it is no longer known. Run the task again.")
    if not answer.values.get("name"):
        raise Conflict("Its name at the box cannot be used. Correct it there, or create it yourself.")
    values = choose_values(call, kind, endpoint, dict(answer.values))
    picture = fetch_picture(call, endpoint, str(answer.values.get("image") or ""))
    links = [{"endpoint": endpoint, "stash_id": remote_id}]
    marks = {"favorite": True} if is_favorite else {}
    try:
        row = select_objects(call.stash, kind).create({**values, **marks, **picture.given, "stash_ids": links})
    except GraphQLFailed as error:
        raise Conflict(f"It could not be created: {error}") from error
    item = Item(kind, str(row["id"]))
    plain = {name: value for name, value in values.items() if not isinstance(value, list)}
    written = {**plain, **picture.written}
    changes = [set_field(item, name, None, value, source=endpoint) for name, value in written.items()]
    remember_written(call.store, item, changes)


class PictureToMake(NamedTuple):
    """A picture as create input, and as remembered after the creation; both empty when there is none."""

    given: dict[str, str]
    written: dict[str, Any]


def fetch_picture(call: Call, endpoint: str, url: str) -> PictureToMake:
    """Return a new object's picture if Image Updates is on, for `create_entity`.

    A failed download is logged and returns none.
    """
    if not url or not call.settings.imageUpdates:
        return PictureToMake({}, {})
    client = open_source(call, read_usable_sources(call, endpoint)[0])
    try:
        picture = client.fetch_picture(url)
    except ServiceError as error:
        call.log.warning(f"A picture could not be had: {error}")
        return PictureToMake({}, {})
    finally:
        client.close()
    return PictureToMake(
        {"image": encode_picture(picture.data)}, {"image": Journal(call.store).blobs.put(picture.data)}
    )


def choose_values(call: Call, kind: str, endpoint: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the create input from a record's values, in this Stash's fields; a known parent is linked by its id.

    `create_entity` calls it.
    """
    parent = given.pop("parent", None)
    fields = list_fields(call.stash, kind)
    fitted = fit_fields(given, read_supported_fields(call.stash, kind))
    values = {name: value for name, value in fitted.items() if name in fields}
    for name in set(values) & set(ALIASES):
        values[name] = clean_aliases(values["name"], values[name])
    if parent is not None and kind != PERFORMER:
        owners = select_objects(call.stash, kind).find_linked(endpoint, [parent[0]]).get(parent[0], ())
        values.update({"parent_id": str(owners[0]["id"])} if len(owners) == 1 else {})
    return values


def delete_created(call: Call, kind: str, endpoint: str, remote_id: str) -> None:
    """Delete an object that a run created, in its undo; raises if it has scenes or sub-studios by now.

    `write_creation` calls it.
    """
    uses = "scene_count" if kind == PERFORMER else "scene_count child_studios { id }"
    rows = select_objects(call.stash, kind).find_linked(endpoint, [remote_id], uses)
    for row in rows.get(remote_id, ()):
        operation = f"deleting {kind} {row['id']}"
        used = [(row["scene_count"], "scenes"), (len(row.get("child_studios") or ()), "sites below it")]
        users = [f"{number} {what}" for number, what in used if number]
        if users:
            message = f"It has {' and '.join(users)} by now, so it stays."
            raise Refused(message, service="Stash", operation=operation)
        select_objects(call.stash, kind).destroy(int(row["id"]), operation)
