"""Names under which things are kept, and the keys of the queue. Imports nothing, so that a status page costs little."""

from __future__ import annotations

CURRENT, LAST_SYNC = "sync.current", "sync.last"
REPORTS = "reconcile.last"
MACHINE_ID = "plex.machine"
REASON_MISSING, REASON_AMBIGUOUS, REASON_SHARED, REASON_UNLINKED = "not_in_plex", "ambiguous", "shared", "unlinked"
REASON_LATER = "postponed"  # waits for Plex, or for Plex to have its file


def parse_scene_id(key: str) -> int:
    """The scene a row of the queue is about."""
    return int(key.rpartition(":")[2])
