"""The operations of a scene's badge, of the Statistics tab, and of taking over older settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.match.store import MatchStore
from plexsync.page.badge import choose_badge
from plexsync.page.statistics import Statistics
from plexsync.queue.constants import make_scene_key
from plexsync.queue.operations import retry_unmatched
from plexsync.queue.watches import is_save_unseen
from plexsync.settings import SETTINGS
from plexsync.write.store import LastSync, WriteRecordStore
from shared.arguments import flag, ident, takes, time, whole
from shared.queue.outbox import Outbox
from shared.queue.view import QueuePage
from shared.settings import read_value, rows_of

if TYPE_CHECKING:
    from shared.runtime.call import Call

OLD_ID = "Stash2Plex"
NEVER = LastSync(None, None, ())


@takes(ident("scene_id"), time("saved_at", None, "the time of the scene's last save in Stash"))
def show_badge(call: Call) -> dict[str, Any]:
    """Operation `scene_badge`: return a scene's badge, its reason, and whether something holds the whole queue back.

    A scene's page calls this every time it opens, so it reads the state file only and asks neither Stash nor Plex. The
    page says with `saved_at` when the scene was last saved: a save that the queue has not taken in yet waits, too.
    """
    settings = call.known_settings() or call.settings
    if not settings.plex_url or not settings.plex_token:
        return {"badge": None, "message": "", **NEVER.to_json(), "is_held": False}
    scene_id = call.args["scene_id"]
    outbox = Outbox(call.store)
    match, entry = (
        MatchStore(call.store).find_match(scene_id),
        QueuePage(call.store).find_entry(make_scene_key(scene_id)),
    )
    last = WriteRecordStore(call.store).find_last_sync(scene_id)
    is_behind = is_save_unseen(call.store, settings, scene_id, call.args["saved_at"])
    badge = choose_badge(match, entry, last, is_behind=is_behind)
    trouble = outbox.describe_trouble() if badge == "waiting" else ""
    message = (entry["message"] if entry else "") or (match.message if match else "")
    return {"badge": badge, "message": trouble or message, **last.to_json(), "is_held": bool(trouble)}


@takes(whole("days", 30, low=1, high=365))
def show_statistics(call: Call) -> dict[str, Any]:
    """Operation `statistics`: return the counters of the last `days` days and the last outages."""
    return Statistics(call.store).summarize(call.args["days"])


@takes(flag("preview", False, "changes nothing"))
def migrate_settings(call: Call) -> dict[str, Any]:
    """Operation `migrate`: take over the settings of an older Stash2Plex and return what changed.

    With `preview` nothing is changed.
    """
    old = call.stash.read_plugin_settings(OLD_ID)
    own = call.stash.read_plugin_settings(call.plugin.id)
    rows = {row.key: row for row in rows_of(SETTINGS)}
    taken = {key: read_value(rows[key], value)[0] for key, value in old.items() if key in rows and value is not None}
    changed = {key: value for key, value in taken.items() if own.get(key) != value}
    if changed and not call.args["preview"]:
        call.stash.write_plugin_settings(call.plugin.id, changed)
        retry_unmatched(call)
    secrets = {row.key for row in rows.values() if row.is_secret}
    shown = {key: "set" if key in secrets else value for key, value in changed.items()}
    ignored = sorted(key for key in old if key not in rows)
    has_locks = bool(old) and bool(call.settings.respect_plex_locks)
    return {"found": bool(old), "settings": shown, "ignored": ignored, "may_be_locked": has_locks}
