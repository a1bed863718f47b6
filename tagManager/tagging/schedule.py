"""Starts the task that fetches tag lists again, while a page is open and a list is older than the setting allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.page.heartbeat import DAY, Notice, queue_task
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

OLD = "SELECT endpoint FROM tag_lists WHERE fetched < ?"


def beat(call: Call) -> list[Notice]:
    """Queue a refresh if a tag list is too old; called while a page is open."""
    if is_list_due(call):
        queue_task(call, "refresh_tags", "fetching tag lists that grew old")
    return []


def is_list_due(call: Call) -> bool:
    """Return True if the list of a box that has a key is too old."""
    days = call.settings.tagListDays
    old = {row["endpoint"] for row in call.store.read(OLD, (call.clock.now() - days * DAY,))} if days else set()
    return bool(old) and any(box.endpoint in old and box.has_key for box in read_boxes(call.stash))
