"""A stored sync plan as the page lists it: by scene and by tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import choice, ident, paging, takes, text
from shared.journal import Journal
from shared.journal.changes import OUTCOMES
from shared.page.paging import read_page
from tagging.scenes.plan_store import list_sources, read_plan_tags, read_tag_names
from tagging.wordlists.blacklist import find_blacklisted

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(
    ident("plan_id"),
    text("text", None),
    choice("outcome", ("planned", *OUTCOMES), None),
    ident("tag_id", None, "only scenes that get this tag; `text` and `outcome` then have no effect"),
    *paging(),
)
def list_plan_scenes(call: Call) -> dict[str, Any]:
    """Operation `sync_scenes`: return a page of a plan's scenes and the tags each gets; `tag_id` limits it to one."""
    journal = Journal(call.store)
    plan_id, page = call.args["plan_id"], read_page(call.args)
    names = read_tag_names(call.store, plan_id)
    filters = {"outcome": call.args["outcome"], "text": call.args["text"]}
    if call.args["tag_id"] is not None:
        tag_id = call.args["tag_id"]
        entries, count = journal.list_items_with(plan_id, tag_id, page.number, page_size=page.size)
    else:
        found = journal.list_plan(plan_id, page.number, page_size=page.size, filters=filters)
        entries, count = found["entries"], found["total"]
    return {"scenes": [describe_scene(entry, names) for entry in entries], "count": count}


def describe_scene(entry: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Return a scene of a plan for `sync_scenes`; a finding has a message and no tags."""
    rows = entry["changes"]
    notes = [row["message"] for row in rows if row["action"] == "note"]
    return {
        "item": entry["id"],
        "id": int(entry["item_id"]),
        "title": entry["label"],
        "outcome": entry["outcome"],
        "message": " ".join(notes) or None,
        "tags": [describe_addition(row, names) for row in rows if row["action"] != "note"],
    }


def describe_addition(row: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Return one addition of a tag to a scene, for `sync_scenes`."""
    tag_id = row["after"] if row["after"] is not None else row["before"]
    return {
        "row": row["id"],
        "id": tag_id,
        "name": names.get(tag_id, f"tag {tag_id}"),
        "reason": row["reason"],
        "endpoint": row["source"],
        "selected": bool(row["selected"]),
        "outcome": row["outcome"] or None,
        "message": row["message"] or None,
    }


@takes(ident("plan_id"), text("text", ""), choice("sort", ("scenes", "name"), "scenes"), *paging())
def list_plan_tags(call: Call) -> dict[str, Any]:
    """Operation `sync_tags`: return one page of a plan's tags with their numbers of scenes: found, selected, added."""
    plan_id, page = call.args["plan_id"], read_page(call.args)
    rows = read_plan_tags(call.store, plan_id, call.args["text"])
    is_by_name = call.args["sort"] == "name"
    rows.sort(key=lambda row: (row["local"].lower(), row["tag"]) if is_by_name else (-row["scenes"], row["tag"]))
    chosen = rows[page.offset : page.offset + page.size]
    counted = Journal(call.store).count_members(plan_id, [row["tag"] for row in chosen])
    remote = {row["tag"]: list_sources(call.store, plan_id, row["tag"]) for row in chosen}
    blacklisted = find_blacklisted(call.store, {tag: [each["name"] for each in found] for tag, found in remote.items()})
    tags = [
        {
            "id": row["tag"],
            "name": row["local"],
            "scenes": row["scenes"],
            "selected": counted[row["tag"]][0],
            "added": counted[row["tag"]][1],
            "is_unwanted": row["tag"] in blacklisted,
            "remote": remote[row["tag"]],
        }
        for row in chosen
    ]
    return {"tags": tags, "count": len(rows)}
