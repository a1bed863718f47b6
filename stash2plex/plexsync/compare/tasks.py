"""The tasks Stash lists. Each says in one sentence what it did; an error is the task's error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.compare import comparison as compare
from plexsync.compare.comparison import (
    Comparison,
    describe_counts,
    forget_deleted,
    list_scene_ids,
    queue_differences,
    save_preview,
    save_report,
)
from plexsync.page.health import describe_health
from plexsync.queue.operations import clear, purge_dead, show_status
from plexsync.server.connection import connect_server
from shared.errors import UsageError
from shared.queue.outbox import Outbox
from shared.queue.task import drain_queue
from shared.queue.view import QueuePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call

PURGE_DAYS = 30
SCOPES = (compare.ALL, compare.DAY, compare.WEEK, compare.MISSING)


def sync_all(call: Call) -> dict[str, Any]:
    """Send every scene that may differ; with `force` every scene."""
    comparison = Comparison(call, connect_server(call))
    comparison.matcher.refresh(in_full=True)
    ids = list_scene_ids(call, compare.ALL)
    is_forced = is_true(call.args.get("force"))
    changed = iter(ids) if is_forced else comparison.iter_changed(ids)
    return queue_and_drain(call, changed, comparison, is_forced=is_forced)


def sync_recent(call: Call) -> dict[str, Any]:
    """Send the scenes that changed in the last 24 hours."""
    comparison = Comparison(call, connect_server(call))
    comparison.matcher.refresh()
    ids = list_scene_ids(call, compare.DAY)
    return queue_and_drain(call, comparison.iter_changed(ids), comparison, is_forced=False)


def queue_and_drain(call: Call, ids: Any, comparison: Comparison, *, is_forced: bool) -> dict[str, Any]:
    """Put scenes into the queue, then work it off, all in this task."""
    outbox, queued = Outbox(call.store), 0
    for scene_id in ids:
        outbox.put(f"scene:{scene_id}", note={"force": True} if is_forced else None)
        queued += 1
    counts = comparison.counts
    result = drain_queue(call)
    numbers = f"{queued} scenes queued, {counts['unchanged']} unchanged, {counts['skipped']} skipped"
    message = f"{numbers}. {describe_drain(result)}"
    return {"message": message, "queued": queued, **{name: counts[name] for name in ("unchanged", "skipped")}}


def describe_drain(result: Any) -> str:
    """What a drain did, and why it ended."""
    parts = [
        f"{number} {name}"
        for name, number in (
            ("sent", result.done),
            ("waiting for a decision or for Plex to find the file", result.parked),
            ("to be tried again", result.retried + result.postponed),
            ("given up", result.failed),
            ("still queued", result.left),
        )
        if number
    ]
    return f"{', '.join(parts) or 'Nothing to send'}. {result.message}".strip()


def process_queue(call: Call) -> dict[str, Any]:
    """Try everything that waits at once, until the queue is empty."""
    page = QueuePage(call.store)
    page.retry("waiting")
    outbox = Outbox(call.store)
    outbox.resume()
    outbox.breaker.reset()
    result = drain_queue(call)
    return {**result._asdict(), "message": describe_drain(result)}


def show_queue(call: Call) -> dict[str, Any]:
    """What is in the queue, for the log."""
    status = show_status(call)
    queue = status["queue"]
    message = (
        f"{queue['waiting']} waiting, {queue['working']} in work, {queue['parked']} parked, {queue['dead']} given up, "
        f"{queue['done']} done. {status['waiting_because'] or ''}"
    ).strip()
    for report in status["reconciliations"]:
        call.log.info(report["message"])
    call.log.info(message)
    return {**status, "message": message}


def clear_pending(call: Call) -> dict[str, Any]:
    """Take out everything that waits."""
    return clear(call, ("waiting", "parked"))


def clear_dead(call: Call) -> dict[str, Any]:
    """Take out everything that was given up."""
    return clear(call, ("dead",))


def purge_old_dead(call: Call) -> dict[str, Any]:
    """Take out what was given up more than 30 days ago."""
    count = purge_dead(call, PURGE_DAYS)
    return {"message": f"{count} entries older than {PURGE_DAYS} days were removed.", "count": count}


def run_reconciliation(call: Call) -> dict[str, Any]:
    """Compare a scope; queue what differs and send it, or with `preview` only plan it."""
    scope = str(call.args.get("scope") or compare.ALL)
    if scope not in SCOPES:
        raise UsageError(f'There is no scope "{scope}". Known: {", ".join(SCOPES)}.')
    comparison = Comparison(call, connect_server(call))
    ids = list_scene_ids(call, scope)
    is_whole = scope in (compare.ALL, compare.MISSING)
    comparison.matcher.refresh(in_full=is_whole)
    orphaned = forget_deleted(comparison, call, ids) if is_whole else 0
    if is_true(call.args.get("preview")):
        return preview_differences(call, comparison, ids, scope)
    has_missing = bool(call.settings.reconcile_missing)
    queued = queue_differences(
        call, comparison.find_differences(ids), has_missing=has_missing, only_missing=scope == compare.MISSING
    )
    counts = {**comparison.counts, "orphaned": orphaned}
    report = {"scope": scope, "counts": counts, "queued": queued}
    message = f"{len(ids)} scenes compared ({scope}): {describe_counts(counts)}; {queued} queued."
    save_report(call, {**report, "message": message})
    result = drain_queue(call)
    return {**report, "message": f"{message} {describe_drain(result)}"}


def preview_differences(call: Call, comparison: Comparison, ids: Sequence[int], scope: str) -> dict[str, Any]:
    """Plan a comparison, and write nothing; of those that are only looked for nothing else is shown."""
    is_search = scope == compare.MISSING
    gaps = comparison.find_differences(ids, has_pictures=not is_search)
    shown = (gap for gap in gaps if gap.kind == compare.MISSING or not is_search)
    plan_id = save_preview(call, shown, comparison.counts, f"Reconciliation preview ({scope})")
    message = f"{len(ids)} scenes compared ({scope}): {describe_counts(comparison.counts)}. Nothing was written."
    return {"message": message, "plan_id": str(plan_id), "counts": dict(comparison.counts)}


def preview_all(call: Call) -> dict[str, Any]:
    """Plan what a sync of everything would write, and write nothing."""
    call.args.update({"preview": True})
    return run_reconciliation(call)


def check_health(call: Call) -> dict[str, Any]:
    """Say how everything is; what is broken is the task's error."""
    lines = describe_health(call)
    for line in lines:
        call.log.info(line)
    return {"message": " ".join(lines), "lines": lines}


def is_true(value: object) -> bool:
    """Whether an argument is set; Stash passes fixed ones as text."""
    return value is True or str(value).lower() in ("true", "1", "yes")
