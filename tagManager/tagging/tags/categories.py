"""The local parent tag of each category and group of a box: listed, chosen, and planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import ident, takes, text
from shared.errors import UsageError
from shared.journal import Change, Item, add_member
from shared.stash.links import find_ids
from shared.stash_box import Box
from shared.tag_matching import LocalTags, fold
from tagging.links.box_tags import RemoteTag, read_box_categories, read_box_tags
from tagging.links.requirements import choose_linkable
from tagging.tags.created_tags import CATEGORY, make_parent_token
from tagging.tags.local_tags import read_local_tags
from tagging.tags.target import CREATED, NEW, PARENTS, TAG, make_new_tag_id

if TYPE_CHECKING:
    from shared.runtime.call import Call


GROUP = "group:"  # a group's key beside the ids of categories


class ParentTag(NamedTuple):
    """The local tag for a box's category or group; `tag_id` is None until it exists, `above` is its group's key."""

    category_id: str
    name: str
    tag_id: int | None
    description: str = ""
    above: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the parent tag as the merge dialog shows it."""
        return {"id": self.tag_id, "name": self.name, "is_new": self.tag_id is None}


@takes(text("endpoint", ""))
def list_categories(call: Call) -> dict[str, Any]:
    """Operation `categories`: return a box's categories and groups with their parent tags and numbers of tags.

    Mappings whose tag is gone are deleted, and named in `notices`.
    """
    box = choose_linkable(call)
    categories, tags = read_box_categories(call.store, box.endpoint), read_box_tags(call.store, box.endpoint)
    mapped, notices = prune_mapped_tags(call, box)
    rows = call.stash.tags.linked_rows("stash_ids { endpoint stash_id }", box.endpoint)
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
    groups = [
        {"id": key, "name": name, "mapped": mapped.get(key), "tags": count_tags(shown, key)}
        for key, name in list_groups(categories).items()
    ]
    settings = {"leave_alone": call.settings.leaveParentTagsAlone, "with_groups": call.settings.groupParentTags}
    return {"categories": shown, "groups": groups, **settings, "notices": notices}


def count_tags(categories: Sequence[Mapping[str, Any]], group: str) -> int:
    """Return the number of box tags in the categories of a group, for `list_categories`."""
    return sum(each["tags"] for each in categories if make_group_key(each) == group)


def make_group_key(category: Mapping[str, Any]) -> str:
    """Return the key of a category's group beside the ids of categories; empty if it has no group."""
    return GROUP + category["group"] if category["group"] else ""


