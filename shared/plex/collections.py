"""Collections of a Plex library as objects: listed, made, filled, ordered, shown on Home, deleted.

Members are added by the collection's number and not by a tag of the items, so that a collection of the same title that
a person made is never joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.errors import NotFound, Refused
from shared.http.model import Parameter
from shared.plex.model import MOVIE
from shared.plex.wire import NAME, PlexRequests
from shared.reply_fields import int_of, is_true, list_of, text_of

COLLECTION = 18
PAGE_SIZE = 500
MEMBERS_AT_ONCE = 200  # keys in one request: about 2,000 characters
RELEASE, ALPHABETICAL, CUSTOM = "release", "title", "custom"
SORTS = (RELEASE, ALPHABETICAL, CUSTOM)  # in the order of Plex's numbers
RECOMMENDED, HOME, SHARED_HOME = "recommended", "home", "shared"
PROMOTIONS: Mapping[str, str] = {
    RECOMMENDED: "promotedToRecommended",
    HOME: "promotedToOwnHome",
    SHARED_HOME: "promotedToSharedHome",
}


class PlexCollection(NamedTuple):
    """A collection as lists have it; its labels are in the item in full, because lists show only some."""

    rating_key: str
    title: str
    is_smart: bool
    size: int
    sort: str


class Promotion(NamedTuple):
    """The places where a collection is shown; `identifier` is empty if it was never promoted."""

    places: tuple[str, ...] = ()
    identifier: str = ""


def list_collections(wire: PlexRequests, section_id: str) -> dict[str, PlexCollection]:
    """Return all collections of a library by rating key, in pages; Stash2Plex finds its shelves among them."""
    path = f"library/sections/{section_id}/all"
    rows = _iter_rows(wire, path, "listing the collections", {"type": COLLECTION, "sort": "titleSort:asc"})
    found = (_read_collection(row) for row in rows)
    return {each.rating_key: each for each in found}


def _read_collection(row: Mapping[str, object]) -> PlexCollection:
    number = int_of(row, "collectionSort")
    sort = SORTS[number] if 0 <= number < len(SORTS) else ""
    is_smart = is_true(row.get("smart", False))
    return PlexCollection(text_of(row, "ratingKey"), text_of(row, "title"), is_smart, int_of(row, "childCount"), sort)


def list_members(wire: PlexRequests, rating_key: str) -> dict[str, str]:
    """Return the titles of the members of a collection by rating key, in Plex's order; raise NotFound if it is gone.

    The plan of a shelf compares them.
    """
    rows = _iter_rows(wire, f"library/collections/{rating_key}/children", "reading a collection", {})
    return {text_of(row, "ratingKey"): text_of(row, "title") for row in rows}


def _iter_rows(
    wire: PlexRequests, path: str, operation: str, params: Mapping[str, Parameter]
) -> Iterator[Mapping[str, object]]:
    start, total = 0, 1
    while start < total:
        page = {"X-Plex-Container-Start": start, "X-Plex-Container-Size": PAGE_SIZE}
        container = wire.read(path, operation, {**params, **page})
        rows = list_of(container, "Metadata")
        yield from rows
        start, total = start + len(rows), int_of(container, "totalSize") if rows else 0


def create_collection(wire: PlexRequests, machine_id: str, section_id: str, title: str, members: Sequence[str]) -> str:
    """Make a plain collection with its first members and return its rating key; raise NotFound if Plex names none.

    The writer of shelves calls it.
    """
    params: dict[str, Parameter] = {
        "type": MOVIE,
        "title": title,
        "smart": 0,
        "sectionId": section_id,
        "uri": name_items(machine_id, members),
    }
    container = wire.read("library/collections", "creating a collection", params, method="POST")
    rows = [*list_of(container, "Metadata"), *list_of(container, "Directory")]
    if not rows:
        message = f'Plex does not say which collection it has made for "{title}". The next run looks for it.'
        raise NotFound(message, service=NAME, operation="creating a collection")
    return text_of(rows[0], "ratingKey")


def name_items(machine_id: str, members: Sequence[str]) -> str:
    """Return the address that names these items of a server in requests about collections.

    `create_collection` and `add_members` call it.
    """
    return f"server://{machine_id}/com.plexapp.plugins.library/library/metadata/{','.join(members)}"


def add_members(wire: PlexRequests, machine_id: str, rating_key: str, members: Sequence[str]) -> None:
    """Add at most MEMBERS_AT_ONCE items to a collection; those that are in it already stay.

    The writer of shelves calls it.
    """
    params = {"uri": name_items(machine_id, members)}
    wire.write("PUT", f"library/collections/{rating_key}/items", "adding to a collection", params=params)


def remove_member(wire: PlexRequests, rating_key: str, member: str) -> None:
    """Take an item out of a collection; do nothing if it is not in it any more. The writer of shelves calls it."""
    try:
        wire.write("DELETE", f"library/collections/{rating_key}/items/{member}", "taking out of a collection")
    except NotFound:
        return
    except Refused as error:
        if error.status != 400 or member in list_members(wire, rating_key):
            raise


def delete_collection(wire: PlexRequests, rating_key: str) -> None:
    """Delete a collection, never its items, for the writer of shelves.

    Plex refuses it while it does not allow the deletion of media.
    """
    wire.write("DELETE", f"library/collections/{rating_key}", "deleting a collection")


def sort_collection(wire: PlexRequests, rating_key: str, sort: str) -> None:
    """Set the order of a collection, one of SORTS; the writer of shelves calls it."""
    params: dict[str, Parameter] = {"collectionSort": SORTS.index(sort)}
    wire.write("PUT", f"library/collections/{rating_key}/prefs", "sorting a collection", params=params)


def list_promotions(wire: PlexRequests, section_id: str) -> dict[str, Promotion]:
    """Return by rating key where collections of a library are shown; those that were never promoted are missing.

    The plan of a shelf compares them.
    """
    container = wire.read(f"hubs/sections/{section_id}/manage", "reading the rows of a library")
    rows = [(text_of(row, "identifier"), row) for row in list_of(container, "Hub")]
    prefix = f"custom.collection.{section_id}."
    return {
        name[len(prefix) :]: Promotion(tuple(key for key, flag in PROMOTIONS.items() if is_true(row.get(flag))), name)
        for name, row in rows
        if name.startswith(prefix)
    }


def promote_collection(wire: PlexRequests, section_id: str, rating_key: str, places: Sequence[str]) -> None:
    """Show a collection in exactly these places; without any, its row is removed. The writer of shelves calls it."""
    present = list_promotions(wire, section_id).get(rating_key, Promotion())
    base, operation = f"hubs/sections/{section_id}/manage", "showing a collection on Home or Recommended"
    flags: dict[str, Parameter] = {flag: int(key in places) for key, flag in PROMOTIONS.items()}
    if not present.identifier:
        if places:
            wire.write("POST", base, operation, params={"metadataItemId": rating_key, **flags})
    elif places:
        wire.write("PUT", f"{base}/{present.identifier}", operation, params=flags)
    else:
        wire.write("DELETE", f"{base}/{present.identifier}", operation)
