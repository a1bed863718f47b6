"""Tags of boxes as the page shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.stash_box import Box
from shared.stash_box.addresses import make_page_url
from tagging.links.box_tags import RemoteTag, read_box_categories
from tagging.links.proposals import Proposal

if TYPE_CHECKING:
    from shared.runtime.call import Call

Holders = dict[str, list[dict[str, Any]]]


class BoxTagView(NamedTuple):
    """A box with what is needed to show its tags: categories, and which tags of the library are linked."""

    box: Box
    categories: dict[str, Any]
    holders: Holders

    def describe_tag(self, tag: RemoteTag) -> dict[str, Any]:
        """A tag of the box."""
        return {
            "endpoint": self.box.endpoint,
            "id": tag.id,
            "name": tag.name,
            "aliases": list(tag.aliases),
            "description": tag.description,
            "category": self.categories.get(tag.category_id),
            "url": make_page_url(self.box, "tag", tag.id),
            "linked_to": self.holders.get(tag.id, []),
        }

    def describe_proposal(self, proposal: Proposal) -> dict[str, Any]:
        """A proposal: the tag, and why."""
        why = {"by": proposal.by, "matched": proposal.matched, "score": proposal.score}
        return {**self.describe_tag(proposal.remote), **why}


def make_box_tag_view(call: Call, box: Box, ids: Collection[str]) -> BoxTagView:
    """A box for showing these tags of it."""
    return BoxTagView(box, read_box_categories(call.store, box.endpoint), find_holders(call, box, ids))


def find_holders(call: Call, box: Box, ids: Iterable[str]) -> Holders:
    """The tags of the library that are linked to these, in one request for a hundred."""
    found = call.stash.tags.find_linked(box.endpoint, list(dict.fromkeys(ids)), "name")
    return {each: [{"id": int(row["id"]), "name": row["name"]} for row in rows] for each, rows in found.items()}
