"""Links between tags of the library and of a box: accepted one by one or all exact ones at once, removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.journal import Change, Entry, Finding, Item, Journal, add_member, remove_member
from shared.page.arguments import read_flag, read_number, read_text, read_texts
from shared.page.run_view import apply_and_show
from shared.stash.filters import not_linked_to
from shared.stash.links import find_ids
from shared.stash_box import Box
from tagging.links.box_tag_view import Holders, find_holders
from tagging.links.box_tags import RemoteTag, find_box_tags, read_box_tags
from tagging.links.boxes import choose_linkable
from tagging.links.proposals import ALIAS, NAME, Proposal, Proposer
from tagging.links.rejections import read_rejections
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.tags.target import KIND, LINKS, TAG, TagTarget
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

OTHER_LINK, LINKED_ELSEWHERE = "other_link", "linked_elsewhere"


def make_tag_item(row: Mapping[str, Any]) -> Item:
    """A tag of the library as the journal names it."""
    return Item(TAG, str(row["id"]), row["name"])


def read_named_tag(call: Call, more: str = "") -> Row:
    """The tag the call is about."""
    number = read_number(call.args, "tag_id")
    row = call.stash.tags.get(number, choose_tag_fields(call.stash, more))
    if row is None:
        raise UsageError(f"Stash has no tag {number} any more. Reload the page.")
    return row


def read_named_box_tag(call: Call, box: Box) -> RemoteTag:
    """The tag of the box the call is about."""
    remote_id = read_text(call.args, "remote_id")
    found = find_box_tags(call.store, box.endpoint, [remote_id]).get(remote_id)
    if found is None:
        raise UsageError(f"{box.name}'s tag list has no tag {remote_id}. Fetch the list again.")
    return found


def plan_link(row: Row, box: Box, remote: RemoteTag, reason: str) -> list[Change]:
    """This link becomes the tag's only one at this box; those at other boxes stay."""
    item = make_tag_item(row)
    others = [each for each in find_ids(row["stash_ids"], box.endpoint) if each != remote.id]
    source = box.endpoint
    replaced = ((each, f"{box.name}: {each} (replaced)") for each in others)
    removals = [remove_member(item, LINKS, [source, each], source=source, reason=reason) for each, reason in replaced]
    return [*removals, add_member(item, LINKS, [source, remote.id], source=source, reason=reason)]


def accept_link(call: Call) -> dict[str, Any]:
    """Link a tag now; return the conflict instead if another link or tag is affected and the user has not agreed."""
    box = choose_linkable(call)
    row, remote = read_named_tag(call), read_named_box_tag(call, box)
    conflict = find_link_conflict(call, box, row, remote)
    if conflict is not None:
        return {"run": None, "conflict": conflict}
    title = f"{row['name']} linked to {box.name}'s {remote.name}"
    changes = plan_link(row, box, remote, f"{box.name}: {remote.name}")
    return {"run": write_links(call, changes, title), "conflict": None}


def find_link_conflict(call: Call, box: Box, row: Row, remote: RemoteTag) -> dict[str, Any] | None:
    """Return another link of this tag, or another tag with this link, unless the user agreed to it."""
    others = [each for each in find_ids(row["stash_ids"], box.endpoint) if each != remote.id]
    if others and not read_flag(call.args, "replace"):
        message = f"{row['name']} is linked to another tag of {box.name} already."
        return {"kind": OTHER_LINK, "message": message, "holders": [{"id": int(row["id"]), "name": row["name"]}]}
    found = find_holders(call, box, [remote.id]).get(remote.id, [])
    holders = [each for each in found if each["id"] != int(row["id"])]
    if holders and not read_flag(call.args, "anyway"):
        names = ", ".join(each["name"] for each in holders)
        message = f"{box.name}'s {remote.name} is linked to {names} already."
        return {"kind": LINKED_ELSEWHERE, "message": message, "holders": holders}
    return None


def remove_links(call: Call) -> dict[str, Any]:
    """Take a tag's link at a box away, or all it has there."""
    box, row = choose_linkable(call), read_named_tag(call)
    only = call.args.get("remote_id")
    ids = [each for each in find_ids(row["stash_ids"], box.endpoint) if only in (None, "", each)]
    known, item = find_box_tags(call.store, box.endpoint, ids), make_tag_item(row)
    names = {each: f"{box.name}: {known[each].name}" if each in known else "" for each in ids}
    removals = [remove_member(item, LINKS, [box.endpoint, each], source="user", reason=names[each]) for each in ids]
    return {"run": write_links(call, removals, f"{row['name']} is no longer linked to {box.name}")}


def write_links(call: Call, changes: Sequence[Entry], title: str) -> dict[str, Any]:
    """Apply these changes at once and return the run as the page shows it."""
    return apply_and_show(call, TagTarget(call), kind=KIND, title=title, entries=changes)


def save_tag_plan(call: Call, entries: Sequence[Entry], title: str) -> dict[str, Any]:
    """A plan to be looked at."""
    return {"plan_id": Journal(call.store).save_plan(entries, kind=KIND, title=title), "items": len(entries)}


def plan_exact_links(call: Call) -> dict[str, Any]:
    """All exact matches of tags without a link at this box, as one list to go through."""
    box = choose_linkable(call)
    rules = read_texts(call.args, "by") or [NAME]
    if not set(rules) <= {NAME, ALIAS}:
        raise UsageError('The argument "by" can name "name" and "alias".')
    fields = choose_tag_fields(call.stash)
    rows = call.stash.tags.page(fields, not_linked_to(box.endpoint), per_page=-1, sort="name").rows
    proposer, rejected = Proposer(read_box_tags(call.store, box.endpoint)), read_rejections(call, box)
    blacklist = read_tag_blacklist(call)

    def find(row: Row) -> list[Proposal]:
        without = rejected.get(int(row["id"]), set())
        exact = proposer.find_exact(row["name"], row["aliases"])
        fitting = (each for each in exact if each.by in rules and each.remote.id not in without)
        return [each for each in fitting if not blacklist.matches(each.remote.name)]

    fitting = [(row, find(row)) for row in rows]
    found = [(row, choose_best_rule(some)) for row, some in fitting if some]
    holders = find_holders(call, box, [each.remote.id for _, some in found for each in some])
    entries = list(plan_matches(box, found, holders))
    title = f"Exact matches with {box.name}"
    return {**save_tag_plan(call, entries, title), "skipped": len(rows) - len(found)}


def choose_best_rule(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals of the best rule, each remote tag once."""
    best = [each for each in proposals if each.by == proposals[0].by]
    return list({each.remote.id: each for each in best}.values())


def plan_matches(box: Box, found: Sequence[tuple[Row, list[Proposal]]], holders: Holders) -> Iterator[Entry]:
    """A link for each tag; what is not clear, or taken, is a conflict for a person."""
    taken: dict[str, str] = {}
    for row, proposals in found:
        item, remote = make_tag_item(row), proposals[0].remote
        owner = next((each["name"] for each in holders.get(remote.id, [])), taken.get(remote.id))
        if len(proposals) > 1:
            names = ", ".join(each.remote.name for each in proposals)
            yield Finding(item, "conflict", f"Several tags of {box.name} fit: {names}.", LINKS, box.endpoint)
        elif owner is not None:
            message = f"{box.name}'s {remote.name} is linked to {owner} already."
            yield Finding(item, "conflict", message, LINKS, box.endpoint)
        else:
            taken[remote.id] = row["name"]
            reason = f"{box.name}: {remote.name} (same {proposals[0].by})"
            yield add_member(item, LINKS, [box.endpoint, remote.id], source=box.endpoint, reason=reason)
