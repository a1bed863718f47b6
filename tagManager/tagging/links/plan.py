"""The changes that link local tags to box tags. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.journal import Change, Entry, Finding, add_member, remove_member
from shared.stash.links import find_pairs
from shared.stash_box import Box
from tagging.links.box_tag_view import Holders
from tagging.links.box_tags import RemoteTag
from tagging.links.proposals import Proposal
from tagging.tags.local_tags import Row
from tagging.tags.target import LINKS, make_tag_item


def plan_link(row: Row, box: Box, remote: RemoteTag, reason: str) -> list[Change]:
    """Return the changes that make a box tag the only link of a local tag at the box. Links at other boxes stay.

    `link_accept`, the plan of dead links and the merge dialog's plan use it.
    """
    item = make_tag_item(row)
    source, wanted = box.endpoint, (box.endpoint, remote.id)
    others = [pair for pair in find_pairs(row["stash_ids"], source) if pair != wanted]
    reasons = ((pair, f"{box.name}: {pair[1]} (replaced)") for pair in others)
    removals = [remove_member(item, LINKS, list(pair), source=source, reason=reason) for pair, reason in reasons]
    return [*removals, add_member(item, LINKS, list(wanted), source=source, reason=reason)]


def choose_best_rule(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals that the best rule made, each box tag once, for `plan_exact_links`; the best stand first."""
    best = [each for each in proposals if each.by == proposals[0].by]
    return list({each.remote.id: each for each in best}.values())


def plan_matches(box: Box, found: Sequence[tuple[Row, list[Proposal]]], holders: Holders) -> Iterator[Entry]:
    """Yield the plan entries of `plan_exact_links`: a link for each tag with one free match, otherwise a conflict.

    `holders` are the local tags linked to each box tag.
    """
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
