"""The consent of the owner of a Plex: until a preview was made and Start syncing was pressed, no sync writes there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from plexsync.queue.constants import MACHINE_ID, PREVIEW, PREVIEWED, STARTED
from shared.errors import EVERYTHING, BundleError
from shared.settings import Settings
from shared.state.store import Store

NOT_STARTED = (
    "Nothing is sent to this Plex yet, and changes wait. Look at the preview on the Queue tab of Stash2Plex, then "
    "press Start syncing."
)
# These settings decide neither what is written nor to which item, or are checked by the server's id.
IRRELEVANT = (
    "plex_url",
    "plex_token",
    "enabled",
    "max_retries",
    "poll_interval",
    "connect_timeout",
    "read_timeout",
    "obfuscate_logs",
    "trigger_plex_scan",
    "reconcile_interval",
    "reconcile_scope",
    "reconcile_missing",
    "shelf_interval",
    "skip_not_found",
    "allowPipInstall",
)


class NotStarted(BundleError):
    """Raised if something would be written to a Plex whose owner has not pressed Start syncing."""

    code = "NotStarted"
    reach = EVERYTHING
    needs_decision = True


def is_started(store: Store) -> bool:
    """Return True if syncing was started with the Plex that is known now; status and heartbeat ask."""
    started = find_started_server(store)
    return bool(started) and store.kv.get(MACHINE_ID, str) in (None, started)


def find_started_server(store: Store) -> str:
    """Return the id of the server that syncing was started with, empty if with none.

    An installation that had written to items before Start syncing existed counts as started with its server.
    """
    started = store.kv.get(STARTED, str)
    if started is None and store.first("SELECT max(items) FROM earlier_syncs")[0]:
        started = store.kv.get(MACHINE_ID, str)
    return str(started or "")


def require_start(store: Store, machine_id: str) -> None:
    """Raise NotStarted unless syncing was started with this server; everything that sends by itself calls it."""
    if find_started_server(store) != machine_id:
        raise NotStarted(NOT_STARTED)


def note_start(store: Store, machine_id: str) -> None:
    """Save that the owner of this server wants it to be written.

    Start syncing was pressed, or a server that has moved was confirmed.
    """
    store.kv.put(STARTED, machine_id)


def note_preview(store: Store, machine_id: str, settings: Settings, plan_id: int, counts: Mapping[str, int]) -> None:
    """Save that all scenes were previewed with these settings; the task Preview Sync calls it."""
    shown = {"machine_id": machine_id, "settings": digest_settings(settings), "plan_id": str(plan_id)}
    store.kv.put(PREVIEWED, {**shown, "counts": dict(counts), "at": store.clock.now()})


def find_preview(store: Store, settings: Settings) -> dict[str, Any] | None:
    """Return the last preview of all scenes of the known server; None without one, or if settings changed since."""
    found: dict[str, Any] | None = store.kv.get(PREVIEWED, PREVIEW)
    is_current = (
        found is not None
        and found["machine_id"] == store.kv.get(MACHINE_ID, str)
        and found["settings"] == digest_settings(settings)
    )
    return found if is_current else None


def digest_settings(settings: Settings) -> str:
    """Return a digest of the settings that decide what is written, by which an outdated preview is noticed."""
    values = {key: value for key, value in settings.values.items() if key not in IRRELEVANT}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:24]
