"""Searching by words and by exact name. A search is a list of candidates, never an equality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import BadReply
from shared.stashbox.capabilities import Capabilities
from shared.stashbox.channel import Channel
from shared.stashbox.kinds import PERFORMER, SCENE, STUDIO, TAG, Kind
from shared.stashbox.records import Performer, RecordT, Scene, Studio, Tag

LIMIT = 25


def search_scenes(channel: Channel, term: str, limit: int = LIMIT) -> list[Scene]:
    """Scenes with any of the words, most words first; a UUID or an address finds exactly."""
    return _search(channel, SCENE, term, limit)


def search_performers(channel: Channel, term: str, limit: int = LIMIT) -> list[Performer]:
    """Performers by name or alias; a UUID or an address finds exactly."""
    return _search(channel, PERFORMER, term, limit)


def search_studios(channel: Channel, term: str, limit: int = LIMIT) -> list[Studio]:
    """Studios by name, network or alias."""
    return _search(channel, STUDIO, term, limit)


def search_tags(channel: Channel, term: str, limit: int = LIMIT) -> list[Tag]:
    """Tags by name or alias."""
    return _search(channel, TAG, term, limit)


def find_studio_named(channel: Channel, name: str) -> Studio | None:
    """The live studio with exactly this name, upper and lower case being the same; aliases do not count."""
    return _find_named(channel, STUDIO, "findStudio", name)


def find_tag_named(channel: Channel, name: str) -> Tag | None:
    """The live tag with exactly this name, else with this alias where the box looks for those."""
    has_alias_search = "findTagOrAlias" in channel.capabilities.queries
    return _find_named(channel, TAG, "findTagOrAlias" if has_alias_search else "findTag", name)


def _search(channel: Channel, kind: Kind[RecordT], term: str, limit: int) -> list[RecordT]:
    """The newer query, which pages, or the older one, which every box has for scenes and performers."""
    newer, older = f"search{kind.type}s", f"search{kind.type}"
    rows_name = f"{kind.word}s"
    is_newer = newer in channel.capabilities.queries
    if not is_newer:
        channel.require(older, f"a search for {rows_name}")
    root, arguments = (newer, "term: $term, per_page: $limit") if is_newer else (older, "term: $term, limit: $limit")

    def build(known: Capabilities) -> str:
        selection = f"{{ {rows_name} {kind.select(known)} }}" if is_newer else kind.select(known)
        return f"query Search($term: String!, $limit: Int) {{ found: {root}({arguments}) {selection} }}"

    operation = f"searching for {rows_name}"
    found: Any = channel.ask_built(build, {"term": term, "limit": limit}, operation).get("found")
    rows = found.get(rows_name) if isinstance(found, Mapping) else found
    if not isinstance(rows, list):
        name = channel.box.name
        raise BadReply(f"{name} sent no list while {operation}.", service=name, operation=operation, status=200)
    return [kind.read(row) for row in rows if row]


def _find_named(channel: Channel, kind: Kind[RecordT], root: str, name: str) -> RecordT | None:
    def build(known: Capabilities) -> str:
        return f"query Named($name: String!) {{ found: {root}(name: $name) {kind.select(known)} }}"

    row = channel.ask_built(build, {"name": name}, f"looking up the {kind.word} {name}").get("found")
    return kind.read(row) if row else None
