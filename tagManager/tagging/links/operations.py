"""Operations on single links: accept a proposed link, remove links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import flag, ident, takes, text
from shared.errors import UsageError
from shared.journal import remove_member
from shared.stash.links import find_ids, find_pairs
from shared.stash_box import Box
from tagging.links.box_tag_view import find_holders
from tagging.links.box_tags import RemoteTag, find_box_tags
from tagging.links.plan import plan_link
from tagging.links.requirements import choose_linkable
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.tags.tag_plan import apply_tag_changes
from tagging.tags.target import LINKS, make_tag_item

if TYPE_CHECKING:
    from shared.runtime.call import Call

OTHER_LINK, LINKED_ELSEWHERE = "other_link", "linked_elsewhere"


def read_named_tag(call: Call, more: str = "") -> Row:
    """Return the local tag that the argument `tag_id` names, with `more` fields; UsageError if it is gone."""
    number = call.args["tag_id"]
    row = call.stash.tags.get(number, choose_tag_fields(call.stash, more))
    if row is None:
        raise UsageError(f"Stash has no tag {number} any more. Reload the page.")
    return row


def read_named_box_tag(call: Call, box: Box) -> RemoteTag:
    """Return the box tag that the argument `remote_id` names; UsageError if the stored list lacks it."""
    remote_id = call.args["remote_id"]
    found = find_box_tags(call.store, box.endpoint, [remote_id]).get(remote_id)
    if found is None:
        raise UsageError(f"{box.name}'s tag list has no tag {remote_id}. Fetch the list again.")
    return found


@takes(
    ident("tag_id"),
    text("endpoint", ""),
    text("remote_id"),
    flag("replace", False, "removes the present link to this box"),
    flag("anyway", False, "links although another tag has the link"),
)
def accept_link(call: Call) -> dict[str, Any]:
    """Operation `link_accept`: link a tag to a box tag at once and return the run.

    If another link or tag is affected and the user has not agreed to it, nothing is written and the conflict is
    returned.
    """
    box = choose_linkable(call)
    row, remote = read_named_tag(call), read_named_box_tag(call, box)
    conflict = find_link_conflict(call, box, row, remote)
    if conflict is not None:
        return {"run": None, "conflict": conflict}
    title = f"Linked {row['name']} to {box.name}'s {remote.name}"
    changes = plan_link(row, box, remote, f"{box.name}: {remote.name}")
    return {"run": apply_tag_changes(call, changes, title), "conflict": None}


def find_link_conflict(call: Call, box: Box, row: Row, remote: RemoteTag) -> dict[str, Any] | None:
    """Return why `accept_link` has to ask first, for the page's dialog; None if it need not.

    Either the tag has another link at this box (agreed to by the argument `replace`), or another tag has this link
    (`anyway`).
    """
    others = [each for each in find_ids(row["stash_ids"], box.endpoint) if each != remote.id]
    if others and not call.args["replace"]:
        message = f"{row['name']} is linked to another tag of {box.name} already."
        return {"kind": OTHER_LINK, "message": message, "holders": [{"id": int(row["id"]), "name": row["name"]}]}
    found = find_holders(call, box, [remote.id]).get(remote.id, [])
    holders = [each for each in found if each["id"] != int(row["id"])]
    if holders and not call.args["anyway"]:
        names = ", ".join(each["name"] for each in holders)
        message = f"{box.name}'s {remote.name} is linked to {names} already."
        return {"kind": LINKED_ELSEWHERE, "message": message, "holders": holders}
    return None


@takes(ident("tag_id"), text("endpoint", ""), text("remote_id", None, "the default is all links to the box"))
def remove_links(call: Call) -> dict[str, Any]:
    """Operation `link_remove`: remove a tag's link `remote_id` at a box, or all its links there; return the run."""
    box, row = choose_linkable(call), read_named_tag(call)
    only = call.args["remote_id"]
    pairs = [pair for pair in find_pairs(row["stash_ids"], box.endpoint) if only in (None, pair[1])]
    ids = [remote_id for _, remote_id in pairs]
    known, item = find_box_tags(call.store, box.endpoint, ids), make_tag_item(row)
    names = {each: f"{box.name}: {known[each].name}" if each in known else "" for each in ids}
    removals = [remove_member(item, LINKS, list(pair), source="user", reason=names[pair[1]]) for pair in pairs]
    return {"run": apply_tag_changes(call, removals, f"Removed the link of {row['name']} to {box.name}")}
