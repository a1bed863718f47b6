"""Work that an open page starts: fetching tag lists that are too old."""

from __future__ import annotations

import pytest
from tagging.schema import MIGRATIONS

from sandbox.stashbox.server import StashBox
from shared.state.store import Store
from tests.tagManager.conftest import Bench


def age_list(bench: Bench, days: float) -> None:
    """Make the stored list look as if it was fetched so many days ago."""
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    with store.write() as db:
        db.execute("UPDATE tag_lists SET fetched = fetched - ?", (days * 86400,))
    store.close()


@pytest.mark.parametrize(("days", "setting", "found"), [(1, 7, 0), (8, 7, 1), (8, 10, 0), (8, 0, 0)])
def test_an_open_page_fetches_a_list_that_is_too_old(bench: Bench, days: int, setting: int, found: int) -> None:
    bench.plugin.save_settings(tagListDays=setting)
    bench.task("refresh_tags")
    bench.world.add_tag("New")
    age_list(bench, days)
    for _ in range(2):
        bench.operate("heartbeat")
        bench.plugin.stash.services.jobs.wait_until_idle()
    assert bench.operate("remote_search", text="new")["count"] == found
    assert len(bench.plugin.stash.server.traffic.requests("runPluginTask")) == 1 + found


def test_the_old_list_of_a_removed_box_starts_nothing(bench: Bench, other: StashBox) -> None:
    bench.task("refresh_tags")
    age_list(bench, 8)
    bench.configure(other)
    bench.operate("heartbeat")
    assert len(bench.plugin.stash.server.traffic.requests("runPluginTask")) == 1


def test_a_box_whose_list_was_never_fetched_is_not_refreshed(bench: Bench) -> None:
    bench.operate("heartbeat")
    assert bench.plugin.stash.server.traffic.requests("runPluginTask") == []
