"""Adds to Whisparr whose process was killed or whose answer was lost: the plugin finds its own and takes them back."""

from __future__ import annotations

import time
from typing import Any

import pytest
from missing.whisparr.add.pending_adds import ADD_SECONDS, PendingAdd, was_sent

from sandbox.stashbox.model import Performer, Scene
from sandbox.traffic import Exchange
from sandbox.whisparr.model import MetadataScene, Movie
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import GraphQLFailed
from shared.whisparr.model import read_scene
from tests.missingScenes.conftest import Bench

PENDING = PendingAdd(1000.0, 4, "/data/scenes")
ADDED = {"id": 1, "added": "1970-01-01T00:16:40.1234567Z", "qualityProfileId": 4, "rootFolderPath": "/data/scenes/"}


@pytest.fixture
def scenes(bench: Bench, mira: Performer) -> list[Scene]:
    return bench.add_scenes(3, mira)


def wait_for_movies(whisparr: WhisparrDouble, count: int, seconds: float = 60.0) -> None:
    """Wait until Whisparr, which goes on without a listener, has so many scenes."""
    deadline = time.monotonic() + seconds
    while len(whisparr.state.movies) < count:
        assert time.monotonic() < deadline, f"Whisparr has {len(whisparr.state.movies)} scenes, not {count}"
        time.sleep(0.02)


def is_add(exchange: Exchange) -> bool:
    return exchange.request.method == "POST" and exchange.request.path.endswith("/movie")


def kill_at(bench: Bench, whisparr: WhisparrDouble, plan_id: str, kind: str, number: int) -> None:
    """Kill the task while it waits for the answer to its n-th add, not done ("hang") or done ("stall") by Whisparr."""
    before = len(whisparr.state.movies)
    fault = whisparr.server.faults.add(kind, path="/movie$", method="POST", on=[number])
    job = bench.operate("plan_apply", plan_id=plan_id)["job_id"]
    whisparr.server.traffic.wait_until(lambda log: sum(map(is_add, log)) >= number)
    wait_for_movies(whisparr, before + number - (kind == "hang"))
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    whisparr.server.faults.remove(fault)


def undo(bench: Bench, run_id: str) -> int:
    """Take a run back and return the number of changes."""
    plan = bench.operate("history_undo", run_id=run_id, preview=True)
    started = bench.operate("history_undo", plan_id=plan["plan_id"]) if plan["count"] else {}
    if "job_id" in started:
        bench.plugin.wait_for(started["job_id"])
    return int(plan["count"])


def add_by_hand(whisparr: WhisparrDouble, scene: Scene, **values: Any) -> Movie:
    """Add a scene as a user does in Whisparr."""
    return whisparr.state.add_movie(MetadataScene(scene.id, scene.title or ""), **values)


def test_an_add_that_was_killed_after_it_was_done_is_taken_back(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    mine = add_by_hand(whisparr, bench.world.add_scene("Mine"))
    kill_at(bench, whisparr, str(bench.plan_adds(*scenes)["plan_id"]), "stall", 2)
    (run,) = bench.operate("history_list")["runs"]
    assert (run["state"], run["undoable"]) == ("interrupted", 2)
    assert undo(bench, run["id"]) == 2
    assert list(whisparr.state.movies) == [mine.id]


def test_an_open_page_finds_the_outcome_of_a_killed_add(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    plan_id = str(bench.plan_adds(*scenes)["plan_id"])
    kill_at(bench, whisparr, plan_id, "stall", 1)
    rows = bench.operate("history_changes", run_id="1")["changes"]
    assert (rows[0]["outcome"], "not confirmed yet" in rows[0]["message"]) == ("planned", True)
    bench.operate("heartbeat")
    rows = bench.operate("history_changes", run_id="1")["changes"]
    assert (rows[0]["outcome"], rows[0]["undoable"]) == ("changed", True)
    assert bench.apply_plan(plan_id)["totals"]["changed"] == 3
    assert undo(bench, "1") == 3
    assert whisparr.state.movies == {}


def test_a_scene_that_a_person_added_after_the_kill_stays(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    plan_id = str(bench.plan_adds(*scenes)["plan_id"])
    kill_at(bench, whisparr, plan_id, "hang", 1)
    mine = add_by_hand(whisparr, scenes[0], quality_profile_id=6)
    assert undo(bench, "1") == 0
    totals = bench.apply_plan(plan_id)["totals"]
    assert (totals["unchanged"], totals["changed"]) == (1, 2)
    undo(bench, "1")
    assert list(whisparr.state.movies) == [mine.id]


def test_an_add_whose_answer_was_lost_counts_as_the_plugins_when_the_run_goes_on(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    plan_id = str(bench.plan_adds(*scenes)["plan_id"])
    whisparr.server.faults.add("lost_reply", path="/movie$", method="POST", on=[2])
    bench.apply_plan(plan_id)
    run = bench.apply_plan(plan_id)
    assert (run["state"], run["totals"]["changed"], len(whisparr.state.movies)) == ("finished", 3, 3)
    assert undo(bench, run["id"]) == 3
    assert whisparr.state.movies == {}


def test_a_scene_added_by_hand_after_a_failed_add_counts_as_there_already(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    sent = {"endpoint": bench.box.endpoint, "scene": {"id": scenes[0].id, "title": scenes[0].title}}
    whisparr.server.faults.add("server_error", path="/movie$", method="POST", on=[1])
    with pytest.raises(GraphQLFailed):
        bench.operate("whisparr_add", **sent)
    mine = add_by_hand(whisparr, scenes[0], quality_profile_id=6)
    reply = bench.operate("whisparr_add", **sent)
    assert (reply["message"], reply["run"]["totals"]["changed"]) == ("Already in Whisparr.", 0)
    assert list(whisparr.state.movies) == [mine.id]


@pytest.mark.parametrize(
    ("different", "expected"),
    [
        ({}, True),
        ({"added": "1970-01-01T00:16:39Z"}, False),
        ({"added": f"1970-01-01T00:{(1000 + ADD_SECONDS) // 60:02.0f}:41Z"}, False),
        ({"added": ""}, False),
        ({"added": "yesterday"}, False),
        ({"qualityProfileId": 6}, False),
        ({"rootFolderPath": "/data/films"}, False),
    ],
)
def test_only_a_scene_added_in_time_and_as_requested_counts_as_sent(different: dict[str, Any], expected: bool) -> None:
    assert was_sent(PENDING, read_scene({**ADDED, **different})) is expected
