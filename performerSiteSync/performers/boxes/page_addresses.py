"""Record ids in URLs: a link to a record's page at a box identifies the record. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from performers.library.normalize import normalize_url
from shared.stash_box import Box, normalize_endpoint

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PAGES = {
    "performer": re.compile(rf"/performers?/({UUID})(?:/|$)", re.IGNORECASE),
    "studio": re.compile(rf"/(?:studios?|sites?)/({UUID})(?:/|$)", re.IGNORECASE),
}
# Host names under which the pages of the same box are or were reachable.
TWINS = (frozenset(("fansdb.cc", "fansdb.xyz")), frozenset(("theporndb.net", "metadataapi.net", "api.theporndb.net")))


def find_ids_in(urls: Iterable[str], box: Box, kind: str) -> dict[str, str]:
    """Return by id the URLs that lead to records of this box; matching treats such a URL as a link."""
    hosts = find_hosts(box)
    found: dict[str, str] = {}
    for url in urls:
        host, _, path = normalize_url(url).partition("/")
        match = PAGES[kind].search(f"/{path}")
        if match and host in hosts:
            found.setdefault(match.group(1).lower(), url)
    return found


def find_hosts(box: Box) -> frozenset[str]:
    """Return all host names under which a box's pages are reachable; `find_ids_in` finds URLs of the box by them."""
    host = strip_www(normalize_endpoint(box.endpoint).partition("/")[0])
    return next((twins for twins in TWINS if host in twins), frozenset((host,)))


def strip_www(host: str) -> str:
    """Return a host in lower case without "www."; `find_hosts` compares a box's endpoint with the known hosts so."""
    plain = host.lower()
    return plain[4:] if plain.startswith("www.") else plain
