"""The rows of the Links tab: a tag with its links, proposals and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.stash.links import find_ids
from shared.stash_box import Box
from tagging.links.box_tag_view import BoxTagView, make_box_tag_view
from tagging.links.box_tags import RemoteTag, read_box_tags
from tagging.links.dead_links import describe_dead_link, read_dead_links
from tagging.links.proposals import MOST, Proposal, Proposer
from tagging.links.rejections import read_rejections
from tagging.tags.local_tags import Row
from tagging.wordlists.blacklist import read_tag_blacklist
from tagging.wordlists.synonyms import make_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call


def describe_tags(call: Call, box: Box, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of the list; what is known of the box is looked up for all of them together."""
    remote, dead = read_box_tags(call.store, box.endpoint), read_dead_links(call, box)
    rejected = read_rejections(call, box)
    linked = {row["id"]: find_ids(row["stash_ids"], box.endpoint) for row in rows}
    proposals = find_proposals(call, remote, [row for row in rows if not linked[row["id"]]], rejected)
    ids = {each.remote.id for some in proposals.values() for each in some}
    ids.update(each for some in linked.values() for each in some)
    ids.update(dead[each]["into_id"] for each in ids.copy() if each in dead and dead[each]["into_id"])
    view = make_box_tag_view(call, box, ids)
    return [describe_tag(row, linked[row["id"]], proposals.get(row["id"], []), view, remote, dead) for row in rows]


def find_proposals(
    call: Call, remote: Mapping[str, RemoteTag], rows: Sequence[Row], rejected: Mapping[int, set[str]]
) -> dict[str, list[Proposal]]:
    """Return proposals by tag id, without rejected and blacklisted ones."""
    if not rows or not remote:
        return {}
    settings, blacklist = call.settings, read_tag_blacklist(call)
    synonyms = make_synonyms(call.store) if settings.enableSynonymSearch else None
    proposer = Proposer(
        remote, synonyms=synonyms, threshold=settings.fuzzyThreshold if settings.enableFuzzySearch else None
    )
    found: dict[str, list[Proposal]] = {}
    for row in rows:
        some = proposer.propose(row["name"], row["aliases"], without=rejected.get(int(row["id"]), ()), most=3 * MOST)
        found[row["id"]] = [each for each in some if not blacklist.matches(each.remote.name)][:MOST]
    return found


def describe_tag(
    row: Row,
    linked: Sequence[str],
    proposals: Sequence[Proposal],
    view: BoxTagView,
    remote: Mapping[str, RemoteTag],
    dead: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """One row of the list."""
    known = next((remote[each] for each in linked if each in remote), None)
    lost = next((dead[each] for each in linked if each in dead), None)
    return {
        "id": int(row["id"]),
        "name": row["name"],
        "aliases": row["aliases"],
        "description": row["description"] or "",
        "scenes": row["scene_count"],
        "links": [{"endpoint": each["endpoint"], "stash_id": each["stash_id"]} for each in row["stash_ids"]],
        "linked": view.describe_tag(known) if known else None,
        "all_linked": [view.describe_tag(remote[each]) for each in linked if each in remote],
        "proposals": [view.describe_proposal(each) for each in proposals],
        "notes": list(find_notes(row, linked, view)),
        "dead": describe_dead_link(lost, view, remote) if lost else None,
    }


def find_notes(row: Row, linked: Sequence[str], view: BoxTagView) -> Iterable[str]:
    """Return warnings about a tag's links: several at one box, or shared with another tag."""
    if len(set(linked)) > 1:
        yield f"It has {len(set(linked))} links at {view.box.name}; Stash uses one of them."
    for each in linked:
        for holder in view.holders.get(each, []):
            if holder["id"] != int(row["id"]):
                yield f"The tag {holder['name']} has the same link."
