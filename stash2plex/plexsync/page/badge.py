"""The badge of a scene: one word that says how the scene stands in Plex. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plexsync.match.store import LINKED, SavedMatch
from plexsync.write.store import LastSync

UNMATCHED = {"none": "missing", "ambiguous": "ambiguous", "unlinked": "unlinked"}


def choose_badge(
    match: SavedMatch | None, entry: Mapping[str, Any] | None, last: LastSync, *, is_behind: bool = False
) -> str:
    """Return a scene's badge: synced, equal, kept, waiting, failed, missing, ambiguous, shared, unlinked or unknown.

    `entry` is the scene's row in the queue. The save of a scene that `is_behind` is not in the queue yet.
    """
    if entry is not None and entry["state"] == "dead":
        return "failed"
    if entry is not None and entry["state"] != "parked" and not entry["postponed"]:
        return "waiting"
    if is_behind:
        return "waiting"
    if match is not None and match.state != LINKED:
        return UNMATCHED.get(match.how, match.state)
    if entry is not None:
        return "waiting"
    return name_last_sync(last)


def name_last_sync(last: LastSync) -> str:
    """Return the badge of a scene that waits for nothing.

    "kept" if Plex shows something else, "equal" if it always showed the same and nothing was written.
    """
    if last.synced is None:
        return "unknown"
    if last.kept:
        return "kept"
    return "synced" if last.sent else "equal"
