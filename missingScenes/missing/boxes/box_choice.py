"""Chooses the box a list comes from. Pure.

It is the box that the page names, else the preferred one among those the performer, studio or tag is linked to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from missing.listing.list_query import MissingListQuery
from missing.listing.list_setup import ListSetup
from shared.errors import UsageError
from shared.stash.links import find_ids
from shared.stash_box import Box, find_box
from shared.stash_box.box import WHERE_BOXES_ARE_SET


class BoxChoice(NamedTuple):
    """The box a list is read from, with the entity's ids there; without a box, the state and message for the page."""

    box: Box | None
    ids: tuple[str, ...]
    linked: tuple[Box, ...]
    state: str = ""
    message: str = ""
    next_step: str = ""


def choose_box(query: MissingListQuery, setup: ListSetup) -> BoxChoice:
    """Return the box that `find_missing` asks for a list, or the reason for the page why there is none."""
    boxes = setup.boxes
    if not boxes:
        message = "No stash-box is configured in Stash yet."
        return BoxChoice(
            None, (), (), "no_boxes", message, f"Add one under {WHERE_BOXES_ARE_SET}, for example StashDB."
        )
    links = (setup.entity or {}).get("stash_ids") or ()
    linked = tuple(box for box in boxes if not query.is_about_entity or find_linked_ids(links, box))
    if not linked:
        return explain_missing_link(query, setup)
    usable = tuple(box for box in linked if box.has_key) or linked
    choices = linked if query.endpoint else usable
    box = prefer_box(query.endpoint, setup.settings.stashBoxEndpoint, choices)
    if not box.has_key:
        message = f"{box.name} cannot be asked: it has no API key."
        return BoxChoice(None, (), linked, "no_key", message, f"Enter its API key under {WHERE_BOXES_ARE_SET}.")
    return BoxChoice(box, tuple(find_linked_ids(links, box)), linked)


def prefer_box(asked: str, preferred: str, linked: Sequence[Box]) -> Box:
    """Return the box that the page named, else the one of the settings, else the first; `choose_box` calls it.

    Raises UsageError if the named box is not among these.
    """
    if asked:
        box = find_box(linked, asked)
        if box is None:
            raise UsageError(f"There is no stash-box {asked} that this list could come from.")
        return box
    return (find_box(linked, preferred) if preferred else None) or linked[0]


def find_linked_ids(links: Iterable[Any], box: Box) -> list[str]:
    """Return an object's stash ids at a box from its links, for the choice of a box and for favorite filters.

    A link in another spelling of the endpoint counts as well.
    """
    return find_ids(list(links), box.endpoint)


def explain_missing_link(query: MissingListQuery, setup: ListSetup) -> BoxChoice:
    """Return the choice without a box for an entity that no box knows: the message says how to link it.

    `choose_box` calls it.
    """
    kind = query.entity_type
    if setup.entity is None:
        return BoxChoice(None, (), (), "gone", f"Stash has no {kind} {query.entity_id} any more.", "Reload the page.")
    names = " or ".join(box.name for box in setup.boxes)
    message = f"This {kind} is not linked to {names} yet."
    elsewhere = {str(link["endpoint"]) for link in setup.entity["stash_ids"] or ()}
    if elsewhere:
        message += (
            f" It is linked to {', '.join(sorted(elsewhere))}, which is not configured under {WHERE_BOXES_ARE_SET}."
        )
    step = {
        "tag": "Open the tag, choose Edit and add its Stash ID; the plugin Tag Manager does it for many tags at once.",
    }.get(kind, f"Link it in Stash with the Tagger on the {kind}s page, or add its Stash ID under Edit.")
    return BoxChoice(None, (), (), "not_linked", message, step)
