"""Downloads pictures of scenes, performers, studios and tags with the session of this process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from shared.errors import BadReply
from shared.http.model import MEBIBYTE, Request

if TYPE_CHECKING:
    from shared.http import Http

LARGEST_PICTURE = 32 * MEBIBYTE
ROUTE = re.compile(r"/(?:scene|performer|studio|tag|group|movie|image|gallery)/\d+/.*$")


class StashPicture(NamedTuple):
    """The bytes of a picture, and its MIME type."""

    data: bytes
    content_type: str

    def __repr__(self) -> str:
        return f"StashPicture({len(self.data)} bytes, {self.content_type})"


def is_placeholder(url: str | None) -> bool:
    """Return True if the address is that of Stash's default picture, because the object has none.

    Readers of pictures ask.
    """
    return not url or "true" in parse_qs(urlsplit(url).query).get("default", ())


def find_route(url: str) -> str:
    """Return path and query of a picture at Stash, to download it.

    The host in its address may be one that only browsers reach.
    """
    parts = urlsplit(url)
    match = ROUTE.search(parts.path)
    path = match.group() if match else parts.path
    return f"{path}?{parts.query}" if parts.query else path


class PictureCalls:
    """The call of `StashClient` that downloads a picture."""

    http: Http

    def download_picture(self, url: str, operation: str = "reading a picture") -> StashPicture:
        """Return the picture at an address that a GraphQL reply names, such as `image_path`.

        Merges, syncs and Stash2Plex download pictures so. Raise BadReply if it is no picture.
        """
        request = Request("GET", find_route(url), expect="bytes", operation=operation, max_bytes=LARGEST_PICTURE)
        reply = self.http.send(request)
        if not reply.content_type.startswith("image/") or not reply.body:
            message = f"Stash sent {reply.content_type or 'something unnamed'} instead of a picture while {operation}."
            raise BadReply(message, service="Stash", operation=operation, status=reply.status)
        return StashPicture(reply.body, reply.content_type)
