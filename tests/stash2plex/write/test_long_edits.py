"""Scenes with more tags than fit into one request to Plex, and edits that end half-way."""

from __future__ import annotations

from typing import Any

import pytest
from plexsync.server.connection import EDIT_LESSONS

from sandbox.plex.model import PlexMovie
from tests.stash2plex.pair import Pair

NAMES = [f"A rather long name of a tag, number {number:04d}" for number in range(1000)]
FEW = NAMES[:100]


def add_long_scene(pair: Pair, names: list[str], **details: Any) -> tuple[int, PlexMovie]:
    """Add a scene whose tags are all to be sent; a hundred are too many for this Plex, which takes short requests."""
    if names is FEW:
        pair.store.kv.put(EDIT_LESSONS, {"merges_tags": None, "longest_query": 6_000})
    pair.change_settings(max_tags=1000, sync_poster=False, sync_background=False)
    return pair.add_scene_and_item("Long", tags=names, **details)


def read_outcomes(pair: Pair) -> dict[str, set[str]]:
    """Return the outcomes of the rows of all runs by field."""
    rows = pair.store.read("SELECT field, outcome FROM journal_rows WHERE outcome <> ''")
    return {
        field: {row["outcome"] for row in rows if row["field"] == field} for field in {row["field"] for row in rows}
    }


def test_a_server_that_merges_lists_gets_all_of_a_thousand_tags(pair: Pair) -> None:
    pair.plex.state.options.tag_put = "merge"
    scene, item = add_long_scene(pair, NAMES, details="Text")
    pair.queue_scenes(scene)
    pair.plugin.run_task("process_queue")
    assert (item.tag_names("genre"), item.title, item.fields["summary"]) == (NAMES, "Long", "Text")
    assert {"title", "summary", "genre"} <= item.locks
    assert read_outcomes(pair)["genre"] == {"changed"}
    pair.forget_requests()
    assert pair.sync(scene)["done_as"] == {"equal": 1}
    assert pair.list_writes() == []


def test_a_server_that_replaces_lists_gets_what_fits_and_the_preview_says_how_many_are_left_out(pair: Pair) -> None:
    scene, item = add_long_scene(pair, FEW)
    found = pair.plugin.operation("preview", scene_ids=[scene])
    assert pair.sync(scene)["done_as"] == {"sent": 1}
    shown = item.tag_names("genre")
    assert 50 < len(shown) < 100 and shown == FEW[: len(shown)]
    assert [each["note"] for each in found["notes"]] == [
        f"genre: {100 - len(shown)} of 100 left out, because one request takes no more"
    ]
    assert read_outcomes(pair)["genre"] == {"changed"}
    pair.forget_requests()
    assert pair.sync(scene)["done_as"] == {"equal": 1}
    assert pair.list_writes() == []


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_many_tags_are_undone(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = add_long_scene(pair, FEW)
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    undone = pair.plugin.operation("history_undo", run_id=run["id"])
    pair.plugin.operation("plan_apply", plan_id=undone["plan_id"])
    pair.wait_for_drain()
    assert (item.tag_names("genre"), item.title, item.locks) == ([], "beach", set())


def test_a_proxy_that_takes_short_requests_only_gets_what_fits_into_them(pair: Pair) -> None:
    pair.plex.state.options.longest_line = 8_000
    scene, item = pair.add_scene_and_item("New", tags=FEW)
    assert pair.sync(scene)["retried"] == 1
    assert pair.work_step()["done_as"] == {"sent": 1}
    shown = item.tag_names("genre")
    assert (item.title, shown) == ("New", FEW[: len(shown)]) and len(shown) > 20


def test_an_edit_that_ends_half_way_is_told_by_change_and_finished_by_the_next_try(pair: Pair) -> None:
    pair.plex.state.options.tag_put = "merge"
    scene, item = add_long_scene(pair, FEW, performers=["Ann Example"], studio="Acme")
    pair.plex.server.faults.add("server_error", method="PUT", path="actor", times=1)
    assert pair.sync(scene)["retried"] == 1
    outcomes = read_outcomes(pair)
    assert (outcomes["title"], outcomes["genre"], outcomes["actor"]) == ({"changed"}, {"changed"}, {"failed"})
    assert outcomes["locks"] == {"changed", "failed"}
    badge = pair.plugin.operation("scene_badge", scene_id=scene)
    assert badge["badge"] == "waiting" and "500" in badge["message"]
    assert pair.work_step()["done_as"] == {"sent": 1}
    assert (item.tag_names("actor"), item.tag_names("genre")) == (["Ann Example"], FEW)
    assert {"title", "studio", "genre", "actor", "collection"} <= item.locks
    pair.edit_scene(scene, title="Other", performers=[], tags=["Only"])
    pair.sync(scene)
    assert (item.title, item.tag_names("actor"), item.tag_names("genre")) == ("Other", [], ["Only"])


def test_a_lock_that_was_written_before_the_answer_got_lost_is_ours(pair: Pair) -> None:
    pair.change_settings(sync_poster=False, sync_background=False)
    scene, item = pair.add_scene_and_item("Beach day")
    item.fields["title"] = "Beach day"
    pair.plex.server.faults.add("lost_reply", method="PUT", times=1)
    pair.sync(scene)
    assert item.locks == {"title"}
    pair.work_step()
    pair.edit_scene(scene, title="New")
    pair.sync(scene)
    assert item.title == "New"
