"""Tags that nothing uses: listed with what speaks for keeping them, and deleted by a plan that can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import idents, paging, takes, text
from shared.page.followed_task import queue_followed_task
from shared.page.paging import read_page
from shared.stash.filters import Filter
from tagging.cleaning.kinds import name_favorite
from tagging.cleaning.target import KIND
from tagging.cleaning.unwanted import ALL_KINDS, UNDO_LIMIT, plan_deletions
from tagging.tags.local_tags import Row
from tagging.task_plan import save_task_plan

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient

FIELDS = "name aliases child_count parents { name } "
SAVED = "query SavedFilters { found: findSavedFilters { name object_filter } }"
REASON = "nothing uses it"


@takes(text("text", "", "searches the names"), *paging())
def list_unused(call: Call) -> dict[str, Any]:
    """Operation `unused_list`: return a page of the tags that no object has, each with reasons to keep it."""
    page = read_page(call.args)
    where = make_unused_filter(call.stash)
    found = call.stash.tags.page(
        FIELDS + name_favorite(call.stash),
        where,
        page=page.number,
        per_page=page.size,
        sort="name",
        q=call.args["text"],
    )
    reasons = find_reasons_to_keep(call)
    return {"tags": [describe_unused(row, reasons) for row in found.rows], "count": found.total}


@takes(idents("tag_ids", None, "without it, all unused tags without a reason to keep them"))
def start_unused(call: Call) -> dict[str, Any]:
    """Operation `unused_start`: queue the task `unused_plan`; return its job id and run token for the progress."""
    args = {} if call.args["tag_ids"] is None else {"tag_ids": list(call.args["tag_ids"])}
    return queue_followed_task(call, "unused_plan", "looking for unused tags", args)


@takes(idents("tag_ids", None, "without it, all unused tags without a reason to keep them"))
def plan_unused(call: Call) -> dict[str, Any]:
    """Task `unused_plan`: store a plan that deletes unused tags; the answer has no `plan_id` if there are none."""
    chosen = call.args["tag_ids"]
    if chosen is None:
        reasons = find_reasons_to_keep(call)
        rows = call.stash.tags.page(
            FIELDS + name_favorite(call.stash), make_unused_filter(call.stash), per_page=-1, sort="name"
        ).rows
        chosen = [int(row["id"]) for row in rows if not describe_unused(row, reasons)["keep"]]
    call.progress(0.3)
    entries = plan_deletions(call, chosen, (), {}, REASON)
    done = "Deleted {items unused tag}"
    return save_task_plan(call, entries, kind=KIND, title="Unused tags", done=done, undo_limits=[UNDO_LIMIT])


def make_unused_filter(stash: StashClient) -> Filter:
    """Return the filter for tags that no object has, of all kinds that this Stash can count."""
    known = stash.capabilities()
    names = [f"{kind}_count" for kind in ALL_KINDS if known.has("TagFilterType", f"{kind}_count")]
    return {name: {"value": 0, "modifier": "EQUALS"} for name in names}


def find_reasons_to_keep(call: Call) -> dict[int, list[str]]:
    """Return by tag id which saved filters and categories' imports name a tag, for list and plan of unused tags."""
    reasons: dict[int, list[str]] = {}
    for saved in call.stash.ask(SAVED, None, "reading the saved filters")["found"]:
        for tag_id in find_tag_ids(saved["object_filter"] or {}):
            reasons.setdefault(tag_id, []).append(f'the saved filter "{saved["name"]}"')
    for row in call.store.read("SELECT DISTINCT tag FROM mappings"):
        reasons.setdefault(row["tag"], []).append("imports, as the parent tag of a category")
    return reasons


def find_tag_ids(criteria: Any) -> set[int]:
    """Return the ids of tags that a saved filter names, at any depth: in Stash's form and that of its API. Pure."""
    return set(walk_tag_ids(criteria, is_about_tags=False))


def walk_tag_ids(value: Any, *, is_about_tags: bool) -> Iterator[int]:
    """Yield the ids below criteria whose names speak of tags, parents or children: in lists, or as {id, label}."""
    if isinstance(value, Mapping):
        for name, below in value.items():
            if name == "id" and is_about_tags and str(below).isdecimal():
                yield int(below)
            about = is_about_tags or "tag" in name or name in ("parents", "children")
            yield from walk_tag_ids(below, is_about_tags=about)
    elif isinstance(value, list):
        for each in value:
            is_id = is_about_tags and isinstance(each, (str, int)) and str(each).isdecimal()
            yield from [int(each)] if is_id else walk_tag_ids(each, is_about_tags=is_about_tags)


def describe_unused(row: Row, reasons: Mapping[int, list[str]]) -> dict[str, Any]:
    """Return an unused tag for the page, with the reasons to keep it; the plan of all leaves out tags with reasons."""
    keep = list(reasons.get(int(row["id"]), []))
    keep += ["it is a favorite"] if row.get("favorite") else []
    keep += [f"it has sub-tags ({row['child_count']:,})"] if row["child_count"] else []
    parents = [parent["name"] for parent in row["parents"]]
    return {"id": int(row["id"]), "name": row["name"], "aliases": row["aliases"], "parents": parents, "keep": keep}
