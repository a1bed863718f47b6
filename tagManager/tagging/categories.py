"""The boxes' categories as parent tags: which tag stands for which category, at which box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import UsageError
from shared.journal import Change, Item
from shared.standard.paging import read_number
from shared.stash.filters import linked_to
from shared.stash.links import find_ids
from shared.stashbox import Box
from shared.tagmatch import LocalTags
from tagging.arguments import read_text
from tagging.boxes import choose_box
from tagging.creating import CATEGORY
from tagging.local_tags import read_local_tags
from tagging.remote_tags import RemoteTag, read_categories, read_tags
from tagging.tag_target import CREATED, NEW, encode_new

if TYPE_CHECKING:
    from shared.call import Call


class Parent(NamedTuple):
    """The tag for a category; `tag_id` is None when it has to be made."""

    category_id: str
    name: str
    tag_id: int | None
    description: str = ""

    def to_json(self) -> dict[str, Any]:
        """For the page."""
        return {"id": self.tag_id, "name": self.name, "is_new": self.tag_id is None}


def list_categories(call: Call) -> dict[str, Any]:
    """The categories of a box with their parent tags; a mapping whose tag is gone is dropped."""
    box = choose_box(call, call.args.get("endpoint"))
    categories, tags = read_categories(call.store, box.endpoint), read_tags(call.store, box.endpoint)
    mapped, notices = read_mapped(call, box)
    rows = call.stash.tags.page("stash_ids { endpoint stash_id }", linked_to(box.endpoint), per_page=-1).rows
    linked = {each for row in rows for each in find_ids(row["stash_ids"], box.endpoint)}
    shown = [
        {
            **category,
            "tags": sum(tag.category_id == each for tag in tags.values()),
            "linked": sum(tag.category_id == each and tag.id in linked for tag in tags.values()),
            "mapped": mapped.get(each),
        }
        for each, category in categories.items()
    ]
    return {"categories": shown, "leave_alone": call.settings.leaveParentTagsAlone, "notices": notices}


def read_mapped(call: Call, box: Box) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The tags by category, and what had to be dropped."""
    rows = call.store.read("SELECT * FROM mappings WHERE endpoint = ?", (box.endpoint,))
    present = call.stash.tags.read([row["tag"] for row in rows], "name") if rows else {}
    gone = [row for row in rows if row["tag"] not in present]
    with call.store.write() as db:
        for row in gone:
            db.execute("DELETE FROM mappings WHERE endpoint = ? AND category = ?", (row["endpoint"], row["category"]))
    categories = read_categories(call.store, box.endpoint)
    names = [categories[row["category"]]["name"] for row in gone if row["category"] in categories]
    notices = [f"The parent tag for {name} was deleted; choose another one." for name in names]
    kept = {row["category"]: present[row["tag"]] for row in rows if row["tag"] in present}
    return {each: {"id": int(row["id"]), "name": row["name"]} for each, row in kept.items()}, notices


def map_category(call: Call) -> dict[str, Any]:
    """Choose the parent tag for a category at a box, or none."""
    box, category = choose_box(call, call.args.get("endpoint")), read_text(call.args, "category_id")
    with call.store.write() as db:
        if call.args.get("tag_id") in (None, ""):
            db.execute("DELETE FROM mappings WHERE endpoint = ? AND category = ?", (box.endpoint, category))
        else:
            number = read_number(call.args, "tag_id")
            if call.stash.tags.get(number, "") is None:
                raise UsageError(f"Stash has no tag {number} any more. Reload the page.")
            db.execute("INSERT OR REPLACE INTO mappings VALUES (?, ?, ?)", (box.endpoint, category, number))
    return list_categories(call)


def find_parent(call: Call, box: Box, remote: RemoteTag) -> Parent | None:
    """The parent for a tag of a box."""
    return find_parents(call, box).get(remote.category_id)


def find_parents(call: Call, box: Box) -> dict[str, Parent]:
    """The parents for all categories: mapped, else the tag of that name, else one to be made."""
    mapped, _ = read_mapped(call, box)
    tags = read_local_tags(call.stash)
    index, names = LocalTags(tags), {tag.id: tag.name for tag in tags}
    found: dict[str, Parent] = {}
    for each, category in read_categories(call.store, box.endpoint).items():
        if each in mapped:
            found[each] = Parent(each, mapped[each]["name"], mapped[each]["id"])
            continue
        match = index.match(box.endpoint, "", category["name"])
        name = names[match.tag_id] if match else category["name"]
        found[each] = Parent(each, name, match.tag_id if match else None, category["description"])
    return found


def plan_parent(box: Box, parent: Parent) -> Change:
    """The tag for a category, to be made."""
    item = Item(NEW, encode_new(box.endpoint, CATEGORY + parent.category_id), parent.name)
    wanted: dict[str, Any] = {"name": parent.name, "description": parent.description, "aliases": [], "category": None}
    return Change(item, CREATED, "do", None, wanted, box.endpoint, "parent tag for a category")
