"""Compares an item with its wanted values: the edit to write, and the fields to leave alone with the reason. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.plex.edits import ORDERED_KIND, ItemEdit, TagEdit, edit_tags, same_value, tag_key
from shared.plex.model import PlexItem, PlexTag


class WantedItem(NamedTuple):
    """The values an item should have; fields and kinds that are not named stay as they are. An empty value clears.

    `locks`: fields to lock that are not written by an edit (thumb, art).
    """

    fields: Mapping[str, str] = {}
    tags: Mapping[str, Sequence[PlexTag]] = {}
    locks: Collection[str] = ()


class LastWrite(NamedTuple):
    """The values and locks that the last sync wrote to an item; without it, everything present counts as a person's.

    `added` are the tags of `tags` that were not there before, as `tag_key` has them: only these are removed. None: all.
    """

    fields: Mapping[str, str] = {}
    tags: Mapping[str, Sequence[PlexTag]] = {}
    locks: Collection[str] = ()
    added: Mapping[str, Collection[str]] | None = None

    def list_added(self, kind: str) -> list[PlexTag]:
        """Return the tags of a kind that a sync added and may therefore remove; `diff_item` asks."""
        tags = self.tags.get(kind, ())
        if self.added is None:
            return list(tags)
        return [tag for tag in tags if tag_key(tag.name) in self.added.get(kind, ())]


class UntouchedField(NamedTuple):
    """A field or kind that is left alone, and the reason: LOCKED, RATED or FILLED."""

    field: str
    reason: str


class ItemDiff(NamedTuple):
    """The edit, which holds only differences, and the fields left alone."""

    edit: ItemEdit
    kept: tuple[UntouchedField, ...]


LOCKED = "locked by a person"
RATED = "rated by a person"
FILLED = "filled already"
RATING = "userRating"  # only people rate with stars, and Plex does not lock the field then


class WritePolicy(NamedTuple):
    """The differing values to keep.

    With `only_fill` these are all that Plex has, with `respect_locks` those that a person locked, and stars.
    """

    only_fill: bool = False
    respect_locks: bool = True


def diff_item(
    item: PlexItem, wanted: WantedItem, written: LastWrite | None = None, policy: WritePolicy | None = None
) -> ItemDiff:
    """Return the edit that gives an item its wanted values; Stash2Plex plans each write with it."""
    last, rules = written or LastWrite(), policy or WritePolicy()
    fields, locks, kept = diff_fields(item, wanted.fields, last.fields, rules)
    tags, kept_kinds = diff_kinds(item, wanted, last, rules)
    kept += kept_kinds
    left_alone = {each.field for each in kept}
    for kind, names in wanted.tags.items():
        if names and kind not in item.locks and kind not in tags and kind not in left_alone:
            locks[kind] = True
    locks.update({name: True for name in wanted.locks if name not in item.locks})
    return ItemDiff(ItemEdit(fields, tags, locks), tuple(kept))


def diff_fields(
    item: PlexItem, wanted: Mapping[str, str], last: Mapping[str, str], policy: WritePolicy
) -> tuple[dict[str, str], dict[str, bool], list[UntouchedField]]:
    """Return for `diff_item` the fields to write, the locks to add to right fields, and the fields left alone."""
    fields: dict[str, str] = {}
    locks: dict[str, bool] = {}
    kept: list[UntouchedField] = []
    for field, value in wanted.items():
        if same_value(field, item.fields.get(field, ""), value):
            if value and field not in item.locks:
                locks[field] = True
        elif reason := find_reason_to_keep(item, field, last.get(field), policy):
            kept.append(UntouchedField(field, reason))
        else:
            fields[field] = value
    return fields, locks, kept


def find_reason_to_keep(item: PlexItem, field: str, written: str | None, policy: WritePolicy) -> str:
    """Return the reason why a differing field must not be written, empty if it may be; `diff_fields` asks."""
    present = item.fields.get(field, "")
    if written is not None and same_value(field, present, written):
        return ""
    if policy.respect_locks and field in item.locks:
        return LOCKED
    if policy.respect_locks and field == RATING and present not in ("", "0"):
        return RATED
    return FILLED if policy.only_fill and present else ""


def diff_kinds(
    item: PlexItem, wanted: WantedItem, last: LastWrite, policy: WritePolicy
) -> tuple[dict[str, TagEdit], list[UntouchedField]]:
    """Return for `diff_item` the edits of each kind of tag, and the kinds left alone."""
    edits: dict[str, TagEdit] = {}
    kept: list[UntouchedField] = []
    for kind, tags in wanted.tags.items():
        written = last.tags.get(kind, ())
        added = last.list_added(kind)
        edit = diff_tags(item, kind, tags, written, added)
        is_locked_by_person = kind in item.locks and not written and kind not in last.locks
        reason = find_reason_to_keep_tags(item, kind, added, is_locked_by_person, policy)
        if edit and reason:
            kept.append(UntouchedField(kind, reason))
        elif edit:
            edits[kind] = edit
    return edits, kept


def find_reason_to_keep_tags(
    item: PlexItem, kind: str, added: Sequence[PlexTag], is_locked_by_person: bool, policy: WritePolicy
) -> str:
    """Return the reason why a kind of tag must not be written, empty if it may be; `diff_kinds` asks."""
    if policy.respect_locks and is_locked_by_person:
        return LOCKED
    others = names_of(item.tags.get(kind, ())) - names_of(added)
    return FILLED if policy.only_fill and others else ""


def diff_tags(
    item: PlexItem, kind: str, wanted: Sequence[PlexTag], written: Sequence[PlexTag], added: Sequence[PlexTag]
) -> TagEdit | None:
    """Return the edit that adds wanted tags and removes those that a sync added; None if there is none.

    `diff_kinds` calls it.
    """
    present = {tag_key(tag.name): tag for tag in item.tags.get(kind, ())}
    names = names_of(wanted)
    dropped = [tag.name for tag in added if tag_key(tag.name) not in names and tag_key(tag.name) in present]
    has_missing = any(key not in present for key in names)
    if has_missing or (kind == ORDERED_KIND and has_new_cast(wanted, written, present)):
        return edit_tags(item, kind, wanted, dropped)
    return edit_tags(item, kind, (), dropped) if dropped else None


def has_new_cast(wanted: Sequence[PlexTag], written: Sequence[PlexTag], present: Mapping[str, PlexTag]) -> bool:
    """Return True if `diff_tags` must write the order, a role or a photo of unchanged actors.

    Only a change in Stash since the last sync counts: some servers keep their own order or photo, and comparing with
    those would write at every sync.
    """
    if [plain_tag(tag) for tag in wanted] == [plain_tag(tag) for tag in written]:
        return False
    shown = [key for key in present if key in names_of(wanted)]
    has_details = all(not tag.role or present[tag_key(tag.name)].role == tag.role for tag in wanted) and all(
        not tag.thumb or present[tag_key(tag.name)].thumb == tag.thumb for tag in wanted
    )
    return shown != [tag_key(tag.name) for tag in wanted] or not has_details


def plain_tag(tag: PlexTag) -> PlexTag:
    """Return the tag with its name in the form in which Plex compares names; `has_new_cast` calls it."""
    return tag._replace(name=tag_key(tag.name))


def names_of(tags: Iterable[PlexTag]) -> set[str]:
    """Return the names of tags in the form in which Plex compares them, for the comparison of tags."""
    return {tag_key(tag.name) for tag in tags}
