"""Posters and backgrounds: what may be uploaded, and uploading only what is not there yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from shared.plex.errors import NotTaken, UnusableImage
from shared.plex.model import PlexImage, list_of, read_image
from shared.plex.wire import NAME, PlexRequests

POSTERS = "posters"
ARTS = "arts"
CHOSEN: Mapping[str, str] = {POSTERS: "poster", ARTS: "art"}  # the path that chooses one
LOCK_NAMES: Mapping[str, str] = {POSTERS: "thumb", ARTS: "art"}  # the field that locks it
LARGEST_UPLOAD = 10_480_000
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")


class ImageResult(NamedTuple):
    """`sha1` of the picture shown now, whether bytes were sent, and the key of the one shown before ("" for none)."""

    sha1: str
    uploaded: bool
    previous: str


def hash_image(data: bytes) -> str:
    """Return the hash by which we and Plex tell pictures apart."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def find_image_fault(data: bytes) -> str:
    """Why these bytes are no picture for Plex; empty when they are."""
    if not data:
        return "it is empty"
    if len(data) >= LARGEST_UPLOAD:
        return f"it has {len(data) / 1e6:.0f} MB; Plex takes less than {LARGEST_UPLOAD / 1e6:.0f}"
    if is_picture(data):
        return ""
    return "it is a web page" if data.lstrip()[:1] == b"<" else "it is not a JPEG, PNG, GIF, BMP or WebP picture"


def is_picture(data: bytes) -> bool:
    """True if the bytes begin like a picture."""
    return data.startswith(SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def list_images(wire: PlexRequests, rating_key: str, kind: str) -> list[PlexImage]:
    """The pictures an item can choose from."""
    container = wire.read(f"library/metadata/{rating_key}/{kind}", f"listing the {kind}")
    return [read_image(entry) for name in ("Metadata", "Photo") for entry in list_of(container, name)]


def show_image(wire: PlexRequests, rating_key: str, kind: str, data: bytes) -> ImageResult:
    """Makes an item show these bytes: chosen when Plex has them already, uploaded when not."""
    if fault := find_image_fault(data):
        raise UnusableImage(f"The picture was not uploaded to Plex: {fault}.")
    digest = hash_image(data)
    before = list_images(wire, rating_key, kind)
    previous = next((image.key for image in before if image.selected), "")
    stored = next((image for image in before if image.key.endswith(digest)), None)
    if stored is None:
        wire.write(
            "POST", f"library/metadata/{rating_key}/{kind}", f"uploading {CHOSEN[kind]}", body=data, repeatable=True
        )
        stored = find_upload(list_images(wire, rating_key, kind), before, digest)
        if stored is None:
            raise NotTaken(f"Plex took a {CHOSEN[kind]} and does not list it.", service=NAME)
        uploaded = True
    else:
        uploaded = False
    if not stored.selected:
        choose_image(wire, rating_key, kind, stored.key)
    return ImageResult(digest, uploaded, previous)


def find_upload(after: list[PlexImage], before: list[PlexImage], digest: str) -> PlexImage | None:
    """The entry of what was just uploaded: by its hash, else the one that is new."""
    known = {image.key for image in before}
    by_hash = next((image for image in after if image.key.endswith(digest)), None)
    return by_hash or next((image for image in after if image.key not in known), None)


def choose_image(wire: PlexRequests, rating_key: str, kind: str, key: str) -> None:
    """Makes an item show a picture it has."""
    path = f"library/metadata/{rating_key}/{CHOSEN[kind]}"
    wire.write("PUT", path, f"choosing a {CHOSEN[kind]}", params={"url": key})


def drop_image(wire: PlexRequests, rating_key: str, kind: str) -> None:
    """Makes an item show no uploaded picture; Plex locks the field by that."""
    wire.write("DELETE", f"library/metadata/{rating_key}/{LOCK_NAMES[kind]}", f"dropping the {CHOSEN[kind]}")
