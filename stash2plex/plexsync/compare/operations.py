"""The operation behind the preview in a scene's dialog."""

from __future__ import annotations

from plexsync.queue.constants import SENT_SENTENCE
from typing import TYPE_CHECKING, Any

from plexsync.compare.comparison import Comparison, SceneDifference
from plexsync.compare.store import save_preview
from plexsync.server.connection import connect_server
from shared.arguments import REQUIRED, idents, takes
from shared.errors import UsageError
from shared.journal import Journal
from shared.page.paging import PageRequest
from shared.page.run_view import show_plan_changes
from shared.queue.start import start_drain_if_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call

PREVIEWED_AT_ONCE = 20
SHOWN = 200


@takes(idents("scene_ids", REQUIRED, most=PREVIEWED_AT_ONCE))
def preview_scenes(call: Call) -> dict[str, Any]:
    """Operation `preview`: save a plan of what a sync of up to 20 scenes would write, and return it.

    The answer also has what stays untouched, and why.
    """
    if not call.args["scene_ids"]:
        raise UsageError(f"A preview shows 1 to {PREVIEWED_AT_ONCE} scenes; more are previewed by the task.")
    comparison = Comparison(call, connect_server(call))
    comparison.is_explaining = True
    differences = list(comparison.find_differences(call.args["scene_ids"], has_pictures=True))
    shown = (each for each in differences if each.changes)
    plan_id = save_preview(call, shown, comparison.counts, "Preview", make_run_title(differences))
    start_drain_if_due(call)  # reading what is new in Plex queues the scenes that waited for it
    rows = show_plan_changes(Journal(call.store), plan_id, PageRequest(1, SHOWN))
    return {
        "plan_id": str(plan_id),
        **rows,
        "counts": dict(comparison.counts),
        "waiting": [show_difference(each) for each in differences if not each.changes],
        "kept": comparison.kept,
        "notes": comparison.notes,
    }


def make_run_title(differences: Sequence[SceneDifference]) -> str:
    """Return the title of the run that a preview of these differences leads to, for the history."""
    labels = [each.scene.label for each in differences if each.changes]
    return f"Sent {labels[0]} to Plex" if len(labels) == 1 else SENT_SENTENCE


def show_difference(difference: SceneDifference) -> dict[str, Any]:
    """Return a scene that cannot be written now, with the reason, for the operation `preview`."""
    return {
        "scene_id": difference.scene.id,
        "label": difference.scene.label,
        "kind": difference.kind,
        "message": difference.message,
    }
