"""Routes of collections: plain ones with members, smart ones with a search, and their preferences."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from sandbox.messages import Response
from sandbox.plex.context import NotThere, PlexRequest
from sandbox.plex.edits import BadEdit
from sandbox.plex.elements import write_failure
from sandbox.plex.filters import ListSlice, kind_of, pick_items, read_page
from sandbox.plex.model import COLLECTION_PREFS, CollectionDetails, PlexMovie
from sandbox.plex.rendering import show_item
from sandbox.plex.state import PlexState
from sandbox.serving import UnknownRequest

MEMBERS = re.compile(r"/library/metadata(?:/(\d+(?:,\d+)*))?")
SEARCH = re.compile(r"/library/sections/(\d+)/all")
SORT_CUSTOM = "2"
MOST_UNPAGED = 100


def list_members(state: PlexState, collection: PlexMovie) -> list[PlexMovie]:
    """Return the items of a collection in Plex's order of it: by release date, by title or as arranged."""
    details = collection.collection
    if details is None:
        raise NotThere
    if details.content:
        query = parse_qs(urlsplit(details.content).query)
        return pick_items(state, state.list_items(collection.section_id, kind_of(query, "movie")), query)
    found = [item for key in details.members if (item := state.find_item(key))]
    order = details.prefs.get("collectionSort", "0")
    if order != SORT_CUSTOM:
        field = "titleSort" if order == "1" else "originallyAvailableAt"
        found.sort(key=lambda item: (item.fields.get(field) or item.title).casefold())
    return found


def find_collection(asked: PlexRequest) -> tuple[PlexMovie, CollectionDetails]:
    """Return the collection in the path of a request, for the collection routes of the Plex double."""
    found = asked.item()
    if found.collection is None:
        raise NotThere
    return found, found.collection


def show_collection(asked: PlexRequest) -> Response:
    """GET /library/collections/{id}/children and /items: at most a hundred unless pages are asked for."""
    found, _ = find_collection(asked)
    members, page = list_members(asked.state, found), read_page(asked.request)
    page = ListSlice(page.start, MOST_UNPAGED if page.size is None else page.size)
    shown = members[page.start : page.start + (page.size or 0)]
    rows = [show_item(asked.state, item, in_full=False, account=asked.account) for item in shown]
    return asked.show(rows, totalSize=len(members), offset=page.start)


def create_collection(asked: PlexRequest) -> Response:
    """POST /library/collections: a plain one with the items of `uri`, or a smart one with its search."""
    state, parameter = asked.state, asked.request.parameter
    section_id, title = int(parameter("sectionId") or 0), parameter("title")
    if section_id not in state.sections or parameter("type") != "1" or not title:
        raise BadEdit(400, "a collection needs library, type and title")
    if find_titled(state, section_id, title):
        raise UnknownRequest(f'a second collection "{title}"; what Plex does then is not known')
    path = read_uri(state, parameter("uri"))
    if parameter("smart") == "1":
        created = state.add_collection(section_id, title)
        created.collection = CollectionDetails(content=require_search(state, parameter("uri"), path))
    else:
        items = require_items(state, path, section_id)
        created = state.add_collection(section_id, title)
        for item in items:
            state.join_collection(created, item)
    return asked.show([show_item(state, created, in_full=True)])


def find_titled(state: PlexState, section_id: int, title: str) -> PlexMovie | None:
    """Return the collection of a library with this title, whatever its case; `create_collection` asks."""
    found = state.list_collections(section_id)
    return next((item for item in found if item.title.casefold() == title.casefold()), None)


def read_uri(state: PlexState, uri: str) -> str:
    """Return the path in an address of items or of a search on this server; another one is refused.

    The routes that fill collections call it.
    """
    root = f"server://{state.machine_id}/com.plexapp.plugins.library"
    if not uri.startswith(root):
        raise BadEdit(400, "no address on this server")
    return uri.removeprefix(root)


def require_search(state: PlexState, uri: str, path: str) -> str:
    """Return the address of a smart collection's search; refuse one of no library.

    The routes that fill collections call it.
    """
    match = SEARCH.fullmatch(path.partition("?")[0])
    if not match or int(match[1]) not in state.sections:
        raise BadEdit(400, "no search")
    return uri


def require_items(state: PlexState, path: str, section_id: int) -> list[PlexMovie]:
    """Return the items of an address; an item of another library or type is refused.

    The routes that fill collections call it.
    """
    match = MEMBERS.fullmatch(path)
    if not match:
        raise BadEdit(400, "no items")
    found = [state.find_item(int(key)) for key in (match[1] or "").split(",") if key]
    items = [item for item in found if item is not None and item.section_id == section_id and item.type == "movie"]
    if len(items) != len(found):
        raise BadEdit(400, "an item of another library or type, or none")
    return items


def add_items(asked: PlexRequest) -> Response:
    """PUT /library/collections/{id}/items?uri=: more members, or another search for a smart one."""
    found, details = find_collection(asked)
    path = read_uri(asked.state, asked.request.parameter("uri"))
    if details.content:
        details.content = require_search(asked.state, asked.request.parameter("uri"), path)
        return asked.done()
    if asked.state.options.rejects_empty and not details.members:
        raise BadEdit(400, "it takes no items any more")
    for item in require_items(asked.state, path, found.section_id):
        asked.state.join_collection(found, item)
    return asked.done()


def remove_item(asked: PlexRequest) -> Response:
    """DELETE or PUT /library/collections/{id}/items/{item}: one member less; the item itself stays."""
    found, details = find_collection(asked)
    key = int(asked.match["member"])
    if details.content or key not in details.members:
        raise BadEdit(400, "no member")
    asked.state.leave_collection(found, key)
    return asked.done()


def move_item(asked: PlexRequest) -> Response:
    """PUT /library/collections/{id}/items/{item}/move?after=: another position, in a custom order only."""
    _, details = find_collection(asked)
    key, after = int(asked.match["member"]), asked.request.parameter("after")
    is_custom = details.prefs.get("collectionSort") == SORT_CUSTOM
    if not is_custom or key not in details.members or (after and int(after) not in details.members):
        raise BadEdit(400, "it cannot be moved")
    details.members.remove(key)
    details.members.insert(details.members.index(int(after)) + 1 if after else 0, key)
    return asked.done()


def change_prefs(asked: PlexRequest) -> Response:
    """PUT /library/collections/{id}/prefs: order, mode, and whose view a smart one follows."""
    _, details = find_collection(asked)
    told = {name: values[-1] for name, values in asked.request.query.items() if not name.startswith("X-Plex-")}
    for name, value in told.items():
        if value not in COLLECTION_PREFS.get(name, ()) or (name == "collectionSort" and details.content):
            raise BadEdit(400, f"bad preference {name}")
    details.prefs.update(told)
    return asked.done()


def delete_collection(asked: PlexRequest) -> Response:
    """DELETE /library/collections/{id}: refused while the server does not allow the deletion of media."""
    found, _ = find_collection(asked)
    if not asked.state.options.allow_deletion:
        return write_failure(403, "Forbidden")
    asked.state.remove_item(found.rating_key)
    return asked.done()
