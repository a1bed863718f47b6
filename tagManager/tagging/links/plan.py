"""The changes that link tags to a box's tags. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.journal import Change, Entry, Finding, add_member, remove_member
from shared.stash.links import find_ids
from shared.stash_box import Box
from tagging.links.box_tag_view import Holders
from tagging.links.box_tags import RemoteTag
from tagging.links.proposals import Proposal
from tagging.tags.local_tags import Row
from tagging.tags.target import LINKS, make_tag_item


def plan_link(row: Row, box: Box, remote: RemoteTag, reason: str) -> list[Change]:
    """This link becomes the tag's only one at this box; those at other boxes stay."""
    item = make_tag_item(row)
    others = [each for each in find_ids(row["stash_ids"], box.endpoint) if each != remote.id]
    source = box.endpoint
    replaced = ((each, f"{box.name}: {each} (replaced)") for each in others)
    removals = [remove_member(item, LINKS, [source, each], source=source, reason=reason) for each, reason in replaced]
    return [*removals, add_member(item, LINKS, [source, remote.id], source=source, reason=reason)]


def choose_best_rule(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals of the best rule, each remote tag once."""
    best = [each for each in proposals if each.by == proposals[0].by]
    return list({each.remote.id: each for each in best}.values())


def plan_matches(box: Box, found: Sequence[tuple[Row, list[Proposal]]], holders: Holders) -> Iterator[Entry]:
    """A link for each tag; what is not clear, or taken, is a conflict for a person."""
    taken: dict[str, str] = {}
    for row, proposals in found:
        item, remote = make_tag_item(row), proposals[0].remote
        owner = next((each["name"] for each in holders.get(remote.id, [])), taken.get(remote.id))
        if len(proposals) > 1:
            names = ", ".join(each.remote.name for each in proposals)
            yield Finding(item, "conflict", f"Several tags of {box.name} fit: {names}.", LINKS, box.endpoint)
        elif owner is not None:
            message = f"{box.name}'s {remote.name} is linked to {owner} already."
            yield Finding(item, "conflict", message, LINKS, box.endpoint)
        else:
            taken[remote.id] = row["name"]
            reason = f"{box.name}: {remote.name} (same {proposals[0].by})"
            yield add_member(item, LINKS, [box.endpoint, remote.id], source=box.endpoint, reason=reason)
