"""Operations of the page that are in no other room: previews, migration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.compare.comparison import Comparison, SceneDifference, save_preview
from plexsync.queue.operations import retry_unmatched
from plexsync.server.connection import connect_server
from plexsync.settings import SETTINGS
from shared.errors import UsageError
from shared.journal import Journal
from shared.page.paging import Page
from shared.page.run_view import list_rows
from shared.settings import read_value, rows_of

if TYPE_CHECKING:
    from shared.runtime.call import Call

PREVIEWED_AT_ONCE = 20
SHOWN = 200
OLD_ID = "Stash2Plex"


def preview(call: Call) -> dict[str, Any]:
    """What a sync of a few scenes would write: a plan to look at and apply."""
    ids = call.arg("scene_ids")
    if not isinstance(ids, list) or not ids or len(ids) > PREVIEWED_AT_ONCE:
        raise UsageError(f"A preview shows 1 to {PREVIEWED_AT_ONCE} scenes; more are previewed by the task.")
    comparison = Comparison(call, connect_server(call))
    comparison.is_explaining = True
    gaps = list(comparison.find_differences([int(each) for each in ids], has_pictures=True))
    plan_id = save_preview(call, (gap for gap in gaps if gap.changes), comparison.counts, "Preview")
    rows = list_rows(Journal(call.store), "plan", plan_id, Page(1, SHOWN))
    return {
        "plan_id": str(plan_id),
        **rows,
        "counts": dict(comparison.counts),
        "waiting": [show_difference(gap) for gap in gaps if not gap.changes],
        "kept": comparison.kept,
        "notes": comparison.notes,
    }


def show_difference(gap: SceneDifference) -> dict[str, Any]:
    """A scene nothing can be written for."""
    return {"scene_id": gap.scene.id, "label": gap.scene.label, "kind": gap.kind, "message": gap.message}


def migrate(call: Call) -> dict[str, Any]:
    """Take over the settings of a Stash2Plex that was installed before; with `preview` only show them."""
    old = call.stash.read_plugin_settings(OLD_ID)
    own = call.stash.read_plugin_settings(call.plugin.id)
    rows = {row.key: row for row in rows_of(SETTINGS)}
    taken = {key: read_value(rows[key], value)[0] for key, value in old.items() if key in rows and value is not None}
    changed = {key: value for key, value in taken.items() if own.get(key) != value}
    if not call.args.get("preview") and changed:
        call.stash.write_plugin_settings(call.plugin.id, changed)
        retry_unmatched(call)
    secrets = {row.key for row in rows.values() if row.is_secret}
    shown = {key: "set" if key in secrets else value for key, value in changed.items()}
    ignored = sorted(key for key in old if key not in rows)
    has_locks = bool(old) and bool(call.settings.respect_plex_locks)
    return {"found": bool(old), "settings": shown, "ignored": ignored, "may_be_locked": has_locks}
