"""Decides what the cleaning does to objects and tags. Pure."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from shared.journal import Change, Entry, Finding, Item, Json, remove_member, set_field
from tagging.cleaning.kinds import MARKER_KIND, TaggedKind
from tagging.cleaning.target import IMAGE, TAG, WHOLE_TAG
from tagging.scenes.tag_writer import TAGS_FIELD


class Doomed(NamedTuple):
    """A tag to be deleted: what it consists of, and what uses it apart from what the plan takes off."""

    id: int
    made: Json
    uses_left: int
    primary_of: int  # markers
    children: int


def plan_removals(
    kind: TaggedKind, row: dict[str, Any], reasons: Mapping[int, str], source: str = "user"
) -> list[Entry]:
    """Return the changes that take tags off one object: those of `reasons`, which say why by tag id."""
    item = kind.make_item(row)
    present = [int(tag["id"]) for tag in row["tags"]]
    return [
        remove_member(item, TAGS_FIELD, each, source=source, reason=reasons[each])
        for each in present
        if each in reasons
    ]


def list_primary_tags(kind: TaggedKind, rows: Collection[Mapping[str, Any]], tag_ids: Collection[int]) -> list[int]:
    """Return the primary tags of these markers that are in `tag_ids`, one for each marker; [] for other objects.

    Stash cannot remove a primary tag, so the plan of unwanted tags keeps these tags and counts their markers.
    """
    if kind.name != MARKER_KIND:
        return []
    primary = (int(row["primary_tag"]["id"]) for row in rows)
    return [each for each in primary if each in tag_ids]


def plan_deletion(tag: Doomed, image: Json, reason: str) -> Iterator[Entry]:
    """Yield the changes that delete a tag and its picture, None without one, or the reason why the tag stays."""
    item = Item(TAG, str(tag.id), tag.made["name"])
    because = explain_stay(tag)
    if because:
        yield Finding(item, "skipped", because, WHOLE_TAG, "user")
        return
    yield Change(item, WHOLE_TAG, "do", tag.made, None, "user", reason)
    if image is not None:
        yield set_field(item, IMAGE, image, None, source="user", reason=reason)


def explain_stay(tag: Doomed) -> str:
    """Return why a tag is not deleted; empty if it can be."""
    if tag.primary_of:
        markers = count_things(tag.primary_of, "marker")
        return f"It is the primary tag of {markers}. Give them another primary tag in Stash first."
    if tag.children:
        return f"It has sub-tags ({tag.children:,}). Move them on the Hierarchy tab first."
    return f"It is still used ({tag.uses_left:,}) where this plan takes nothing off." if tag.uses_left else ""
