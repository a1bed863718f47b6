"""Routes of the rows of a library that may be shown on Home or Recommended, among them promoted collections."""

from __future__ import annotations

from sandbox.messages import Response
from sandbox.plex.context import PlexRequest
from sandbox.plex.edits import BadEdit
from sandbox.plex.elements import Element
from sandbox.plex.model import BUILT_IN_HUBS, PROMOTIONS, PlexMovie
from sandbox.plex.state import PlexState
from sandbox.serving import UnknownRequest


def list_hubs(asked: PlexRequest) -> Response:
    """GET /hubs/sections/{id}/manage: the rows of a library that may be on Home, or only that of one collection."""
    section, wanted = asked.section(), asked.request.parameter("metadataItemId")
    keys = [key for key in asked.state.hubs if asked.state.items[key].section_id == section.id]
    rows = [show_hub(asked.state, key) for key in keys if not wanted or str(key) == wanted]
    built_in = [] if wanted else [Element("Hub", {"identifier": each, "deletable": False}) for each in BUILT_IN_HUBS]
    return asked.show([*built_in, *rows])


def show_hub(state: PlexState, key: int) -> Element:
    """Return the row of a collection on Home as an element of Plex's answers."""
    item = state.items[key]
    flags = {name: name in state.hubs[key] for name in PROMOTIONS}
    return Element("Hub", {"identifier": name_hub(item), "title": item.title, "deletable": True, **flags})


def name_hub(item: PlexMovie) -> str:
    """Return the identifier of a collection's row on Plex's Home, for the routes of rows."""
    return f"custom.collection.{item.section_id}.{item.rating_key}"


def promote(asked: PlexRequest) -> Response:
    """POST /hubs/sections/{id}/manage?metadataItemId=: make a row of a collection that was never promoted."""
    section, key = asked.section(), int(asked.request.parameter("metadataItemId") or 0)
    item = asked.state.items.get(key)
    if item is None or item.collection is None or item.section_id != section.id:
        raise BadEdit(400, "no collection")
    asked.state.hubs[key] = read_flags(asked)
    return asked.done()


def change_promotion(asked: PlexRequest) -> Response:
    """PUT /hubs/sections/{id}/manage/{identifier}: change where a row is shown; nothing happens if it is not there."""
    key = find_hub(asked)
    if key is not None:
        asked.state.hubs[key] = read_flags(asked)
    return asked.done()


def remove_hub(asked: PlexRequest) -> Response:
    """DELETE /hubs/sections/{id}/manage/{identifier}: no row any more; a built-in one is refused."""
    key = find_hub(asked)
    if key is None:
        raise BadEdit(400, "not deletable")
    del asked.state.hubs[key]
    return asked.done()


def reset_hubs(asked: PlexRequest) -> Response:
    """DELETE /hubs/sections/{id}/manage: resets all rows of a library, which no plugin may do."""
    raise UnknownRequest(f"a reset of all rows of library {asked.section().id}; no plugin means that")


def find_hub(asked: PlexRequest) -> int | None:
    """Return the collection whose row the path names, for the routes of rows; None if it has no row."""
    wanted = asked.match["hub"]
    return next((key for key in asked.state.hubs if name_hub(asked.state.items[key]) == wanted), None)


def read_flags(asked: PlexRequest) -> set[str]:
    """Return the places at which a request wants a collection shown; raise a failure if it does not state all three.

    The routes of rows call it.
    """
    flags = {name: asked.request.parameter(name) for name in PROMOTIONS}
    if any(value not in ("0", "1") for value in flags.values()):
        raise BadEdit(400, "a promotion states all three places")
    return {name for name, value in flags.items() if value == "1"}
