"""The boxes' categories and their groups as parent tags: the local tag of each, per box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import UsageError
from shared.journal import Change, Item, add_member
from shared.page.arguments import read_number, read_text
from shared.stash.filters import linked_to
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
    """The tag for a category or group; `tag_id` is None when it has to be made. `above` is the key of its group."""

    category_id: str
    name: str
    tag_id: int | None
    description: str = ""
    above: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as the page lists it."""
        return {"id": self.tag_id, "name": self.name, "is_new": self.tag_id is None}


def list_categories(call: Call) -> dict[str, Any]:
    """The categories of a box with their parent tags; a mapping whose tag is gone is dropped."""
    box = choose_linkable(call)
    categories, tags = read_box_categories(call.store, box.endpoint), read_box_tags(call.store, box.endpoint)
    mapped, notices = read_mapped_tags(call, box)
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
    groups = [
        {"id": key, "name": name, "mapped": mapped.get(key), "tags": count_tags(shown, key)}
        for key, name in list_groups(categories).items()
    ]
    told = {"leave_alone": call.settings.leaveParentTagsAlone, "with_groups": call.settings.groupParentTags}
    return {"categories": shown, "groups": groups, **told, "notices": notices}


def count_tags(categories: Sequence[Mapping[str, Any]], group: str) -> int:
    """Return the number of tags in a group."""
    return sum(each["tags"] for each in categories if make_group_key(each) == group)


def make_group_key(category: Mapping[str, Any]) -> str:
    """The key of a category's group; empty when it has none."""
    return GROUP + category["group"] if category["group"] else ""


def list_groups(categories: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The groups by key, with names to read."""
    return {make_group_key(each): each["group"].capitalize() for each in categories.values() if each["group"]}


def read_mapped_tags(call: Call, box: Box) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The tags by category, and what had to be dropped."""
    rows = call.store.read("SELECT * FROM mappings WHERE endpoint = ?", (box.endpoint,))
    present = call.stash.tags.read([row["tag"] for row in rows], "name") if rows else {}
    gone = [row for row in rows if row["tag"] not in present]
    with call.store.write() as db:
        for row in gone:
            db.execute("DELETE FROM mappings WHERE endpoint = ? AND category = ?", (row["endpoint"], row["category"]))
    categories = read_box_categories(call.store, box.endpoint)
    told = {**{key: each["name"] for key, each in categories.items()}, **list_groups(categories)}
    names = [told[row["category"]] for row in gone if row["category"] in told]
    notices = [f"The parent tag for {name} was deleted; choose another one." for name in names]
    kept = {row["category"]: present[row["tag"]] for row in rows if row["tag"] in present}
    return {each: {"id": int(row["id"]), "name": row["name"]} for each, row in kept.items()}, notices


def map_category(call: Call) -> dict[str, Any]:
    """Choose the parent tag for a category at a box, or none."""
    box, category = choose_linkable(call), read_text(call.args, "category_id")
    number = None if call.args.get("tag_id") in (None, "") else read_number(call.args, "tag_id")
    if number is not None and call.stash.tags.get(number, "") is None:
        raise UsageError(f"Stash has no tag {number} any more. Reload the page.")
    with call.store.write() as db:
        if number is None:
            db.execute("DELETE FROM mappings WHERE endpoint = ? AND category = ?", (box.endpoint, category))
        else:
            db.execute("INSERT OR REPLACE INTO mappings VALUES (?, ?, ?)", (box.endpoint, category, number))
    return list_categories(call)


def find_parent(call: Call, box: Box, remote: RemoteTag) -> ParentTag | None:
    """The parent for a tag of a box."""
    return find_parents(call, box).get(remote.category_id)


def find_parents(call: Call, box: Box, *, with_groups: bool = False) -> dict[str, ParentTag]:
    """The parents for all categories: mapped, else the tag of that name, else one to be made; and those for groups."""
    mapped, _ = read_mapped_tags(call, box)
    tags = read_local_tags(call.stash)
    index, names = LocalTags(tags), {tag.id: tag.name for tag in tags}

    def find(key: str, wanted: str, description: str = "") -> ParentTag:
        if key in mapped:
            return ParentTag(key, mapped[key]["name"], mapped[key]["id"])
        match = index.match(box.endpoint, "", wanted)
        return ParentTag(key, names[match.tag_id] if match else wanted, match.tag_id if match else None, description)

    categories = read_box_categories(call.store, box.endpoint)
    found = {key: find(key, each["name"], each["description"]) for key, each in categories.items()}
    if not with_groups:
        return found
    groups = {key: find(key, name) for key, name in list_groups(categories).items()}
    return nest_in_groups(found, groups, {key: make_group_key(each) for key, each in categories.items()})


def nest_in_groups(
    found: Mapping[str, ParentTag], groups: Mapping[str, ParentTag], group_of: Mapping[str, str]
) -> dict[str, ParentTag]:
    """Return each category below its group; a category with its group's name is the group's tag, too."""
    same = {make_tag_key(each): key for key, each in found.items()}
    stands = {key: same.get(make_tag_key(each), key) for key, each in groups.items()}
    above = {key: stands.get(group_of[key], "") for key in found}
    lower = {key: each._replace(above=above[key] if above[key] != key else "") for key, each in found.items()}
    return {**{key: each for key, each in groups.items() if stands[key] == key}, **lower}


def make_tag_key(parent: ParentTag) -> tuple[int | None, str]:
    """Return the key that is equal for two parents that are the same tag."""
    return parent.tag_id, fold(parent.name)


def plan_parent(box: Box, parent: ParentTag) -> Change:
    """The tag for a category or group, to be made."""
    item = Item(NEW, make_new_tag_id(box.endpoint, CATEGORY + parent.category_id), parent.name)
    wanted: dict[str, Any] = {"name": parent.name, "description": parent.description, "aliases": []}
    wanted["category"] = parent.above or None
    what = "group" if parent.category_id.startswith(GROUP) else "category"
    return Change(item, CREATED, "do", None, wanted, box.endpoint, f"parent tag for a {what}")


def plan_group(box: Box, parent: ParentTag, group: ParentTag) -> Change:
    """The group's tag as one more parent of a category's tag that is there already."""
    member = make_parent_token(box.endpoint, group.category_id) if group.tag_id is None else group.tag_id
    item = Item(TAG, str(parent.tag_id), parent.name)
    return add_member(item, PARENTS, member, source=box.endpoint, reason=f"{group.name} (group)")
