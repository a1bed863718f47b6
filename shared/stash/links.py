"""The links of a tag, performer, studio or scene to stash-boxes (`stash_ids`). Pure.

Stash replaces the whole list on every update, so updates send the whole list back, with the times of other links.
Another spelling of an endpoint, such as one with a slash at its end, is the same box; a link keeps its own spelling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.endpoints import normalize_endpoint

Link = Mapping[str, Any]
ECHOED = ("endpoint", "stash_id", "updated_at")


def echo_links(links: Sequence[Link] | None) -> list[dict[str, Any]]:
    """Return an object's links as Stash's update mutations take them, for all that write links.

    Without `updated_at` if Stash has none.
    """
    return [{name: link[name] for name in ECHOED if link.get(name) is not None} for link in links or ()]


def find_ids(links: Sequence[Link] | None, endpoint: str) -> list[str]:
    """Return the ids that an object's links have at one box, each once; there may be several.

    All readers of links call it.
    """
    return list(dict.fromkeys(stash_id for _, stash_id in find_pairs(links, endpoint)))


def find_pairs(links: Sequence[Link] | None, endpoint: str) -> list[tuple[str, str]]:
    """Return an object's links to one box as (endpoint as the link spells it, id), for plans that remove links."""
    box = normalize_endpoint(endpoint)
    pairs = ((str(link["endpoint"]), str(link["stash_id"])) for link in links or ())
    return [pair for pair in pairs if normalize_endpoint(pair[0]) == box]


def add_link(links: Sequence[Link] | None, endpoint: str, stash_id: str) -> list[dict[str, Any]]:
    """Return the list of links with one more id, as Stash's update mutations take it; unchanged if it has the id.

    Targets for links use it.
    """
    kept = echo_links(links)
    return kept if stash_id in find_ids(kept, endpoint) else [*kept, {"endpoint": endpoint, "stash_id": stash_id}]


def remove_link(links: Sequence[Link] | None, endpoint: str, stash_id: str | None = None) -> list[dict[str, Any]]:
    """Return the list of links without this id, or without all ids at this box.

    Stash's update mutations take the list so. Targets for links use it.
    """
    gone = [pair for pair in find_pairs(links, endpoint) if stash_id in (None, pair[1])]
    return [link for link in echo_links(links) if (link["endpoint"], link["stash_id"]) not in gone]
