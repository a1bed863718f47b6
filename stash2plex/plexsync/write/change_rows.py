"""Translates an edit of one item into rows of the journal, and rows back into an edit. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from plexsync.write.content import BACKGROUND, POSTER
from shared.errors import UsageError
from shared.journal import Change, Item, add_member, remove_member, set_field
from shared.journal.changes import ADD, REMOVE
from shared.plex.edits import ORDERED_KIND, ItemEdit, TagEdit, edit_tags, same_value, tag_key
from shared.plex.images import ARTS, POSTERS, make_upload_key
from shared.plex.model import TAG_ELEMENTS, PlexItem, PlexTag

KIND = "plex"
LOCKS = "locks"
PHOTOS, ORDER = "actor.photos", "actor.order"
PICTURES: Mapping[str, str] = {POSTER: POSTERS, BACKGROUND: ARTS}  # this plugin's name of a picture, and Plex's
LOCK_OF: Mapping[str, str] = {POSTER: "thumb", BACKGROUND: "art"}


def make_reference(machine_id: str, item: PlexItem, label: str) -> Item:
    """Return the journal's item for an item of Plex, with the label of its scene, by which people search the history.

    The server is part of its id, because keys differ on another server.
    """
    return Item(KIND, f"{machine_id[:8]}/{item.rating_key}", label)


def find_rating_key(machine_id: str, reference: Item) -> str | None:
    """Return the key of a journal's item on this server; None if it belongs to another server."""
    machine, _, key = reference.id.partition("/")
    return key if machine == machine_id[:8] else None


def plan_edit(
    reference: Item, item: PlexItem, edit: ItemEdit, source: str, unlocked: Collection[str] = ()
) -> Iterator[Change]:
    """Yield the journal's rows for an edit of one item: values, members of tag lists, and locks.

    The locks keep the values from a refresh of Plex; fields that are `unlocked` need none. The plan of an item calls
    it.
    """
    for name, value in edit.fields.items():
        yield set_field(reference, name, item.fields.get(name) or None, value or None, source=source)
    for kind, change in edit.tags.items():
        plan = plan_cast if kind == ORDERED_KIND else plan_members
        yield from plan(reference, item, kind, change, source)
    wanted = {**dict.fromkeys([*edit.fields, *edit.tags], True), **edit.locks}
    for name, is_locked in wanted.items():
        if is_locked and name not in item.locks and name not in unlocked:
            yield add_member(reference, LOCKS, name, source=source, reason="so that a refresh of Plex keeps it")


def plan_release(reference: Item, names: Iterable[str], source: str) -> Iterator[Change]:
    """Yield the journal's rows that take this plugin's locks off an item whose values the provider brings."""
    for name in sorted(names):
        yield remove_member(reference, LOCKS, name, source=source, reason="Plex gets it from the provider")


def plan_members(reference: Item, item: PlexItem, kind: str, change: TagEdit, source: str) -> Iterator[Change]:
    """Yield one journal row for each tag that is removed or added; tags have no order."""
    present = {tag_key(name) for name in list_tag_names(item, kind)}
    for name in change.removed:
        yield remove_member(reference, kind, name, source=source)
    for tag in change.wanted:
        if tag_key(tag.name) not in present:
            yield add_member(reference, kind, tag.name, source=source)


def plan_cast(reference: Item, item: PlexItem, kind: str, change: TagEdit, source: str) -> Iterator[Change]:
    """Yield the journal rows of the cast: members, then their order if it differs, then photos."""
    rows = list(plan_members(reference, item, kind, change, source))
    yield from rows
    after, before = [tag.name for tag in change.wanted], list_tag_names(item, kind)
    if after and after != apply_members(before, rows):
        yield set_field(reference, ORDER, before or None, after, source=source)
    shown = map_photos_by_key(item)
    photos = {tag.name: tag.thumb for tag in change.wanted if tag.thumb and shown.get(tag_key(tag.name)) != tag.thumb}
    if photos:
        previous = map_photos_by_name(item)
        yield set_field(reference, PHOTOS, previous or None, {**previous, **photos}, source=source)


def list_tag_names(item: PlexItem, kind: str) -> list[str]:
    """Return the names of one kind of an item's tags, in Plex's order, for planning and comparing rows."""
    return [tag.name for tag in item.tags.get(kind, ())]


def apply_members(names: Sequence[str], rows: Sequence[Change]) -> list[str]:
    """Return tag names as they are after these journal rows: added ones in front, removed ones gone."""
    added = [row.after for row in rows if row.action == ADD]
    gone = {tag_key(row.before) for row in rows if row.action == REMOVE}
    return [*added, *(name for name in names if tag_key(name) not in gone)]


def map_photos_by_name(item: PlexItem) -> dict[str, str]:
    """Return the photos of an item's actors by name, as journal rows have them; those without are left out."""
    return {tag.name: tag.thumb for tag in item.tags.get(ORDERED_KIND, ()) if tag.thumb}


