"""The work of an open page's heartbeat: count and compare again, refresh Whisparr's exclusions, settle adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missing.completeness.store import read_progress
from missing.files.tasks import COMPARED
from missing.files.tasks import read_progress as read_comparison
from missing.front_page.store import read_row
from missing.news.notices import describe_news, look_if_due
from missing.whisparr.add.target import confirm_open_adds
from missing.whisparr.exclusion_cache import refresh_exclusions
from shared.page.heartbeat import DAY, Notice, queue_task
from shared.runtime.clock import is_recent

if TYPE_CHECKING:
    from shared.runtime.call import Call


def beat(call: Call) -> list[Notice]:
    """Do what is due: refresh exclusions, settle interrupted adds, start tasks; an open page calls it."""
    refresh_exclusions(call)
    confirm_open_adds(call)
    if is_due(call):
        queue_task(call, "completeness", "counting completeness again")
    if is_comparison_due(call):
        queue_task(call, "compare_files", "comparing files again")
    if is_row_due(call):
        queue_task(call, "front_row", "reading the row of the front page")
    look_if_due(call)
    return list(describe_news(call))


def is_due(call: Call) -> bool:
    """Return True if the task Check Completeness should start: the newest count is too old and no count is running."""
    days, newest = call.settings.completenessDays, call.store.read("SELECT max(checked) FROM completeness")[0][0]
    if not days or newest is None or read_progress(call.store):
        return False
    return not is_recent(newest, call.clock.now(), days * DAY)


def is_comparison_due(call: Call) -> bool:
    """Return True if the task Compare Files should start: the last one is too old and none is running."""
    days, last = call.settings.compareFilesDays, call.store.kv.get(COMPARED)
    if not days or last is None or read_comparison(call) is not None:
        return False
    return not is_recent(last, call.clock.now(), days * DAY)


def is_row_due(call: Call) -> bool:
    """Return True if the row of the front page should be read: it is switched on, and older than a day."""
    row = read_row(call.store) if call.settings.frontPageRow else None
    return bool(call.settings.frontPageRow) and (row is None or not is_recent(row.at, call.clock.now(), DAY))
