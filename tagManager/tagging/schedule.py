"""Work that is due while a page is open: fetching tag lists that are older than the setting allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.page.heartbeat import DAY, Notice, queue_task
from shared.runtime.clock import find_end_of_past
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

OLD_LISTS = "SELECT endpoint FROM tag_lists WHERE fetched NOT BETWEEN ? AND ?"


def beat(call: Call) -> list[Notice]:
    """Queue the task that fetches tag lists if one is too old; an open page calls it through the heartbeat."""
    if is_list_due(call):
        queue_task(call, "refresh_tags", "fetching outdated tag lists")
    return []


def is_list_due(call: Call) -> bool:
    """Return True if the list of a box with a key is older than the setting allows."""
    days, now = call.settings.tagListDays, call.clock.now()
    valid = (now - days * DAY, find_end_of_past(now))
    old_endpoints = {row["endpoint"] for row in call.store.read(OLD_LISTS, valid)} if days else set()
    return bool(old_endpoints) and any(box.endpoint in old_endpoints and box.has_key for box in read_boxes(call.stash))
