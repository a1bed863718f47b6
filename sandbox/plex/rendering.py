"""Renders libraries, items, media and pictures as Plex's elements."""

from __future__ import annotations

from sandbox.plex.elements import Attributes, Element, Value
from sandbox.plex.model import (
    COLLECTION_PREFS,
    OWNER,
    RATING_FIELDS,
    TAG_ELEMENTS,
    TEXT_FIELDS,
    CollectionDetails,
    ItemPicture,
    LibrarySection,
    Media,
    PlexMovie,
    WatchState,
)
from sandbox.plex.state import PlexState

# The path of a list of pictures, the field that locks it and the attribute that shows the chosen one.
WATCHED_FIELDS = ("viewCount", "lastViewedAt", "viewOffset", "lastRatedAt")
PICTURE_FIELDS = {"posters": "thumb", "arts": "art", "clearLogos": "clearLogo", "squareArts": "squareArt"}


def show_server(state: PlexState, is_admin: bool) -> Attributes:
    """Return the attributes of Plex's answer to "/", for `answer_root`."""
    return {
        "friendlyName": state.name,
        "machineIdentifier": state.machine_id,
        "version": state.version,
        "platform": "Linux",
        "platformVersion": "6.1",
        "myPlexUsername": "owner@example.org" if is_admin else "",
        "myPlexSubscription": state.options.has_pass,
        "allowMediaDeletion": state.options.allow_deletion,
        "updatedAt": int(state.now()),
    }


def show_section(state: PlexState, section: LibrarySection, is_admin: bool) -> Element:
    """Return a library as Plex's element; a token that may only look sees allowSync false."""
    places = [Element("Location", {"id": number, "path": path}) for number, path in enumerate(section.locations, 1)]
    attributes: Attributes = {
        "allowSync": is_admin,
        "art": "/:/resources/movie-fanart.jpg",
        "filters": True,
        "refreshing": state.is_scanning(section.id),
        "thumb": "/:/resources/movie.png",
        "key": str(section.id),
        "type": section.type,
        "title": section.title,
        "agent": section.agent,
        "scanner": "Plex Video Files Scanner",
        "language": section.language,
        "uuid": section.uuid,
        "updatedAt": int(state.now()),
        "createdAt": 1_700_000_000,
        "scannedAt": section.scanned_at,
        "content": True,
        "directory": True,
        "contentChangedAt": section.scanned_at,
        "hidden": 0,
    }
    return Element("Directory", attributes, places)


def show_item(state: PlexState, item: PlexMovie, *, in_full: bool, account: int = OWNER) -> Element:
    """Return an item as Plex's element; a list shows the first few tags of each kind, no photos and no locks.

    Plays, position and stars are those of the account.
    """
    tag = "Directory" if item.type == "collection" else "Video"
    children = [show_media(media) for media in item.media] + show_tags(state, item, in_full)
    if in_full and item.collection:
        children.append(show_preferences(item.collection))
    if in_full:
        children += [Element("Field", {"locked": True, "name": name}) for name in sorted(item.locks)]
    shown = {**show_identity(state, item), **show_fields(item), **show_watched(item, account)}
    return Element(tag, shown, children, "Metadata")


def show_watched(item: PlexMovie, account: int) -> Attributes:
    """Return the attributes of an item that belong to the account that asks; what is zero is left out."""
    watch = item.watched.get(account, WatchState())
    values = (watch.view_count, watch.last_viewed_at, watch.view_offset, watch.last_rated_at)
    shown: Attributes = {name: value for name, value in zip(WATCHED_FIELDS, values) if value}
    stars = item.fields.get("userRating", "") if account == OWNER else watch.stars
    return {**shown, "userRating": float(stars)} if stars else shown


def show_identity(state: PlexState, item: PlexMovie) -> Attributes:
    """Return the attributes that identify an item in every answer of Plex, for `show_item`."""
    section = state.sections[item.section_id]
    last = "children" if item.type == "collection" else ""
    key = f"/library/collections/{item.rating_key}/{last}" if last else f"/library/metadata/{item.rating_key}"
    return {
        "ratingKey": str(item.rating_key),
        "key": key,
        "guid": item.guid,
        "type": item.type,
        "librarySectionTitle": section.title,
        "librarySectionID": section.id,
        "librarySectionKey": f"/library/sections/{section.id}",
    }


