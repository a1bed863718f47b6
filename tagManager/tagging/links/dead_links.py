"""Dead links: listed with the successor of their record; relinked, merged or removed by a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.journal import Change, Entry, Finding, Item, remove_member
from shared.page.arguments import read_number
from shared.page.paging import format_time, read_page
from shared.stash.filters import linked_to
from shared.stash.links import find_ids
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


def list_dead_links(call: Call) -> dict[str, Any]:
    """Tags with links that lead nowhere, as of the last refresh of the lists."""
    require_tag_links(call)
    endpoint, page = call.args.get("endpoint"), read_page(call.args)
    boxes = [find_configured_box(call.stash, str(endpoint))] if endpoint else read_boxes(call.stash)
    found = [(box, row, lost) for box in boxes for row, lost in find_dead_in_library(call, box)]
    some = found[page.offset : page.offset + page.size]
    shown = []
    for box, row, lost in some:
        remote = read_box_tags(call.store, box.endpoint)
        view = make_box_tag_view(call, box, [lost["into_id"]] if lost["into_id"] else [])
        described = describe_dead_link(lost, view, remote)
        tag = {"id": int(row["id"]), "name": row["name"]}
        shown.append({"tag": tag, "endpoint": box.endpoint, "box": box.name, **described})
    return {"dead": shown, "count": len(found)}


def find_dead_in_library(call: Call, box: Box) -> list[tuple[Row, Mapping[str, Any]]]:
    """Tags and their lost links at one box, by name."""
    dead = read_dead_links(call, box)
    if not dead:
        return []
    rows = call.stash.tags.page(FIELDS, linked_to(box.endpoint), per_page=-1, sort="name").rows
    return [(row, dead[each]) for row in rows for each in find_ids(row["stash_ids"], box.endpoint) if each in dead]


def plan_repairs(call: Call) -> dict[str, Any]:
    """A plan for chosen links; else one action for all that were merged, or the removal of all that were not."""
    require_tag_links(call)
    action = str(call.args.get("action") or "")
    chosen = read_actions(call.args.get("entries"))
    entries: list[Entry] = []
    for box in read_boxes(call.stash):
        remote = read_box_tags(call.store, box.endpoint)
        dead = find_dead_in_library(call, box)
        holders = find_holders(call, box, {lost["into_id"] for _, lost in dead if lost["into_id"]})
        for row, lost in dead:
            key = (int(row["id"]), box.endpoint, lost["id"])
            wanted = chosen.get(key, action if chosen == {} and is_covered_by(lost, action) else "")
            if wanted:
                entries += plan_repair(row, lost, wanted, box, remote, holders)
    return save_tag_plan(call, entries, "Links that lead nowhere")


def is_covered_by(lost: Mapping[str, Any], action: str) -> bool:
    """Return True if an action for all applies to this link; a merged link is never simply removed."""
    return bool((lost["state"] == "merged") == (action != REMOVE))


def read_actions(given: object) -> dict[tuple[int, str, str], str]:
    """The actions by tag, box and link."""
    rows = given if isinstance(given, list) else []
    if not all(isinstance(row, dict) and row.keys() >= {"endpoint", "remote_id", "action"} for row in rows):
        raise UsageError('The argument "entries" must be a list of {tag_id, endpoint, remote_id, action}.')
    places = ((read_number(row, "tag_id"), str(row["endpoint"]), str(row["remote_id"])) for row in rows)
    chosen = {place: str(row["action"]) for place, row in zip(places, rows)}
    unknown = sorted(set(chosen.values()) - set(ACTIONS))
    if unknown:
        raise UsageError(f'The action "{unknown[0]}" is not known. Known actions: {", ".join(ACTIONS)}.')
    return chosen


def plan_repair(
    row: Row,
    lost: Mapping[str, Any],
    action: str,
    box: Box,
    remote: Mapping[str, RemoteTag],
    holders: Holders,
) -> Iterator[Entry]:
    """Return the entries that repair one link."""
    item, lost_link = make_tag_item(row), f"{box.name}: {row['name']} ({lost['state']})"
    into = remote.get(lost["into_id"])
    others = [each for each in holders.get(lost["into_id"], []) if each["id"] != int(row["id"])]
    if action == REMOVE:
        yield remove_member(item, LINKS, [box.endpoint, lost["id"]], source=box.endpoint, reason=lost_link)
    elif into is None:
        yield Finding(item, "conflict", f"{box.name} names no tag that took its place.", LINKS, box.endpoint)
    elif action == MERGE_INTO and others:
        label = f"{row['name']} into {others[0]['name']}"
        merge = Item(MERGE, f"{row['id']}>{others[0]['id']}", label)
        yield remove_member(item, LINKS, [box.endpoint, lost["id"]], source=box.endpoint, reason=lost_link)
        yield Change(merge, MERGED, "do", None, True, box.endpoint, f"{box.name} merged them into {into.name}")
    elif others:
        message = f"{box.name}'s {into.name} is linked to {others[0]['name']} already; merge the two."
        yield Finding(item, "conflict", message, LINKS, box.endpoint)
    else:
        yield from plan_link(row, box, into, f"{box.name}: merged into {into.name}")


def read_dead_links(call: Call, box: Box) -> dict[str, Mapping[str, Any]]:
    """Links to tags the box no longer has, as of the last refresh."""
    rows = call.store.read("SELECT * FROM dead_links WHERE endpoint = ?", (box.endpoint,))
    return {row["id"]: dict(row) for row in rows}


def describe_dead_link(lost: Mapping[str, Any], view: BoxTagView, remote: Mapping[str, RemoteTag]) -> dict[str, Any]:
    """A link that leads nowhere, and what took its place."""
    into = remote.get(lost["into_id"])
    checked = format_time(lost["checked"])
    shown = view.describe_tag(into) if into else None
    return {"remote_id": lost["id"], "state": lost["state"], "into": shown, "checked_at": checked}
