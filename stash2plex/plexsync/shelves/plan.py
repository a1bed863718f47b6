"""Decides what a shelf changes in its collection. Pure.

Each value is compared with the one that the plugin wrote last: a title, order, place, poster or member that a person
changed in Plex meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from shared.folding import fold_text
from shared.journal import Change, Entry, Finding, Item, add_member, remove_member, set_field
from shared.journal.changes import CONFLICT, DO, SKIPPED, is_same_value
from shared.plex.collections import RELEASE

KIND = "shelf"
COLLECTION, TITLE, SORT, PLACES, POSTER, MEMBERS = "shelf", "shelf.title", "shelf.sort", "places", "poster", "members"
FORCED = "forced"  # beside the written values: the fields that the dialog has changed since
BEGUN = "begun"  # beside the written values: values whose write has begun, in case the process dies
SETTINGS = (TITLE, SORT, PLACES, POSTER)
DEFAULT_SORT = RELEASE  # of a new collection
LABEL = "Stash2Plex shelf"
NAMES: Mapping[str, str] = {TITLE: "title", SORT: "order", PLACES: "place on Home or Recommended", POSTER: "poster"}


class ShelfContent(NamedTuple):
    """The collection that a shelf should be: `values` by field, and the names of its scenes by rating key.

    A value that is missing is left alone, such as a poster that could not be read.
    """

    values: Mapping[str, Any]
    members: Mapping[str, str]


class ShelfRecord(NamedTuple):
    """The plugin's note about a shelf's collection: its number, the values and members that it wrote.

    `token` is the title with which a collection is made; it is empty once the collection has its own title and label.
    Members that are pending may have been added by a process that died; `foreign` ones belong to the shelf, too, but
    were in the collection before, so they are not the plugin's to remove.
    """

    shelf_id: int
    machine_id: str
    section_id: str
    rating_key: str = ""
    token: str = ""
    written: Mapping[str, Any] = {}
    members: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()

    @property
    def is_made(self) -> bool:
        """Return True if a collection was made and has its title and label; `plan_shelf` asks."""
        return bool(self.rating_key) and not self.token

    def has_written(self, field: str, value: Any) -> bool:
        """Return True if this value of a field is the last written one, so that Plex need not be asked.

        After a write that was cut off, nobody knows which of two values Plex has.
        """
        is_sure = field in self.written and field not in self.written.get(BEGUN, {})
        return is_sure and is_same_value(value or "", self.written[field] or "")

    def is_changed_in_plex(self, field: str, shown: Any) -> bool:
        """Return True if Plex shows another value than the last written one, and the shelf's dialog did not change it.

        What a person changed in the dialog (FORCED) is newer and is written.
        """
        if field not in self.written or field in self.written.get(FORCED, ()):
            return False
        own = [self.written[field], self.written.get(BEGUN, {}).get(field)]
        return not any(is_same_value(shown or "", value or "") for value in own)


class PresentShelf(NamedTuple):
    """The collection as Plex has it: `title` is empty if it does not exist; `has_label` says whose it is.

    `members` are the titles by rating key, None if they were not read, because none of them can have changed.
    """

    rating_key: str = ""
    title: str = ""
    has_label: bool = False
    values: Mapping[str, Any] = {}
    members: Mapping[str, str] | None = None

    @property
    def exists(self) -> bool:
        """Return True if Plex has the collection that was made for the shelf."""
        return bool(self.rating_key)

    def is_own(self, record: ShelfRecord) -> bool:
        """Return True if the plugin may write the collection: it has the label, or the title with which it was made.

        `plan_shelf` asks.
        """
        return self.has_label or bool(record.token and self.title == record.token)


class TitleOwner(NamedTuple):
    """Another collection of the library with the title of a shelf; with `is_free` it has the label, but no shelf.

    `shelf_id` is the shelf that it belongs to, 0 for none.
    """

    rating_key: str
    title: str
    is_free: bool = False
    shelf_id: int = 0


def plan_shelf(
    item: Item,
    wanted: ShelfContent,
    record: ShelfRecord,
    present: PresentShelf,
    owner: TitleOwner | None,
    *,
    makes_again: bool = False,
) -> list[Entry]:
    """Return the plan's rows for a shelf's collection in one library, for Preview Shelves and Update Shelves.

    `owner` is another collection with its title. A collection that was deleted in Plex is made again only with
    `makes_again`, when a person asks for it.
    """
    if present.exists:
        if not present.is_own(record):
            return [refuse(item, tell_unlabelled(present.title))]
        return list(plan_values(item, wanted, record, present, owner))
    if record.is_made and record.members and not makes_again:
        return [refuse(item, "Its collection was deleted in Plex. Preview the shelf to make it again, or remove it.")]
    if not wanted.members:
        return [Finding(item, SKIPPED, "Plex has none of its scenes yet.")]
    if owner and not owner.is_free:
        return [refuse(item, tell_taken(owner))]
    return list(plan_creation(item, wanted, owner))


def needs_members(wanted: ShelfContent, record: ShelfRecord) -> bool:
    """Return True if the members in Plex have to be read: some are to be added or removed, or a write was cut off."""
    return bool(record.pending) or wanted.members.keys() != record.members | record.foreign


def plan_creation(item: Item, wanted: ShelfContent, owner: TitleOwner | None) -> Iterator[Entry]:
    """Yield the rows that make a collection, or take over one with the label, whose members stay, for `plan_shelf`."""
    reason = "takes over the collection that has the label already" if owner else ""
    yield Change(item, COLLECTION, DO, None, wanted.values[TITLE], reason=reason)
    for field in (SORT, PLACES, POSTER):
        value = wanted.values.get(field)
        if value and value != DEFAULT_SORT:
            yield set_field(item, field, None, value)
    for key, name in sort_by_name(wanted.members):
        yield add_member(item, MEMBERS, key, reason=name)


def plan_values(
    item: Item, wanted: ShelfContent, record: ShelfRecord, present: PresentShelf, owner: TitleOwner | None
) -> Iterator[Entry]:
    """Yield the rows for a collection that exists: changed settings and members, and findings about what stays."""
    for field in SETTINGS:
        if field not in wanted.values or record.has_written(field, wanted.values[field]):
            continue
        value, shown = wanted.values[field], present.values.get(field)
        if is_same_value(value or None, shown or None):
            continue
        if record.is_changed_in_plex(field, shown) and not (field == TITLE and present.title == record.token):
            yield Finding(item, SKIPPED, f"Its {NAMES[field]} was changed in Plex and stays.", field)
        elif field == TITLE and owner:
            yield refuse(item, tell_taken(owner), TITLE)
        else:
            yield set_field(item, field, shown or None, value or None)
    if present.members is not None:
        yield from plan_members(item, wanted.members, record, present.members)


def plan_members(
    item: Item, wanted: Mapping[str, str], record: ShelfRecord, present: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield the additions and removals of members of a collection.

    What a person added stays, and what a person took out is not added again.
    """
    shown, ours = frozenset(present), find_own_members(record, present)
    kept_out = record.members - record.pending - shown
    for key, name in sort_by_name(wanted):
        if key not in shown and key not in kept_out:
            yield add_member(item, MEMBERS, key, reason=name)
    for key, title in present.items():
        if key in ours and key not in wanted:
            yield remove_member(item, MEMBERS, key, reason=title)


