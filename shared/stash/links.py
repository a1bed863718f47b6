"""The links of a tag, performer, studio or scene to stash-boxes (`stash_ids`). Pure.

Stash replaces the whole list on every update, so updates send the whole list back, with the times of other links.
Endpoints are compared as they are spelled: another spelling is another box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Link = Mapping[str, Any]
ECHOED = ("endpoint", "stash_id", "updated_at")


def echo_links(links: Sequence[Link] | None) -> list[dict[str, Any]]:
    """Return the list as an update takes it; without `updated_at` if this Stash has none."""
    return [{name: link[name] for name in ECHOED if link.get(name) is not None} for link in links or ()]


def find_ids(links: Sequence[Link] | None, endpoint: str) -> list[str]:
    """Return the ids that an object's links have at one box; there may be several."""
    return [str(link["stash_id"]) for link in links or () if link["endpoint"] == endpoint]


def add_link(links: Sequence[Link] | None, endpoint: str, stash_id: str) -> list[dict[str, Any]]:
    """Return the list with one more id, as an update takes it; unchanged if it has the id."""
    kept = echo_links(links)
    return kept if stash_id in find_ids(kept, endpoint) else [*kept, {"endpoint": endpoint, "stash_id": stash_id}]


def remove_link(links: Sequence[Link] | None, endpoint: str, stash_id: str | None = None) -> list[dict[str, Any]]:
    """Return the list without this id, or without every id at this box, as an update takes it."""
    return [
        link
        for link in echo_links(links)
        if link["endpoint"] != endpoint or (stash_id is not None and link["stash_id"] != stash_id)
    ]