def list_groups(categories: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of the groups of these categories by their keys, for the page and for parent tags."""
    return {make_group_key(each): each["group"].capitalize() for each in categories.values() if each["group"]}


def prune_mapped_tags(call: Call, box: Box) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Delete a box's mappings whose tag is gone, before the page or an import uses them.

    Returns the parent tags of the other mappings by category, and a notice for each deleted one.
    """
    rows = call.store.read("SELECT * FROM mappings WHERE endpoint = ?", (box.endpoint,))
    present = call.stash.tags.read([row["tag"] for row in rows], "name") if rows else {}
    gone = [row for row in rows if row["tag"] not in present]
    with call.store.write() as db:
        for row in gone:
            db.execute("DELETE FROM mappings WHERE endpoint = ? AND category = ?", (row["endpoint"], row["category"]))
    categories = read_box_categories(call.store, box.endpoint)
    names_by_key = {**{key: each["name"] for key, each in categories.items()}, **list_groups(categories)}
    names = [names_by_key[row["category"]] for row in gone if row["category"] in names_by_key]
    notices = [f"The parent tag for {name} was deleted; choose another one." for name in names]
    kept = {row["category"]: present[row["tag"]] for row in rows if row["tag"] in present}
    return {each: {"id": int(row["id"]), "name": row["name"]} for each, row in kept.items()}, notices


@takes(
    text("endpoint", ""),
    text("category_id", note="the id of a category or of a group"),
    ident("tag_id", None, "without it, the choice is deleted"),
)
def map_category(call: Call) -> dict[str, Any]:
    """Operation `category_map`: save the parent tag for a category at a box, or remove it; return all categories."""
    box, category, number = choose_linkable(call), call.args["category_id"], call.args["tag_id"]
    if number is not None and call.stash.tags.get(number, "") is None:
        raise UsageError(f"Stash has no tag {number} any more. Reload the page.")
    with call.store.write() as db:
        if number is None:
            db.execute("DELETE FROM mappings WHERE endpoint = ? AND category = ?", (box.endpoint, category))
        else:
            db.execute("INSERT OR REPLACE INTO mappings VALUES (?, ?, ?)", (box.endpoint, category, number))
    return list_categories(call)


def find_parent(call: Call, box: Box, remote: RemoteTag) -> ParentTag | None:
    """Return the parent tag for one box tag, None if its category has none.

    The operations of the merge dialog, `merge_show` and `merge_plan`, call it.
    """
    return find_parents(call, box).get(remote.category_id)


def find_parents(call: Call, box: Box, *, with_groups: bool = False) -> dict[str, ParentTag]:
    """Return the parent tag for each category of a box, for imports: the mapped one, one of that name, or a new one.

    With groups, each group has one as well, and each category knows the key of its group.
    """
    mapped, _ = prune_mapped_tags(call, box)
    tags = read_local_tags(call.stash)
    index, names = LocalTags(tags), {tag.id: tag.name for tag in tags}

    def choose_parent(key: str, wanted: str, description: str = "") -> ParentTag:
        if key in mapped:
            return ParentTag(key, mapped[key]["name"], mapped[key]["id"])
        match = index.match(box.endpoint, "", wanted)
        return ParentTag(key, names[match.tag_id] if match else wanted, match.tag_id if match else None, description)

    categories = read_box_categories(call.store, box.endpoint)
    found = {key: choose_parent(key, each["name"], each["description"]) for key, each in categories.items()}
    if not with_groups:
        return found
    groups = {key: choose_parent(key, name) for key, name in list_groups(categories).items()}
    return nest_in_groups(found, groups, {key: make_group_key(each) for key, each in categories.items()})


def nest_in_groups(
    found: Mapping[str, ParentTag], groups: Mapping[str, ParentTag], group_of: Mapping[str, str]
) -> dict[str, ParentTag]:
    """Return all parent tags with each category below its group, for `find_parents`.

    A category named like its group stands for both.
    """
    category_of_tag = {make_tag_key(each): key for key, each in found.items()}
    key_of_group = {key: category_of_tag.get(make_tag_key(each), key) for key, each in groups.items()}
    group_keys = {key: key_of_group.get(group_of[key], "") for key in found}
    nested = {
        key: each._replace(above=group_keys[key] if group_keys[key] != key else "") for key, each in found.items()
    }
    return {**{key: each for key, each in groups.items() if key_of_group[key] == key}, **nested}


def make_tag_key(parent: ParentTag) -> tuple[int | None, str]:
    """Return a key that is equal for two parents that are the same tag, for `nest_in_groups`."""
    return parent.tag_id, fold(parent.name)


def plan_parent(box: Box, parent: ParentTag) -> Change:
    """Return the change that creates the tag for a category or group; import and merge put it into their plans."""
    item = Item(NEW, make_new_tag_id(box.endpoint, CATEGORY + parent.category_id), parent.name)
    wanted: dict[str, Any] = {"name": parent.name, "description": parent.description, "aliases": []}
    wanted["category"] = parent.above or None
    what = "group" if parent.category_id.startswith(GROUP) else "category"
    return Change(item, CREATED, "do", None, wanted, box.endpoint, f"parent tag for a {what}")


def plan_group(box: Box, parent: ParentTag, group: ParentTag) -> Change:
    """Return the change that puts a category's existing tag below its group's tag as well."""
    member = make_parent_token(box.endpoint, group.category_id) if group.tag_id is None else group.tag_id
    item = Item(TAG, str(parent.tag_id), parent.name)
    return add_member(item, PARENTS, member, source=box.endpoint, reason=f"{group.name} (group)")
