"""The rows of the Links tab: a tag with its links, proposals and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.stash.links import find_ids
from shared.stash_box import Box
from tagging.links.box_tag_view import BoxTagView, make_box_tag_view
from tagging.links.box_tags import RemoteTag, read_box_tags
from tagging.links.dead_links import describe_dead_link, read_dead_links
from tagging.links.proposals import MAX_PROPOSALS, Proposal, Proposer
from tagging.links.rejections import read_rejections
from tagging.tags.local_tags import Row
from tagging.wordlists.blacklist import TagBlacklist, read_tag_blacklist
from tagging.wordlists.synonyms import make_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call


def describe_tags(call: Call, box: Box, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows of the Links tab for these tags; box data is looked up for all of them together."""
    remote, dead = read_box_tags(call.store, box.endpoint), read_dead_links(call, box)
    rejected = read_rejections(call, box)
    linked = {row["id"]: find_ids(row["stash_ids"], box.endpoint) for row in rows}
    unlinked = [row for row in rows if not linked[row["id"]]]
    proposals = find_proposals(call, remote, unlinked, rejected, read_tag_blacklist(call)) if unlinked else {}
    ids = {each.remote.id for proposed in proposals.values() for each in proposed}
    ids.update(each for box_ids in linked.values() for each in box_ids)
    ids.update(dead[each]["into_id"] for each in ids.copy() if each in dead and dead[each]["into_id"])
    view = make_box_tag_view(call, box, ids)
    return [describe_tag(row, linked[row["id"]], proposals.get(row["id"], []), view, remote, dead) for row in rows]


def find_proposals(
    call: Call,
    remote: Mapping[str, RemoteTag],
    rows: Sequence[Row],
    rejected: Mapping[int, set[str]],
    blacklist: TagBlacklist,
) -> dict[str, list[Proposal]]:
    """Return proposals by local tag id, without rejected and blacklisted ones, for the rows of the Links tab."""
    if not rows or not remote:
        return {}
    settings = call.settings
    synonyms = make_synonyms(call.store) if settings.enableSynonymSearch else None
    proposer = Proposer(
        remote, synonyms=synonyms, threshold=settings.fuzzyThreshold if settings.enableFuzzySearch else None
    )
    found: dict[str, list[Proposal]] = {}
    for row in rows:
        proposals = proposer.propose(
            row["name"], row["aliases"], without=rejected.get(int(row["id"]), ()), most=3 * MAX_PROPOSALS
        )
        found[row["id"]] = [each for each in proposals if not blacklist.matches(each.remote.name)][:MAX_PROPOSALS]
    return found


def describe_tag(
    row: Row,
    linked: Sequence[str],
    proposals: Sequence[Proposal],
    view: BoxTagView,
    remote: Mapping[str, RemoteTag],
    dead: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return one row of the Links tab: the tag, its links or proposals, warnings, and its dead link, if any."""
    box_tag = next((remote[each] for each in linked if each in remote), None)
    dead_link = next((dead[each] for each in linked if each in dead), None)
    return {
        "id": int(row["id"]),
        "name": row["name"],
        "aliases": row["aliases"],
        "description": row["description"] or "",
        "scenes": row["scene_count"],
        "links": [{"endpoint": each["endpoint"], "stash_id": each["stash_id"]} for each in row["stash_ids"]],
        "linked": view.describe_tag(box_tag) if box_tag else None,
        "all_linked": [view.describe_tag(remote[each]) for each in linked if each in remote],
        "proposals": [view.describe_proposal(each) for each in proposals],
        "notes": list(find_notes(row, linked, view)),
        "dead": describe_dead_link(dead_link, view, remote) if dead_link else None,
    }


def find_notes(row: Row, linked: Sequence[str], view: BoxTagView) -> Iterable[str]:
    """Yield the warnings in a row of the Links tab: several links at one box, or one shared with another tag."""
    if len(set(linked)) > 1:
        yield f"It has {len(set(linked))} links at {view.box.name}; Stash uses one of them."
    for each in linked:
        for holder in view.holders.get(each, []):
            if holder["id"] != int(row["id"]):
                yield f"The tag {holder['name']} has the same link."