def map_photos_by_key(item: PlexItem) -> dict[str, str]:
    """Return the photos of an item's actors by the key of their names; `plan_cast` compares them."""
    return {tag_key(tag.name): tag.thumb for tag in item.tags.get(ORDERED_KIND, ())}


def make_edit(item: PlexItem, changes: Sequence[Change]) -> ItemEdit:
    """Return the edit of Plex that carries out some journal rows of one item; the journal target sends it.

    Locks without a row stay as they are.
    """
    texts = {change.field: str(change.after or "") for change in changes if is_text_field(change.field)}
    tags = {kind: make_tag_edit(item, kind, changes) for kind in dict.fromkeys(map(find_tag_kind, changes)) if kind}
    locks = {name: name in item.locks for name in (*texts, *tags)}
    for change in changes:
        if change.field == LOCKS:
            locks[str(change.after or change.before)] = change.action == ADD
    return ItemEdit(texts, tags, locks)


def make_tag_edit(item: PlexItem, kind: str, changes: Sequence[Change]) -> TagEdit:
    """Return the edit that carries out the journal rows of one kind of tag."""
    rows = [change for change in changes if find_tag_kind(change) == kind]
    if kind == ORDERED_KIND:
        return make_cast_edit(item, rows)
    added = [PlexTag(change.after) for change in rows if change.action == ADD]
    return edit_tags(item, kind, added, [change.before for change in rows if change.action == REMOVE])


def make_cast_edit(item: PlexItem, changes: Sequence[Change]) -> TagEdit:
    """Return the edit that carries out the journal rows of the cast, as a whole list.

    Photos change as the rows say, the present roles stay.
    """
    present = {tag_key(tag.name): tag for tag in item.tags.get(ORDERED_KIND, ())}
    names = apply_members(list_tag_names(item, ORDERED_KIND), [each for each in changes if each.field == ORDERED_KIND])
    photos: dict[str, str] = {}
    for change in changes:
        if change.field == PHOTOS:
            photos = {tag_key(name): thumb for name, thumb in (change.after or {}).items()}
        elif change.field == ORDER:
            names = sort_names(names, change.after or ())
    kept = {tag_key(name) for name in names}
    removed = tuple(tag.name for key, tag in present.items() if key not in kept)
    cast = []
    for name in names:
        key = tag_key(name)
        old = present.get(key, PlexTag(name))
        cast.append(PlexTag(name, old.role, photos.get(key, old.thumb)))
    return TagEdit(tuple(cast), removed)


def sort_names(names: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the cast's names in the wanted order, for an edit; those that `order` does not have come last."""
    places = {tag_key(name): place for place, name in enumerate(order)}
    return sorted(names, key=lambda name: places.get(tag_key(name), len(places)))


def find_tag_kind(change: Change) -> str:
    """Return the kind of tag a journal row changes, such as "genre"; empty for a row that changes no tag.

    Photos and the order of the cast belong to the kind "actor". Edits of Plex and write records group rows by it.
    """
    if change.field in (PHOTOS, ORDER):
        return ORDERED_KIND
    return change.field if change.field in TAG_ELEMENTS else ""


def is_text_field(field: str) -> bool:
    """Return True if a journal row of this field sets a plain value."""
    return field not in (*TAG_ELEMENTS, *PICTURES, LOCKS, PHOTOS, ORDER)


def map_present_values(item: PlexItem, fields: Iterable[str], pictures: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item's present values by field, in the form of journal rows, for `PlexTarget.read`."""
    return {field: find_present_value(item, field, pictures) for field in fields}


def find_present_value(item: PlexItem, field: str, pictures: Mapping[str, Any]) -> Any:
    """Return one present value of an item in the form of journal rows; empty is None."""
    if field == LOCKS:
        return sorted(item.locks)
    if field in PICTURES:
        return pictures.get(field)
    if field == PHOTOS:
        return map_photos_by_name(item) or None
    if field == ORDER:
        return list_tag_names(item, ORDERED_KIND) or None
    return (list_tag_names(item, field) if field in TAG_ELEMENTS else item.fields.get(field)) or None


def shows_change(item: PlexItem, change: Change) -> bool:
    """Return True if an item shows what a journal row of a text, a tag or a lock says.

    `find_unwritten` asks after a part of an edit was written.
    """
    if change.action in (ADD, REMOVE):
        shown = item.locks if change.field == LOCKS else {tag_key(tag.name) for tag in item.tags.get(change.field, ())}
        member = str(change.after or change.before)
        return ((member if change.field == LOCKS else tag_key(member)) in shown) == (change.action == ADD)
    if is_text_field(change.field):
        return same_value(change.field, item.fields.get(change.field, ""), str(change.after or ""))
    return bool(find_present_value(item, change.field, {}) == change.after)


def find_sha1(picture: str, key: str) -> str:
    """Return the hash in the key of an uploaded picture, for the journal target.

    Raises UsageError for a key of another kind.
    """
    start = make_upload_key(PICTURES[picture], "")
    if not key.startswith(start):
        raise UsageError(f"Plex does not have the {picture} {key} any more.")
    return key[len(start) :]
