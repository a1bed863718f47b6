"""The operations of the Queue tab: its status, pages of entries, and what a person does to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.queue.constants import (
    CURRENT_SCENE,
    LAST_SYNC,
    REASON_POSTPONED,
    REPORT_LIST,
    REPORTS,
    make_scene_key,
    parse_scene_id,
)
from plexsync.start.consent import find_preview, is_started
from shared.arguments import REQUIRED, choice, flag, idents, paging, takes, text, texts
from shared.errors import ServiceError
from shared.page.paging import format_time, read_page
from shared.queue.outbox import STATES, Outbox
from shared.queue.start import start_drain, start_drain_if_due
from shared.queue.task import drain_queue
from shared.queue.view import QueuePage

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings

STEP_SECONDS = 5.0
RETRIED_STATES = ("waiting", "parked", "dead")
BY_HAND = "Paused by you. Nothing is sent until you press Resume, also if you change settings or path rules."
REASON = text("reason", "", "only entries with this reason")
KEYS = texts("keys", None, "only these entries")


@takes()
def show_status(call: Call) -> dict[str, Any]:
    """Operation `status`: return everything the Queue tab shows above its rows.

    It costs the same for any length of the queue.
    """
    from plexsync.match.item_index import ItemIndex  # late: most operations of the queue need no index
    from plexsync.match.store import MatchStore

    queue = QueuePage(call.store).status()
    settings = call.known_settings() or call.settings
    is_configured = bool(settings.plex_url and settings.plex_token)
    behind = None if queue["draining"] or not queue["waiting"] else find_job_before(call)
    items, refreshed = ItemIndex(call.store).summarize()
    return {
        "configured": is_configured,
        "enabled": bool(settings.enabled),
        "started": is_configured and is_started(call.store),
        "start_preview": show_start_preview(call, settings),
        "queue": show_queue_times(queue),
        "current": call.store.kv.get(CURRENT_SCENE, dict) if queue["working"] else None,
        "waiting_because": explain_waiting(queue, behind),
        "behind": behind,
        "last_sync": format_time(call.store.kv.get(LAST_SYNC, float)),
        "all_missing": MatchStore(call.store).has_only_misses(),
        "index": {"items": items, "refreshed": format_time(refreshed)},
        "reconciliations": [
            {**each, "at": format_time(each["at"])} for each in call.store.kv.get(REPORTS, REPORT_LIST, [])
        ],
        "poll_seconds": settings.poll_interval,
    }


def show_start_preview(call: Call, settings: Settings) -> dict[str, Any] | None:
    """Return the preview that Start syncing needs as the Queue tab shows it; None while it is missing or outdated."""
    found = find_preview(call.store, settings)
    if found is None:
        return None
    return {"at": format_time(found["at"]), "plan_id": found["plan_id"], "counts": found["counts"]}


def show_queue_times(queue: Mapping[str, Any]) -> dict[str, Any]:
    """Return the queue's status with times as text, for the page."""
    shown = dict(queue)
    shown["next_due"] = format_time(queue["next_due"])
    if queue["paused"]:
        times = {name: format_time(queue["paused"].get(name)) for name in ("since", "probe_at")}
        shown["paused"] = {**queue["paused"], **times}
    if queue["down"]:
        times = {name: format_time(queue["down"][name]) for name in ("since", "probe_at")}
        shown["down"] = {**queue["down"], **times}
    return shown


def find_job_before(call: Call) -> dict[str, Any] | None:
    """Return the running job of Stash that this plugin's tasks wait for, None if there is none."""
    try:
        jobs = call.stash.job_queue()
    except ServiceError:
        return None
    running = [job for job in jobs if job["status"] == "RUNNING"]
    if not running or call.plugin.name in str(running[0]["description"]):
        return None
    return {"description": running[0]["description"], "progress": running[0]["progress"]}


def explain_waiting(queue: Mapping[str, Any], job_before: Mapping[str, Any] | None) -> str | None:
    """Return one sentence for operation `status` why nothing is sent, None if nothing holds the queue up.

    That is a pause, an outage of Plex, or `job_before`, the running job of Stash that the drain waits for.
    """
    if queue["paused"]:
        return f"{queue['paused']['reason']} {queue['next_try']}".strip()
    if queue["down"]:
        return str(queue["down"]["message"])
    if job_before:
        return f"Waiting behind Stash's own work: {job_before['description']}"
    return None


