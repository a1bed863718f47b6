"""Keeps the table of completeness fresh once somebody has counted: an open page starts the task when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missing.completeness import DAY, show_progress
from shared.standard.heartbeat import Notice

if TYPE_CHECKING:
    from shared.call import Call

ASKED = "completeness.asked"
TITLE = "Missing Scenes: counting completeness again"


def beat(call: Call) -> list[Notice]:
    """What is due while a page is open."""
    start_count(call)
    return []


def start_count(call: Call) -> bool:
    """Queue a count when the last one is too old; several pages ask, one of them starts it, and once a day at most."""
    days = call.settings.completenessDays
    store, now = call.store, call.clock.now()
    newest = store.read("SELECT max(checked) FROM completeness")[0][0]
    if not days or newest is None or now - newest < days * DAY or show_progress(store):
        return False
    with store.write():
        if now - (store.kv.get(ASKED) or 0.0) < DAY:
            return False
        store.kv.put(ASKED, now)
    call.stash.run_plugin_task(call.plugin.id, args={"mode": "completeness"}, description=TITLE)
    return True
