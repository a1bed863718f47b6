"""Tags that the cleaning deleted: all they had is kept, so that an undo can create them again.

Stash gives a tag that is created again a new id. So `RestoredTags` tells the undo which tag stands for the former one.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import base64
import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, GraphQLFailed, Refused
from shared.journal import Blobs, Json
from shared.stash.links import echo_links
from shared.stash.pictures import is_placeholder

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient
    from shared.state.store import Store

Row = dict[str, Any]

PLAIN = ("name", "sort_name", "description", "favorite", "ignore_auto_tag", "custom_fields")
DELETED, UNCONFIRMED = 0, -1  # in the column `restored`: not created again; requested, but the answer was lost
MADE = JsonColumn("deleted_tags", "made", {"name": str, "parent_ids?": [(str, int)], "child_ids?": [(str, int)]})

_SAVE = "INSERT OR REPLACE INTO deleted_tags VALUES (?, ?, ?)"
_RESTORE = "UPDATE deleted_tags SET restored = ? WHERE tag = ?"


def list_tag_fields(stash: StashClient) -> str:
    """Return the GraphQL fields of everything that a tag consists of, for the plan of its deletion."""
    known = stash.capabilities()
    plain = [name for name in PLAIN if known.has("Tag", name) and known.has("TagCreateInput", name)]
    links = [known.link_fields] if known.has_tag_links else []
    return " ".join([*plain, "aliases", "parents { id }", "children { id }", "image_path", *links])


def make_kept_values(row: Mapping[str, Any]) -> Row:
    """Return the create input that brings a tag back, as the plan of its deletion keeps it; empty values left out."""
    values: Row = {name: row[name] for name in PLAIN if name in row}
    values["aliases"] = list(row["aliases"])
    values["stash_ids"] = echo_links(row.get("stash_ids"))
    values["parent_ids"] = [parent["id"] for parent in row["parents"]]
    values["child_ids"] = [child["id"] for child in row["children"]]
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, False)}


def fetch_image(call: Call, row: Mapping[str, Any]) -> tuple[bytes, str] | None:
    """Return a tag's own picture and its type; None if it has only Stash's placeholder."""
    if is_placeholder(row["image_path"]):
        return None
    picture = call.stash.download_picture(row["image_path"], f"reading the picture of the tag {row['name']}")
    return picture.data, picture.content_type


class RestoredTags:
    """The records of deleted tags, and which tags stand for them now; for the target of the cleaning."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._store: Store = call.store

    def find_current(self, tag_ids: Collection[int]) -> dict[int, int]:
        """Return the present ids of tags: their own, or that of the tag which was created again in their place."""
        found = {each: each for each in tag_ids}
        for row in self._store.read("SELECT tag, restored FROM deleted_tags WHERE restored > 0"):
            if row["tag"] in found:
                found[row["tag"]] = row["restored"]
        return found

    def list_former(self) -> dict[int, int]:
        """Return the former id of each tag that was created again, by its present id; `CleaningTarget` calls it."""
        rows = self._store.read("SELECT tag, restored FROM deleted_tags WHERE restored > 0")
        return {row["restored"]: row["tag"] for row in rows}

    def read_kept(self, tag_id: int) -> Row | None:
        """Return what a deleted tag consisted of, as the plan has it; None if it was never deleted here."""
        row = self._store.first("SELECT made FROM deleted_tags WHERE tag = ?", (tag_id,))
        return MADE.read(row["made"]) if row else None

    def confirm(self, tag_id: int) -> None:
        """Find out if a tag whose creation a killed run had begun exists now.

        `CleaningTarget` calls it before it reads tags.
        """
        row = self._store.first("SELECT * FROM deleted_tags WHERE tag = ?", (tag_id,))
        if row is None or row["restored"] != UNCONFIRMED:
            return
        found = self._find_named(MADE.read(row["made"])["name"])
        self._set_restored(tag_id, found or DELETED)

    def note_deletion(self, tag_id: int, made: Json) -> None:
        """Record what a tag consisted of before it is deleted."""
        with self._store.write() as db:
            db.execute(_SAVE, (tag_id, json.dumps(made), DELETED))

    def create(self, tag_id: int, made: Json, image: Json, blobs: Blobs) -> None:
        """Create a deleted tag again; Conflict if another tag has its name by now."""
        if self._find_named(made["name"]):
            raise Conflict(f"Stash has another tag with the name {made['name']} by now.")
        values = {**made, **self._find_relatives(made)}
        if image is not None:
            data = base64.b64encode(blobs.get(image)).decode("ascii")
            values["image"] = f"data:{image.get('type') or 'image/jpeg'};base64,{data}"
        self._set_restored(tag_id, UNCONFIRMED)
        try:
            created = int(self._call.stash.tags.create(values)["id"])
        except (GraphQLFailed, Refused):
            self._set_restored(tag_id, DELETED)
            raise
        self._set_restored(tag_id, created)

    def _find_relatives(self, made: Json) -> Row:
        """Return the parents and children that are still there, under their present ids."""
        wanted = {name: [int(each) for each in made.get(name) or ()] for name in ("parent_ids", "child_ids")}
        current = self.find_current({each for ids in wanted.values() for each in ids})
        present = self._call.stash.tags.read(current.values(), "id") if current else {}
        return {
            name: [str(current[each]) for each in ids if current[each] in present]
            for name, ids in wanted.items()
            if ids
        }

    def _find_named(self, name: str) -> int | None:
        where = {"name": {"value": name, "modifier": "EQUALS"}}
        rows = self._call.stash.tags.page("name", where, per_page=-1).rows
        return next((int(row["id"]) for row in rows if row["name"] == name), None)

    def _set_restored(self, tag_id: int, restored: int) -> None:
        with self._store.write() as db:
            db.execute(_RESTORE, (restored, tag_id))