def find_own_members(record: ShelfRecord, present: Collection[str]) -> frozenset[str]:
    """Return those of the members in Plex that the plugin added, also in a write that was cut off."""
    return (record.members | record.pending).intersection(present)


def plan_removal(item: Item, record: ShelfRecord, present: PresentShelf) -> list[Entry]:
    """Return the rows that remove a shelf's members and collection in one library, for the task that removes a shelf.

    There are none without a collection.
    """
    if not present.exists:
        return []
    if not present.is_own(record):
        return [Finding(item, SKIPPED, tell_unlabelled(present.title))]
    members = present.members or {}
    ours = find_own_members(record, members)
    removals = [remove_member(item, MEMBERS, key, reason=title) for key, title in members.items() if key in ours]
    return [Change(item, COLLECTION, DO, present.title, None), *removals]


def sort_by_name(members: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return pairs of rating key and name in the order of names, in which the plan of a shelf has them."""
    return sorted(members.items(), key=lambda each: (fold_text(each[1]), each[0]))


def refuse(item: Item, message: str, field: str = "") -> Finding:
    """Return the plan's finding that a shelf, or one field of it, is not written until a person decides."""
    return Finding(item, CONFLICT, message, field)


def tell_taken(owner: TitleOwner) -> str:
    """Return the message of a conflict: another collection has the title; with the next step."""
    if owner.shelf_id:
        return f'Another shelf has the title "{owner.title}" already. Give one of them another title.'
    return (
        f'Plex has a collection "{owner.title}" in this library that no shelf has made, so it is not touched. '
        "Give the shelf another title, or rename that collection in Plex."
    )


def tell_unlabelled(title: str) -> str:
    """Return the message about a collection without the label of shelves, with the next step."""
    return (
        f'The collection "{title}" does not have the label "{LABEL}" any more, so it counts as yours and is not '
        "touched. Put the label back in Plex, or remove the shelf."
    )
