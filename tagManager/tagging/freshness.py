"""Keeps the boxes' tag lists fresh once somebody has fetched them: an open page starts the task when one is too old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.standard.heartbeat import Notice

if TYPE_CHECKING:
    from shared.call import Call

ASKED = "tag_lists.asked"
DAY = 86400.0
TITLE = "Tag Manager: fetching tag lists that grew old"
OLDEST = "SELECT min(fetched) AS fetched FROM tag_lists WHERE fetched IS NOT NULL"


def beat(call: Call) -> list[Notice]:
    """What is due while a page is open."""
    start_refresh(call)
    return []


def start_refresh(call: Call) -> bool:
    """Queue the task for all boxes; several pages ask, one of them starts it, and once a day at most."""
    days, now = call.settings.tagListDays, call.clock.now()
    oldest = call.store.first(OLDEST)["fetched"]
    if not days or oldest is None or now - oldest < days * DAY:
        return False
    with call.store.write():
        if now - (call.store.kv.get(ASKED) or 0.0) < DAY:
            return False
        call.store.kv.put(ASKED, now)
    call.stash.run_plugin_task(call.plugin.id, args={"mode": "refresh_tags"}, description=TITLE)
    return True
