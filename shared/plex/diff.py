"""Compares an item with what it should show: the edit to send, and the fields left alone with the reason. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.plex.edits import ORDERED_KIND, ItemEdit, TagEdit, edit_tags, same_value, tag_key
from shared.plex.model import PlexItem, PlexTag


class WantedItem(NamedTuple):
    """The wanted look of an item; only the fields and kinds named here are ours. An empty value clears.

    `locks`: fields to lock that are written in another way (thumb, art).
    """

    fields: Mapping[str, str] = {}
    tags: Mapping[str, Sequence[PlexTag]] = {}
    locks: Collection[str] = ()


class Written(NamedTuple):
    """Our last write; without it, everything present counts as a person's. `locks`: the locks we have set."""

    fields: Mapping[str, str] = {}
    tags: Mapping[str, Sequence[PlexTag]] = {}
    locks: Collection[str] = ()


class UntouchedField(NamedTuple):
    """A field that was not touched, and why: "locked by a person" or "filled already"."""

    field: str
    reason: str


class ItemDiff(NamedTuple):
    """One edit with nothing in it but differences, and the fields left alone."""

    edit: ItemEdit
    kept: tuple[UntouchedField, ...]


LOCKED = "locked by a person"
FILLED = "filled already"


class Policy(NamedTuple):
    """The rule for differing values: `only_fill` keeps every value Plex has, `respect_locks` those a person locked."""

    only_fill: bool = False
    respect_locks: bool = True


def diff_item(
    item: PlexItem, wanted: WantedItem, written: Written | None = None, policy: Policy | None = None
) -> ItemDiff:
    """Compares an item with what is wanted."""
    last, rules = written or Written(), policy or Policy()
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
    item: PlexItem, wanted: Mapping[str, str], last: Mapping[str, str], policy: Policy
) -> tuple[dict[str, str], dict[str, bool], list[UntouchedField]]:
    """The fields to write, the right ones that only lack their lock, and those left alone."""
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


def find_reason_to_keep(item: PlexItem, field: str, written: str | None, policy: Policy) -> str:
    """Return the reason why a differing field must not be written; empty if it may be written."""
    present = item.fields.get(field, "")
    if written is not None and same_value(field, present, written):
        return ""
    if policy.respect_locks and field in item.locks:
        return LOCKED
    return FILLED if policy.only_fill and present else ""


def diff_kinds(
    item: PlexItem, wanted: WantedItem, last: Written, policy: Policy
) -> tuple[dict[str, TagEdit], list[UntouchedField]]:
    """The edits of every kind of tag, and the kinds left alone."""
    edits: dict[str, TagEdit] = {}
    kept: list[UntouchedField] = []
    for kind, tags in wanted.tags.items():
        ours = last.tags.get(kind, ())
        edit = diff_tags(item, kind, tags, ours)
        is_theirs = kind in item.locks and not ours and kind not in last.locks
        reason = find_reason_to_keep_tags(item, kind, ours, is_theirs, policy)
        if edit and reason:
            kept.append(UntouchedField(kind, reason))
        elif edit:
            edits[kind] = edit
    return edits, kept


def find_reason_to_keep_tags(
    item: PlexItem, kind: str, ours: Sequence[PlexTag], is_theirs: bool, policy: Policy
) -> str:
    """Why a kind of tag must not be written: locked by a person before we ever wrote it, or filled and we only fill."""
    if policy.respect_locks and is_theirs:
        return LOCKED
    others = names_of(item.tags.get(kind, ())) - names_of(ours)
    return FILLED if policy.only_fill and others else ""


def diff_tags(item: PlexItem, kind: str, wanted: Sequence[PlexTag], ours: Sequence[PlexTag]) -> TagEdit | None:
    """Return the tags to add and our own to remove, or None; other people's tags stay."""
    present = {tag_key(tag.name): tag for tag in item.tags.get(kind, ())}
    names = names_of(wanted)
    dropped = [tag.name for tag in ours if tag_key(tag.name) not in names and tag_key(tag.name) in present]
    has_missing = any(key not in present for key in names)
    if has_missing or (kind == ORDERED_KIND and has_new_cast(wanted, ours, present)):
        return edit_tags(item, kind, wanted, dropped)
    return edit_tags(item, kind, (), dropped) if dropped else None


def has_new_cast(wanted: Sequence[PlexTag], ours: Sequence[PlexTag], present: Mapping[str, PlexTag]) -> bool:
    """True if the order, a role or a photo of unchanged actors must be written.

    Only a change on our side since the last write counts: a server that adds instead of replacing keeps its own order,
    and one that shares photos between items keeps its own photo. Asking again at every sync would write for ever.
    """
    if [plain_tag(tag) for tag in wanted] == [plain_tag(tag) for tag in ours]:
        return False
    shown = [key for key in present if key in names_of(wanted)]
    has_details = all(not tag.role or present[tag_key(tag.name)].role == tag.role for tag in wanted) and all(
        not tag.thumb or present[tag_key(tag.name)].thumb == tag.thumb for tag in wanted
    )
    return shown != [tag_key(tag.name) for tag in wanted] or not has_details


def plain_tag(tag: PlexTag) -> PlexTag:
    """A tag with its name as the key."""
    return tag._replace(name=tag_key(tag.name))


def names_of(tags: Iterable[PlexTag]) -> set[str]:
    """The keys of some tags."""
    return {tag_key(tag.name) for tag in tags}
