"""Sorts the library's tags by how they stand at a box: linked, an exact match, similar to a tag, or none of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import takes, text
from shared.stash_box import Box
from tagging.links.box_tags import read_box_tags
from tagging.links.dead_links import find_dead_in_library
from tagging.links.exact_matches import find_allowed_matches
from tagging.links.known_matches import KnownMatches, make_basis
from tagging.links.proposals import ALIAS, NAME
from tagging.links.rejections import read_rejections
from tagging.links.requirements import choose_linkable
from tagging.scenes.unmatched import count_unmatched
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.tags.tag_rows import find_proposals
from tagging.wordlists.blacklist import TagBlacklist, read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_COMPARED = 1000  # tags compared letter by letter in one call, which takes about two milliseconds each


class MatchStates(NamedTuple):
    """The tags without a link at a box, by name; `not_compared` is the number of tags that the next calls compare."""

    exact: list[Row]
    similar: list[Row]
    other: list[Row]
    not_compared: int


def sort_by_match(call: Call, box: Box, fields: str) -> MatchStates:
    """Return the tags without a link at a box, sorted by their best proposal, for the overview and the list of tags."""
    rows, blacklist = call.stash.tags.unlinked_rows(fields, box.endpoint), read_tag_blacklist(call)
    exact = [row for row, found in find_allowed_matches(call, box, rows, (NAME, ALIAS), blacklist) if found]
    ids = {row["id"] for row in exact}
    rest = [row for row in rows if row["id"] not in ids]
    states = compare_names(call, box, rest, blacklist)
    similar = [row for row in rest if states.get(row["id"]) is True]
    other = [row for row in rest if states.get(row["id"]) is False]
    return MatchStates(exact, similar, other, len(rest) - len(states))


def compare_names(call: Call, box: Box, rows: Sequence[Row], blacklist: TagBlacklist) -> dict[str, bool]:
    """Return by tag id if it has a proposal: as compared before, and at most MOST_COMPARED tags compared now."""
    known = KnownMatches(call.store, box.endpoint, make_basis(call, box, blacklist))
    rejected = read_rejections(call, box)
    states = {row["id"]: state for row in rows if (state := known.find(row, rejected)) is not None}
    fresh = [row for row in rows if row["id"] not in states][:MOST_COMPARED]
    if fresh:
        proposals = find_proposals(call, read_box_tags(call.store, box.endpoint), fresh, rejected, blacklist)
        compared = {row["id"]: bool(proposals.get(row["id"])) for row in fresh}
        known.save(compared, fresh, rejected)
        states.update(compared)
    return states


@takes(text("endpoint", ""))
def count_matches(call: Call) -> dict[str, Any]:
    """Operation `match_figures`: return the figures of one box for the tiles of the overview and the Links tab."""
    return count_box_matches(call, choose_linkable(call))


def count_box_matches(call: Call, box: Box) -> dict[str, Any]:
    """Return how many tags are linked, exact, similar and dead at a box, for `match_figures` and the overview.

    `unmatched` is None until a scene tag sync of all scenes has asked this box. `not_compared` tags are in none of the
    figures `exact`, `similar` and `other`.
    """
    states = sort_by_match(call, box, choose_tag_fields(call.stash))
    linked = call.stash.tags.count_linked(box.endpoint)
    found = {name: len(getattr(states, name)) for name in ("exact", "similar", "other")}
    return {
        "endpoint": box.endpoint,
        "tags": linked + sum(found.values()) + states.not_compared,
        "linked": linked,
        **found,
        "not_compared": states.not_compared,
        "dead": len(find_dead_in_library(call, box)),
        "unmatched": count_unmatched(call.store, box.endpoint),
    }
