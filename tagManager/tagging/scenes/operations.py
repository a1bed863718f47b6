"""A stored plan of a sync as the page shows it: by scene, by tag, ticked on and off, applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.journal import Journal
from shared.page.arguments import read_flag, read_number, read_numbers, read_object
from shared.page.followed_task import queue_followed_task
from shared.page.paging import format_time, read_page
from shared.page.plans import apply_or_queue, count_open, count_selected
from shared.page.run_view import describe_run
from shared.tag_matching import Blacklist
from tagging.scenes import figures as plan_figures
from tagging.scenes.tasks import KIND
from tagging.scenes.unmatched import read_unmatched_time
from tagging.scopes.scope import read_scope
from tagging.wordlists.blacklist import read_blacklist_entries, save_blacklist_entries

if TYPE_CHECKING:
    from shared.runtime.call import Call

JOB = "sync_job"
PASSED_ON = ("endpoint", "full", "include_removed", "strategy")

_NEWEST = """
    SELECT id FROM journal_plans WHERE kind = ? AND undo_of IS NULL AND state <> 'building' ORDER BY id DESC LIMIT 1
"""
_RUN = "SELECT id FROM journal_runs WHERE plan = ? ORDER BY id DESC LIMIT 1"
_TAGS = """
    SELECT tag, local, sum(scenes) AS scenes FROM plan_tags
    WHERE plan = :plan AND (:text = '' OR instr(lower(local), lower(:text)) > 0) GROUP BY tag, local
"""


def start_sync(call: Call) -> dict[str, Any]:
    """Queue the sync as a task: a plan of everything, or everything at once."""
    scope = read_object(call.args, "scope")
    read_scope(call.stash, scope)
    passed = {name: call.args[name] for name in PASSED_ON if call.args.get(name) is not None}
    is_dry = read_flag(call.args, "dry_run", True)
    title = f"{'looking for' if is_dry else 'adding'} tags of scenes"
    args = {"dry_run": is_dry, "scope": scope, **passed}
    return remember_job(call, queue_followed_task(call, "sync_scene_tags", title, args))


def remember_job(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
    """Keep which task is under way, for a page that is opened later."""
    if "job_id" in answer:
        call.store.kv.put(JOB, {"job_id": str(answer["job_id"]), "run_token": answer["run_token"]})
    return answer


def show_plan(call: Call) -> dict[str, Any]:
    """The head of a plan, or of the newest; null when there is none. And the task started last."""
    journal = Journal(call.store)
    plan_id, job = find_plan(call, journal), call.store.kv.get(JOB)
    if plan_id is None:
        return {"plan": None, "job": job}
    head = journal.find_plan(plan_id)
    summary = journal.preview(plan_id)
    described = {name: head[name] for name in ("title", "state", "items", "rows")}
    opened, selected = count_open(journal, plan_id)
    more = {
        "open": opened,
        "selected": selected,
        "created_at": format_time(head["created"]),
        "totals": {**summary.items},
    }
    figures = plan_figures.read_figures(call.store, plan_id)
    runs = journal.read(_RUN, (plan_id,))
    run = describe_run(journal, runs[0]["id"]) if runs else None
    shown = {"plan_id": plan_id, **described, **more, "planned": summary.planned, "figures": figures, "run": run}
    return {"plan": shown, "job": job}


def find_plan(call: Call, journal: Journal) -> int | None:
    """The plan that is named, else the newest."""
    if call.args.get("plan_id") is not None:
        return read_number(call.args, "plan_id")
    rows = journal.read(_NEWEST, (KIND,))
    return int(rows[0]["id"]) if rows else None


def list_plan_scenes(call: Call) -> dict[str, Any]:
    """One page of a plan by scene."""
    journal = Journal(call.store)
    plan_id, page = read_number(call.args, "plan_id"), read_page(call.args)
    names = read_tag_names(call, plan_id)
    filters = {"outcome": call.args.get("outcome"), "text": call.args.get("text") or None}
    if call.args.get("tag_id") is not None:
        tag_id = read_number(call.args, "tag_id")
        entries, count = journal.list_items_with(plan_id, tag_id, page.number, page_size=page.size)
    else:
        found = journal.list_plan(plan_id, page.number, page_size=page.size, filters=filters)
        entries, count = found["entries"], found["total"]
    return {"scenes": [describe_scene(entry, names) for entry in entries], "count": count}


def describe_scene(entry: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """A scene of a plan for the page; what is only a note has no tag."""
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
    """One addition for the page."""
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


def read_tag_names(call: Call, plan_id: int) -> dict[int, str]:
    """The names of a plan's tags, as they were when it was made."""
    rows = call.store.read("SELECT DISTINCT tag, local FROM plan_tags WHERE plan = ?", (plan_id,))
    return {row["tag"]: row["local"] for row in rows}


