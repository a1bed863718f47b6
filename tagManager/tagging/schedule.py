"""Work that is due while a page is open: fetching tag lists that are older than the setting allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.capture.gone_links import forget_unlinked
from shared.capture.gone_objects import ObjectTable, forget_gone
from shared.page.heartbeat import DAY, Notice
from shared.page.schedules import Schedule, start_due
from shared.runtime.clock import is_future, is_recent
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call


def beat(call: Call) -> list[Notice]:
    """Queue the task that fetches tag lists if one is too old, and forget scenes that are gone; heartbeats call it."""
    start_due(call, list_schedules(call))
    scenes = call.stash.scenes
    forget_gone(call, [ObjectTable("settled", "scene", scenes), ObjectTable("added_tags", "scene", scenes)])
    forget_unlinked(call, ["remote_scenes"])
    return []


def list_schedules(call: Call) -> list[Schedule]:
    """Return the one task that the plugin starts by itself: fetching the tag lists of boxes with a key again."""
    return [
        Schedule(
            "refresh_tags",
            "Refresh Tag Lists of the Boxes",
            "fetching outdated tag lists",
            call.settings.tagListDays * DAY,
            find_oldest_list(call) if call.settings.tagListDays else None,
        )
    ]


def find_oldest_list(call: Call) -> float | None:
    """Return when the oldest tag list of a box with a key was fetched; None if there is none.

    A list from before the clock was set back counts as the oldest. Only if a list is too old, Stash is asked for boxes.
    """
    fetched: dict[str, float] = {
        row["endpoint"]: row["fetched"] for row in call.store.read("SELECT endpoint, fetched FROM tag_lists")
    }
    if not fetched:
        return None
    now = call.clock.now()
    if all(is_recent(moment, now, call.settings.tagListDays * DAY) for moment in fetched.values()):
        return min(fetched.values())
    times = [fetched[box.endpoint] for box in read_boxes(call.stash) if box.has_key and box.endpoint in fetched]
    return min(times, key=lambda moment: (not is_future(moment, now), moment), default=None)
