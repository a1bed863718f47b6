"""The badge of a scene: one word that says how the scene stands in Plex. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plexsync.match.store import LINKED, SavedMatch

UNMATCHED = {"none": "missing", "ambiguous": "ambiguous", "unlinked": "unlinked"}


def choose_badge(
    match: SavedMatch | None, entry: Mapping[str, Any] | None, synced: float | None, *, is_behind: bool = False
) -> str:
    """Return a scene's badge: synced, waiting, failed, missing, ambiguous, shared, unlinked or unknown.

    `entry` is the scene's row in the queue, `synced` the time of its last sync. The save of a scene that `is_behind` is
    not in the queue yet.
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
    return "synced" if synced else "unknown"
