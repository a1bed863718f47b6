"""The operation of the Overview tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.match.store import MatchStore
from plexsync.page.statistics import Statistics
from plexsync.queue.operations import show_status
from shared.arguments import takes
from shared.page.paging import format_time

if TYPE_CHECKING:
    from shared.runtime.call import Call

DAYS = 30
RECENT_SCENES = 6


@takes()
def show_overview(call: Call) -> dict[str, Any]:
    """Operation `overview`: return the figures of the Overview tab: queue, matches, the last 30 days, the last scenes.

    It asks Stash for its running job and Plex for nothing, so the tab also opens while Plex is down.
    """
    matches = MatchStore(call.store)
    recent = [
        {"scene_id": scene_id, "label": label, "sent": format_time(sent)}
        for scene_id, label, sent in matches.list_last_sent(RECENT_SCENES)
    ]
    return {
        "status": show_status(call),
        "by_how": matches.count_by_how(),
        "linked": matches.count_linked(),
        "statistics": Statistics(call.store).summarize(DAYS),
        "recent": recent,
    }
