"""The links of a tag, performer, studio or scene to stash-boxes (`stash_ids`): pure.

Stash replaces the whole list on every update, so it is always echoed whole: links to other boxes stay as they are, with
their times. Endpoints are compared as they are written: another spelling is another box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Link = Mapping[str, Any]
ECHOED = ("endpoint", "stash_id", "updated_at")


def echo_links(links: Sequence[Link] | None) -> list[dict[str, Any]]:
    """The list as an update wants it; without `updated_at` where this Stash has none."""
    return [{name: link[name] for name in ECHOED if link.get(name) is not None} for link in links or ()]


def find_ids(links: Sequence[Link] | None, endpoint: str) -> list[str]:
    """The ids at one box; there may be several."""
    return [str(link["stash_id"]) for link in links or () if link["endpoint"] == endpoint]


def add_link(links: Sequence[Link] | None, endpoint: str, stash_id: str) -> list[dict[str, Any]]:
    """One more id; nothing happens when it is there."""
    kept = echo_links(links)
    return kept if stash_id in find_ids(kept, endpoint) else [*kept, {"endpoint": endpoint, "stash_id": stash_id}]


def remove_link(links: Sequence[Link] | None, endpoint: str, stash_id: str | None = None) -> list[dict[str, Any]]:
    """Without this id, or without any id for this box."""
    return [
        link
        for link in echo_links(links)
        if link["endpoint"] != endpoint or (stash_id is not None and link["stash_id"] != stash_id)
    ]
