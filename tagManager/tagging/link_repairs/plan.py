"""Decides how doubted links are repaired, and which tags go with a wrong link. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from shared.journal import Change, Entry, Finding, Item, add_member, remove_member
from shared.stash.links import find_pairs
from tagging.cleaning.added_tags import AddedTag
from tagging.link_repairs.target import LINKS_FIELD
from tagging.scenes.tag_writer import TAGS_FIELD

RELINK, UNLINK, SWAP = "relink", "unlink", "swap"
ACTIONS = (RELINK, UNLINK, SWAP)
BROUGHT = "came through the wrong link"


class LinkRepair(NamedTuple):
    """The repair of one link: it goes, and if `new_id` is set, the scene gets a link to that record instead."""

    scene: int
    endpoint: str
    box: str
    old_id: str
    new_id: str = ""
    old_title: str = ""
    new_title: str = ""
    is_other_video: bool = True  # else the tags that came through the link are right

    @property
    def reason(self) -> str:
        """Return what the plan and the history say about the change."""
        old = self.old_title or self.old_id
        return (
            f"{self.box}: {self.new_title or self.new_id} instead of {old}" if self.new_id else f"{self.box}: not {old}"
        )


class BroughtTags(NamedTuple):
    """The tags of a scene that syncs added (`added`), the ids that its right links bring (`wanted`), and tag names."""

    added: Sequence[AddedTag]
    wanted: Collection[int]
    names: Mapping[int, str]


def plan_repair(row: Mapping[str, Any], repair: LinkRepair, brought: BroughtTags | None) -> Iterator[Entry]:
    """Yield the changes of one link of a scene and, if `brought` is given, the removals of tags only it brought.

    `make_entries`, which plans the repairs of doubted links, calls it.
    """
    item = Item("scene", str(row["id"]), name_scene(row))
    pairs = [pair for pair in find_pairs(row["stash_ids"], repair.endpoint) if pair[1] == repair.old_id]
    if not pairs:
        message = f"The scene is not linked to {repair.old_id} at {repair.box} any more."
        yield Finding(item, "skipped", message, LINKS_FIELD, repair.endpoint)
        return
    spelled = pairs[0][0]
    yield remove_member(
        item, LINKS_FIELD, make_link(spelled, repair.old_id), source=repair.endpoint, reason=repair.reason
    )
    if repair.new_id:
        link = make_link(spelled, repair.new_id)
        yield add_member(item, LINKS_FIELD, link, source=repair.endpoint, reason=repair.reason)
    if brought is not None and repair.is_other_video:
        present = {int(tag["id"]) for tag in row["tags"]}
        yield from take_back(item, repair, brought, present)


def take_back(item: Item, repair: LinkRepair, brought: BroughtTags, present: Collection[int]) -> Iterator[Change]:
    """Yield the removals of the tags in `brought` that the scene still has and no right link brings."""
    for each in brought.added:
        if each.endpoint == repair.endpoint and each.tag in present and each.tag not in brought.wanted:
            name = brought.names.get(each.tag, f"tag {each.tag}")
            reason = f"{name}: {BROUGHT}"
            yield remove_member(item, TAGS_FIELD, each.tag, source=repair.endpoint, reason=reason)


def make_link(endpoint: str, stash_id: str) -> dict[str, str]:
    """Return a link as a member of the journal's field: without the time of its save."""
    return {"endpoint": endpoint, "stash_id": stash_id}


def name_scene(row: Mapping[str, Any]) -> str:
    """Return the name of a scene for plans: its title, else the name of its first file."""
    return row["title"] or next((file["basename"] for file in row["files"]), "")
