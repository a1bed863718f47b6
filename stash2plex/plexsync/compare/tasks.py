"""The tasks that sync or compare many scenes. Each returns its result as one sentence for Stash's log."""

from __future__ import annotations

from shared.counted_words import count_things

from plexsync.queue.constants import SENT_SENTENCE
from typing import TYPE_CHECKING, Any

from plexsync.compare.comparison import (
    Comparison,
    describe_counts,
    forget_deleted,
    queue_differences,
    queue_scene_ids,
)
from plexsync.compare.scopes import ALL, LAST_DAY, MISSING, SCOPE_NAMES, SCOPES, list_scene_ids
from plexsync.compare.store import save_preview, save_report
from plexsync.queue.tasks import describe_drain
from plexsync.server.connection import ConnectedServer, connect_server
from plexsync.start.consent import note_preview, require_start
from shared.arguments import choice, flag, takes
from shared.queue.start import start_drain_if_due
from shared.queue.task import drain_queue

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCOPE = choice("scope", SCOPES, ALL)


@takes(flag("force", False, "sends every scene, also where Plex shows it already"))
def sync_all(call: Call) -> dict[str, Any]:
    """Task Sync All Scenes: queue every scene that may differ and send them.

    With `force` every scene is sent, also where Plex shows it already.
    """
    comparison = Comparison(call, connect_started(call))
    comparison.matcher.refresh(in_full=True)
    ids = list_scene_ids(call, ALL)
    is_forced = call.args["force"]
    changed = iter(ids) if is_forced else comparison.iter_changed(ids)
    return queue_and_drain(call, changed, comparison, is_forced=is_forced)


@takes()
def sync_recent(call: Call) -> dict[str, Any]:
    """Task Sync Recent Scenes: queue the scenes that changed in the last 24 hours and may differ, and send them."""
    comparison = Comparison(call, connect_started(call))
    comparison.matcher.refresh()
    ids = list_scene_ids(call, LAST_DAY)
    return queue_and_drain(call, comparison.iter_changed(ids), comparison, is_forced=False)


def queue_and_drain(call: Call, ids: Any, comparison: Comparison, *, is_forced: bool) -> dict[str, Any]:
    """Queue these scenes and work the queue off; return the result of a sync task."""
    queued = queue_scene_ids(call, ids, {"force": True} if is_forced else None)
    counts = comparison.counts
    result = drain_queue(call)
    numbers = f"{count_things(queued, 'scene')} queued, {counts['unchanged']} unchanged, {counts['skipped']} skipped"
    message = f"{numbers}. {describe_drain(result)}"
    return {"message": message, "queued": queued, **{name: counts[name] for name in ("unchanged", "skipped")}}


@takes(SCOPE, flag("preview", False, "only saves a plan"))
def run_reconciliation(call: Call) -> dict[str, Any]:
    """Tasks Reconcile Library: compare a scope with Plex, send what differs, and return counts and a sentence.

    With `preview` only a plan is saved.
    """
    if call.args["preview"]:
        return preview_all(call)
    scope = call.args["scope"]
    comparison, ids, orphaned = open_comparison(call, connect_started(call), scope)
    has_missing = bool(call.settings.reconcile_missing)
    queued = queue_differences(
        call, comparison.find_differences(ids), has_missing=has_missing, only_missing=scope == MISSING
    )
    counts = {**comparison.counts, "orphaned": orphaned}
    report = {"scope": scope, "counts": counts, "queued": queued}
    message = f"{len(ids):,} compared: {describe_counts(counts)}. {queued:,} queued."
    save_report(call, {**report, "message": message})
    result = drain_queue(call)
    return {**report, "message": f"{message} {describe_drain(result)}"}


@takes(SCOPE)
def preview_all(call: Call) -> dict[str, Any]:
    """Task Preview Sync: save a plan of what a sync of a scope would write; nothing is written to Plex.

    Of the scope "missing" only the scenes that Plex does not have are shown.
    """
    scope = call.args["scope"]
    server = connect_server(call)
    comparison, ids, _ = open_comparison(call, server, scope)
    is_search = scope == MISSING
    differences = comparison.find_differences(ids, has_pictures=not is_search)
    shown = (each for each in differences if each.kind == MISSING or not is_search)
    plan_id = save_preview(call, shown, comparison.counts, f"Preview of {SCOPE_NAMES[scope]}", SENT_SENTENCE)
    if scope == ALL:
        note_preview(call.store, server.machine_id, call.settings, plan_id, comparison.counts)
    start_drain_if_due(call)  # reading what is new in Plex queues the scenes that waited for it
    message = f"{len(ids):,} compared: {describe_counts(comparison.counts)}. Nothing was written."
    return {"message": message, "plan_id": str(plan_id), "counts": dict(comparison.counts)}


def connect_started(call: Call) -> ConnectedServer:
    """Return the connected server for a task that sends; raise NotStarted before its owner pressed Start syncing."""
    server = connect_server(call)
    require_start(call.store, server.machine_id)
    return server


def open_comparison(call: Call, server: ConnectedServer, scope: str) -> tuple[Comparison, list[int], int]:
    """Return a comparison with a fresh index, the scope's scenes, and how many deleted ones were forgotten.

    Reconciliations and their preview begin with it.
    """
    comparison = Comparison(call, server)
    ids = list_scene_ids(call, scope)
    is_whole = scope in (ALL, MISSING)
    comparison.matcher.refresh(in_full=is_whole)
    return comparison, ids, forget_deleted(comparison, ids) if is_whole else 0
