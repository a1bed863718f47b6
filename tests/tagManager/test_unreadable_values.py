"""Stored values of another type than expected: Tag Manager goes on without them and names them."""

from __future__ import annotations

import json

import pytest

from tests.harness.state import spoil_values
from tests.tagManager.conftest import Bench


def use_stored_values(bench: Bench) -> None:
    """Do everything that stores or reads a value by name: word lists, proposals, a sync and its plan, look-alikes."""
    bench.task("refresh_tags")
    bench.task("sync_scene_tags", dry_run=True)
    bench.task("lookalikes_find")
    bench.task("withdrawn_plan")
    bench.plugin.wait_for(bench.operate("sync_start")["job_id"])
    for name in ("sync_plan", "words_get", "overview", "tags_list", "lookalikes_list", "sync_unmatched", "schedules"):
        assert bench.operate(name)


@pytest.mark.parametrize("junk", ["5", '"text"', "inside"])
def test_stored_values_of_another_type_count_as_missing_and_are_named(bench: Bench, junk: str) -> None:
    rain = bench.world.add_tag("Rain")
    bench.add_tag("Rain", rain)
    bench.add_scenes(2, rain)
    bench.operate("blacklist_save", entries=["Snow"])
    bench.operate("synonyms_save", synonyms={"Rain": ["Drizzle"]})
    use_stored_values(bench)
    names = spoil_values(bench.plugin.state_dir, junk)
    use_stored_values(bench)
    notices = str(bench.operate("heartbeat")["notices"])
    assert 'The stored value "blacklist" could not be read' in notices
    aside = [row for each in bench.plugin.state_dir.glob("*-kv-*") for row in json.loads(each.read_text())]
    assert {"name": "blacklist", "value": junk} in aside or junk == "inside"
    assert "blacklist" in names
