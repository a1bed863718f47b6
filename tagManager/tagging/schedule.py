"""Keeps the boxes' tag lists fresh once somebody has fetched them: an open page starts the task when one is too old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.page.heartbeat import DAY, Notice, queue_task
from tagging.links.boxes import has_key, read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

OLD = "SELECT endpoint FROM tag_lists WHERE fetched < ?"


def beat(call: Call) -> list[Notice]:
    """What is due while a page is open."""
    if is_list_due(call):
        queue_task(call, "refresh_tags", "fetching tag lists that grew old")
    return []


def is_list_due(call: Call) -> bool:
    """Whether the list of a box that can be asked is too old."""
    days = call.settings.tagListDays
    old = {row["endpoint"] for row in call.store.read(OLD, (call.clock.now() - days * DAY,))} if days else set()
    return bool(old) and any(box.endpoint in old and has_key(box) for box in read_boxes(call))
