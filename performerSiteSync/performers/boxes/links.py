"""The links of an object to one box. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from shared.stash_box import Box, normalize_endpoint

Pair = Sequence[str]


def find_links(links: Sequence[Pair], box: Box) -> list[Pair]:
    """Return an object's links to this box, however the endpoint is spelled; every part that reads links uses it."""
    wanted = normalize_endpoint(box.endpoint)
    return [pair for pair in links if normalize_endpoint(pair[0]) == wanted]
