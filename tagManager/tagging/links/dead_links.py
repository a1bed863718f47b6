"""Dead links: listed with the successor of their record, and repaired by a plan that relinks, merges or removes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import MOST, choice, ident, paging, records, takes, text
from shared.journal import Change, Entry, Finding, Item, remove_member
from shared.page.paging import format_time, read_page
from shared.stash.links import find_ids, find_pairs
from shared.stash_box import Box
from shared.stash_box.configured import find_configured_box, read_boxes
from tagging.links.box_tag_view import BoxTagView, Holders, find_holders, make_box_tag_view
from tagging.links.box_tags import RemoteTag, read_box_tags
from tagging.links.plan import plan_link
from tagging.links.requirements import require_tag_links
from tagging.tags.local_tags import Row
from tagging.tags.tag_plan import save_tag_plan
from tagging.tags.target import LINKS, MERGE, MERGED, make_tag_item

if TYPE_CHECKING:
    from shared.runtime.call import Call

RELINK, MERGE_INTO, REMOVE = "relink", "merge", "remove"
ACTIONS = (RELINK, MERGE_INTO, REMOVE)
FIELDS = "name stash_ids { endpoint stash_id }"


@takes(text("endpoint", ""), *paging())
def list_dead_links(call: Call) -> dict[str, Any]:
    """Operation `dead_list`: return a page of tags whose link leads to no box tag, with the successor, if any."""
    require_tag_links(call)
    page, boxes = read_page(call.args), choose_boxes(call)
    found = [(box, row, dead_link) for box in boxes for row, dead_link in find_dead_in_library(call, box)]
    on_page = found[page.offset : page.offset + page.size]
    shown = []
    for box, row, dead_link in on_page:
        remote = read_box_tags(call.store, box.endpoint)
        view = make_box_tag_view(call, box, [dead_link["into_id"]] if dead_link["into_id"] else [])
        described = describe_dead_link(dead_link, view, remote)
        tag = {"id": int(row["id"]), "name": row["name"]}
        shown.append({"tag": tag, "endpoint": box.endpoint, "box": box.name, **described})
    return {"dead": shown, "count": len(found)}


def choose_boxes(call: Call) -> list[Box]:
    """Return the boxes whose dead links are listed or repaired: the one that `endpoint` names, else all."""
    endpoint = call.args["endpoint"]
    return [find_configured_box(call.stash, endpoint)] if endpoint else read_boxes(call.stash)


def find_dead_in_library(call: Call, box: Box) -> list[tuple[Row, Mapping[str, Any]]]:
    """Return local tags with a dead link at a box, by name, each with the link's stored row.

    The list of dead links, its plan and the Links tab's figures ask it.
    """
    dead = read_dead_links(call, box)
    if not dead:
        return []
    rows = call.stash.tags.linked_rows(FIELDS, box.endpoint)
    return [(row, dead[each]) for row in rows for each in find_ids(row["stash_ids"], box.endpoint) if each in dead]


@takes(
    records(
        "entries",
        (ident("tag_id"), text("endpoint"), text("remote_id"), choice("action", ACTIONS)),
        MOST,
        (),
        "each names one link and what to do with it",
    ),
    choice(
        "action",
        ACTIONS,
        "",
        "without `entries`: `relink` or `merge` for all links whose tag has a successor, `remove` for all others",
    ),
    text("endpoint", "", "only links to this box"),
)
def plan_repairs(call: Call) -> dict[str, Any]:
    """Operation `dead_plan`: store a plan that repairs dead links, and return its id and number of entries.

    With `entries` each named link gets its own action. Otherwise `action` applies to all links that it fits, with
    `endpoint` to those at this box.
    """
    require_tag_links(call)
    action = call.args["action"]
    chosen = {(row["tag_id"], row["endpoint"], row["remote_id"]): row["action"] for row in call.args["entries"]}
    entries: list[Entry] = []
    for box in choose_boxes(call):
        remote = read_box_tags(call.store, box.endpoint)
        dead = find_dead_in_library(call, box)
        holders = find_holders(call, box, {dead_link["into_id"] for _, dead_link in dead if dead_link["into_id"]})
        for row, dead_link in dead:
            key = (int(row["id"]), box.endpoint, dead_link["id"])
            link_action = chosen.get(key, action if chosen == {} and is_covered_by(dead_link, action) else "")
            if link_action:
                entries += plan_repair(row, dead_link, link_action, box, remote, holders)
    return save_tag_plan(call, entries, "Links that lead nowhere", "Repaired dead links of {items tag}")


def is_covered_by(dead_link: Mapping[str, Any], action: str) -> bool:
    """Return True if an action of `plan_repairs` for all links applies to this one.

    `remove` never applies to a link with a successor.
    """
    return bool((dead_link["state"] == "merged") == (action != REMOVE))


def plan_repair(
    row: Row,
    dead_link: Mapping[str, Any],
    action: str,
    box: Box,
    remote: Mapping[str, RemoteTag],
    holders: Holders,
) -> Iterator[Entry]:
    """Yield the entries of `plan_repairs` for one dead link; `holders` are the local tags linked to each successor."""
    item, reason = make_tag_item(row), f"{box.name}: {row['name']} ({dead_link['state']})"
    pairs = [pair for pair in find_pairs(row["stash_ids"], box.endpoint) if pair[1] == dead_link["id"]]
    link = list(pairs[0])
    successor = remote.get(dead_link["into_id"])
    others = [each for each in holders.get(dead_link["into_id"], []) if each["id"] != int(row["id"])]
    if action == REMOVE:
        yield remove_member(item, LINKS, link, source=box.endpoint, reason=reason)
    elif successor is None:
        yield Finding(item, "conflict", f"{box.name} names no tag that took its place.", LINKS, box.endpoint)
    elif action == MERGE_INTO and others:
        label = f"{row['name']} into {others[0]['name']}"
        merge = Item(MERGE, f"{row['id']}>{others[0]['id']}", label)
        yield remove_member(item, LINKS, link, source=box.endpoint, reason=reason)
        reason = f"{box.name} merged them into {successor.name}"
        yield Change(merge, MERGED, "do", None, True, box.endpoint, reason, can_undo=False)
    elif others:
        message = f"{box.name}'s {successor.name} is linked to {others[0]['name']} already; merge the two."
        yield Finding(item, "conflict", message, LINKS, box.endpoint)
    else:
        yield from plan_link(row, box, successor, f"{box.name}: merged into {successor.name}")


def read_dead_links(call: Call, box: Box) -> dict[str, Mapping[str, Any]]:
    """Return the dead links that the refresh task stored for a box, by box tag id.

    The lists and views of tags, and the plan that repairs dead links, read them.
    """
    rows = call.store.read("SELECT * FROM dead_links WHERE endpoint = ?", (box.endpoint,))
    return {row["id"]: dict(row) for row in rows}


def describe_dead_link(
    dead_link: Mapping[str, Any], view: BoxTagView, remote: Mapping[str, RemoteTag]
) -> dict[str, Any]:
    """Return a dead link for the page's lists: its state, when it was found, and the tag that took its place."""
    successor = remote.get(dead_link["into_id"])
    checked = format_time(dead_link["checked"])
    shown = view.describe_tag(successor) if successor else None
    return {"remote_id": dead_link["id"], "state": dead_link["state"], "into": shown, "checked_at": checked}
