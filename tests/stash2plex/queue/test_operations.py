"""Operations of the Queue tab."""

from __future__ import annotations

import json

from tests.stash2plex.pair import Pair


def test_rows_of_the_queue_are_listed_skipped_and_cleared(pair: Pair) -> None:
    scenes = [pair.add_scene(f"Title {each}", f"/data/{each}.mp4") for each in range(4)]
    pair.queue_scenes(*scenes)
    listed = pair.plugin.operation("queue_list", state="waiting", page_size=3)
    assert (len(listed["entries"]), listed["count"]) == (3, 4)
    assert pair.plugin.operation("queue_remove", state="waiting", keys=[f"scene:{scenes[0]}"]) == {"count": 1}
    assert pair.plugin.operation("queue_remove", state="waiting") == {"count": 3}


def test_a_paused_queue_does_nothing_until_it_is_resumed(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    assert pair.plugin.operation("queue_pause")["waiting_because"] == "Paused by hand."
    assert (pair.sync(scene)["ended"], item.title) == ("paused", "beach")
    pair.plugin.operation("queue_resume")
    pair.work_step()
    assert item.title == "New"


def test_the_status_names_the_job_of_stash_it_waits_for(pair: Pair) -> None:
    pair.queue_scenes(pair.add_scene())
    running = {"id": "1", "status": "RUNNING", "description": "Scanning...", "progress": 0.5, "addTime": "x"}
    content = json.dumps({"data": {"jobQueue": [running]}})
    pair.plugin.stash.server.faults.add("answer", body="jobQueue", content=content, content_type="application/json")
    status = pair.plugin.operation("status")
    assert (status["behind"]["progress"], status["waiting_because"]) == (
        0.5,
        "Waiting behind Stash's own work: Scanning...",
    )
