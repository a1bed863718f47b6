"""Everything a list needs from Stash, in one request: settings, boxes, the entity, favorites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.listing.filters import list_favorite_kinds
from missing.listing.list_query import MissingListQuery
from shared.errors import Refused
from shared.settings import Settings
from shared.stash.configuration import ConfiguredBox
from shared.stash_box.box import Box, make_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

LINKS = "stash_ids { endpoint stash_id }"
LIMIT = "max_requests_per_minute"  # Stash 0.29
CONFIGURATION = """configuration {
    plugins(include: $plugins)
    general { stashBoxes { name endpoint api_key %s } }
  }"""
FAVORITES = {
    "performers": "findPerformers(performer_filter: {filter_favorites: true}, filter: {per_page: -1})",
    "studios": "findStudios(studio_filter: {favorite: true}, filter: {per_page: -1})",
    "tags": "findTags(tag_filter: {favorite: true}, filter: {per_page: -1})",
}
READING = "reading what the list needs"


class NotInThisStash(Refused):
    """Raised if this version of Stash lacks what the list needs."""

    code = "NotInThisStash"


class ListSetup(NamedTuple):
    """Settings, boxes, the entity (None if gone or not asked for) and favorites by kind, as Stash has them now."""

    settings: Settings
    boxes: list[Box]
    entity: dict[str, Any] | None
    favorites: dict[str, list[dict[str, Any]]]


def read_list_setup(call: Call, query: MissingListQuery) -> ListSetup:
    """Return everything `find_missing` needs from Stash, with one request.

    Raises NotInThisStash if this version of Stash is too old for the list.
    """
    kinds = list_favorite_kinds(query.filters)
    variables = {"plugins": [call.plugin.id]}
    documents = [make_document(query, kinds, limit) for limit in (LIMIT, "")]
    try:
        data = call.stash.ask_newest(documents, variables, READING)
    except Refused as error:
        raise explain_refusal(query, error) from error
    settings, boxes = read_configuration(call, data["configuration"])
    return ListSetup(settings, boxes, data.get("entity"), {kind: data[kind]["rows"] for kind in kinds})


def read_settings_and_boxes(call: Call) -> tuple[Settings, list[Box]]:
    """Return the settings and the boxes with one request, for operations without a list."""
    documents = [make_document(None, (), limit) for limit in (LIMIT, "")]
    data = call.stash.ask_newest(documents, {"plugins": [call.plugin.id]}, READING)
    return read_configuration(call, data["configuration"])


def read_configuration(call: Call, configuration: Mapping[str, Any]) -> tuple[Settings, list[Box]]:
    """Return settings and boxes from the `configuration` part of Stash's answer.

    The list and the overview read it first.
    """
    boxes = [
        ConfiguredBox(row["name"], row["endpoint"], row["api_key"] or "", int(row.get(LIMIT) or 0))
        for row in configuration["general"]["stashBoxes"]
    ]
    raw = (configuration["plugins"] or {}).get(call.plugin.id) or {}
    return call.read_settings(raw), make_boxes(boxes)


def make_document(query: MissingListQuery | None, kinds: Sequence[str], limit: str) -> str:
    """Return the GraphQL query for a list's setup; `limit` is a field of boxes that older versions lack."""
    parts = [CONFIGURATION % limit]
    if query is not None and query.is_about_entity:
        find = f"find{query.entity_type.capitalize()}(id: {query.entity_id})"
        parts.append(f"entity: {find} {{ id name image_path {LINKS} }}")
    parts += [f"{kind}: {FAVORITES[kind]} {{ rows: {kind} {{ {LINKS} }} }}" for kind in kinds]
    return f"query Open($plugins: [ID!]) {{ {' '.join(parts)} }}"


def explain_refusal(query: MissingListQuery, error: Refused) -> Refused:
    """Return the error of `read_list_setup` if Stash refused its query: it names the version that is needed."""
    kinds = list_favorite_kinds(query.filters)
    if query.entity_type == "tag" or "tags" in kinds:
        return NotInThisStash("Tags can be linked to a stash-box since Stash 0.30. Update Stash to use this.")
    if "studios" in kinds:
        return NotInThisStash("Studios can be favorites since Stash 0.26. Update Stash to use this filter.")
    return error
