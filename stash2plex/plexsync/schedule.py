"""The work of an open page's heartbeat: start due reconciliations, notice new settings, probe Plex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plexsync.match.cache_times import MISSING_REFRESH_SECONDS
from plexsync.match.store import MatchStore
from plexsync.page.statistics import DAY, note_plex_answer
from plexsync.compare.scopes import ALL
from plexsync.queue.constants import MACHINE_ID, REASON_MISSING, RECONCILED, REPORT_LIST, REPORTS, SHELVES_UPDATED
from plexsync.start.consent import NOT_STARTED, is_started
from plexsync.watched.store import STARTED as TAKING_STARTED
from plexsync.watched.store import TAKEN
from shared.errors import BundleError
from shared.page.heartbeat import Notice
from shared.page.schedules import Schedule, start_due
from shared.queue.outbox import Outbox
from shared.queue.start import start_drain_if_due
from shared.queue.view import QueuePage
from shared.runtime.clock import is_recent

if TYPE_CHECKING:
    from shared.runtime.call import Call

INTERVALS = {"hourly": DAY / 24, "daily": DAY, "weekly": 7 * DAY}
LAST_MISSING_REFRESH = "missing.looked"
LAST_RULES = "match.rules"
SUSPICIOUS_COUNT = 10  # scenes


def beat(call: Call) -> list[Notice]:
    """Do what is due and return notices about a missing setup or useless path rules; an open page calls it."""
    if not call.settings.plex_url or not call.settings.plex_token:
        return [Notice("plex.setup", "info", "Plex is not set up yet: open the Setup tab.")]
    start_due(call, list_schedules(call))
    retry_after_rule_change(call)
    probe_after_outage(call)
    refresh_for_missing(call)
    return [*find_missing_start(call), *find_suspicious_rules(call)]


def find_missing_start(call: Call) -> Iterator[Notice]:
    """Yield a notice for the page while the owner of the Plex has not pressed Start syncing, for `beat`.

    There is none while the queue is paused, because the heartbeat then has a notice of the pause.
    """
    if not is_started(call.store) and Outbox(call.store).pause.describe() is None:
        yield Notice("plex.start", "info", NOT_STARTED)


def find_suspicious_rules(call: Call) -> Iterator[Notice]:
    """Yield a notice for the page if over nine in ten scenes are not in Plex.

    Wrong path rules are the likely cause.
    """
    counts = MatchStore(call.store).count_by_how()
    missing, known = counts.get("none", 0), sum(counts.values())
    if missing >= SUSPICIOUS_COUNT and missing > known * 0.9:
        text = (
            f"{missing} of {known} scenes are not found in Plex. Check the path rules on the tab Libraries and paths."
        )
        yield Notice("plex.paths", "warning", text)


def was_taken_once(call: Call) -> bool:
    """Return True if a person has taken plays and stars from this Plex server once; its schedule starts only then."""
    started = call.store.kv.get(TAKING_STARTED, str)
    return bool(started) and started == call.store.kv.get(MACHINE_ID, str)


def has_approved_shelf(call: Call) -> bool:
    """Return True if syncing was started with this Plex and a person has applied a shelf there once."""
    sql = "SELECT EXISTS (SELECT 1 FROM shelves WHERE NOT is_removed AND approved <> '' AND approved = ?)"
    machine_id = call.store.kv.get(MACHINE_ID, str, "")
    return is_started(call.store) and bool(call.store.first(sql, (machine_id,))[0])


def find_last_comparison(call: Call, scope: str) -> float | None:
    """Return when scenes of this scope were last compared to the end, alone or with all scenes; None if never."""
    times = call.store.kv.get(RECONCILED, {str: float}, {})
    if not times:  # before version 1.1 only the reports had times
        times = {row.get("scope", ""): row["at"] for row in reversed(call.store.kv.get(REPORTS, REPORT_LIST, []))}
    return max((at for name, at in times.items() if name in (scope, ALL)), default=None)


def list_schedules(call: Call) -> list[Schedule]:
    """Return the tasks that the plugin starts by itself: reconciling, taking plays and stars, and updating shelves."""
    settings, is_begun, is_taken = call.settings, is_started(call.store), was_taken_once(call)
    has_shelf = has_approved_shelf(call)
    return [
        Schedule(
            "reconcile_all",
            "Reconcile Library",
            "reconciliation that was due",
            INTERVALS.get(settings.reconcile_interval, 0.0) if settings.plex_url else 0.0,
            find_last_comparison(call, settings.reconcile_scope) if is_begun else None,
            starts_alone=is_begun,
            args={"scope": settings.reconcile_scope},
        ),
        Schedule(
            "take_watched",
            "Plays and stars from Plex",
            "plays and stars that were due",
            INTERVALS.get(settings.take_interval, 0.0) if settings.plex_url else 0.0,
            call.store.kv.get(TAKEN, float) if is_taken else None,
            starts_alone=is_taken,
        ),
        Schedule(
            "update_shelves",
            "Shelves in Plex",
            "shelves that were due",
            INTERVALS.get(settings.shelf_interval, 0.0) if settings.plex_url else 0.0,
            call.store.kv.get(SHELVES_UPDATED, float) if has_shelf else None,
            starts_alone=has_shelf,
        ),
    ]


def retry_after_rule_change(call: Call) -> None:
    """Retry unmatched scenes if path rules, libraries or strictness changed since the last heartbeat."""
    settings = call.settings
    rules = [settings.path_rules, settings.plex_library, settings.strict_matching]
    before = call.store.kv.get(LAST_RULES, list)
    if before == rules:
        return
    call.store.kv.put(LAST_RULES, rules)
    if before is not None:
        from plexsync.queue.operations import retry_unmatched  # late: only some heartbeats need it

        retry_unmatched(call)


def probe_after_outage(call: Call) -> None:
    """Ask Plex whether it is back or answers as it should, if nothing waits in the queue that would find out."""
    outbox = Outbox(call.store)
    is_left = outbox.is_in_trouble() and not outbox.counts()["waiting"]
    if not is_left or outbox.seconds_to_try() > 0 or not outbox.breaker.may_try():
        return
    from plexsync.server.connection import connect_server  # late: only some heartbeats need it
    from shared.queue.drain import classify_error

    ends = outbox.pause.count_ends()
    try:
        connect_server(call)
    except BundleError as error:
        outcome = classify_error(error)
        if outcome.kind == "setup":
            note_plex_answer(call)
            outbox.pause.hold(outcome.message, outcome.reason, ends=ends, is_probed=outcome.delay is None)
        else:
            outbox.breaker.fail(outcome.message, outcome.delay)
    else:
        note_plex_answer(call)
        outbox.pause.end_trouble()


def refresh_for_missing(call: Call) -> None:
    """Read what is new in Plex if scenes wait for Plex to have their file; the heartbeat calls it.

    It does so at most every ten minutes.
    """
    outbox, now = Outbox(call.store), call.clock.now()
    is_held = outbox.pause.describe() or outbox.breaker.is_open()
    looked = call.store.kv.get(LAST_MISSING_REFRESH, float, 0.0)
    if is_held or not count_waiting_for_file(call) or is_recent(looked, now, MISSING_REFRESH_SECONDS):
        return
    from plexsync.match.matcher import SceneMatcher  # late: only some heartbeats need it
    from plexsync.server.connection import connect_server

    call.store.kv.put(LAST_MISSING_REFRESH, now)
    try:
        server = connect_server(call)
        SceneMatcher(call.store, server, (), strict=True).refresh()
    except BundleError as error:  # the queue meets the same error and shows it
        call.log.debug(str(error))
    start_drain_if_due(call)


def count_waiting_for_file(call: Call) -> int:
    """Return how many scenes are parked until Plex has their file; heartbeat and drains read Plex again for them."""
    return QueuePage(call.store).count_entries("parked", REASON_MISSING)
