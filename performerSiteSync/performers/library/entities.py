"""Performers and studios of the library: the fields read of them, and their plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.library.kinds import PERFORMER
from shared.stash.pictures import is_placeholder

if TYPE_CHECKING:
    from shared.stash import LibraryObjects, StashClient

NO_LINK = {"stash_id_endpoint": {"modifier": "IS_NULL"}}
ALIASES = ("alias_list", "aliases")
LISTS = (*ALIASES, "urls")

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
}
SUPERSEDED = {"urls": ("url",), "career_start": ("career_length",)}


def select_objects(stash: StashClient, kind: str) -> LibraryObjects:
    """Return the Stash calls for a kind."""
    return stash.performers if kind == PERFORMER else stash.studios


def find_linked_by_id(
    stash: StashClient, kind: str, endpoint: str, ids: Collection[str], fields: str = ""
) -> dict[str, list[dict[str, Any]]]:
    """Return by box id the library objects linked to it, with the endpoint with or without its last slash."""
    objects = select_objects(stash, kind)
    found = objects.find_linked(endpoint, ids, fields) if ids else {}
    other = endpoint.rstrip("/") if endpoint.endswith("/") else f"{endpoint}/"
    missing = [each for each in ids if each not in found]
    return {**found, **objects.find_linked(other, missing, fields)} if missing else found


def list_fields(stash: StashClient, kind: str) -> list[str]:
    """The plain fields this Stash has and takes."""
    known, word = stash.capabilities(), kind.capitalize()
    fields = [name for name in PLAIN[kind] if known.has(word, name) and known.has(f"{word}UpdateInput", name)]
    old = {each for new, olds in SUPERSEDED.items() if new in fields for each in olds}
    return [name for name in fields if name not in old]


def select_fields(stash: StashClient, kind: str) -> str:
    """Return the GraphQL fields to read of a kind."""
    parent = "parent_studio { id }" if kind != PERFORMER else ""
    return f"{' '.join(list_fields(stash, kind))} image_path {stash.capabilities().link_fields} {parent}"


def read_shape(stash: StashClient, kind: str) -> Shape:
    """Return the fields that this Stash has."""
    fields, known = list_fields(stash, kind), stash.capabilities()
    return Shape("urls" in fields, "career_start" in fields, known.has_partial_dates)


def describe_row(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """A row of Stash as the fields of the journal."""
    values = {name: row[name] for name in PLAIN[kind] if name in row}
    values["stash_ids"] = [[link["endpoint"], link["stash_id"]] for link in row["stash_ids"]]
    values["image"] = None if is_placeholder(row["image_path"]) else HAS_PICTURE
    if kind != PERFORMER:
        values["parent_id"] = str(row["parent_studio"]["id"]) if row["parent_studio"] else None
    return values


class Shape(NamedTuple):
    """The fields that the running Stash has."""

    has_urls: bool = True
    has_career_dates: bool = True
    has_partial_dates: bool = True


def list_aliases(values: Mapping[str, Any]) -> list[str]:
    """Performers and sites call them differently."""
    return [*values.get("alias_list", ()), *values.get("aliases", ())]
