"""Posters and backgrounds of an item: listed, uploaded if Plex lacks them, chosen and removed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from shared.errors import NotFound
from shared.http import Reply, Request
from shared.picture_bytes import is_cut_off
from shared.plex.errors import NotTaken, UnusableImage
from shared.plex.model import PlexImage, read_image
from shared.plex.wire import NAME, PlexRequests
from shared.reply_fields import list_of

POSTERS = "posters"
ARTS = "arts"
CHOSEN: Mapping[str, str] = {POSTERS: "poster", ARTS: "art"}  # the path of the request that chooses one
LOCK_NAMES: Mapping[str, str] = {POSTERS: "thumb", ARTS: "art"}  # the field whose lock protects it
TRANSCODER = "photo/:/transcode"
THUMBNAIL_SIDE = 240
LARGEST_UPLOAD = 10_480_000
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")


class ImageResult(NamedTuple):
    """The hash of the picture shown now, whether it was uploaded, and the key of the picture before ("" for none).

    `shown_at_once` is True if the upload alone made the item show it, under the key that `make_upload_key` expects.
    """

    sha1: str
    uploaded: bool
    previous: str
    shown_at_once: bool = False


def hash_image(data: bytes) -> str:
    """Return the SHA-1 of a picture, under which Plex keeps it and by which a sync knows what it wrote last."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def make_upload_key(kind: str, sha1: str) -> str:
    """Return the key that Plex gives an uploaded picture with this hash; plans and records of pictures use it."""
    return f"upload://{kind}/{sha1}"


def find_image_fault(data: bytes) -> str:
    """Return why Plex cannot use these bytes as a picture, before an upload is planned; empty if it can."""
    if not data:
        return "it is empty"
    if len(data) >= LARGEST_UPLOAD:
        return f"it has {len(data) / 1e6:.0f} MB; Plex takes less than {LARGEST_UPLOAD / 1e6:.0f}"
    if is_picture(data):
        return "its end is missing" if is_cut_off(data) else ""
    return "it is a web page" if data.lstrip()[:1] == b"<" else "it is not a JPEG, PNG, GIF, BMP or WebP picture"


def is_picture(data: bytes) -> bool:
    """Return True if the bytes begin like a picture; checks of pictures and of redirects ask."""
    return data.startswith(SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def list_images(wire: PlexRequests, rating_key: str, kind: str) -> list[PlexImage]:
    """Return the posters or backgrounds that Plex has for an item; the client calls it."""
    container = wire.read(f"library/metadata/{rating_key}/{kind}", f"listing the {kind}")
    return [read_image(entry) for name in ("Metadata", "Photo") for entry in list_of(container, name)]


def read_thumbnail(wire: PlexRequests, rating_key: str, kind: str, key: str = "") -> Reply:
    """Return a small version of the picture that an item shows, or of the one with this key, for the page.

    Raise NotFound.
    """
    item = f"/library/metadata/{rating_key}"
    source = f"{item}/file?{urlencode({'url': key})}" if key else f"{item}/{LOCK_NAMES[kind]}/1"
    return read_through_plex(wire, source)


def read_collage(wire: PlexRequests, rating_key: str) -> Reply:
    """Return a small version of the collage that Plex makes for a collection without a poster, for the page.

    Raise NotFound if there is none.
    """
    return read_through_plex(wire, f"/library/collections/{rating_key}/composite/1")


def read_through_plex(wire: PlexRequests, source: str) -> Reply:
    """Return a small version of a picture that Plex itself fetches, from its library or from a whole address.

    Raise NotFound if it gives none. The test of the address for photos sees so what Plex can reach.
    """
    size = {"width": THUMBNAIL_SIDE, "height": THUMBNAIL_SIDE, "minSize": 1, "upscale": 0}
    request = Request("GET", TRANSCODER, params={**size, "url": source}, expect="bytes", operation="reading a picture")
    reply = wire.http.send(request)
    if not is_picture(reply.body):
        raise NotFound("Plex has no such picture.", service=NAME, operation="reading a picture", status=404)
    return reply


def show_image(wire: PlexRequests, rating_key: str, kind: str, data: bytes) -> ImageResult:
    """Make an item show a picture, and return its digest, whether it was uploaded, and the picture shown before.

    The client calls it. The picture is uploaded only if Plex lacks it. Raise UnusableImage or NotTaken.
    """
    require_usable(data)
    digest = hash_image(data)
    before = list_images(wire, rating_key, kind)
    previous = next((image.key for image in before if image.selected), "")
    stored = next((image for image in before if image.key.endswith(digest)), None)
    if stored is None:
        upload_image(wire, rating_key, kind, data)
        stored = find_upload(list_images(wire, rating_key, kind), before, digest)
        if stored is None:
            raise NotTaken(f"Plex took a {CHOSEN[kind]} and does not list it.", service=NAME)
        uploaded = True
    else:
        uploaded = False
    if not stored.selected:
        choose_image(wire, rating_key, kind, stored.key)
    at_once = uploaded and stored.selected and stored.key == make_upload_key(kind, digest)
    return ImageResult(digest, uploaded, previous, at_once)


def require_usable(data: bytes) -> None:
    """Raise UnusableImage if Plex cannot use these bytes as a picture; both ways of uploading call it."""
    if fault := find_image_fault(data):
        raise UnusableImage(f"The picture was not uploaded to Plex: {fault}.")


def upload_image(wire: PlexRequests, rating_key: str, kind: str, data: bytes) -> None:
    """Upload a picture to an item; Plex keeps the same bytes only once. Both ways of showing a picture call it."""
    path = f"library/metadata/{rating_key}/{kind}"
    wire.write("POST", path, f"uploading {CHOSEN[kind]}", body=data, repeatable=True)


def find_upload(after: list[PlexImage], before: list[PlexImage], digest: str) -> PlexImage | None:
    """Return for `show_image` the picture that was just uploaded: the one with its hash, else the new one."""
    known = {image.key for image in before}
    by_hash = next((image for image in after if image.key.endswith(digest)), None)
    return by_hash or next((image for image in after if image.key not in known), None)


def choose_image(wire: PlexRequests, rating_key: str, kind: str, key: str) -> None:
    """Make an item show one of the pictures Plex has for it; the client calls it."""
    path = f"library/metadata/{rating_key}/{CHOSEN[kind]}"
    wire.write("PUT", path, f"choosing a {CHOSEN[kind]}", params={"url": key})


def drop_image(wire: PlexRequests, rating_key: str, kind: str) -> None:
    """Make an item show no uploaded picture; Plex locks the field when it does so. The client calls it."""
    wire.write("DELETE", f"library/metadata/{rating_key}/{LOCK_NAMES[kind]}", f"dropping the {CHOSEN[kind]}")