def list_plan_tags(call: Call) -> dict[str, Any]:
    """One page of a plan by tag: how many scenes get it, and how many of these are ticked."""
    plan_id, page = read_number(call.args, "plan_id"), read_page(call.args)
    rows = call.store.read(_TAGS, {"plan": plan_id, "text": str(call.args.get("text") or "")})
    is_by_name = call.args.get("sort") == "name"
    rows.sort(key=lambda row: (row["local"].lower(), row["tag"]) if is_by_name else (-row["scenes"], row["tag"]))
    chosen = rows[page.offset : page.offset + page.size]
    counted = Journal(call.store).count_members(plan_id, [row["tag"] for row in chosen])
    remote = {row["tag"]: list_sources(call, plan_id, row["tag"]) for row in chosen}
    blacklisted = find_blacklisted(call, {tag: [each["name"] for each in found] for tag, found in remote.items()})
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


def find_blacklisted(call: Call, names: Mapping[int, Sequence[str]]) -> set[int]:
    """The tags whose every name at the boxes is on the page's blacklist by now."""
    blacklist = Blacklist(read_blacklist_entries(call.store))
    return {tag for tag, given in names.items() if all(map(blacklist.matches, given))}


def read_box_names(call: Call, plan_id: int) -> dict[int, list[str]]:
    """Return the boxes' names for each tag of a plan."""
    names: dict[int, list[str]] = {}
    for row in call.store.read("SELECT tag, name FROM plan_tags WHERE plan = ?", (plan_id,)):
        names.setdefault(row["tag"], []).append(row["name"])
    return names


def list_sources(call: Call, plan_id: int, tag_id: int) -> list[dict[str, Any]]:
    """Return the tags of boxes that brought a tag into a plan."""
    rows = call.store.read("SELECT * FROM plan_tags WHERE plan = ? AND tag = ?", (plan_id, tag_id))
    return [{"endpoint": row["endpoint"], "id": row["id"], "name": row["name"], "by": row["rule"]} for row in rows]


def select_additions(call: Call) -> dict[str, Any]:
    """Tick additions on or off: of tags, of scenes, single ones, or all; what is on the blacklist only by its name."""
    journal = Journal(call.store)
    plan_id, selected = read_number(call.args, "plan_id"), read_flag(call.args, "selected")
    journal.find_plan(plan_id)
    tags = read_numbers(call.args, "tag_ids")
    if tags is not None:
        count = journal.select_members(plan_id, selected, tags)
    else:
        items, rows = read_numbers(call.args, "items"), read_numbers(call.args, "rows")
        count = journal.select(plan_id, selected, items=items, rows=rows)
        if selected and rows is None:
            blacklisted = find_blacklisted(call, read_box_names(call, plan_id))
            journal.select_members(plan_id, False, sorted(blacklisted))
    return {"count": count, "selected": count_selected(journal, plan_id)}


def blacklist_plan_tag(call: Call) -> dict[str, Any]:
    """Put the boxes' names of a tag onto the blacklist and take it out of this plan."""
    plan_id, tag_id = read_number(call.args, "plan_id"), read_number(call.args, "tag_id")
    names = sorted({each["name"] for each in list_sources(call, plan_id, tag_id)})
    if not names:
        raise UsageError(f"Plan {plan_id} does not add the tag {tag_id}.")
    save_blacklist_entries(call.store, [*read_blacklist_entries(call.store), *names])
    return {"names": names, "count": Journal(call.store).select_members(plan_id, False, [tag_id])}


def start_applying(call: Call) -> dict[str, Any]:
    """Apply what is ticked: now when it is little, else as a task."""
    return remember_job(call, apply_or_queue(call, Journal(call.store), read_number(call.args, "plan_id")))


def list_unmatched_tags(call: Call) -> dict[str, Any]:
    """Tags of the boxes without a tag here, those with the most scenes first."""
    page = read_page(call.args)
    params = {
        "endpoint": str(call.args.get("endpoint") or ""),
        "text": str(call.args.get("text") or ""),
        "size": page.size,
        "offset": page.offset,
    }
    where = """FROM unmatched u WHERE (:endpoint = '' OR u.endpoint = :endpoint)
        AND (:text = '' OR instr(lower(u.name), lower(:text)) > 0)"""
    count = call.store.read("SELECT count(*) " + where, params)[0][0]
    fields = """SELECT u.*, (SELECT c.name FROM remote_tags t JOIN remote_categories c ON c.endpoint = t.endpoint
        AND c.id = t.category WHERE t.endpoint = u.endpoint AND t.id = u.id) AS category """
    rows = call.store.read(fields + where + " ORDER BY u.scenes DESC, u.name LIMIT :size OFFSET :offset", params)
    as_of = format_time(read_unmatched_time(call.store, str(params["endpoint"])))
    return {"unmatched": [dict(row) for row in rows], "count": count, "as_of": as_of}
