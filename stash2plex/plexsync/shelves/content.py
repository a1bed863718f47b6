"""Decides the content of a shelf's collections from its definition, its source in Stash and the match map."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from plexsync.shelves.plan import PLACES, POSTER, SORT, TITLE, ShelfContent, ShelfRecord
from plexsync.shelves.sources import ShelfSource, read_source
from plexsync.shelves.store import ADDRESS_POSTER, NO_POSTER, SOURCE_POSTER, Shelf
from shared.errors import (
    BadReply,
    BundleError,
    NotFound,
    Refused,
    ServerFailed,
    ServiceError,
    StateError,
    Unreachable,
    UsageError,
)
from shared.http import Http, Service
from shared.journal import Blobs, Journal
from shared.plex.collections import PROMOTIONS
from shared.plex.images import LARGEST_UPLOAD, find_image_fault
from shared.plex.title_and_text_form import clean_field
from shared.stash.pictures import find_route
from shared.stash_box.images import fetch_picture

if TYPE_CHECKING:
    from shared.plex.model import PlexSection
    from shared.runtime.call import Call
    from shared.state.store import Store

ORIGIN = "from"  # beside a stored picture: where it came from
PICTURES = "shelf_pictures"  # the folder of the posters that people chose from their disk
_ITEMS = """
    SELECT l.rating_key, m.label, i.section_id FROM links l JOIN matches m ON m.scene_id = l.scene_id
    JOIN plex_items i ON i.rating_key = l.rating_key WHERE l.scene_id IN (SELECT value FROM json_each(?))
"""


class ShelfScenes(NamedTuple):
    """The source of a shelf, the number of its scenes, and the names of those in Plex by library and rating key."""

    source: ShelfSource
    total: int
    items: dict[str, dict[str, str]]


def find_scenes(call: Call, kind: str, source_id: int) -> ShelfScenes:
    """Return the scenes of a source, and the items of Plex that show them by library; plans and the dialog ask."""
    source = read_source(call.stash, kind, source_id)
    ids = call.stash.scenes.ids(source.where or None, q=source.text)
    items: dict[str, dict[str, str]] = {}
    for key, label, section_id in call.store.read(_ITEMS, (json.dumps(ids),)):
        items.setdefault(section_id, {})[key] = label
    return ShelfScenes(source, len(ids), items)


def make_content(shelf: Shelf, found: ShelfScenes, section: PlexSection) -> ShelfContent:
    """Return title, order, places and members that a shelf's collection should have in one library, without poster."""
    places = [place for place in PROMOTIONS if place in shelf.places]
    title = make_title(shelf, found.source, section.title)
    return ShelfContent({TITLE: title, SORT: shelf.sort, PLACES: places}, found.items.get(section.id, {}))


def add_poster(
    call: Call, content: ShelfContent, shelf: Shelf, source: ShelfSource, record: ShelfRecord
) -> ShelfContent:
    """Return the content with the shelf's poster; raise an error of this shelf if the picture cannot be read."""
    poster = None if shelf.poster == NO_POSTER else read_poster(call, shelf, source, record)
    is_known = shelf.poster == NO_POSTER or poster is not None
    return content._replace(values={**content.values, POSTER: poster}) if is_known else content


def make_title(shelf: Shelf, source: ShelfSource, library: str) -> str:
    """Return the title of a shelf's collection for plans and the dialog; UsageError if the template makes none."""
    title = clean_field("title", source.make_title(shelf.title, library)).text
    if not title:
        raise UsageError(f'The title "{shelf.title}" is empty for "{source.name}". Change the title of the shelf.')
    return title


def read_poster(call: Call, shelf: Shelf, source: ShelfSource, record: ShelfRecord) -> dict[str, Any] | None:
    """Return the stored poster of a shelf, None if it has none; a picture is read anew if its address changed."""
    origin = find_route(source.picture) if shelf.poster == SOURCE_POSTER and source.picture else shelf.picture
    if shelf.poster == SOURCE_POSTER and not source.picture:
        return None
    last = record.written.get(POSTER)
    if isinstance(last, dict) and last.get(ORIGIN) == origin:
        return last
    return {**Journal(call.store).blobs.put(read_picture(call, shelf, origin)), ORIGIN: origin}


def read_picture(call: Call, shelf: Shelf, origin: str) -> bytes:
    """Return the bytes of a shelf's poster, for `add_poster`.

    Raise UsageError with the next step if it cannot be read or used.
    """
    try:
        data = fetch_bytes(call, shelf, origin)
    except (BadReply, NotFound, Refused, StateError, Unreachable, ServerFailed) as error:
        raise UsageError(f"The poster of {shelf.label} cannot be read: {error} Choose another picture.") from error
    if fault := find_image_fault(data):
        raise UsageError(f"The poster of {shelf.label} cannot be used: {fault}. Choose another picture.")
    return data


def fetch_bytes(call: Call, shelf: Shelf, origin: str) -> bytes:
    """Return a shelf's poster for `read_picture`: from Stash, another server without any key, or the state folder."""
    if shelf.poster == SOURCE_POSTER:
        return call.stash.download_picture(origin, f"reading the picture of {shelf.label}").data
    if shelf.poster != ADDRESS_POSTER:
        return open_pictures(call.store).get({"$blob": origin})
    parts = urlsplit(origin)
    service = Service("The server of the poster", f"{parts.scheme}://{parts.netloc}", url_setting="its address")
    return fetch_picture(Http(service, clock=call.clock, deadline=call.service_deadline), origin, LARGEST_UPLOAD).data


def open_pictures(store: Store) -> Blobs:
    """Return the store of posters that people chose from their disk; the dialog saves them there."""
    return Blobs(os.path.join(os.path.dirname(store.path), PICTURES))


def is_item_error(error: BundleError) -> bool:
    """Return True if an error concerns one shelf only, so that a run goes on with the next."""
    return isinstance(error, (UsageError, ServiceError)) and not error.stops_run
