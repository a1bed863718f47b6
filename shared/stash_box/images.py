"""Pictures of a box: fetched without the API key, and checked by their bytes."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from shared.errors import AuthRejected, BadReply, Refused
from shared.http import Http, Request
from shared.picture_bytes import is_cut_off
from shared.stash_box.box import STASH_BOX, Box

LARGEST = 20 * 1024 * 1024
SIZES = (300, 600, 1280)
SVG = "image/svg+xml"
SVG_START = re.compile(rb"\A\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]", re.DOTALL)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BoxPicture(NamedTuple):
    """The bytes of a picture, and its MIME type."""

    data: bytes
    mime: str


def fetch_picture(http: Http, url: str, largest: int = LARGEST) -> BoxPicture:
    """Return the picture at a URL, through an HTTP client without keys; the client of a box calls it.

    Raise BadReply if it is no raster picture. SVG pictures are refused, because they can carry scripts.
    """
    request = Request("GET", url, expect="bytes", operation="fetching a picture", max_bytes=largest)
    try:
        data = http.send(request).body
    except AuthRejected as error:  # no key was sent, so none is wrong
        raise refuse_picture(http.service.name, url, error) from None
    mime, name = recognize_picture(data), http.service.name
    if mime is None or mime == SVG:
        what = "an SVG picture, which can carry scripts" if mime else "something that is no picture"
        message = f"{name} sent {what}. Look at it in the browser, or choose another one."
        raise BadReply(message, service=name, operation="fetching a picture", status=200)
    if is_cut_off(data):
        message = f"{name} sent only a part of a picture. The next run asks for it again."
        raise BadReply(message, service=name, operation="fetching a picture", status=200)
    return BoxPicture(data, mime)


def refuse_picture(name: str, url: str, error: AuthRejected) -> Refused:
    """Return the error for a picture that its server does not hand out; another picture may be available.

    `fetch_picture` raises it.
    """
    message = f"The picture server of {name}, {urlsplit(url).hostname}, refuses the picture (status {error.status})."
    message += " It needs no key. Look at the picture in the browser, or choose another one."
    return Refused(message, service=name, operation=error.operation, status=error.status)


def recognize_picture(data: bytes) -> str | None:
    """Return the MIME type by the first bytes, whatever the reply declares; None if they are no picture.

    `fetch_picture` and the encoding for Stash ask.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    start = data[:1024].removeprefix(BYTE_ORDER_MARK)
    return SVG if SVG_START.match(start) else None


def resize_url(box: Box, url: str, longest: int) -> str:
    """Return the URL of a smaller version of a picture, for cards; the same URL if the box has none."""
    parts = urlsplit(url)
    is_ours = box.kind == STASH_BOX and f"{parts.scheme}://{parts.netloc}" == box.origin
    if not is_ours or not parts.path.startswith("/images/") or longest not in SIZES:
        return url
    return parts._replace(query=f"size={longest}").geturl()
