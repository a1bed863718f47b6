"""What an open page keeps fresh: completeness, once it was counted; what Whisparr excludes; what became of adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missing.completeness.tasks import show_progress
from missing.whisparr.add import settle_adds
from missing.whisparr.exclusions import refresh_exclusions
from shared.page.heartbeat import DAY, Notice, queue_task

if TYPE_CHECKING:
    from shared.runtime.call import Call


def beat(call: Call) -> list[Notice]:
    """What is due while a page is open."""
    refresh_exclusions(call)
    settle_adds(call)
    if is_due(call):
        queue_task(call, "completeness", "counting completeness again")
    return []


def is_due(call: Call) -> bool:
    """Whether the last count is too old."""
    days, newest = call.settings.completenessDays, call.store.read("SELECT max(checked) FROM completeness")[0][0]
    if not days or newest is None or show_progress(call.store):
        return False
    return bool(call.clock.now() - newest >= days * DAY)
