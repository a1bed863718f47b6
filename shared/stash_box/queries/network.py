"""Finds all studios below a studio at a box, level by level."""

from __future__ import annotations

from typing import Any

from shared.reply_shape import ID
from shared.stash_box.channel import Channel

OPERATION = "looking up sub-studios"
LEVELS = 5  # in one request; deeper studios need another one


def find_network(channel: Channel, studio_id: str) -> list[str]:
    """Return the ids of a studio and of all studios below it, the studio first; one request for five levels.

    The client calls it.
    """
    found: dict[str, None] = {studio_id: None}
    waiting = [studio_id]
    while waiting:
        variables = {"id": waiting.pop()}
        root = channel.ask(make_network_query(LEVELS), variables, OPERATION).get("found")
        level = [channel.require_shape(root, make_shape(LEVELS), OPERATION) or {}]
        for _ in range(LEVELS):
            level = [child for studio in level for child in studio.get("child_studios") or () if child]
            level = [child for child in level if child.get("id") and not child.get("deleted")]
            level = [child for child in level if str(child["id"]) not in found]  # a box may have a circle
            found.update((str(child["id"]), None) for child in level)
        waiting += [str(child["id"]) for child in level]
    return list(found)


def make_network_query(levels: int) -> str:
    """Return the GraphQL query for a studio with so many levels of studios below it. `find_network` sends it."""
    fields = "id deleted"
    for _ in range(levels):
        fields = f"id deleted child_studios {{ {fields} }}"
    return f"query Network($id: ID!) {{ found: findStudio(id: $id) {{ {fields} }} }}"


def make_shape(levels: int) -> dict[str, Any]:
    """Return the shape of the reply to `make_network_query`, by which `find_network` checks it."""
    shape: dict[str, Any] = {"id": ID}
    for _ in range(levels):
        shape = {"id": ID, "child_studios": [shape]}
    return shape
