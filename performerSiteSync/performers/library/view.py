"""Objects of library and boxes in one form; conflicts, duplicates and the review show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.library.entities import list_aliases, list_fields, select_objects
from performers.library.kinds import SCENE
from performers.library.scenes import SCENE_PARTS, name_scene
from shared.stash_box import Box
from shared.stash_box.addresses import make_page_url

if TYPE_CHECKING:
    from shared.stash import StashClient

SHOWN = {
    "performer": ("name", "disambiguation", "birthdate", "country", "alias_list"),
    "studio": ("name", "aliases"),
    SCENE: ("title", "date"),
}
PLAIN = ("name", "disambiguation", "birthdate", "country", "date")
PICTURES = {"performer": "image_path scene_count", "studio": "image_path scene_count", SCENE: SCENE_PARTS}


def show_remote(
    kind: str,
    box: Box,
    remote_id: str,
    values: Mapping[str, Any],
    evidence: Sequence[str] = (),
    scenes: int | None = None,
) -> dict[str, Any]:
    """Return a box's record as conflicts show it, in the same form as a library object."""
    return {
        "kind": kind,
        "id": None,
        "box": box.name,
        "endpoint": box.endpoint,
        "remote_id": remote_id,
        **{name: values.get(name) or None for name in PLAIN},
        "aliases": list_aliases(values),
        "scene_count": scenes,
        "image": values.get("image"),
        "url": make_page_url(box, kind, remote_id),
        "evidence": list(evidence),
    }


def show_local(kind: str, row: Mapping[str, Any], evidence: Sequence[str] = ()) -> dict[str, Any]:
    """Return a row of Stash in the form that conflicts, duplicates and the review show."""
    if kind == SCENE:
        row = {**row, "name": name_scene(row), "image_path": row["paths"]["screenshot"]}
    return {
        "kind": kind,
        "id": str(row["id"]),
        "box": None,
        "endpoint": None,
        "remote_id": None,
        **{name: row.get(name) or None for name in PLAIN},
        "aliases": list_aliases(row),
        "scene_count": row.get("scene_count"),
        "image": row.get("image_path"),
        "url": None,
        "evidence": list(evidence),
    }


def read_locals(stash: StashClient, kind: str, numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the present library objects by id in the form the page shows; deleted ones are missing."""
    fields = [name for name in list_fields(stash, kind) if name in SHOWN[kind]]
    rows = select_objects(stash, kind).read(numbers, f"{' '.join(fields)} {PICTURES[kind]}")
    return {number: show_local(kind, row) for number, row in rows.items()}