@takes(choice("state", STATES, "waiting"), REASON, *paging())
def list_entries(call: Call) -> dict[str, Any]:
    """Operation `queue_list`: return a page of the entries in a state, or of those with one reason."""
    page, state, reason = read_page(call.args), call.args["state"], call.args["reason"]
    rows = QueuePage(call.store).list_entries(state, reason, page=page.number, page_size=page.size)
    labels = find_labels(call, [row["key"] for row in rows])
    counts = QueuePage(call.store).status()
    by_reason = sum(each["n"] for each in counts["reasons"] if each["state"] == state and each["reason"] == reason)
    return {
        "entries": [show_entry(row, labels) for row in rows],
        "count": by_reason if reason else counts[state],
    }


def find_labels(call: Call, keys: Sequence[str]) -> dict[int, str | None]:
    """Return the titles of queue entries' scenes by their ids: as they were matched, else as Stash has them now.

    A scene that Stash no longer has is None. One that Stash could not be asked about is left out.
    """
    from plexsync.match.store import MatchStore  # late: a page without rows needs none
    from plexsync.write.stash_scenes import read_labels

    numbers = {parse_scene_id(key) for key in keys}
    known = {number: saved.label for number, saved in MatchStore(call.store).find_matches(numbers).items()}
    unknown = sorted(numbers - known.keys())
    try:
        return {**dict.fromkeys(unknown), **known, **(read_labels(call.stash, unknown) if unknown else {})}
    except ServiceError:  # the queue is shown without titles rather than not at all
        return dict(known)


def show_entry(row: Mapping[str, Any], labels: Mapping[int, str | None]) -> dict[str, Any]:
    """Return a queue entry as the Queue tab shows it."""
    number = parse_scene_id(row["key"])
    times = {name: format_time(row[name]) for name in ("due", "added", "changed")}
    names = ("key", "state", "reason", "message", "attempts", "fields")
    title = labels.get(number, f"Scene {number}")
    about = {"scene_id": number, "label": title or f"Deleted scene {number}", "is_deleted": title is None}
    return {**{name: row[name] for name in names}, **times, **about}


@takes(choice("state", STATES, "", "the default is all that wait, are parked or dead"), REASON, KEYS)
def retry_entries(call: Call) -> dict[str, int]:
    """Operation `queue_retry`: make entries due now (some keys, one reason, or all) and start the drain.

    Without a state, all that wait, need a look or were given up.
    """
    page, keys, reason = QueuePage(call.store), call.args["keys"], call.args["reason"]
    states = (call.args["state"],) if call.args["state"] else RETRIED_STATES
    count = sum(page.retry(state, keys, reason=reason) for state in states)
    Outbox(call.store).breaker.reset()
    start_drain_if_due(call)
    return {"count": count}


@takes(choice("state", STATES, "waiting"), REASON, KEYS)
def remove_entries(call: Call) -> dict[str, int]:
    """Operation `queue_remove`: remove entries without sending them: some keys, one reason, or all of a state.

    Return their number as `count`.
    """
    state, keys, reason = call.args["state"], call.args["keys"], call.args["reason"]
    return {"count": QueuePage(call.store).remove(state, keys, reason=reason)}


@takes()
def pause_queue(call: Call) -> dict[str, Any]:
    """Operation `queue_pause`: pause sending until a person resumes it; return the status."""
    Outbox(call.store).pause.begin(BY_HAND)
    return show_status(call)


@takes()
def resume_queue(call: Call) -> dict[str, Any]:
    """Operation `queue_resume`: end a pause and start the drain, which asks Plex at once although it may be down.

    Returns the status.
    """
    Outbox(call.store).start_over()
    start_drain(call)
    return show_status(call)


def retry_unmatched(call: Call) -> None:
    """Retry every scene that was not found or not found for certain.

    Operations that change path rules, libraries or server call it: these decide which item a scene is.
    """
    Outbox(call.store).try_again()
    page = QueuePage(call.store)
    page.retry("parked")
    page.retry("waiting", reason=REASON_POSTPONED)
    start_drain_if_due(call)


@takes()
def work_step(call: Call) -> dict[str, Any]:
    """Operation `queue_step`: work on the queue for five seconds; an open page calls it again and again.

    An error that stops the queue is in the answer.
    """
    result = drain_queue(call, STEP_SECONDS)
    return {**result._asdict(), "status": show_status(call)}


@takes(idents("scene_ids", REQUIRED), flag("force", False, "also sends scenes that are equal in Plex"))
def queue_scenes(call: Call) -> dict[str, Any]:
    """Operation `sync_scenes`: queue scenes by their ids and start the drain.

    With `force` they are sent also where Plex shows them already.
    """
    ids, outbox = call.args["scene_ids"], Outbox(call.store)
    note = {"force": True} if call.args["force"] else None
    for scene_id in ids:
        outbox.put(make_scene_key(scene_id), note=note)
    start_drain_if_due(call)
    return {"count": len(ids)}
