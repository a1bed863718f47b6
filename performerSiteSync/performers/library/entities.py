"""Reads performers, studios and scenes of the library: which fields, and as which plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.library.kinds import PERFORMER, SCENE, STUDIO
from performers.library.scenes import CAST, SCENE_PARTS, describe_scene
from shared.stash.pictures import is_placeholder

if TYPE_CHECKING:
    from shared.stash import LibraryObjects, StashClient

NO_LINK = {"stash_id_endpoint": {"modifier": "IS_NULL"}}
ALIASES = ("alias_list", "aliases")
LISTS = (*ALIASES, "urls", CAST)

HAS_PICTURE = "present"
PLAIN = {
    "performer": [
        "name",
        "disambiguation",
        "alias_list",
        "gender",
        "birthdate",
        "death_date",
        "ethnicity",
        "country",
        "eye_color",
        "hair_color",
        "height_cm",
        "measurements",
        "fake_tits",
        "career_length",
        "career_start",
        "career_end",
        "tattoos",
        "piercings",
        "urls",
        "url",
        "favorite",
    ],
    "studio": ["name", "aliases", "urls", "url", "favorite"],
    "scene": ["title", "date", "code", "director", "details", "urls"],
}
SUPERSEDED = {"urls": ("url",), "career_start": ("career_length",)}


def select_objects(stash: StashClient, kind: str) -> LibraryObjects:
    """Return the Stash client's calls for one kind of objects; used wherever the kind is a variable."""
    return {PERFORMER: stash.performers, STUDIO: stash.studios, SCENE: stash.scenes}[kind]


def select_name(kind: str) -> str:
    """Return the GraphQL field of an object's name, which scenes call their title; answers have it as `name`.

    The list of gone links, `update_one` and the journal targets read names with it.
    """
    return "name: title" if kind == SCENE else "name"


def select_picture(kind: str) -> str:
    """Return the GraphQL field with the address of an object's picture, which `is_as_left` asks Stash for."""
    return "paths { screenshot }" if kind == SCENE else "image_path"


def read_picture_url(row: Mapping[str, Any], kind: str) -> str:
    """Return the address of an object's picture at Stash, of a scene that of its cover.

    A picture is compared or kept for an undo by it.
    """
    return str((row["paths"]["screenshot"] if kind == SCENE else row["image_path"]) or "")


def find_linked_by_id(
    stash: StashClient, kind: str, endpoint: str, ids: Collection[str], fields: str = ""
) -> dict[str, list[dict[str, Any]]]:
    """Return by box id the library objects linked to it, in any spelling of the endpoint.

    Favorites, planners and the review call it.
    """
    return select_objects(stash, kind).find_linked(endpoint, ids, fields)


def list_fields(stash: StashClient, kind: str) -> list[str]:
    """Return the plain fields that this Stash both has and accepts, for syncs, merges and the settings page."""
    known, word = stash.capabilities(), kind.capitalize()
    fields = [name for name in PLAIN[kind] if known.has(word, name) and known.has(f"{word}UpdateInput", name)]
    old = {each for new, olds in SUPERSEDED.items() if new in fields for each in olds}
    return [name for name in fields if name not in old]


def select_fields(stash: StashClient, kind: str) -> str:
    """Return the GraphQL fields to read for a sync of performers, studios or scenes."""
    parts = {PERFORMER: "image_path", STUDIO: "image_path parent_studio { id }", SCENE: SCENE_PARTS}[kind]
    times = "created_at updated_at"
    return f"{' '.join(list_fields(stash, kind))} {times} {stash.capabilities().link_fields} {parts}"


def read_supported_fields(stash: StashClient, kind: str) -> SupportedFields:
    """Return which optional fields this Stash has, for converting a box's values; planners and the review call it."""
    fields, known = list_fields(stash, kind), stash.capabilities()
    return SupportedFields("urls" in fields, "career_start" in fields, known.has_partial_dates)


def describe_row(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return a row of Stash as the field values that plans compare and journal targets read."""
    if kind == SCENE:
        return describe_scene(row, PLAIN[kind])
    values = {name: row[name] for name in PLAIN[kind] if name in row}
    values["stash_ids"] = [[link["endpoint"], link["stash_id"]] for link in row["stash_ids"]]
    values["image"] = None if is_placeholder(row["image_path"]) else HAS_PICTURE
    if kind != PERFORMER:
        values["parent_id"] = str(row["parent_studio"]["id"]) if row["parent_studio"] else None
    return values


class SupportedFields(NamedTuple):
    """The optional fields that the running Stash has; box values are converted to fit."""

    has_urls: bool = True
    has_career_dates: bool = True
    has_partial_dates: bool = True


def list_aliases(values: Mapping[str, Any]) -> list[str]:
    """Return the aliases in a row of Stash or a record, which performers and studios call differently.

    Matching and the page's objects call it.
    """
    return [*values.get("alias_list", ()), *values.get("aliases", ())]
