"""Comparisons: their counters, what they find, and that a preview and the run agree."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stash2plex.pair import Pair


def counts_of(pair: Pair) -> dict[str, int]:
    """Compare all scenes and return the counters."""
    compare(pair)
    counts: dict[str, int] = pair.plugin.operation("status")["reconciliations"][0]["counts"]
    return counts


def compare(pair: Pair, mode: str = "reconcile_all", **args: Any) -> dict[str, Any]:
    """Run a comparison task and return its result."""
    pair.plugin.run_task(mode, run_token=f"token-{mode.replace('_', '-')}", **args)
    kept: dict[str, Any] = pair.store.kv.get("task_results", object)[f"token-{mode.replace('_', '-')}"]
    return kept


def test_a_picture_that_was_never_sent_is_found_and_sent(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New", picture="cover")
    pair.change_settings(sync_poster=False, sync_background=False)
    pair.sync(scene)
    pair.change_settings(sync_poster=True)
    compare(pair)
    assert item.selected_picture("posters")
    assert counts_of(pair)["unchanged"] == 1


def test_a_scene_without_pictures_that_plex_shows_already_is_noted_by_the_comparison_alone(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Equal")
    pair.change_settings(sync_poster=False, sync_background=False)
    item.fields["title"] = "Equal"
    item.locks |= {"title"}
    result = compare(pair)
    assert "1 compared: 1 equal. 0 queued." in result["message"]
    assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "equal"
    pair.forget_requests()
    assert compare(pair, "sync_all")["message"].startswith("0 scenes queued, 1 unchanged")
    assert pair.list_requests("GET", "/library/metadata") == []
    pair.edit_scene(scene, title="Different")  # a person has locked the title in Plex, so it stays
    assert "0 queued." in compare(pair)["message"]
    assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "kept"
    pair.change_settings(respect_plex_locks=False)
    assert "1 queued." in compare(pair)["message"]
    assert item.title == "Different"


def test_a_preview_of_what_is_missing_shows_nothing_else(pair: Pair) -> None:
    pair.add_scene_and_item("Differs")
    pair.add_scene("Lost", "/data/lost.mp4")
    answer = compare(pair, "preview_all", scope="missing")
    rows = pair.plugin.operation("plan_list", plan_id=answer["plan_id"])["changes"]
    assert [row["item"]["label"] for row in rows] == ["Lost"]


def test_a_scene_that_stays_out_of_plex_by_choice_does_not_fit_several_items(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("New")
    pair.sync(scene)
    pair.plugin.operation("match_unlink", scene_id=scene)
    counts = counts_of(pair)
    assert (counts.get("ambiguous"), counts["unlinked"]) == (None, 1)


def test_two_scenes_in_one_item_are_counted_as_such(pair: Pair) -> None:
    pair.plex.state.add_version(pair.add_scene_and_item("First")[1], "/data/second.mp4")
    pair.add_scene("Second", "/data/second.mp4")
    counts = counts_of(pair)
    assert (counts.get("ambiguous"), counts["shared"]) == (None, 1)


@pytest.mark.parametrize("mode", ["sync_all", "reconcile_all"])
def test_what_was_undone_is_sent_again_when_a_person_asks_for_all(pair: Pair, mode: str) -> None:
    scene, item = pair.add_scene_and_item("New", details="Text")
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    pair.plugin.operation("history_undo", plan_id=undo["plan_id"])
    assert item.title == "beach"
    compare(pair, mode)
    assert item.title == "New"


@pytest.mark.parametrize(
    ("settings", "title", "words"),
    [
        ({"sync_master": False}, "New", "Sync Metadata"),
        ({"organized_only": True}, "New", "Organized Only"),
        ({"sync_poster": False, "sync_background": False}, "", "Nothing was entered"),
    ],
)
def test_a_preview_says_why_a_scene_is_left_out(pair: Pair, settings: dict[str, Any], title: str, words: str) -> None:
    scene, _ = pair.add_scene_and_item(title)
    pair.change_settings(**settings)
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    assert (preview["count"], preview["counts"].get("unchanged", 0), preview["counts"]["skipped"]) == (0, 0, 1)
    assert words in preview["waiting"][0]["message"]


def test_a_scene_in_two_libraries_is_counted_once(pair: Pair) -> None:
    pair.add_scene_and_item("New")
    twin = pair.add_item(section=pair.plex.state.add_section("More", "/data"))
    counts = counts_of(pair)
    assert (counts["stale"], pair.plugin.operation("status")["reconciliations"][0]["queued"]) == (1, 1)
    assert twin.title == "New"


def test_a_finished_preview_says_what_it_found(pair: Pair) -> None:
    pair.add_scene_and_item("New")
    pair.add_scene("Lost", "/data/lost.mp4")
    message = compare(pair, "preview_all")["message"]
    assert "2 compared" in message and "1 not in Plex" in message and "nothing was written" in message.lower()
