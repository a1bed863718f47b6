"""Tags created from box tags: created once, recorded, and deleted by an undo unless something uses them."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, GraphQLFailed, Refused
from shared.journal import Item, Json
from shared.stash.links import find_ids
from shared.state.store import Store
from tagging.scenes.unmatched import forget_unmatched

if TYPE_CHECKING:
    from shared.runtime.call import Call

CATEGORY = "category:"
LINKED = "linked_tag"
USES = ("scene_count", "scene_marker_count", "image_count", "gallery_count", "performer_count")

_FIND = "SELECT * FROM created_tags WHERE item = ?"
_SAVE = "INSERT OR REPLACE INTO created_tags VALUES (?, ?, ?)"
_DELETE = "DELETE FROM created_tags WHERE item = ?"
UNCONFIRMED = 0  # creation was requested, but the answer was lost
IDENTITY_FIELDS = "name stash_ids { endpoint stash_id }"
_SAVE_MAPPING = "INSERT OR REPLACE INTO mappings VALUES (?, ?, ?)"
MADE = JsonColumn("created_tags", "made", {"name": str})


def split_new_tag_id(item_id: str) -> tuple[str, str]:
    """Return the endpoint and the box's id (of a tag or category) that the id of a `new_tag` item consists of."""
    endpoint, _, remote_id = item_id.rpartition("|")
    return endpoint, remote_id


def read_created(call: Call, item_ids: Collection[str]) -> dict[str, Json]:
    """Return by item id the tag that a plan created, or another tag with its link; None if neither exists.

    The journal's target calls it for the present values of `new_tag` items.
    """
    confirm_created(call, item_ids)
    rows = {each: call.store.first(_FIND, (each,)) for each in item_ids}
    numbers = [row["tag"] for row in rows.values() if row is not None]
    present = call.stash.tags.read(numbers, "") if numbers else {}
    found: dict[str, Json] = {
        each: MADE.read(row["made"]) for each, row in rows.items() if row is not None and row["tag"] in present
    }
    return {**dict.fromkeys(item_ids), **find_linked(call, [each for each in item_ids if each not in found]), **found}


def confirm_created(call: Call, item_ids: Collection[str]) -> None:
    """Complete the records of tags that a run requested but did not see confirmed, for `read_created`."""
    rows = [call.store.first(_FIND, (each,)) for each in item_ids]
    for row in rows:
        if row is not None and row["tag"] == UNCONFIRMED:
            confirm_one(call, row["item"], MADE.read(row["made"]))


def confirm_one(call: Call, item_id: str, made: dict[str, Any]) -> None:
    """Complete the record of one requested tag: save its id if Stash has the tag, otherwise delete the record."""
    endpoint, remote_id = split_new_tag_id(item_id)
    where = {"name": {"value": made["name"], "modifier": "EQUALS"}}
    named = [row for row in call.stash.tags.page(IDENTITY_FIELDS, where).rows if row["name"] == made["name"]]
    is_category = remote_id.startswith(CATEGORY)
    created = [row for row in named if is_category or remote_id in find_ids(row["stash_ids"], endpoint)]
    if created:
        save_created(call.store, item_id, int(created[0]["id"]), made)
    else:
        forget_created(call.store, item_id)


def forget_created(store: Store, item_id: str) -> None:
    """Delete the record of a `new_tag` item whose tag Stash did not create."""
    with store.write() as db:
        db.execute(_DELETE, (item_id,))


def save_created(store: Store, item_id: str, tag_id: int, made: dict[str, Any]) -> None:
    """Record the id of the tag created for an item; a category's tag becomes the category's parent tag, too."""
    endpoint, remote_id = split_new_tag_id(item_id)
    with store.write() as db:
        db.execute(_SAVE, (item_id, tag_id, json.dumps(made)))
        if remote_id.startswith(CATEGORY):
            db.execute(_SAVE_MAPPING, (endpoint, remote_id[len(CATEGORY) :], tag_id))


