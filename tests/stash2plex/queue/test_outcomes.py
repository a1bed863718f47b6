"""The result of a task, the badge of a scene and the title of a run say what was really done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stash2plex.pair import Pair


def show(pair: Pair, scene: int) -> tuple[Any, ...]:
    """Return the badge of a scene, whether it was ever sent, and what was kept."""
    found = pair.plugin.operation("scene_badge", scene_id=scene)
    return found["badge"], found["sent"] is not None, found["kept"]


def process(pair: Pair, *scenes: int) -> str:
    """Send scenes by the task and return its message."""
    pair.queue_scenes(*scenes)
    pair.plugin.run_task("process_queue", run_token="t")
    return str(pair.plugin.operation("run_result", run_token="t")["run"]["message"])


def test_a_task_counts_what_was_sent_equal_kept_and_left_out(pair: Pair) -> None:
    pair.change_settings(sync_poster=False, sync_background=False)
    sent, _ = pair.add_scene_and_item("Sent")
    equal, same = pair.add_scene_and_item("Equal", "/data/equal.mp4")
    kept, other = pair.add_scene_and_item("Kept", "/data/kept.mp4")
    empty, _ = pair.add_scene_and_item("", "/data/empty.mp4")
    same.fields["title"], same.locks = "Equal", {"title"}
    other.fields["title"], other.locks = "A person's", {"title"}
    assert process(pair, sent, equal, kept, empty) == "1 sent, 1 equal in Plex, 1 kept as Plex has them, 1 left out."
    assert [show(pair, each) for each in (sent, equal, kept, empty)] == [
        ("synced", True, []),
        ("equal", False, []),
        ("kept", False, ["title"]),
        ("unknown", False, []),
    ]


def test_a_new_scene_without_cover_and_metadata_is_left_out(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("")
    assert process(pair, scene) == "1 left out."
    assert (show(pair, scene), item.locks) == (("unknown", False, []), set())
    pair.edit_scene(scene, title="Beach day")
    assert process(pair, scene) == "1 sent."


def test_a_scene_of_which_only_a_part_arrived_is_not_called_sent(pair: Pair) -> None:
    pair.change_settings(max_retries=1)
    scene, item = pair.add_scene_and_item("Beach day", picture="cover")
    pair.plex.server.faults.add("server_error", method="POST", path="arts")
    assert process(pair, scene).startswith("1 given up.")
    badge, is_sent, _ = show(pair, scene)
    assert (item.title, badge, is_sent) == ("Beach day", "failed", True)
    rows = pair.store.read("SELECT field, outcome FROM journal_rows")
    assert {row["field"]: row["outcome"] for row in rows if row["field"] in ("title", "poster", "background")} == {
        "title": "changed",
        "poster": "changed",
        "background": "failed",
    }


def test_a_scene_whose_only_change_failed_was_never_sent(pair: Pair) -> None:
    pair.change_settings(max_retries=1, sync_background=False)
    scene, item = pair.add_scene_and_item("Beach day", picture="cover")
    item.fields["title"], item.locks = "Beach day", {"title"}
    pair.plex.server.faults.add("server_error", method="POST")
    assert process(pair, scene).startswith("1 given up.")
    pair.plugin.operation("queue_remove", state="dead")
    assert (show(pair, scene)[1], item.locks) == (False, {"title"})


def test_a_scene_that_was_emptied_in_stash_is_kept_by_plex(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Beach day", details="Text")
    pair.sync(scene)
    pair.edit_scene(scene, title="", details="")
    assert process(pair, scene) == "1 kept as Plex has them."
    assert (item.title, show(pair, scene)) == ("Beach day", ("kept", True, ["summary", "title"]))


def test_what_was_sent_once_stays_sent_when_nothing_differs_any_more(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("Beach day")
    assert (process(pair, scene), process(pair, scene)) == ("1 sent.", "1 equal in Plex.")
    assert show(pair, scene) == ("synced", True, [])


@pytest.mark.parametrize(("number", "title"), [(1, "Sent Scene 0 to Plex"), (2, "Sent 2 scenes to Plex")])
def test_the_run_of_an_applied_preview_says_that_it_wrote_and_how_much(pair: Pair, number: int, title: str) -> None:
    scenes = [
        pair.add_scene_and_item(f"Scene {each}", f"/data/{each}.mp4", details="Text")[0] for each in range(number)
    ]
    plan_id = pair.plugin.operation("preview", scene_ids=scenes)["plan_id"]
    pair.plugin.operation("plan_apply", plan_id=plan_id)
    (run,) = pair.plugin.operation("history_list")["runs"]
    assert (run["title"], run["totals"]["changed"], run["changes"]) == (title, number, 4 * number)


def test_a_scan_sends_the_cover_of_a_new_scene_and_nothing_else(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("", picture="cover")
    item.fields["summary"] = "Kept"
    assert process(pair, scene) == "1 sent."
    assert item.selected_picture("posters") and item.selected_picture("arts")
    assert (item.title, item.fields["summary"], item.locks) == ("beach", "Kept", {"thumb", "art"})
    assert process(pair, scene) == "1 equal in Plex."
