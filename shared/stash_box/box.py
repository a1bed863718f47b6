"""A stash-box as the user configured it in Stash, and how to tell boxes apart. Pure.

The endpoint is kept in exactly the user's spelling, because links in the library carry it; `normalize_endpoint` is
only for telling whether two spellings mean the same box.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from shared.endpoints import find_host, normalize_endpoint, split_url

if TYPE_CHECKING:
    from shared.stash.configuration import ConfiguredBox

STASH_BOX = "stash-box"
TPDB = "tpdb"
TPDB_HOST = "theporndb.net"
TPDB_REST = "https://api.theporndb.net"

WHERE_BOXES_ARE_SET = "Settings > Metadata Providers in Stash"

# A stand-in for TPDB is recognized by this variable: {"<host:port of the endpoint>": "<address of its REST twin>"}.
STAND_INS = "STASH_BUNDLE_TPDB"


class Box(NamedTuple):
    """A stash-box with its address, key and rate limit; `rest_url` is set for ThePornDB only."""

    name: str
    endpoint: str
    api_key: str
    max_requests_per_minute: int = 0
    rest_url: str = ""

    def __repr__(self) -> str:
        return f"Box({self.name!r}, {self.endpoint!r})"

    @property
    def kind(self) -> str:
        """Return STASH_BOX, or TPDB for ThePornDB, which offers less and lists over REST.

        All code that treats it apart asks.
        """
        return TPDB if self.rest_url else STASH_BOX

    @property
    def has_key(self) -> bool:
        """Return True if the box has an API key; without one it cannot be asked. All choices of boxes ask."""
        return bool(self.api_key.strip())

    @property
    def origin(self) -> str:
        """Return scheme and host of the endpoint, where the box's pages for people are, for links."""
        parts = split_url(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


def make_boxes(configured: Iterable[ConfiguredBox], environment: Mapping[str, str] = os.environ) -> list[Box]:
    """Return the boxes of Stash's configuration, in the user's order; `read_boxes` calls it."""
    stand_ins = json.loads(environment.get(STAND_INS) or "{}")
    return [
        Box(
            each.name or find_host(each.endpoint),
            each.endpoint,
            each.api_key,
            each.max_requests_per_minute,
            find_rest_url(each.endpoint, stand_ins),
        )
        for each in configured
    ]


def find_box(boxes: Iterable[Box], endpoint: str) -> Box | None:
    """Return the box with this endpoint, in the same spelling before another one; None if there is no such box.

    Whoever has a stored endpoint asks.
    """
    known = list(boxes)
    exact = next((box for box in known if box.endpoint == endpoint), None)
    wanted = normalize_endpoint(endpoint)
    return exact or next((box for box in known if normalize_endpoint(box.endpoint) == wanted), None)


def find_box_name(boxes: Iterable[Box], endpoint: str) -> str:
    """Return the name a page shows for a box, or the endpoint if Stash does not have this box any more."""
    box = find_box(boxes, endpoint)
    return box.name if box else endpoint


def find_rest_url(endpoint: str, stand_ins: Mapping[str, str] | None = None) -> str:
    """Return the address of ThePornDB's REST interface for one of its GraphQL endpoints; empty for other boxes.

    `make_boxes` calls it.
    """
    host = find_host(endpoint)
    if stand_ins and host in stand_ins:
        return stand_ins[host]
    is_tpdb = host == TPDB_HOST or host.endswith("." + TPDB_HOST)
    return TPDB_REST if is_tpdb else ""
