"""Work that an open page starts: fetching tag lists that are too old."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest
from tagging.schema import MIGRATIONS

from sandbox.stashbox.server import StashBox
from scripts.places import ROOT
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


def test_a_timer_starts_what_is_due_once_and_setup_says_so(bench: Bench) -> None:
    bench.plugin.save_settings(tagListDays=7)
    bench.task("refresh_tags")
    age_list(bench, 8)
    first, second = bench.operate("run_due"), bench.operate("run_due")
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert (first["started"], second["started"]) == (["refresh_tags"], [])
    (row,) = bench.operate("schedules")["schedules"]
    assert (row["started_by"], row["started"] is not None, row["every_days"]) == ("timer", True, 7)
    assert row["next"] > row["last"] > first["schedules"][0]["last"]


def test_a_page_is_named_as_what_started_a_task(bench: Bench) -> None:
    bench.task("refresh_tags")
    age_list(bench, 8)
    bench.operate("heartbeat")
    assert [row["started_by"] for row in bench.operate("schedules")["schedules"]] == ["page"]


def test_a_list_that_was_never_fetched_waits_for_a_person(bench: Bench) -> None:
    (row,) = bench.operate("schedules")["schedules"]
    assert (row["waits_for_person"], row["next"], row["last"]) == (True, None, None)


def test_the_request_in_the_documents_runs_what_is_due(bench: Bench) -> None:
    """Plugins that are not installed are errors of their own lines only."""
    bench.task("refresh_tags")
    age_list(bench, 8)
    found = re.search(r"```json\n(.*?)```", (ROOT / "docs" / "timer.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    url = f"{bench.plugin.stash.server.url}/graphql"
    request = urllib.request.Request(url, found.group(1).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        answer = json.load(reply)
    assert answer["data"]["b"]["started"] == ["refresh_tags"]
    assert {error["path"][0] for error in answer["errors"]} == {"a", "c", "d"}


def test_what_is_known_of_deleted_scenes_is_forgotten_by_a_heartbeat(bench: Bench) -> None:
    rain = bench.world.add_tag("Rain")
    bench.add_tag("Rain", rain)
    kept, gone = bench.add_scenes(2, rain)
    bench.task("refresh_tags")
    bench.sync()
    bench.stash.scenes.destroy(gone)
    bench.operate("heartbeat")
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    assert [row[0] for row in store.read("SELECT scene FROM added_tags")] == [kept]
    store.close()
