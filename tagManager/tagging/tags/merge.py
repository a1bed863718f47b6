"""The merge dialog: takes a box tag over field by field; finds every conflict of names before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import choice as choice_row
from shared.arguments import flag, ident, idents, record, takes, text, texts
from shared.errors import UsageError
from shared.journal import Change, Entry, Item, add_member, remove_member, set_field
from shared.stash.links import find_ids
from shared.stash_box import Box
from shared.tag_matching import LocalTag, LocalTags, fold
from tagging.links.box_tag_view import make_box_tag_view
from tagging.links.box_tags import RemoteTag, find_box_tags
from tagging.links.operations import read_named_box_tag, read_named_tag
from tagging.links.plan import plan_link
from tagging.links.requirements import choose_linkable
from tagging.tags.categories import ParentTag, find_parent, plan_parent
from tagging.tags.created_tags import make_parent_token
from tagging.tags.local_tags import Row, read_local_tags
from tagging.tags.tag_plan import save_tag_plan
from tagging.tags.target import ALIASES, DESCRIPTION, MERGE, MERGED, NAME, PARENTS, clean_aliases, make_tag_item

if TYPE_CHECKING:
    from shared.runtime.call import Call

KEEP, TAKE, TAKE_ALIAS = "keep", "take", "take_alias"
LINK = (ident("tag_id"), text("endpoint", ""), text("remote_id"))
CHOICE = record(
    "choice",
    (
        choice_row("name", (KEEP, TAKE, TAKE_ALIAS), KEEP),
        text("new_name", "", "instead of the box's name"),
        choice_row("description", (KEEP, TAKE), KEEP),
        texts("aliases", None, "the whole list of aliases that the tag gets"),
        choice_row("parent", (KEEP, "add"), KEEP),
        flag("link", True),
    ),
    {},
)


class FieldDecisions(NamedTuple):
    """The user's decision for each field of a tag that is compared with a box tag."""

    name: str
    takes_description: bool
    aliases: list[str]
    adds_parent: bool
    links: bool


@takes(*LINK)
def show_merge(call: Call) -> dict[str, Any]:
    """Operation `merge_show`: return both tags, the preselected decisions and their conflicts for the merge dialog."""
    box = choose_linkable(call)
    row, remote = read_named_tag(call, "description parents { id name }"), read_named_box_tag(call, box)
    settings = call.settings
    parent = None if settings.leaveParentTagsAlone else find_parent(call, box, remote)
    takes_text = bool(remote.description) and (settings.preferStashBoxDescription or not row["description"])
    preselected = {
        "name": TAKE_ALIAS if settings.preferStashBoxName and remote.name != row["name"] else KEEP,
        "description": TAKE if takes_text else KEEP,
        "parent": "add" if parent else KEEP,
        "link": True,
    }
    names = (
        [*row["aliases"], *remote.aliases]
        if preselected["name"] != KEEP
        else [*row["aliases"], remote.name, *remote.aliases]
    )
    chosen = {
        **preselected,
        "aliases": clean_aliases(remote.name if preselected["name"] != KEEP else row["name"], names),
    }
    choice = read_decisions(chosen, row, remote)
    tag = {"id": int(row["id"]), **{name: row[name] for name in ("name", "aliases", "description", "parents")}}
    return {
        "tag": tag,
        "remote": make_box_tag_view(call, box, [remote.id]).describe_tag(remote),
        "replaces": name_other_links(call, row, box, remote),
        "chosen": chosen,
        "conflicts": find_name_conflicts(read_local_tags(call.stash), row, choice, ()),
        "parent": parent.to_json() if parent else None,
    }


def name_other_links(call: Call, row: Row, box: Box, remote: RemoteTag) -> list[str]:
    """Return the names of the box tags whose link to this tag the new link replaces, for the dialog."""
    others = [each for each in find_ids(row["stash_ids"], box.endpoint) if each != remote.id]
    known = find_box_tags(call.store, box.endpoint, others)
    return [known[each].name if each in known else each for each in others]


@takes(*LINK, CHOICE, idents("merge", (), "tags to merge into this one first"))
def plan_merge(call: Call) -> dict[str, Any]:
    """Operation `merge_plan`: store a plan of the user's decisions, or return the conflicts that prevent it."""
    box = choose_linkable(call)
    row, remote = read_named_tag(call, "description parents { id }"), read_named_box_tag(call, box)
    choice = read_decisions(call.args["choice"], row, remote)
    sources = [each for each in call.args["merge"] if each != int(row["id"])]
    tags = read_local_tags(call.stash)
    names = {tag.id: tag.name for tag in tags}
    unknown = [each for each in sources if each not in names]
    if unknown:
        raise UsageError(f"Stash has no tag {unknown[0]} any more. Reload the page.")
    conflicts = find_name_conflicts(tags, row, choice, sources)
    if conflicts:
        return {"conflicts": conflicts, "plan_id": None, "items": 0}
    merges = [plan_source(row, each, names) for each in sources]
    parent = find_parent(call, box, remote) if choice.adds_parent else None
    entries: list[Entry] = [*merges, *plan_parent_tag(box, parent), *plan_fields(row, box, remote, choice, parent)]
    title = f"{row['name']} from {box.name}'s {remote.name}"
    return {
        "conflicts": [],
        **save_tag_plan(
            call, entries, title, f"Took {{changes value}} of {box.name}'s {remote.name} for {row['name']}"
        ),
    }


