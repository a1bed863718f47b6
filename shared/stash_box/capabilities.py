"""The features of a box, found by one introspection and kept for a week."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Protocol

from shared.errors import WrongVersion
from shared.json_shape import JsonShape
from shared.runtime.clock import is_recent

WEEK = 7 * 86400.0
CAPABILITIES = {"at": float, "names": {str: [str]}}
PROBE = """query Capabilities {
  queries: __type(name: "Query") { fields(includeDeprecated: true) { name } }
  mutations: __type(name: "Mutation") { fields(includeDeprecated: true) { name } }
  scene: __type(name: "Scene") { fields(includeDeprecated: true) { name } }
  performer: __type(name: "Performer") { fields(includeDeprecated: true) { name } }
  studio: __type(name: "Studio") { fields(includeDeprecated: true) { name } }
  tag: __type(name: "Tag") { fields(includeDeprecated: true) { name } }
  scene_filters: __type(name: "SceneQueryInput") { inputFields { name } }
  fingerprint: __type(name: "Fingerprint") { fields(includeDeprecated: true) { name } }
  submission: __type(name: "FingerprintSubmission") { inputFields { name } }
}"""


class NotOffered(WrongVersion):
    """Raised if a box does not have a query or list; never reported as an empty result."""

    code = "NotOffered"


class SmallValues(Protocol):
    """A store of small JSON values (`Store.kv`)."""

    def get(self, name: str, shape: JsonShape, default: Any = None) -> Any:
        """Return a kept value, or the default; the client keeps a box's features so."""

    def put(self, name: str, value: object) -> None:
        """Keep a value; the client keeps a box's features so."""


class NoSmallValues:
    """A store that keeps nothing, for a client without a state file."""

    def get(self, name: str, shape: JsonShape, default: Any = None) -> Any:  # noqa: ARG002
        """Return the default: a client of a box without a state file calls it."""
        return default

    def put(self, name: str, value: object) -> None:
        """Do nothing: a client of a box without a state file calls it."""


class BoxCapabilities(NamedTuple):
    """The names in a box's schema: its queries, mutations, filters, and the fields of each kind of record."""

    queries: frozenset[str]
    mutations: frozenset[str]
    scene: frozenset[str]
    performer: frozenset[str]
    studio: frozenset[str]
    tag: frozenset[str]
    scene_filters: frozenset[str]
    fingerprint: frozenset[str] = frozenset()
    submission: frozenset[str] = frozenset()


def split_names(text: str) -> frozenset[str]:
    """Return the names in a text; the features that each box is assumed to have (ASSUMED) are written with it."""
    return frozenset(text.split())


# The names that Stash itself uses at every box; assumed for boxes that refuse introspection.
ASSUMED = BoxCapabilities(
    queries=split_names(
        "findScene findPerformer findStudio findTag findScenesBySceneFingerprints queryScenes queryPerformers "
        "queryStudios queryTags queryTagCategories queryEdits searchScene searchPerformer searchStudio searchTag me"
    ),
    mutations=split_names("favoritePerformer favoriteStudio submitFingerprint"),
    scene=split_names(
        "id title code details director duration date urls images studio tags performers deleted fingerprints"
    ),
    performer=split_names(
        "id name disambiguation aliases gender merged_ids deleted merged_into_id urls images birth_date death_date "
        "ethnicity country eye_color hair_color height measurements breast_type career_start_year career_end_year "
        "tattoos piercings is_favorite"
    ),
    studio=split_names("id name aliases urls parent images deleted is_favorite"),
    tag=split_names("id name description aliases category deleted"),
    scene_filters=split_names("title url studios parentStudio tags performers date favorites"),
    fingerprint=split_names("hash algorithm duration"),
)


def read_capabilities(data: Mapping[str, Any]) -> BoxCapabilities:
    """Return the features from the reply to PROBE, for the channel; a type that the box lacks has no names."""
    return BoxCapabilities(*(_read_names(data.get(part)) for part in BoxCapabilities._fields))


def store_capabilities(memory: SmallValues, endpoint: str, known: BoxCapabilities, now: float) -> None:
    """Keep the features of a box for a week, so that the next process need not ask for them; the channel calls it."""
    names = {part: sorted(values) for part, values in known._asdict().items()}
    memory.put(make_key("capabilities", endpoint), {"at": now, "names": names})


def recall_capabilities(memory: SmallValues, endpoint: str, now: float) -> BoxCapabilities | None:
    """Return the features of a box that were found within the last week, or None; the channel then asks the box."""
    kept = memory.get(make_key("capabilities", endpoint), CAPABILITIES)
    if not kept or not is_recent(kept["at"], now, WEEK):
        return None
    return BoxCapabilities(*(frozenset(kept["names"].get(part, ())) for part in BoxCapabilities._fields))


def make_key(what: str, endpoint: str) -> str:
    """Return the key of a small value about one endpoint; a box's features and batch sizes are kept under such keys."""
    return f"stashbox.{what}.{hashlib.sha256(endpoint.encode()).hexdigest()[:16]}"


def _read_names(described: Mapping[str, Any] | None) -> frozenset[str]:
    rows: Collection[Mapping[str, str]] = (described or {}).get("fields") or (described or {}).get("inputFields") or ()
    return frozenset(row["name"] for row in rows)
