"""Posters and backgrounds: bytes kept by their hash, one of them chosen."""

from __future__ import annotations

import hashlib

from sandbox.pictures import draw_collage, draw_picture
from sandbox.plex.model import ItemPicture, PlexMovie
from sandbox.plex.rendering import PICTURE_FIELDS
from sandbox.plex.state import PlexState

SINGULAR = {kind[:-1]: kind for kind in PICTURE_FIELDS}  # "poster" -> "posters"
BY_FIELD = {field: kind for kind, field in PICTURE_FIELDS.items()}  # "thumb" -> "posters"


def store_upload(state: PlexState, item: PlexMovie, kind: str, data: bytes) -> None:
    """Keep the bytes of an uploaded picture, once for each content, and make the item show it.

    The upload route of the Plex double calls it.
    """
    digest = hashlib.sha1(data).hexdigest()
    state.blobs[digest] = data
    add_picture(state, item, kind, f"upload://{kind}/{digest}")


def add_picture(state: PlexState, item: PlexMovie, kind: str, key: str) -> None:
    """Add a picture unless it is there, and choose it if this Plex does so; uploads, addresses and tests call it."""
    pictures = item.pictures.setdefault(kind, [])
    if all(picture.key != key for picture in pictures):
        pictures.append(ItemPicture(key))
    if state.options.selects_uploads:
        choose_picture(state, item, kind, key)


def choose_picture(state: PlexState, item: PlexMovie, kind: str, key: str) -> bool:
    """Make an item show this picture, and return True; return False if the item does not have it.

    `add_picture` and the route that chooses one call it.
    """
    pictures = item.pictures.get(kind, [])
    if all(picture.key != key for picture in pictures):
        return False
    for picture in pictures:
        picture.selected = picture.key == key
    item.updated_at = max(int(state.now()), item.updated_at + 1)
    return True


def drop_choice(item: PlexMovie, field: str) -> None:
    """Show no picture of this kind; the field is locked by that. The route without a choice calls it."""
    for picture in item.pictures.get(BY_FIELD[field], ()):
        picture.selected = False
    item.locks.add(field)


def read_bytes(state: PlexState, item: PlexMovie, kind: str) -> bytes | None:
    """Return the bytes of the picture that an item shows, for the picture routes; None if they were not uploaded."""
    picture = item.selected_picture(kind)
    return state.blobs.get(picture.key.rpartition("/")[2]) if picture else None


def draw_composite(state: PlexState, item: PlexMovie | None) -> bytes | None:
    """Return the collage of a collection's first members, which Plex shows without a poster; None without members."""
    keys = item.collection.members if item is not None and item.collection else ()
    members = [member for key in keys[:4] if (member := state.find_item(key)) is not None]
    shown = [
        read_bytes(state, each, "posters") or draw_picture(f"frame {each.rating_key}", 80, 120) for each in members
    ]
    return draw_collage(shown, 160, 240) if shown else None
