"""The answers in the form of Plex's provider protocol: the manifest, lists, and one scene as a movie. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plexsync.write.content import BACKGROUND, POSTER, ItemContent
from plexsync.write.stash_scenes import StashScene
from shared.plex.model import PlexTag
from shared.plex.title_and_text_form import whole_date

IDENTIFIER = "tv.plex.agents.custom.stash2plex"
TITLE = "Stash2Plex"
PROTOCOL_VERSION = "1.0.0"
MOVIE, MOVIE_NUMBER = "movie", 1
METADATA_PATH, MATCH_PATH = "/library/metadata", "/library/metadata/matches"
RATING_KEY = re.compile(r"scene-(\d{1,18})")
GUID = re.compile(rf"{re.escape(IDENTIFIER)}://(?:{MOVIE}/)?({RATING_KEY.pattern})(?:\?.*)?")
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
# The protocol has no place for the owner's stars, the edition, labels and collections of the studio: the push has.
TEXTS = ("titleSort", "originalTitle", "tagline", "summary", "studio", "contentRating")
# The fields and kinds of tags that a refresh brings. Pictures are not among them: Plex may fail to fetch them.
PROVIDED = frozenset({"title", "originallyAvailableAt", *TEXTS, "genre", "actor", "director"})
IMAGES = {"coverPoster": POSTER, "background": BACKGROUND}
NO_DATE = "1970-01-01"  # only for a scene without any date, because Plex refuses an item without one

Document = dict[str, Any]
AddressMaker = Callable[[str], str]  # the address at the provider for one at Stash


def make_manifest() -> Document:
    """Return the document that Plex reads first: who the provider is, what it knows, and where.

    It names no feature for images: with one, Plex shows no pictures of other providers.
    """
    features = [{"type": "metadata", "key": METADATA_PATH}, {"type": "match", "key": MATCH_PATH}]
    types = [{"type": MOVIE_NUMBER, "Scheme": [{"scheme": IDENTIFIER}]}]
    provider = {"identifier": IDENTIFIER, "title": TITLE, "version": PROTOCOL_VERSION}
    return {"MediaProvider": {**provider, "Types": types, "Feature": features}}


def make_container(rows: Sequence[Document], kind: str = "Metadata") -> Document:
    """Return a list of items or images as the protocol wraps it, for an answer to Plex."""
    size = len(rows)
    container = {"offset": 0, "totalSize": size, "identifier": IDENTIFIER, "size": size, kind: list(rows)}
    return {"MediaContainer": container}


def make_rating_key(scene_id: int) -> str:
    """Return the key under which Plex asks for a scene."""
    return f"scene-{scene_id}"


def parse_rating_key(text: str) -> int | None:
    """Return the scene's number in a rating key, of a path or typed as the title in Fix Match; else None.

    The provider's routes call it.
    """
    found = RATING_KEY.fullmatch(text.strip())
    return int(found[1]) if found else None


def parse_guid(guid: str) -> int | None:
    """Return the scene's number in a guid that this provider gave, such as that of a match request; None for others."""
    found = GUID.fullmatch(guid)
    return int(found[2]) if found else None


def is_provided(agent: str, guid: str, scene_id: int) -> bool:
    """Return True if a refresh of an item in Plex brings the values of this scene; the push then sets no locks.

    `agent` is the one of the item's library, `guid` that of the item.
    """
    return agent == IDENTIFIER and parse_guid(guid) == scene_id


def describe_scene(scene: StashScene, content: ItemContent, make_address: AddressMaker) -> Document:
    """Return a scene as a movie of Plex's protocol, with the content that the plugin would write into the item."""
    key, fields = make_rating_key(scene.id), content.wanted.fields
    images = describe_images(content, make_address)
    shown: Document = {
        "ratingKey": key,
        "key": f"{METADATA_PATH}/{key}",
        "guid": f"{IDENTIFIER}://{MOVIE}/{key}",
        "type": MOVIE,
        "title": fields.get("title") or name_untitled(scene),
        "originallyAvailableAt": find_date(scene),
        **{name: fields[name] for name in TEXTS if fields.get(name)},
        **describe_people_and_tags(content.wanted.tags, fields),
    }
    if scene.date[:4].isdigit():
        shown["year"] = int(scene.date[:4])
    for image in images:
        shown["thumb" if image["type"] == "coverPoster" else "art"] = image["url"]
        shown.setdefault("Image", []).append({**image, "alt": shown["title"]})
    return shown


def name_untitled(scene: StashScene) -> str:
    """Return the title of a scene that sends none, for `describe_scene`: the name of the file, as Plex does it."""
    return scene.title or scene.label.rpartition(".")[0] or scene.label


def describe_images(content: ItemContent, make_address: AddressMaker) -> list[Document]:
    """Return poster and background as the protocol's images, each with its address at the provider."""
    kinds = [(kind, name) for kind, name in IMAGES.items() if content.pictures.get(name)]
    return [{"type": kind, "url": make_address(content.pictures[name][0])} for kind, name in kinds]


def describe_people_and_tags(tags: Mapping[str, Sequence[PlexTag]], fields: Mapping[str, str]) -> Document:
    """Return genres, actors in Stash's order, directors and studio, for `describe_scene`; what is empty is left out."""
    roles = [
        {"tag": each.name, "order": place, **({"thumb": each.thumb} if each.thumb else {})}
        for place, each in enumerate(tags.get("actor", ()), 1)
    ]
    lists = {
        "Genre": [{"tag": each.name} for each in tags.get("genre", ())],
        "Role": roles,
        "Director": [{"tag": each.name} for each in tags.get("director", ())],
        "Studio": [{"tag": fields["studio"]}] if fields.get("studio") else [],
    }
    return {name: rows for name, rows in lists.items() if rows}


def find_date(scene: StashScene) -> str:
    """Return the date of a scene, which the protocol demands.

    A date without day or month becomes its first day. A scene without a date gets the day on which Stash found it.
    """
    found = PARTIAL_DATE.fullmatch(scene.date.strip())
    first_day = f"{found[1]}-{found[2] or '01'}-01" if found else ""
    return whole_date(scene.date) or whole_date(first_day) or whole_date(scene.created_at) or NO_DATE
