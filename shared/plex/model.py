"""Plex's JSON as typed records; numbers are accepted in any form. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.plex.title_and_text_form import number_text
from shared.reply_fields import int_of, is_true, list_of, text_of

# Plex's name of each kind of tag in an edit, and the element that lists it in an answer.
TAG_ELEMENTS: Mapping[str, str] = {
    "genre": "Genre",
    "collection": "Collection",
    "label": "Label",
    "director": "Director",
    "writer": "Writer",
    "producer": "Producer",
    "country": "Country",
    "actor": "Role",
}
TEXT_FIELDS = (
    "title",
    "titleSort",
    "originalTitle",
    "editionTitle",
    "studio",
    "tagline",
    "summary",
    "contentRating",
    "originallyAvailableAt",
)
NUMBER_FIELDS = ("userRating", "rating", "audienceRating", "addedAt")
MOVIE = 1


class PlexTag(NamedTuple):
    """A genre, collection, label or actor; `role` and `thumb` belong to actors."""

    name: str
    role: str = ""
    thumb: str = ""


class PlexPart(NamedTuple):
    """One file of an item; `duration` is in seconds, 0 if Plex does not know it."""

    file: str
    size: int = 0
    duration: float = 0.0


class PlexFolder(NamedTuple):
    """A folder of a library, as the Plex machine sees it."""

    id: str
    path: str


class PlexSection(NamedTuple):
    """A library; `can_edit` is False if the token may only read it."""

    id: str
    uuid: str
    type: str
    title: str
    agent: str
    locations: tuple[PlexFolder, ...]
    can_edit: bool
    refreshing: bool


class WatchedState(NamedTuple):
    """The watching of an item by the account of the token; times in seconds since 1970, 0 for never.

    `offset` is the position in seconds; `stars` are out of 10, None without a rating.
    """

    plays: int = 0
    viewed_at: int = 0
    offset: float = 0.0
    stars: float | None = None
    rated_at: int = 0


class ListedItem(NamedTuple):
    """An item as lists have it: enough for the index, not enough for an edit. A trashed item's files are missing."""

    rating_key: str
    section_id: str
    title: str
    parts: tuple[PlexPart, ...]
    added_at: int
    updated_at: int
    is_trashed: bool = False
    watched: WatchedState = WatchedState()


class PlexItem(NamedTuple):
    """An item in full: every tag and every lock. An absent field is the empty string."""

    rating_key: str
    section_id: str
    type: str
    guid: str
    fields: Mapping[str, str]
    tags: Mapping[str, tuple[PlexTag, ...]]
    locks: frozenset[str]
    parts: tuple[PlexPart, ...]
    thumb: str
    art: str
    added_at: int
    updated_at: int


class PlexImage(NamedTuple):
    """One of the pictures an item can choose from."""

    key: str
    selected: bool


class PlexIdentity(NamedTuple):
    """The Plex server that answers; `machine_id` tells two servers apart that share an address.

    `has_pass` is True if its owner has Plex Pass, without which Plex ignores some values; `allows_deletion`, if it
    deletes media and collections.
    """

    machine_id: str
    name: str
    version: str
    has_pass: bool = False
    allows_deletion: bool = False


def read_server(entry: Mapping[str, Any]) -> PlexIdentity:
    """Return the server that the reply to "/" describes; the client calls it."""
    machine_id, name, version = (text_of(entry, key) for key in ("machineIdentifier", "friendlyName", "version"))
    has_pass, allows_deletion = (is_true(entry.get(key)) for key in ("myPlexSubscription", "allowMediaDeletion"))
    return PlexIdentity(machine_id, name, version, has_pass, allows_deletion)


def read_section(entry: Mapping[str, Any]) -> PlexSection:
    """Return the library that a Directory element describes; the client calls it."""
    places = tuple(PlexFolder(text_of(place, "id"), text_of(place, "path")) for place in list_of(entry, "Location"))
    return PlexSection(
        id=text_of(entry, "key"),
        uuid=text_of(entry, "uuid"),
        type=text_of(entry, "type"),
        title=text_of(entry, "title"),
        agent=text_of(entry, "agent"),
        locations=places,
        can_edit=is_true(entry.get("allowSync", True)),
        refreshing=is_true(entry.get("refreshing", False)),
    )


def read_listed(entry: Mapping[str, Any], section_id: str) -> ListedItem:
    """Return an item from an element of a library's list; the client calls it."""
    return ListedItem(
        rating_key=text_of(entry, "ratingKey"),
        section_id=text_of(entry, "librarySectionID") or section_id,
        title=text_of(entry, "title"),
        parts=read_parts(entry),
        added_at=int_of(entry, "addedAt"),
        updated_at=int_of(entry, "updatedAt"),
        is_trashed=int_of(entry, "deletedAt") > 0,
        watched=read_watched(entry),
    )


def read_watched(entry: Mapping[str, Any]) -> WatchedState:
    """Return the plays, position and stars of an item, from an element of a library's list; 0 stars count as no
    rating.

    The task that takes them into Stash compares them.
    """
    return WatchedState(
        int_of(entry, "viewCount"),
        int_of(entry, "lastViewedAt"),
        int_of(entry, "viewOffset") / 1000,
        read_stars(entry.get("userRating")),
        int_of(entry, "lastRatedAt"),
    )


def read_stars(value: object) -> float | None:
    """Return a rating out of 10; None for 0 and for what is no number. `read_watched` calls it."""
    try:
        return float(str(value)) or None
    except ValueError:
        return None


def read_item(entry: Mapping[str, Any], section_id: str = "") -> PlexItem:
    """Return an item in full from the reply to a request for its metadata; the client calls it."""
    numbers = {name: number_text(entry[name]) for name in NUMBER_FIELDS if name in entry}
    return PlexItem(
        rating_key=text_of(entry, "ratingKey"),
        section_id=text_of(entry, "librarySectionID") or section_id,
        type=text_of(entry, "type"),
        guid=text_of(entry, "guid"),
        fields={**{name: text_of(entry, name) for name in TEXT_FIELDS}, **numbers},
        tags={kind: read_tags(entry, element) for kind, element in TAG_ELEMENTS.items()},
        locks=frozenset(text_of(each, "name") for each in list_of(entry, "Field") if is_true(each.get("locked"))),
        parts=read_parts(entry),
        thumb=text_of(entry, "thumb"),
        art=text_of(entry, "art"),
        added_at=int_of(entry, "addedAt"),
        updated_at=int_of(entry, "updatedAt"),
    )


def read_parts(entry: Mapping[str, Any]) -> tuple[PlexPart, ...]:
    """Return every file of an item's element, over all its versions; the index finds scenes by them."""
    found = []
    for media in list_of(entry, "Media"):
        for part in list_of(media, "Part"):
            duration = int_of(part, "duration") or int_of(media, "duration")
            found.append(PlexPart(text_of(part, "file"), int_of(part, "size"), duration / 1000))
    return tuple(part for part in found if part.file)


def read_tags(entry: Mapping[str, Any], element: str) -> tuple[PlexTag, ...]:
    """Return the tags of one kind, in Plex's order; `read_item` calls it."""
    return tuple(
        PlexTag(text_of(each, "tag"), text_of(each, "role"), text_of(each, "thumb")) for each in list_of(entry, element)
    )


def read_image(entry: Mapping[str, Any]) -> PlexImage:
    """Return a picture from an element of a list of posters or backgrounds; `list_images` calls it."""
    return PlexImage(text_of(entry, "ratingKey"), is_true(entry.get("selected", False)))
