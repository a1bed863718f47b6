"""Imports tags of a box: creates them, or links the local tag of that name; unclear ones become conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import flag, takes, text, texts
from shared.errors import UsageError
from shared.journal import Change, Entry, Finding, Item, add_member
from shared.stash_box import Box, normalize_endpoint
from shared.tag_matching import LocalTag, LocalTags, fold
from tagging.links.box_tags import RemoteTag, read_box_tags
from tagging.links.requirements import choose_linkable
from tagging.tags.categories import ParentTag, find_parents, plan_group, plan_parent
from tagging.tags.local_tags import read_local_tags
from tagging.tags.tag_plan import save_tag_plan
from tagging.tags.target import CREATED, LINKS, NEW, TAG, clean_aliases, make_new_tag_id
from tagging.wordlists.blacklist import TagBlacklist, read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

SHOWN = 500  # conflicts in the answer; the plan has all of them


@takes(
    text("endpoint", ""),
    texts("remote_ids", None, "only these tags"),
    texts("category_ids", None, "only tags of these categories"),
    flag("with_parents", None, "the default is the opposite of `leaveParentTagsAlone`"),
    flag("with_groups", None, "puts the tags of categories below a tag for their group; the default is the setting"),
)
def plan_import(call: Call) -> dict[str, Any]:
    """Operation `import_plan`: store a plan that imports named tags, some categories or all tags of a box.

    Returns the plan's id, what it counted, and the conflicts that keep tags out.
    """
    box = choose_linkable(call)
    wanted = read_import_scope(call, box)
    importer = ImportPlanner(box, read_local_tags(call.stash), read_tag_blacklist(call))
    parents = choose_parents(call, box, wanted)
    entries = list(importer.plan(wanted, parents))
    used = {entry.after["category"] for entry in entries if isinstance(entry, Change) and entry.item.kind == NEW}
    parent_changes = plan_parents(box, parents, used)
    entries = importer.leave_out_parents(entries, parent_changes)
    importer.counted["parents"] = sum(each.item.kind == NEW for each in parent_changes)
    names = ("create", "link", "parents", "conflict", "linked", "blacklisted")
    counted = {name: importer.counted[name] for name in names}
    done = f"Imported {{items tag}} from {box.name}"
    saved = save_tag_plan(call, [*parent_changes, *entries], f"Tags of {box.name}", done)
    more = {"aliases_left_out": importer.aliases_left_out, "conflicts": importer.conflicts[:SHOWN]}
    return {**saved, "counted": counted, **more}


def read_import_scope(call: Call, box: Box) -> list[RemoteTag]:
    """Return the box tags that `plan_import` imports: those named, those of the named categories, or all."""
    tags = read_box_tags(call.store, box.endpoint)
    if not tags:
        raise UsageError(f"{box.name}'s tag list was not fetched yet. Fetch it first.")
    ids, categories = call.args["remote_ids"], call.args["category_ids"]
    if ids is not None:
        return [tags[each] for each in ids if each in tags]
    return [tag for tag in tags.values() if categories is None or tag.category_id in categories]


def choose_parents(call: Call, box: Box, wanted: Sequence[RemoteTag]) -> dict[str, ParentTag]:
    """Return the parent tags of these box tags' categories for `plan_import`, those of groups first.

    Existing ones are saved as mappings. Empty if parent tags are to be left alone.
    """
    with_parents, with_groups = call.args["with_parents"], call.args["with_groups"]
    if call.settings.leaveParentTagsAlone if with_parents is None else not with_parents:
        return {}
    is_grouped = call.settings.groupParentTags if with_groups is None else with_groups
    found = find_parents(call, box, with_groups=is_grouped)
    keys = [each for each in dict.fromkeys(tag.category_id for tag in wanted) if each in found]
    above = [found[each].above for each in keys if found[each].above]
    parents = drop_present_groups(call, {each: found[each] for each in dict.fromkeys([*above, *keys])})
    remember_parents(call, box, {key: each.tag_id for key, each in parents.items()})
    return parents


def drop_present_groups(call: Call, parents: Mapping[str, ParentTag]) -> dict[str, ParentTag]:
    """Return the parent tags for `choose_parents`; one that is below its group's tag already is not put there again."""
    numbers = [each.tag_id for each in parents.values() if each.above and each.tag_id is not None]
    rows = call.stash.tags.read(numbers, "parents { id }") if numbers else {}
    present_parents = {number: {int(parent["id"]) for parent in row["parents"]} for number, row in rows.items()}
    return {
        key: each._replace(above="")
        if each.above and parents[each.above].tag_id in present_parents.get(each.tag_id or 0, ())
        else each
        for key, each in parents.items()
    }


def plan_parents(box: Box, parents: Mapping[str, ParentTag], used: Collection[str | None]) -> list[Change]:
    """Return the entries of `plan_import` that create parent tags and nest existing ones; `used` are category ids."""
    nested = [each for key, each in parents.items() if key in used]
    needed = dict.fromkeys([*(each.above for each in nested if each.above), *(each.category_id for each in nested)])
    parent_changes = [plan_parent(box, parents[each]) for each in needed if parents[each].tag_id is None]
    present = [each for each in nested if each.above and each.tag_id is not None]
    return [*parent_changes, *(plan_group(box, each, parents[each.above]) for each in present)]


