"""Routes of single items: details, edits, pictures."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote, urlsplit

from sandbox.messages import Response
from sandbox.plex.agents.asking import ProviderFailed, fetch
from sandbox.plex.agents.routes import ask_for_images, refresh
from sandbox.plex.context import NotThere, PlexRequest
from sandbox.plex.edits import BadEdit, apply_edit, parse_edit
from sandbox.plex.elements import write_failure
from sandbox.plex.model import TYPE_NUMBERS, PlexMovie
from sandbox.plex.pictures import (
    SINGULAR,
    add_picture,
    choose_picture,
    draw_composite,
    drop_choice,
    read_bytes,
    store_upload,
)
from sandbox.plex.rendering import PICTURE_FIELDS, show_item, show_picture
from sandbox.serving import UnknownRequest

COLLAGE_SOURCE = re.compile(r"/library/collections/(\d+)/composite/\d+")
PICTURE_SOURCE = re.compile(r"/library/metadata/(\d+)/(?:(thumb|art)/\d+|file\?url=(.+))$")


def show_items(asked: PlexRequest) -> Response:
    """GET /library/metadata/{id},{id}: in full; ids that are gone are left out, 404 when none is left."""
    items = find_items(asked, asked.match["items"])
    if not items:
        raise NotThere
    return asked.show(
        [show_item(asked.state, item, in_full=True, account=asked.account) for item in items],
        totalSize=len(items),
        librarySectionID=items[0].section_id,
    )


def find_items(asked: PlexRequest, keys: str) -> list[PlexMovie]:
    """Return the items of a list of ids that exist, for the routes of the Plex double."""
    numbers = [int(key) for key in keys.split(",") if key.isdigit()]
    return [item for number in numbers if (item := asked.state.find_item(number))]


def edit_section_items(asked: PlexRequest) -> Response:
    """PUT /library/sections/{id}/all: the edit of some items; without ids it would change the whole library."""
    section, keys = asked.section(), asked.request.parameter("id")
    if not keys:
        raise UnknownRequest(f"an edit of every item in library {section.id}; no plugin means that")
    return edit_items(asked, [item for item in find_items(asked, keys) if item.section_id == section.id])


def edit_named_items(asked: PlexRequest) -> Response:
    """PUT /library/metadata/{ids} with the same parameters."""
    return edit_items(asked, find_items(asked, asked.match["items"]))


def edit_items(asked: PlexRequest, items: list[PlexMovie]) -> Response:
    """Carry an edit out on every item, or on none; both routes for edits call it."""
    number = asked.request.parameter("type")
    if not number:
        raise BadEdit(400, "an edit needs the type")
    if not items or any(str(TYPE_NUMBERS[item.type]) != number for item in items):
        raise NotThere
    edit = parse_edit(asked.request.query)
    for item in items:
        apply_edit(asked.state, item, edit)
    return asked.done()


def delete_item(asked: PlexRequest) -> Response:
    """DELETE /library/metadata/{id}: takes the files along, where that is allowed."""
    item = asked.item()
    if not asked.state.options.allow_deletion:
        return write_failure(403, "Forbidden")
    asked.state.remove_item(item.rating_key)
    return asked.done()


def refresh_item(asked: PlexRequest) -> Response:
    """PUT /library/metadata/{id}/refresh: read the item's metadata again, from its provider if it has one."""
    refresh(asked.state, asked.item())
    return asked.done()


def list_pictures(asked: PlexRequest) -> Response:
    """GET /library/metadata/{id}/posters and its like; a provider is asked for its images first."""
    item, kind = asked.item(), asked.match["pictures"]
    ask_for_images(asked.state, item)
    return asked.show([show_picture(item, kind, picture) for picture in item.pictures.get(kind, [])])


def upload_picture(asked: PlexRequest) -> Response:
    """POST /library/metadata/{id}/posters: bytes as the body, or an address Plex fetches."""
    item, kind, data = asked.item(), asked.match["pictures"], asked.request.body
    address = asked.request.parameter("url")
    if address:
        add_picture(asked.state, item, kind, address)
    elif not data:
        return write_failure(400, "Bad Request")
    elif len(data) > asked.state.options.largest_upload:
        return write_failure(413, "Payload Too Large")
    else:
        store_upload(asked.state, item, kind, data)
    return asked.done()


def choose(asked: PlexRequest) -> Response:
    """PUT /library/metadata/{id}/poster?url=: show a picture that is there already."""
    item, kind = asked.item(), SINGULAR[asked.match["picture"]]
    if not choose_picture(asked.state, item, kind, asked.request.parameter("url")):
        raise NotThere
    return asked.done()


def unchoose(asked: PlexRequest) -> Response:
    """DELETE /library/metadata/{id}/thumb."""
    drop_choice(asked.item(), asked.match["field"])
    return asked.done()


def send_picture(asked: PlexRequest) -> Response:
    """GET /library/metadata/{id}/thumb/{time}: the bytes of the chosen picture."""
    kind = next(kind for kind, field in PICTURE_FIELDS.items() if field == asked.match["field"])
    chosen = asked.item().selected_picture(kind)
    if chosen is not None and chosen.key.startswith("http"):
        return send_fetched(asked, chosen.key)
    return send_bytes(read_bytes(asked.state, asked.item(), kind))


def send_composite(asked: PlexRequest) -> Response:
    """GET /library/collections/{id}/composite/{time}: the collage of a collection."""
    return send_bytes(draw_composite(asked.state, asked.item()))


def send_bytes(data: bytes | None) -> Response:
    """Answer a picture route of the Plex double with the bytes of a picture; 404 if there is none."""
    if data is None:
        raise NotThere
    return Response(200, data, (("Content-Type", "image/jpeg"),))


def send_fetched(asked: PlexRequest, url: str) -> Response:
    """Send a picture that Plex knows by its address only; 400 if the address cannot be reached or gives none."""
    if not asked.state.options.fetches_pictures and is_private(urlsplit(url).hostname or ""):
        return write_failure(400, "Bad Request")
    try:
        return Response(200, fetch(url), (("Content-Type", "image/jpeg"),))
    except ProviderFailed:
        return write_failure(400, "Bad Request")


def is_private(host: str) -> bool:
    """Return True if a service in the internet cannot reach a host; `send_fetched` asks."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host


def send_thumbnail(asked: PlexRequest) -> Response:
    """GET /photo/:/transcode?url=: the bytes of a picture of an item, in the size they have."""
    url = asked.request.parameter("url")
    if url.startswith("http"):
        return send_fetched(asked, url)
    if collage := COLLAGE_SOURCE.match(url):
        return send_bytes(draw_composite(asked.state, asked.state.find_item(int(collage[1]))))
    found = PICTURE_SOURCE.match(url)
    item = asked.state.find_item(int(found[1])) if found else None
    if found is None or item is None:
        raise NotThere
    if found[3]:
        data = asked.state.blobs.get(unquote(found[3]).rpartition("/")[2])
    else:
        data = read_bytes(asked.state, item, next(kind for kind, field in PICTURE_FIELDS.items() if field == found[2]))
    return send_bytes(data)
