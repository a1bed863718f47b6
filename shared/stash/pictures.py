"""Pictures of scenes, performers, studios and tags, fetched with our session for programs that cannot ask Stash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from shared.errors import BadReply
from shared.http.values import MEBIBYTE, Request

if TYPE_CHECKING:
    from shared.http import Http

LARGEST_PICTURE = 32 * MEBIBYTE
ROUTE = re.compile(r"/(?:scene|performer|studio|tag|group|movie|image|gallery)/\d+/.*$")


class StashPicture(NamedTuple):
    """Bytes and what they are."""

    data: bytes
    content_type: str

    def __repr__(self) -> str:
        return f"Picture({len(self.data)} bytes, {self.content_type})"


def is_placeholder(url: str | None) -> bool:
    """True when Stash would show its default picture because there is none."""
    return not url or "true" in parse_qs(urlsplit(url).query).get("default", ())


def find_route(url: str) -> str:
    """The part of a picture's address that belongs to Stash: the host in it may be one that only browsers reach."""
    parts = urlsplit(url)
    match = ROUTE.search(parts.path)
    path = match.group() if match else parts.path
    return f"{path}?{parts.query}" if parts.query else path


class PictureCalls:
    """Downloads pictures."""

    http: Http

    def download_picture(self, url: str, operation: str = "reading a picture") -> StashPicture:
        """The picture behind an address from a GraphQL answer (`image_path`, `paths.screenshot`)."""
        request = Request("GET", find_route(url), expect="bytes", operation=operation, max_bytes=LARGEST_PICTURE)
        reply = self.http.send(request)
        if not reply.content_type.startswith("image/") or not reply.body:
            message = f"Stash sent {reply.content_type or 'something unnamed'} instead of a picture while {operation}."
            raise BadReply(message, service="Stash", operation=operation, status=reply.status)
        return StashPicture(reply.body, reply.content_type)
