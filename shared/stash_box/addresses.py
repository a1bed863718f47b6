"""Makes the addresses of a box's pages for people. Pure."""

from __future__ import annotations

from shared.stash_box.box import TPDB, Box

# ThePornDB calls a studio a site.
TPDB_FOLDERS = {"studio": "sites"}


def make_page_url(box: Box, kind: str, remote_id: str) -> str:
    """Return the address of a record's page at its box, for links; `kind` is scene, performer, studio or tag."""
    plural = f"{kind}s"
    folder = TPDB_FOLDERS.get(kind, plural) if box.kind == TPDB else plural
    return f"{box.origin}/{folder}/{remote_id}"
