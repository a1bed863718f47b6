"""Asks a metadata provider as Plex does: its manifest, a match for a file, the metadata and pictures of an item.

What it sends and refuses follows Plex's provider documents and the log of a real server (1.43.0): the keys of features
are appended to the registered address, and an item whose guid is not `<identifier>://movie/<ratingKey>` gets nothing.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from sandbox.plex.model import ItemPicture, MetadataProvider, PlexMovie
from sandbox.plex.state import PlexState

SECONDS = 90.0
HEADERS = {"Accept": "application/json", "X-Plex-Language": "en-US", "X-Plex-Country": "US"}
IDENTIFIER = re.compile(r"tv\.plex\.agents\.custom\.[A-Za-z0-9.]+")
RATING_KEY = re.compile(r"[A-Za-z0-9_-]+")
REQUIRED = ("ratingKey", "key", "guid", "type", "title", "originallyAvailableAt")
MOVIE = 1
FIELDS = ("title", "titleSort", "originalTitle", "tagline", "summary", "studio", "contentRating")
TAGS = {"Genre": "genre", "Role": "actor", "Director": "director", "Writer": "writer", "Producer": "producer"}
PICTURES = {"coverPoster": "posters", "background": "arts"}


class ProviderFailed(Exception):
    """A provider gave no usable answer; Plex keeps what the item shows, and writes this into its log."""


def fetch(url: str, body: Mapping[str, object] | None = None) -> bytes:
    """Return the body of a provider's answer; raise ProviderFailed for an error status or no answer."""
    data = None if body is None else json.dumps(body).encode()
    headers = HEADERS if data is None else {**HEADERS, "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=SECONDS) as reply:
            return bytes(reply.read())
    except urllib.error.HTTPError as error:
        raise ProviderFailed(f"status {error.code}: {error.read().decode('utf-8', 'replace')}") from error
    except OSError as error:
        raise ProviderFailed(str(error)) from error


def fetch_json(url: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return the JSON object of a provider's answer; raise ProviderFailed for another body.

    `read_manifest` and the questions for metadata call it.
    """
    try:
        answer = json.loads(fetch(url, body))
    except ValueError as error:
        raise ProviderFailed("no JSON") from error
    if not isinstance(answer, dict):
        raise ProviderFailed("no JSON object")
    return answer


def read_manifest(uri: str) -> MetadataProvider:
    """Return the provider at an address, as Plex reads it when it is added and at each start."""
    root = fetch_json(f"{uri}?includePreferences=1").get("MediaProvider")
    if not isinstance(root, dict) or not IDENTIFIER.fullmatch(str(root.get("identifier"))):
        raise ProviderFailed("no MediaProvider with an identifier of a custom agent")
    identifier = root["identifier"]
    types = {row["type"]: [each["scheme"] for each in row["Scheme"]] for row in root.get("Types", ())}
    features = {row["type"]: row["key"] for row in root.get("Feature", ())}
    if types.get(MOVIE) != [identifier] or not {"metadata", "match"} <= features.keys():
        raise ProviderFailed("no movies, or no features metadata and match")
    return MetadataProvider(0, identifier, uri, str(root.get("title") or ""), features)


def ask_for_match(
    state: PlexState, provider: MetadataProvider, item: PlexMovie, *, manual: bool = False, title: str = ""
) -> list[dict[str, Any]]:
    """Return the items that a provider proposes for a Plex item; `manual` and `title` are those of Fix Match."""
    question: dict[str, object] = {
        "type": MOVIE,
        "title": title or item.title,
        "filename": name_file(state, item),
        "includeAdult": 1,
        "excludeElements": "Image,Genre,Role",
    }
    if manual:
        question["manual"] = 1
    elif item.guid.startswith(provider.identifier):
        question["guid"] = item.guid
    found = read_items(fetch_json(f"{provider.uri}{provider.features['match']}", question))
    if len(found) > 1 and not manual:
        raise ProviderFailed("more than one match, although nobody chooses")
    return found


def name_file(state: PlexState, item: PlexMovie) -> str:
    """Return the path of an item's file as this Plex tells it to a provider."""
    path = item.files[0]
    places = state.sections[item.section_id].locations
    place = next((each for each in places if path.startswith(each.rstrip("/") + "/")), "")
    return path[len(place.rstrip("/")) + 1 :] if place and state.options.relative_filenames else path


def read_items(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the items in a provider's answer; raise ProviderFailed if it breaks the protocol.

    Matching and refreshing call it.
    """
    container = answer.get("MediaContainer")
    rows = container.get("Metadata", []) if isinstance(container, dict) else None
    if not isinstance(container, dict) or not isinstance(rows, list) or container.get("size") != len(rows):
        raise ProviderFailed("no MediaContainer with its size")
    for row in rows:
        missing = [name for name in REQUIRED if not row.get(name)]
        if missing or not RATING_KEY.fullmatch(row["ratingKey"]) or "/" not in row["guid"].partition("://")[2]:
            raise ProviderFailed(f"an item without {missing or 'a proper key and guid'}")
    return rows


def refresh_from_provider(state: PlexState, provider: MetadataProvider, item: PlexMovie) -> None:
    """Fill an item with its provider's metadata; an item without a match is matched first, or stays as it is.

    The route that refreshes an item calls it.
    """
    prefix = f"{provider.identifier}://movie/"
    if not item.guid.startswith(prefix):
        found = ask_for_match(state, provider, item)
        if not found:
            return
        item.guid = found[0]["guid"]
    if not item.guid.startswith(prefix):
        raise ProviderFailed(f"primary provider {provider.identifier} failed to return a result")
    key = item.guid[len(prefix) :]
    rows = read_items(fetch_json(f"{provider.uri}{provider.features['metadata']}/{key}"))
    if not rows:
        raise ProviderFailed(f"primary provider {provider.identifier} failed to return a result")
    take_metadata(state, provider, item, rows[0])


def offer_images(provider: MetadataProvider, item: PlexMovie) -> None:
    """Add a provider's images of a matched item to the pictures among which a person can choose.

    `ask_for_images` calls it.
    """
    prefix = f"{provider.identifier}://movie/"
    if not item.guid.startswith(prefix):
        return
    answer = fetch_json(f"{provider.uri}{provider.features['metadata']}/{item.guid[len(prefix) :]}/images")
    container = answer.get("MediaContainer")
    rows = container.get("Image") if isinstance(container, dict) else None
    if not isinstance(container, dict) or not isinstance(rows, list) or container.get("size") != len(rows):
        raise ProviderFailed("no MediaContainer with images and its size")
    for row in rows:
        pictures = item.pictures.setdefault(PICTURES[row["type"]], [])
        if all(each.key != row["url"] for each in pictures):
            pictures.append(ItemPicture(row["url"], provider.identifier))


def take_metadata(state: PlexState, provider: MetadataProvider, item: PlexMovie, row: Mapping[str, Any]) -> None:
    """Make a provider's answer the item's source, and refresh the item from it; what it leaves out becomes empty.

    `refresh_from_provider` calls it.
    """
    item.source = {name: str(row.get(name) or "") for name in FIELDS}
    item.source["originallyAvailableAt"] = str(row["originallyAvailableAt"])
    item.source_tags = {kind: [each["tag"] for each in row.get(name, ())] for name, kind in TAGS.items()}
    state.tag_photos.update({each["tag"]: each["thumb"] for each in row.get("Role", ()) if each.get("thumb")})
    for image in row.get("Image", ()):
        kind = PICTURES[image["type"]]
        kept = [each for each in item.pictures.get(kind, ()) if each.provider != provider.identifier]
        is_shown = not any(each.selected for each in kept)
        item.pictures[kind] = [*kept, ItemPicture(image["url"], provider.identifier, is_shown)]
    state.refresh_item(item)
