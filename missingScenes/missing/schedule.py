"""The work of an open page's heartbeat: refresh exclusions, settle adds, start what is due, tell what is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.completeness.store import read_progress
from missing.files.tasks import COMPARED
from missing.files.tasks import read_progress as read_comparison
from missing.follow.notices import describe_followed, start_again
from missing.follow.store import CHECKED, list_follows
from missing.front_page.store import read_row
from missing.news.notices import begin_looks, describe_news
from missing.news.store import read_looks
from missing.whisparr.add.target import confirm_open_adds
from missing.whisparr.exclusion_cache import refresh_exclusions
from shared.page.heartbeat import DAY, Notice
from shared.page.schedules import Schedule, start_due

if TYPE_CHECKING:
    from shared.runtime.call import Call


def beat(call: Call) -> list[Notice]:
    """Do what is due: refresh exclusions, settle interrupted adds, start tasks; an open page calls it."""
    refresh_exclusions(call)
    confirm_open_adds(call)
    begin_looks(call)
    start_due(call, list_schedules(call))
    start_again(call)
    return [*describe_news(call), *describe_followed(call)]


def list_schedules(call: Call) -> list[Schedule]:
    """Return the tasks that the plugin starts itself when they are due, for the heartbeat and the Setup tab.

    They count, compare, read the row of the front page and look for news.
    """
    settings, store = call.settings, call.store
    counted, row = store.read("SELECT max(checked) FROM completeness")[0][0], read_row(store)
    return [
        Schedule(
            "completeness",
            "Check Completeness",
            "counting completeness again",
            settings.completenessDays * DAY,
            counted,
            is_running=bool(read_progress(store)),
        ),
        Schedule(
            "compare_files",
            "Compare Files",
            "comparing files again",
            settings.compareFilesDays * DAY,
            store.kv.get(COMPARED, float),
            is_running=read_comparison(call) is not None,
        ),
        Schedule(
            "front_row",
            "Row of the front page",
            "reading the row of the front page",
            DAY if settings.frontPageRow else 0,
            row.at if row else None,
            starts_alone=True,
        ),
        Schedule(
            "news",
            "Look for New Scenes",
            "looking for new scenes of your favorites",
            DAY if settings.lookForNews else 0,
            max((look.since for look in read_looks(store).values()), default=None),
        ),
        *list_follow_schedules(call),
    ]


def list_follow_schedules(call: Call) -> Iterator[Schedule]:
    """Yield the check of what is followed, if there is anything, for `list_schedules`.

    Look for New Scenes does it, too, where that is on.
    """
    if call.settings.lookForNews or not list_follows(call.store):
        return
    checked = call.store.kv.get(CHECKED, float)
    yield Schedule("follow", "Check Followed", "checking followed performers and studios", DAY, checked)
