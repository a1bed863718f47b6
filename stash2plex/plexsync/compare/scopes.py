"""The scopes of a comparison: all scenes, those changed lately, or those Plex does not have."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from shared.stash.filters import parse_time, updated_since

if TYPE_CHECKING:
    from shared.runtime.call import Call

ALL, LAST_DAY, LAST_WEEK, MISSING = "all", "24h", "7days", "missing"
SCOPES = (ALL, LAST_DAY, LAST_WEEK, MISSING)
SCOPE_NAMES = {
    ALL: "all scenes",
    LAST_DAY: "scenes changed in the last 24 hours",
    LAST_WEEK: "scenes changed in the last 7 days",
    MISSING: "scenes not found in Plex",
}
HOURS = {LAST_DAY: 24, LAST_WEEK: 7 * 24}


def list_scene_ids(call: Call, scope: str) -> list[int]:
    """Return the ids of Stash's scenes in a scope, for syncs and reconciliations; for "missing" those of all scenes."""
    if scope in HOURS:
        since = datetime.fromtimestamp(call.clock.now(), timezone.utc) - timedelta(hours=HOURS[scope])
        near = call.stash.scenes.stream(call.stash.scenes.ids(updated_since(since)), "updated_at")
        return [int(row["id"]) for rows in near for row in rows if parse_time(row["updated_at"]) >= since]
    return call.stash.scenes.ids()
