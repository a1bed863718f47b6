"""How a scene stands in Plex, in one word: what its page shows. One small call, so it asks neither Stash nor Plex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.match.store import LINKED, MatchStore, SavedMatch
from plexsync.write.store import WriteRecordStore
from shared.page.paging import format_time, read_number
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from shared.runtime.call import Call

UNMATCHED = {"none": "missing", "ambiguous": "ambiguous", "unlinked": "unlinked"}


def show_badge(call: Call) -> dict[str, Any]:
    """The word, the reason behind it, and whether something holds the whole queue back."""
    settings = call.known_settings() or call.settings
    if not settings.plex_url or not settings.plex_token:
        return {"badge": None, "message": "", "synced": None, "is_held": False}
    scene_id = read_number(call.args, "scene_id")
    kept, queued = MatchStore(call.store).find_match(scene_id), find_queued(call, scene_id)
    synced = WriteRecordStore(call.store).find_last_sync(scene_id)
    badge = choose_badge(kept, queued, synced)
    trouble = Outbox(call.store).trouble() if badge == "waiting" else ""
    message = (queued["message"] if queued else "") or (kept.message if kept else "")
    return {"badge": badge, "message": trouble or message, "synced": format_time(synced), "is_held": bool(trouble)}


def find_queued(call: Call, scene_id: int) -> Any:
    """A scene's row in the queue, or None."""
    Outbox(call.store).ensure_tables()
    return call.store.first("SELECT * FROM outbox WHERE key = ?", (f"scene:{scene_id}",))


def choose_badge(kept: SavedMatch | None, queued: Any, synced: float | None) -> str:
    """synced, waiting, failed, missing, ambiguous, shared, unlinked or unknown."""
    if queued is not None and queued["state"] == "dead":
        return "failed"
    if queued is not None and queued["state"] != "parked" and not queued["postponed"]:
        return "waiting"
    if kept is not None and kept.state != LINKED:
        return UNMATCHED.get(kept.how, kept.state)
    if queued is not None:
        return "waiting"
    return "synced" if synced else "unknown"