def read_decisions(given: Mapping[str, Any], row: Row, remote: RemoteTag) -> FieldDecisions:
    """Return the decisions in the page's argument `choice`; a field without one stays as it is."""
    name_decision = given.get("name") or KEEP
    name = row["name"] if name_decision == KEEP else (given.get("new_name") or remote.name).strip()
    wanted_aliases = given.get("aliases")
    aliases = list(row["aliases"]) if wanted_aliases is None else list(wanted_aliases)
    if name_decision == TAKE_ALIAS:
        aliases.append(row["name"])
    takes_text = given.get("description") == TAKE and bool(remote.description)
    return FieldDecisions(
        name, takes_text, clean_aliases(name, aliases), given.get("parent") == "add", given.get("link", True)
    )


def find_name_conflicts(
    tags: Sequence[LocalTag], row: Row, choice: FieldDecisions, merged: Collection[int]
) -> list[dict[str, Any]]:
    """Return each wanted name and alias that another tag has: Stash refuses a change with one of them as a whole.

    Tags in `merged` do not count: they become part of this tag first.
    """
    index, names = LocalTags(tags), {tag.id: tag.name for tag in tags}
    own = {int(row["id"]), *merged}
    wanted = [("name", choice.name)] if fold(choice.name) != fold(row["name"]) else []
    known = {fold(alias) for alias in row["aliases"]}
    wanted += [("alias", alias) for alias in choice.aliases if fold(alias) not in known]
    return [
        describe_conflict(field, value, holder, by, names)
        for field, value in wanted
        for holder, by in dict(index.find_holders(value)).items()
        if holder not in own
    ]


def describe_conflict(field: str, value: str, holder: int, by: str, names: Mapping[int, str]) -> dict[str, Any]:
    """Return a conflict of names for the merge dialog: the tag that has the name, and the ways to solve it.

    `field` says what `value` should become, "name" or "alias"; `by` says which of the two it is for the tag `holder`.
    """
    name = names.get(holder, f"tag {holder}")
    what = "is the name" if by == "name" else "is an alias"
    options = ["merge", "keep" if field == "name" else "leave_out", "open"]
    found = {"field": field, "value": value, "holder": {"id": holder, "name": name}, "by": by}
    return {**found, "message": f'"{value}" {what} of the tag {name}.', "options": options}


def plan_source(row: Row, source: int, names: Mapping[int, str]) -> Change:
    """Return the change that merges the tag `source` into the tag of `row`; `plan_merge` yields these first."""
    item = Item(MERGE, f"{source}>{row['id']}", f"{names[source]} into {row['name']}")
    reason = "Stash cannot take a merge of tags apart."
    return Change(item, MERGED, "do", None, True, "user", reason, can_undo=False)


def plan_parent_tag(box: Box, parent: ParentTag | None) -> list[Entry]:
    """Return the entry of `plan_merge` that creates the category's tag; empty if there is one, or none is wanted."""
    return [plan_parent(box, parent)] if parent and parent.tag_id is None else []


def plan_fields(
    row: Row, box: Box, remote: RemoteTag, choice: FieldDecisions, parent: ParentTag | None
) -> list[Change]:
    """Return the entries of `plan_merge` for the tag's own fields; the target writes them in one update."""
    item, source = make_tag_item(row), box.endpoint
    changes: list[Change] = []
    if choice.name != row["name"]:
        changes.append(set_field(item, NAME, row["name"], choice.name, source=source))
    if choice.takes_description and remote.description != (row["description"] or ""):
        changes.append(set_field(item, DESCRIPTION, row["description"] or "", remote.description, source=source))
    changes += plan_aliases(item, row["aliases"], choice.aliases, source)
    if parent and parent.tag_id not in [int(each["id"]) for each in row["parents"]]:
        member = parent.tag_id if parent.tag_id is not None else make_parent_token(box.endpoint, parent.category_id)
        changes.append(add_member(item, PARENTS, member, source=source, reason=parent.name))
    if choice.links:
        changes += plan_link(row, box, remote, f"{box.name}: {remote.name}")
    return changes


def plan_aliases(item: Item, before: Sequence[str], after: Sequence[str], source: str) -> Iterator[Change]:
    """Yield the removals and additions that lead from one list of aliases to the other, for `plan_fields`."""
    for alias in before:
        if alias not in after:
            yield remove_member(item, ALIASES, alias, source=source)
    for alias in after:
        if alias not in before:
            yield add_member(item, ALIASES, alias, source=source)
