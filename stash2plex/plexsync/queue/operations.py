"""The queue for its page: what waits and why, and what a person does to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.queue.constants import CURRENT_SCENE, LAST_SYNC, REASON_POSTPONED, REPORTS, make_scene_key, parse_scene_id
from shared.errors import ServiceError, UsageError
from shared.page.paging import format_time, read_page
from shared.queue.outbox import STATES, Outbox
from shared.queue.task import drain_queue
from shared.queue.view import QueuePage

if TYPE_CHECKING:
    from shared.runtime.call import Call

STEP_SECONDS = 5.0
BY_HAND = "Paused by hand."


def show_status(call: Call) -> dict[str, Any]:
    """Everything above the rows of the queue; costs the same for any length."""
    queue = QueuePage(call.store).status()
    settings = call.known_settings() or call.settings
    behind = None if queue["draining"] or not queue["waiting"] else find_job_before(call)
    index = call.store.first(
        "SELECT count(*) AS items, (SELECT max(refreshed) FROM plex_sections) AS at FROM plex_items"
    )
    return {
        "configured": bool(settings.plex_url and settings.plex_token),
        "enabled": bool(settings.enabled),
        "queue": show_queue_times(queue),
        "current": call.store.kv.get(CURRENT_SCENE) if queue["working"] else None,
        "waiting_because": explain_waiting(queue, behind),
        "behind": behind,
        "last_sync": format_time(call.store.kv.get(LAST_SYNC)),
        "index": {"items": index["items"], "refreshed": format_time(index["at"])},
        "reconciliations": [{**each, "at": format_time(each["at"])} for each in call.store.kv.get(REPORTS) or []],
        "poll_seconds": settings.poll_interval,
    }


def show_queue_times(queue: Mapping[str, Any]) -> dict[str, Any]:
    """The counters with times as text."""
    shown = dict(queue)
    shown["next_due"] = format_time(queue["next_due"])
    if queue["paused"]:
        shown["paused"] = {**queue["paused"], "since": format_time(queue["paused"]["since"])}
    if queue["down"]:
        times = {name: format_time(queue["down"][name]) for name in ("since", "probe_at")}
        shown["down"] = {**queue["down"], **times}
    return shown


def find_job_before(call: Call) -> dict[str, Any] | None:
    """The job of Stash that the work has to wait for."""
    try:
        jobs = call.stash.job_queue()
    except ServiceError:
        return None
    running = [job for job in jobs if job["status"] == "RUNNING"]
    if not running or call.plugin.name in str(running[0]["description"]):
        return None
    return {"description": running[0]["description"], "progress": running[0]["progress"]}


def explain_waiting(queue: Mapping[str, Any], behind: Mapping[str, Any] | None) -> str | None:
    """Why nothing moves, in one sentence; None when it does or nothing waits."""
    if queue["paused"]:
        return str(queue["paused"]["reason"])
    if queue["down"]:
        return str(queue["down"]["message"])
    if behind:
        return f"Waiting behind Stash's own work: {behind['description']}"
    return None


def list_entries(call: Call) -> dict[str, Any]:
    """One page of the rows in a state."""
    page, state = read_page(call.args), read_state(call)
    reason = str(call.args.get("reason") or "")
    rows = QueuePage(call.store).list_entries(state, reason, page=page.number, page_size=page.size)
    labels = find_labels(call, [row["key"] for row in rows])
    counts = QueuePage(call.store).status()
    by_reason = sum(each["n"] for each in counts["reasons"] if each["state"] == state and each["reason"] == reason)
    return {
        "entries": [show_entry(row, labels) for row in rows],
        "count": by_reason if reason else counts[state],
    }


def find_labels(call: Call, keys: Sequence[str]) -> dict[int, str]:
    """The titles of scenes that were matched before."""
    from plexsync.match.store import MatchStore  # late: the status page needs none

    return {
        number: kept.label for number, kept in MatchStore(call.store).find_matches(map(parse_scene_id, keys)).items()
    }


def show_entry(row: Mapping[str, Any], labels: Mapping[int, str]) -> dict[str, Any]:
    """A row for the page."""
    number = parse_scene_id(row["key"])
    times = {name: format_time(row[name]) for name in ("due", "added", "changed")}
    names = ("key", "state", "reason", "message", "attempts", "fields")
    label = labels.get(number) or f"Scene {number}"
    return {**{name: row[name] for name in names}, **times, "scene_id": number, "label": label}


def read_state(call: Call) -> str:
    """The state an operation is about."""
    state = str(call.args.get("state") or "waiting")
    if state not in STATES:
        raise UsageError(f'The queue has no state "{state}". Known: {", ".join(STATES)}.')
    return state


def read_keys(call: Call) -> list[str] | None:
    """The rows an operation is about; None means all of the state."""
    keys = call.args.get("keys")
    if keys is not None and not isinstance(keys, list):
        raise UsageError('The argument "keys" must be a list.')
    return None if keys is None else [str(key) for key in keys]


def retry_entries(call: Call) -> dict[str, int]:
    """Try rows again now: some, one class of reason, or all of a state."""
    page = QueuePage(call.store)
    count = page.retry(read_state(call), read_keys(call), reason=str(call.args.get("reason") or ""))
    Outbox(call.store).breaker.reset()
    return {"count": count}


def remove_entries(call: Call) -> dict[str, int]:
    """Take rows out undone: some, one class of reason, or all of a state."""
    reason = str(call.args.get("reason") or "")
    return {"count": QueuePage(call.store).remove(read_state(call), read_keys(call), reason=reason)}


def pause_queue(call: Call) -> dict[str, Any]:
    """Nothing is sent until somebody resumes."""
    Outbox(call.store).pause(BY_HAND, cause="user")
    return show_status(call)


def resume_queue(call: Call) -> dict[str, Any]:
    """Go on, and try a Plex that was down at once."""
    outbox = Outbox(call.store)
    outbox.resume()
    outbox.breaker.reset()
    return show_status(call)


def retry_unmatched(call: Call) -> None:
    """Where and how items are looked for has changed: whatever was not found, or not for certain, is tried at once."""
    Outbox(call.store).start_over()
    page = QueuePage(call.store)
    page.retry("parked")
    page.retry("waiting", reason=REASON_POSTPONED)


def work_step(call: Call) -> dict[str, Any]:
    """Work the queue off for a moment, from an open page; what stands in the way is part of the answer."""
    result = drain_queue(call, STEP_SECONDS)
    return {**result._asdict(), "status": show_status(call)}


def queue_scenes(call: Call) -> dict[str, Any]:
    """Put scenes into the queue at once."""
    ids = call.arg("scene_ids")
    if not isinstance(ids, list):
        raise UsageError('The argument "scene_ids" must be a list.')
    outbox = Outbox(call.store)
    note = {"force": True} if call.args.get("force") else None
    for scene_id in ids:
        outbox.put(make_scene_key(int(scene_id)), note=note)
    return {"count": len(ids)}