def find_linked(call: Call, item_ids: Collection[str]) -> dict[str, Json]:
    """Return by item id an existing tag with the link, so that none is created twice; `read_created` calls it."""
    by_endpoint: dict[str, list[str]] = {}
    for endpoint, remote_id in map(split_new_tag_id, item_ids):
        if not remote_id.startswith(CATEGORY):
            by_endpoint.setdefault(endpoint, []).append(remote_id)
    return {
        f"{endpoint}|{remote_id}": {LINKED: int(rows[0]["id"])}
        for endpoint, ids in by_endpoint.items()
        for remote_id, rows in call.stash.tags.find_linked(endpoint, ids).items()
    }


def create_or_delete(call: Call, item: Item, after: Json, present: Json) -> None:
    """Apply a change of a `new_tag` item for the target: create the tag, or delete it if `after` is None (undo)."""
    if after is None:
        delete_created(call, item)
    elif isinstance(present, dict) and LINKED in present:
        raise Conflict(f"The tag {present[LINKED]} is linked to {item.label} already.")
    else:
        create_tag(call, item, after)


def create_tag(call: Call, item: Item, wanted: dict[str, Any]) -> None:
    """Create a tag in Stash with its link and its category's parent tag, recorded first in case the run is killed."""
    endpoint, remote_id = split_new_tag_id(item.id)
    is_category = remote_id.startswith(CATEGORY)
    values: dict[str, Any] = {
        "name": wanted["name"],
        "description": wanted["description"],
        "aliases": wanted["aliases"],
    }
    if not is_category:
        values["stash_ids"] = [{"endpoint": endpoint, "stash_id": remote_id}]
    parent = find_mapped_tag(call, endpoint, wanted.get("category"))
    if parent is not None:
        values["parent_ids"] = [str(parent)]
    with call.store.write() as db:
        db.execute(_SAVE, (item.id, UNCONFIRMED, json.dumps(wanted)))
    try:
        tag_id = int(call.stash.tags.create(values)["id"])
    except (GraphQLFailed, Refused):
        forget_created(call.store, item.id)
        raise
    save_created(call.store, item.id, tag_id, wanted)
    forget_unmatched(call.store, [(endpoint, remote_id)])


def delete_created(call: Call, item: Item) -> None:
    """Delete the tag created for an item; Conflict if something uses it by now."""
    row = call.store.first(_FIND, (item.id,))
    known = [name for name in USES if call.stash.capabilities().has("Tag", name)]
    found = call.stash.tags.get(row["tag"], " ".join(known)) if row else None
    if row is None or found is None:
        return
    uses = sum(found[name] for name in known)
    if uses:
        raise Conflict(f"{item.label} is used {uses} times by now; delete it in Stash if nobody needs it.")
    call.stash.tags.destroy(int(row["tag"]), f"deleting the tag {item.label}")
    with call.store.write() as db:
        db.execute(_DELETE, (item.id,))
        db.execute("DELETE FROM mappings WHERE tag = ?", (row["tag"],))


def make_parent_token(endpoint: str, category: str) -> str:
    """Return the token that an import's or merge's plan has for a category's parent tag until it is created."""
    return f"{CATEGORY}{endpoint}|{category}"


def read_parent_tokens(store: Store) -> dict[str, int]:
    """Return the parent tag's id for each token of `make_parent_token`; the target resolves plans with it."""
    rows = store.read("SELECT * FROM mappings")
    return {make_parent_token(row["endpoint"], row["category"]): row["tag"] for row in rows}


def find_mapped_tag(call: Call, endpoint: str, category: str | None) -> int | None:
    """Return the id of the parent tag for a category at a box, for a new tag; None if there is none."""
    if not category:
        return None
    row = call.store.first("SELECT tag FROM mappings WHERE endpoint = ? AND category = ?", (endpoint, category))
    return row["tag"] if row else None