def show_fields(item: PlexMovie) -> Attributes:
    """Return an item's texts, ratings, dates and chosen pictures as attributes, for `show_item`."""
    shown: Attributes = {name: item.fields[name] for name in TEXT_FIELDS if item.fields.get(name)}
    shown.setdefault("title", "")
    shown.setdefault("summary", "")
    shown.update({name: float(item.fields[name]) for name in RATING_FIELDS[:-1] if item.fields.get(name)})
    date = item.fields.get("originallyAvailableAt", "")
    if date:
        shown["year"] = int(date[:4])
    for kind, field in PICTURE_FIELDS.items():
        if item.selected_picture(kind):
            shown[field] = f"/library/metadata/{item.rating_key}/{field}/{item.updated_at}"
    durations = [part.duration for media in item.media for part in media.parts if part.duration]
    if durations:
        shown["duration"] = durations[0]
    if item.type == "collection":
        shown.update(show_details(item))
        shown.setdefault("thumb", f"/library/collections/{item.rating_key}/composite/{item.updated_at}")
    if item.deleted_at:
        shown["deletedAt"] = item.deleted_at
    return {**shown, "addedAt": item.added_at, "updatedAt": item.updated_at}


def show_media(media: Media) -> Element:
    """Return one version of an item with its files as Plex's element."""
    parts = [show_part(part.id, part.file, part.size, part.duration) for part in media.parts]
    total = sum(part.duration for part in media.parts)
    return Element("Media", {"id": media.id, "duration": total, "container": "mp4"}, parts)


def show_part(number: int, file: str, size: int, duration: int) -> Element:
    """Return one file of a version as Plex's element."""
    attributes: dict[str, Value] = {"id": number, "key": f"/library/parts/{number}/1/file.mp4", "file": file}
    return Element("Part", {**attributes, "size": size, "duration": duration, "container": "mp4"})


def show_tags(state: PlexState, item: PlexMovie, in_full: bool) -> list[Element]:
    """Return an item's tags of every kind as Plex's elements; without `in_full` only the first few, as in a list.

    `show_item` calls it.
    """
    shown = []
    for kind, element in TAG_ELEMENTS.items():
        tags = item.tags.get(kind, [])
        for tag in tags if in_full else tags[: state.options.list_tags]:
            number = state.tag_id(kind, tag.name)
            attributes: Attributes = {"id": number, "filter": f"{kind}={number}", "tag": tag.name}
            if in_full and tag.role:
                attributes["role"] = tag.role
            if in_full and kind == "actor" and tag.name in state.tag_photos:
                attributes["thumb"] = state.tag_photos[tag.name]
            shown.append(Element(element, attributes))
    return shown


def show_picture(item: PlexMovie, kind: str, picture: ItemPicture) -> Element:
    """Return one picture that an item can choose as Plex's element."""
    field = PICTURE_FIELDS[kind]
    key = f"/library/metadata/{item.rating_key}/file?url={picture.key}"
    attributes: Attributes = {"key": key, "ratingKey": picture.key, "thumb": key, "selected": picture.selected}
    if picture.provider:
        attributes["provider"] = picture.provider
    return Element("Photo", {**attributes, "type": field}, [], "Metadata")


def show_details(item: PlexMovie) -> Attributes:
    """Return the attributes that only a collection has, for `show_fields`; a smart one has no number of members."""
    details = item.collection or CollectionDetails()
    shown: Attributes = {"subtype": "movie", "smart": bool(details.content)}
    if details.content:
        shown["content"] = details.content
    else:
        shown["childCount"] = str(len(details.members))
    return {**shown, **{name: int(value) for name, value in details.prefs.items()}}


def show_preferences(details: CollectionDetails) -> Element:
    """Return a collection's preferences in Plex with the values that each may have, for `show_item`."""
    rows = []
    for name, values in COLLECTION_PREFS.items():
        shown = {"id": name, "label": name, "type": "int", "default": values[0], "value": details.prefs.get(name, "")}
        rows.append(Element("Setting", {**shown, "enumValues": "|".join(f"{each}:{each}" for each in values)}))
    return Element("Preferences", {}, rows)
