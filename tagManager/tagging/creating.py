"""Tags made from a box's: made once, remembered, deleted again by an undo as long as nothing uses them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from shared.errors import Conflict
from shared.journal import Item, Json
from shared.store import Store
from tagging.unmatched import forget_unmatched

if TYPE_CHECKING:
    from shared.call import Call

CATEGORY = "category:"
LINKED = "linked_tag"
DESTROY = "mutation Destroy($id: ID!) { done: tagDestroy(input: {id: $id}) }"
USES = ("scene_count", "scene_marker_count", "image_count", "gallery_count", "performer_count")

_CREATED = "SELECT * FROM created_tags WHERE item = ?"
_KEEP = "INSERT OR REPLACE INTO created_tags VALUES (?, ?, ?)"
_MAP = "INSERT OR REPLACE INTO mappings VALUES (?, ?, ?)"


def split_item(item_id: str) -> tuple[str, str]:
    """Endpoint and id of a tag (or category) of a box."""
    endpoint, _, remote_id = item_id.rpartition("|")
    return endpoint, remote_id


def read_created(call: Call, item_ids: Collection[str]) -> dict[str, Json]:
    """What was made of each, as long as it is there; the number of another tag that is linked to it; or None."""
    rows = {each: call.store.first(_CREATED, (each,)) for each in item_ids}
    numbers = [row["tag"] for row in rows.values() if row is not None]
    present = call.stash.tags.read(numbers, "") if numbers else {}
    found: dict[str, Json] = {
        each: json.loads(row["made"]) for each, row in rows.items() if row is not None and row["tag"] in present
    }
    return {**dict.fromkeys(item_ids), **find_linked(call, [each for each in item_ids if each not in found]), **found}


def find_linked(call: Call, item_ids: Collection[str]) -> dict[str, Json]:
    """Other tags that are linked to these; a few requests for all of them."""
    by_endpoint: dict[str, list[str]] = {}
    for endpoint, remote_id in map(split_item, item_ids):
        if not remote_id.startswith(CATEGORY):
            by_endpoint.setdefault(endpoint, []).append(remote_id)
    return {
        f"{endpoint}|{remote_id}": {LINKED: int(rows[0]["id"])}
        for endpoint, ids in by_endpoint.items()
        for remote_id, rows in call.stash.tags.find_linked(endpoint, ids).items()
    }


def create_or_delete(call: Call, item: Item, after: Json, present: Json) -> None:
    """Make the tag that is wanted, or delete the one that was made."""
    if after is None:
        delete(call, item)
    elif isinstance(present, dict) and LINKED in present:
        raise Conflict(f"The tag {present[LINKED]} is linked to {item.label} already.")
    else:
        create(call, item, after)


def create(call: Call, item: Item, wanted: dict[str, Any]) -> None:
    """A new tag, with its link and its category's parent."""
    endpoint, remote_id = split_item(item.id)
    is_category = remote_id.startswith(CATEGORY)
    values: dict[str, Any] = {
        "name": wanted["name"],
        "description": wanted["description"],
        "aliases": wanted["aliases"],
    }
    if not is_category:
        values["stash_ids"] = [{"endpoint": endpoint, "stash_id": remote_id}]
    parent = find_mapped(call, endpoint, wanted.get("category"))
    if parent is not None:
        values["parent_ids"] = [str(parent)]
    tag_id = int(call.stash.tags.create(values)["id"])
    with call.store.write() as db:
        db.execute(_KEEP, (item.id, tag_id, json.dumps(wanted)))
        if is_category:
            db.execute(_MAP, (endpoint, remote_id[len(CATEGORY) :], tag_id))
    forget_unmatched(call.store, [(endpoint, remote_id)])


def delete(call: Call, item: Item) -> None:
    """Take a tag back that was made; one that is used by now stays."""
    row = call.store.first(_CREATED, (item.id,))
    known = [name for name in USES if call.stash.capabilities().has("Tag", name)]
    found = call.stash.tags.get(row["tag"], " ".join(known)) if row else None
    if row is None or found is None:
        return
    uses = sum(found[name] for name in known)
    if uses:
        raise Conflict(f"{item.label} is used {uses} times by now; delete it in Stash if nobody needs it.")
    call.stash.ask(DESTROY, {"id": str(row["tag"])}, f"deleting the tag {item.label}")
    with call.store.write() as db:
        db.execute("DELETE FROM created_tags WHERE item = ?", (item.id,))
        db.execute("DELETE FROM mappings WHERE tag = ?", (row["tag"],))


def name_parent(endpoint: str, category: str) -> str:
    """How a plan names a parent that is made before: by the category it stands for."""
    return f"{CATEGORY}{endpoint}|{category}"


def read_tokens(store: Store) -> dict[str, int]:
    """The parent tags by that name."""
    rows = store.read("SELECT * FROM mappings")
    return {name_parent(row["endpoint"], row["category"]): row["tag"] for row in rows}


def find_mapped(call: Call, endpoint: str, category: str | None) -> int | None:
    """The parent tag for a category at a box."""
    if not category:
        return None
    row = call.store.first("SELECT tag FROM mappings WHERE endpoint = ? AND category = ?", (endpoint, category))
    return row["tag"] if row else None
