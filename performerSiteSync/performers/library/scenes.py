"""Reads scenes of the library: the fields beside the plain ones, and a scene's name for people. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

SCENE_PARTS = (
    "organized paths { screenshot } files { basename } studio { id name stash_ids { endpoint stash_id } } "
    "performers { id name stash_ids { endpoint stash_id } }"
)
STUDIO_ID, CAST, NEW_STUDIO = "studio_id", "performers", "new_studio"
FOLLOWED = ("title", "date", "code", "director", "details", STUDIO_ID)  # single values that a scene's records have
SCENE_FIELDS = (*FOLLOWED, CAST, "urls", "image")


def describe_scene(row: Mapping[str, Any], plain: Collection[str]) -> dict[str, Any]:
    """Return a scene of Stash as the field values that plans compare; `name` is for people.

    Stash does not say in a scene if it has a cover, so `image` is left to the caller, who asks for all without one.
    """
    return {
        **{name: row[name] for name in plain if name in row},
        "name": name_scene(row),
        STUDIO_ID: str(row["studio"]["id"]) if row["studio"] else None,
        CAST: [str(each["id"]) for each in row["performers"]],
        "stash_ids": [[link["endpoint"], link["stash_id"]] for link in row["stash_ids"]],
        "image": None,
    }


def name_scene(row: Mapping[str, Any]) -> str:
    """Return a scene's title, or the name of its first file; plans, the review and the history show it."""
    title = row.get("title") or row.get("name") or ""
    return title or next((file["basename"] for file in row.get("files") or ()), "") or f"scene {row['id']}"


def name_present(row: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scene's present values with names in place of ids and its picture's address.

    The review and the list of locks show them.
    """
    studio = row["studio"]["name"] if row["studio"] else None
    people = [each["name"] for each in row["performers"]]
    return {**present, STUDIO_ID: studio, CAST: people, "image": row["paths"]["screenshot"]}


def name_stranger(endpoint: str, remote_id: str) -> str:
    """Return the value by which a plan of scenes names a performer or studio of a box that Stash may not have yet.

    `Stranger` and the target of scenes use it.
    """
    return f"{endpoint}|{remote_id}"


def find_stranger(member: str) -> tuple[str, str] | None:
    """Return endpoint and id in a value made by `name_stranger`, or None for a performer or studio of the library.

    Plans, target and review of scenes call it.
    """
    endpoint, bar, remote_id = str(member).rpartition("|")
    return (endpoint, remote_id) if bar else None
