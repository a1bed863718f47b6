"""Operations of the Scene tags tab: start a sync, read its plan, select additions, apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import choice, flag, ident, idents, takes, text
from shared.errors import UsageError
from shared.journal import Journal
from shared.journal.queries import count_open_changes, find_newest_plan, find_run_of_plan
from shared.page.followed_task import queue_followed_task
from shared.page.paging import format_time
from shared.page.plans import BACKUP, apply_or_queue
from shared.page.run_view import describe_run
from tagging.scenes.box_query import STRATEGIES
from tagging.scenes.plan_store import list_sources, read_box_names, read_figures
from tagging.scenes.target import KIND
from shared.scene_scopes.scope import SCOPE, read_scope
from tagging.wordlists.blacklist import find_blacklisted, read_blacklist_entries, save_blacklist_entries

if TYPE_CHECKING:
    from shared.runtime.call import Call

JOB_KEY = "sync_job"
SYNC_OPTIONS = (
    text("endpoint", "", "only this box"),
    SCOPE,
    flag("full", None, "asks the boxes again, also about scenes with a cached answer"),
    flag("include_removed", False, "also adds tags that a person removed"),
    choice("strategy", tuple(STRATEGIES), None, "the default is the setting"),
)
TASK_ARGUMENTS = ("endpoint", "full", "include_removed", "strategy")


@takes(flag("dry_run", True, "only makes a plan, of all scenes of the scope"), *SYNC_OPTIONS)
def start_sync(call: Call) -> dict[str, Any]:
    """Operation `sync_start`: queue the task `sync_scene_tags` for a scope; return its job id and run token."""
    scope, is_dry = call.args["scope"] or {}, call.args["dry_run"]
    read_scope(call.stash, scope)
    task_arguments = {name: call.args[name] for name in TASK_ARGUMENTS if call.args[name] not in (None, "")}
    title = f"{'looking for' if is_dry else 'adding'} tags of scenes"
    args = {"dry_run": is_dry, "scope": scope, **task_arguments}
    return remember_job(call, queue_followed_task(call, "sync_scene_tags", title, args))


def remember_job(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
    """Store the job of an answer, so that a page that is opened later shows its progress; return the answer."""
    if "job_id" in answer:
        call.store.kv.put(JOB_KEY, {"job_id": str(answer["job_id"]), "run_token": answer["run_token"]})
    return answer


@takes(ident("plan_id", None, "the default is the newest plan"))
def show_plan(call: Call) -> dict[str, Any]:
    """Operation `sync_plan`: return the head and figures of the named plan, or of the newest, and the last job."""
    journal = Journal(call.store)
    plan_id, job = find_plan(call, journal), call.store.kv.get(JOB_KEY, {"job_id": str, "run_token": str})
    if plan_id is None:
        return {"plan": None, "job": job}
    head = journal.find_plan(plan_id)
    summary = journal.preview(plan_id)
    described = {name: head[name] for name in ("title", "state", "items", "rows")}
    opened, selected = count_open_changes(journal, plan_id)
    more = {
        "open": opened,
        "selected": selected,
        "created_at": format_time(head["created"]),
        "totals": {**summary.items},
    }
    figures = read_figures(call.store, plan_id)
    run_id = find_run_of_plan(journal, plan_id)
    run = None if run_id is None else describe_run(journal, run_id)
    shown = {"plan_id": plan_id, **described, **more, "planned": summary.planned, "figures": figures, "run": run}
    return {"plan": shown, "job": job}


def find_plan(call: Call, journal: Journal) -> int | None:
    """Return for `show_plan` the id of the plan that the argument names, else of the newest sync plan, else None."""
    if call.args["plan_id"] is not None:
        return int(call.args["plan_id"])
    plan = find_newest_plan(journal, (KIND,))
    return None if plan is None else int(plan["id"])


@takes(
    ident("plan_id"),
    flag("selected"),
    idents("tag_ids", None, "all additions of these tags"),
    idents("items", None, "all additions that the plan makes to these scenes"),
    idents("rows", None, "these additions; all, if `tag_ids` and `items` are left out, too"),
)
def select_additions(call: Call) -> dict[str, Any]:
    """Operation `sync_select`: select or deselect additions by tag, by scene, one by one, or all.

    Selecting all leaves out what is on the blacklist. Returns the number of changed rows and of selected ones.
    """
    journal = Journal(call.store)
    plan_id, selected = call.args["plan_id"], call.args["selected"]
    journal.find_plan(plan_id)
    tags = call.args["tag_ids"]
    if tags is not None:
        count = journal.select_members(plan_id, selected, tags)
    else:
        items, rows = call.args["items"], call.args["rows"]
        count = journal.select(plan_id, selected, items=items, rows=rows)
        if selected and rows is None:
            blacklisted = find_blacklisted(call.store, read_box_names(call.store, plan_id))
            journal.select_members(plan_id, False, sorted(blacklisted))
    return {"count": count, "selected": count_open_changes(journal, plan_id)[1]}


@takes(ident("plan_id"), ident("tag_id"))
def blacklist_plan_tag(call: Call) -> dict[str, Any]:
    """Operation `sync_never_add`: put the boxes' names of a tag onto the blacklist and deselect it in the plan."""
    plan_id, tag_id = call.args["plan_id"], call.args["tag_id"]
    names = sorted({each["name"] for each in list_sources(call.store, plan_id, tag_id)})
    if not names:
        raise UsageError(f"Plan {plan_id} does not add the tag {tag_id}.")
    save_blacklist_entries(call.store, [*read_blacklist_entries(call.store), *names])
    return {"names": names, "count": Journal(call.store).select_members(plan_id, False, [tag_id])}


@takes(ident("plan_id"), BACKUP)
def start_applying(call: Call) -> dict[str, Any]:
    """Operation `sync_apply`: apply the selected additions, at once if they are few, otherwise as a task."""
    return remember_job(call, apply_or_queue(call, Journal(call.store), call.args["plan_id"], call.args["backup"]))