def remember_parents(call: Call, box: Box, parents: Mapping[str, int | None]) -> None:
    """Save existing tags as the parents of categories that have none; later imports use these mappings."""
    rows = [(box.endpoint, category, tag_id) for category, tag_id in parents.items() if tag_id is not None]
    with call.store.write() as db:
        db.executemany("INSERT OR IGNORE INTO mappings VALUES (?, ?, ?)", rows)


class ImportPlanner:
    """Decides to create, link or leave each box tag, and counts; names given in this plan count as taken."""

    def __init__(self, box: Box, tags: Sequence[LocalTag], blacklist: TagBlacklist) -> None:
        self.counted: Counter[str] = Counter()
        self.aliases_left_out = 0
        self.conflicts: list[dict[str, Any]] = []
        self._box = box
        self._index = LocalTags(tags)
        self._tags = {tag.id: tag for tag in tags}
        self._blacklist = blacklist
        self._names: set[str] = set()
        self._used: dict[str | int, str] = {}  # names that this plan gives and tags that it links, with the box's name

    def plan(self, wanted: Sequence[RemoteTag], parents: Mapping[str, ParentTag]) -> Iterator[Entry]:
        """Yield an entry for each box tag neither linked nor blacklisted; `parents` are the categories' parent tags."""
        self._names = {fold(tag.name) for tag in wanted} | {fold(parent.name) for parent in parents.values()}
        for tag in wanted:
            if self._index.find_linked(self._box.endpoint, tag.id):
                self.counted["linked"] += 1
            elif self._blacklist.matches(tag.name):
                self.counted["blacklisted"] += 1
            else:
                yield self._plan_tag(tag, tag.category_id if tag.category_id in parents else None)

    def leave_out_parents(self, entries: Sequence[Entry], parents: Sequence[Change]) -> list[Entry]:
        """Return the entries; a tag named like a parent tag that the same plan creates becomes a conflict."""
        names = {fold(each.item.label) for each in parents if each.item.kind == NEW}
        return [self._leave_out_parent(entry, names) for entry in entries]

    def _leave_out_parent(self, entry: Entry, names: Collection[str]) -> Entry:
        if not isinstance(entry, Change) or entry.item.kind != NEW or fold(entry.item.label) not in names:
            return entry
        self.counted["create"] -= 1
        message = f'"{entry.item.label}" is not imported: a parent tag of this import has that name. Import it again.'
        return self._refuse(entry.item, message, None)

    def _plan_tag(self, tag: RemoteTag, category: str | None) -> Entry:
        match = self._index.match(self._box.endpoint, "", tag.name)
        item = Item(NEW, make_new_tag_id(self._box.endpoint, tag.id), tag.name)
        used = self._used.get(match.tag_id if match else fold(tag.name))
        if used is not None:
            message = f'"{tag.name}" is not imported: {self._box.name}\'s tag "{used}" has that name already.'
            return self._refuse(item, message, None)
        if match is None:
            self.counted["create"] += 1
            self._used[fold(tag.name)] = tag.name
            return self._create(tag, category)
        local, endpoint = self._tags[match.tag_id], self._box.endpoint
        linked = [
            each for linked_at, each in local.links if normalize_endpoint(linked_at) == normalize_endpoint(endpoint)
        ]
        if match.by == "name" and not linked:
            self.counted["link"] += 1
            self._used[local.id] = tag.name
            reason = f"{self._box.name}: {tag.name} (same name)"
            target = Item(TAG, str(local.id), local.name)
            return add_member(target, LINKS, [endpoint, tag.id], source=endpoint, reason=reason)
        obstacle = f"is linked to another tag of {self._box.name}" if linked else "has that as an alias"
        message = f'"{tag.name}" is not imported: the tag {local.name} {obstacle}.'
        return self._refuse(item, message, local)

    def _refuse(self, item: Item, message: str, holder: LocalTag | None) -> Finding:
        """Return the conflict of a box tag that is not imported, and add it to those that the page shows."""
        self.counted["conflict"] += 1
        shown = {"id": holder.id, "name": holder.name} if holder else None
        remote_id = item.id.rpartition("|")[2]
        self.conflicts.append({"remote_id": remote_id, "name": item.label, "holder": shown, "message": message})
        return Finding(item, "conflict", message, CREATED, self._box.endpoint)

    def _create(self, tag: RemoteTag, category: str | None) -> Change:
        aliases = self._choose_aliases(tag)
        wanted = {"name": tag.name, "description": tag.description, "aliases": aliases, "category": category}
        item = Item(NEW, make_new_tag_id(self._box.endpoint, tag.id), tag.name)
        return Change(item, CREATED, "do", None, wanted, self._box.endpoint, f"new from {self._box.name}")

    def _choose_aliases(self, tag: RemoteTag) -> list[str]:
        """Return the aliases that no other tag has, in the library or in this plan."""
        given = clean_aliases(tag.name, tag.aliases)
        free = [each for each in given if not self._index.find_holders(each) and fold(each) not in self._names]
        self._names.update(map(fold, free))
        self.aliases_left_out += len(given) - len(free)
        return free
