"""Names of values in the state file, reasons of queue entries, and keys of the queue.

Imports nothing, so that operations that only read the state file start fast.
"""

from __future__ import annotations

CURRENT_SCENE = "sync.current"  # the scene a drain works on now
LAST_SYNC = "sync.last"
REPORTS = "reconcile.last"
REPORT_LIST = [{"at": float, "message": str}]
RECONCILED = "reconcile.done"  # when each scope was last compared to the end
MACHINE_ID = "plex.machine"  # the Plex server that item numbers belong to
SHELVES_UPDATED = "shelves.updated"  # the time of the last update of all shelves
STARTED = "sync.started"  # the server whose owner pressed Start syncing
PREVIEWED = "sync.previewed"  # the last preview of all scenes
PREVIEW = {"machine_id": str, "settings": str, "plan_id": str, "counts": {str: int}, "at": float}
REASON_MISSING, REASON_AMBIGUOUS, REASON_SHARED, REASON_UNLINKED = "not_in_plex", "ambiguous", "shared", "unlinked"
SENT, EQUAL, KEPT, LEFT_OUT = "sent", "equal", "kept", "left_out"  # ways in which a scene was done
REASON_POSTPONED = "postponed"  # waits for Plex, or until Plex has the file


def make_scene_key(scene_id: int) -> str:
    """Return the queue key of a scene that is to be synced; whatever queues a scene calls it."""
    return f"scene:{scene_id}"


def make_scan_key(scene_id: int) -> str:
    """Return the queue key of a new scene whose folder Plex is to scan first, for the watch on scenes."""
    return f"scan:{scene_id}"


def parse_scene_id(key: str) -> int:
    """Return the scene in a queue key: `scene:5` (sync it) or `scan:5` (let Plex scan its folder)."""
    return int(key.rpartition(":")[2])


SENT_SENTENCE = "Sent {items scene} to Plex"  # what the history says of a run
