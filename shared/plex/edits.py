"""The edit of one item, and the query string that carries it. Pure.

Sources differ on whether a list of tags in an edit replaces the present ones or is added to them, so an edit always
carries the complete wanted list *and* names every tag to remove. Locks are always stated, because the default differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from shared.folding import compose, fold_text
from shared.plex.model import MOVIE, PlexItem, PlexTag
from shared.plex.title_and_text_form import number_text

ORDERED_KIND = "actor"


class TagEdit(NamedTuple):
    """The edit of one kind of tag: `wanted` is the whole list afterwards, `removed` are the tags to remove."""

    wanted: tuple[PlexTag, ...] = ()
    removed: tuple[str, ...] = ()


class ItemEdit(NamedTuple):
    """The edit of one item; a field or kind of tag without an entry in `locks` is locked."""

    fields: Mapping[str, str] = {}
    tags: Mapping[str, TagEdit] = {}
    locks: Mapping[str, bool] = {}

    @property
    def is_empty(self) -> bool:
        """Return True if the edit has nothing to send; plans and the client ask."""
        return not (self.fields or self.tags or self.locks)


def tag_key(name: str) -> str:
    """Return the form of a tag's name in which names are compared: composed and without case, as Plex does.

    The comparison of tags calls it.
    """
    return fold_text(name)


def edit_tags(item: PlexItem, kind: str, add: Sequence[PlexTag] = (), remove: Sequence[str] = ()) -> TagEdit:
    """Return the edit that adds and removes some tags and keeps all others; plans of writes and undos use it.

    Actors come in the order given, before the others; the rest keep Plex's order and spelling, new ones last.
    """
    gone = {tag_key(name) for name in remove}
    present = item.tags.get(kind, ())
    removed = tuple(tag.name for tag in present if tag_key(tag.name) in gone)
    kept = [tag for tag in present if tag_key(tag.name) not in gone]
    if not add:
        return TagEdit((), removed)
    merged = [*add, *kept] if kind == ORDERED_KIND else [*kept, *add]
    first: dict[str, PlexTag] = {}
    for tag in merged:
        first.setdefault(tag_key(tag.name), tag)
    return TagEdit(tuple(first.values()), removed)


def query_edit(rating_key: str, edit: ItemEdit, type_number: int = MOVIE) -> str:
    """Return the query string of an edit, for each edit that is sent.

    Raise ValueError without an id, by which Plex would edit all items.
    """
    if not rating_key.isdigit():
        raise ValueError(f"an edit needs the id of one item, not {rating_key!r}")
    pairs = [("type", str(type_number)), ("id", rating_key)]
    for field, value in edit.fields.items():
        pairs += [(f"{field}.value", value), (f"{field}.locked", lock_flag(edit, field))]
    for kind, change in edit.tags.items():
        pairs += query_tags(kind, change)
        pairs.append((f"{kind}.locked", lock_flag(edit, kind)))
    stated = {*edit.fields, *edit.tags}
    pairs += [(f"{name}.locked", str(int(locked))) for name, locked in edit.locks.items() if name not in stated]
    return urlencode(pairs, quote_via=quote, safe="")


def lock_flag(edit: ItemEdit, name: str) -> str:
    """Return "1" if the edit locks a written field, else "0"; `query_edit` calls it."""
    return str(int(edit.locks.get(name, True)))


def query_tags(kind: str, change: TagEdit) -> list[tuple[str, str]]:
    """Return the parameters of one kind of tag, for `query_edit`.

    Names to remove are encoded one by one, as a comma separates them.
    """
    pairs = []
    for index, tag in enumerate(change.wanted):
        pairs.append((f"{kind}[{index}].tag.tag", tag.name))
        if tag.role:
            pairs.append((f"{kind}[{index}].tagging.text", tag.role))
        if tag.thumb:
            pairs.append((f"{kind}[{index}].tag.thumb", tag.thumb))
    if change.removed:
        pairs.append((f"{kind}[].tag.tag-", ",".join(quote(name) for name in change.removed)))
    return pairs


def find_missing_edits(edit: ItemEdit, item: PlexItem) -> ItemEdit:
    """Return the part of a written edit that the item, read back, does not show; the client sends it again.

    Fields are left out: Plex may store a value in its own form, which a second request would not change.
    """
    tags = {}
    for kind, change in edit.tags.items():
        present = {tag_key(tag.name) for tag in item.tags.get(kind, ())}
        lost = any(tag_key(tag.name) not in present for tag in change.wanted)
        left = tuple(name for name in change.removed if tag_key(name) in present)
        if lost or left:
            tags[kind] = TagEdit(change.wanted if lost else (), left)
    locks = {kind: edit.locks[kind] for kind in tags if kind in edit.locks}
    return ItemEdit({}, tags, locks)


def find_reformatted_fields(edit: ItemEdit, item: PlexItem) -> list[str]:
    """Return the fields that Plex stored in its own form, for a note in the result of `apply_edit`."""
    return [field for field, value in edit.fields.items() if not same_value(field, item.fields.get(field, ""), value)]


def same_value(field: str, present: str, wanted: str) -> bool:
    """Return True if two values of a field are equal: numbers by value, texts by composed characters.

    Plans and the check of an edit compare so.
    """
    if compose(present) == compose(wanted):
        return True
    is_number = field in ("userRating", "rating", "audienceRating", "addedAt") and bool(present and wanted)
    return is_number and number_text(present) == number_text(wanted)
