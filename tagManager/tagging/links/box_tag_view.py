"""Shows box tags on the page, with category, address and the local tags linked to them."""

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
    """A box with the facts that its tags are shown with: its categories, and the local tags linked to each."""

    box: Box
    categories: dict[str, Any]
    holders: Holders

    def describe_tag(self, tag: RemoteTag) -> dict[str, Any]:
        """Return a box tag as the page's lists and dialogs show it, with its address and the linked local tags."""
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
        """Return a proposed box tag for the page: as `describe_tag`, and the rule and score that proposed it."""
        rule = {"by": proposal.by, "matched": proposal.matched, "score": proposal.score}
        return {**self.describe_tag(proposal.remote), **rule}


def make_box_tag_view(call: Call, box: Box, ids: Collection[str]) -> BoxTagView:
    """Return the view with which operations show tags of a box; only these ids get their linked local tags."""
    return BoxTagView(box, read_box_categories(call.store, box.endpoint), find_holders(call, box, ids))


def find_holders(call: Call, box: Box, ids: Iterable[str]) -> Holders:
    """Return by box tag id the local tags that are linked to it, each as a dict with `id` and `name`.

    Lists of box tags and the plans of links call it; it asks Stash about a hundred ids in one request.
    """
    found = call.stash.tags.find_linked(box.endpoint, list(dict.fromkeys(ids)), "name")
    return {each: [{"id": int(row["id"]), "name": row["name"]} for row in rows] for each, rows in found.items()}
