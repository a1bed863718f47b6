"""Reads performers and studios of the library: which fields, and as which plain values."""

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
    """Return the Stash client's calls for performers or for studios; used wherever the kind is a variable."""
    return stash.performers if kind == PERFORMER else stash.studios


def find_linked_by_id(
    stash: StashClient, kind: str, endpoint: str, ids: Collection[str], fields: str = ""
) -> dict[str, list[dict[str, Any]]]:
    """Return by box id the library objects linked to it, in any spelling of the endpoint."""
    return select_objects(stash, kind).find_linked(endpoint, ids, fields)


def list_fields(stash: StashClient, kind: str) -> list[str]:
    """Return the plain fields that this Stash both has and accepts, for syncs, merges and the settings page."""
    known, word = stash.capabilities(), kind.capitalize()
    fields = [name for name in PLAIN[kind] if known.has(word, name) and known.has(f"{word}UpdateInput", name)]
    old = {each for new, olds in SUPERSEDED.items() if new in fields for each in olds}
    return [name for name in fields if name not in old]


def select_fields(stash: StashClient, kind: str) -> str:
    """Return the GraphQL fields to read for a sync of performers or studios."""
    parent = "parent_studio { id }" if kind != PERFORMER else ""
    times = "created_at updated_at"
    return f"{' '.join(list_fields(stash, kind))} image_path {times} {stash.capabilities().link_fields} {parent}"


def read_supported_fields(stash: StashClient, kind: str) -> SupportedFields:
    """Return which optional fields this Stash has, for converting a box's values."""
    fields, known = list_fields(stash, kind), stash.capabilities()
    return SupportedFields("urls" in fields, "career_start" in fields, known.has_partial_dates)


def describe_row(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return a row of Stash as the field values that plans compare and journal targets read."""
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
    """Return the aliases in a row of Stash or a record, which performers and studios call differently."""
    return [*values.get("alias_list", ()), *values.get("aliases", ())]
