"""Boxes as the user configured them in Stash: what they are, which is which.

The endpoint is kept in exactly the user's spelling, because links in the library carry it; `normalize_endpoint` is
only for telling whether two spellings mean the same box.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

STASH_BOX = "stash-box"
TPDB = "tpdb"
TPDB_HOST = "theporndb.net"
TPDB_REST = "https://api.theporndb.net"

# A stand-in for TPDB is recognised by this variable: {"<host:port of the endpoint>": "<address of its REST twin>"}.
STAND_INS = "STASH_BUNDLE_TPDB"


class Configured(Protocol):
    """A stash-box as Stash's configuration has it (shared.stash.StashBox)."""

    @property
    def name(self) -> str: ...
    @property
    def endpoint(self) -> str: ...
    @property
    def api_key(self) -> str: ...
    @property
    def max_requests_per_minute(self) -> int: ...


class Box(NamedTuple):
    """A box and how to talk to it; `rest_url` is set for TPDB only."""

    name: str
    endpoint: str
    api_key: str
    max_requests_per_minute: int = 0
    rest_url: str = ""

    def __repr__(self) -> str:
        return f"Box({self.name!r}, {self.endpoint!r})"

    @property
    def kind(self) -> str:
        """`stash-box` or `tpdb`."""
        return TPDB if self.rest_url else STASH_BOX

    @property
    def origin(self) -> str:
        """Scheme and host of the endpoint."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


def boxes_from_configuration(
    configured: Iterable[Configured], environment: Mapping[str, str] = os.environ
) -> list[Box]:
    """The boxes in the user's order."""
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
    """The box with this endpoint: in the same spelling, else in another one."""
    known = list(boxes)
    exact = [box for box in known if box.endpoint == endpoint]
    wanted = normalize_endpoint(endpoint)
    return next(iter(exact + [box for box in known if normalize_endpoint(box.endpoint) == wanted]), None)


def find_rest_url(endpoint: str, stand_ins: Mapping[str, str] | None = None) -> str:
    """The REST interface beside an endpoint of TPDB, whichever catalogue the endpoint names; empty for stash-boxes."""
    host = find_host(endpoint)
    if stand_ins and host in stand_ins:
        return stand_ins[host]
    is_tpdb = host == TPDB_HOST or host.endswith("." + TPDB_HOST)
    return TPDB_REST if is_tpdb else ""


def find_host(endpoint: str) -> str:
    """Host, and port if one is named, in lower case."""
    return urlsplit(endpoint if "://" in endpoint else f"https://{endpoint}").netloc.rpartition("@")[2].lower()


def normalize_endpoint(endpoint: str) -> str:
    """A form in which two spellings of one address are equal; never store it."""
    parts = urlsplit(endpoint.strip() if "://" in endpoint else f"https://{endpoint.strip()}")
    query = f"?{parts.query}" if parts.query else ""
    return find_host(endpoint.strip()) + parts.path.rstrip("/") + query
