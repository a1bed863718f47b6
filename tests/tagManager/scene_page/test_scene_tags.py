"""The operation behind the button on a scene's page: the tags that one scene lacks."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Tag
from shared.errors import GraphQLFailed
from tests.tagManager.conftest import Bench


def test_the_missing_tags_of_one_scene_are_a_plan_that_is_applied_and_undone(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    scene, other = bench.add_scenes(2, rain)
    answer = bench.operate("scene_tags", scene_id=scene)
    assert (answer["is_linked"], answer["open"], answer["problems"]) == (True, 1, {})
    run = bench.apply_plan(answer["plan_id"])
    assert (bench.tags_of(scene), bench.tags_of(other)) == ({local_rain}, set())
    assert bench.operate("history_list")["runs"][0]["title"] == "Added 1 tag from StashDB to 1 scene"
    plan = bench.operate("history_undo", run_id=run["id"])
    bench.operate("history_undo", plan_id=plan["plan_id"])
    assert bench.tags_of(scene) == set()


def test_the_plan_of_the_whole_library_stays_the_newest_of_its_tab(bench: Bench, rain: Tag, local_rain: int) -> None:
    (scene,) = bench.add_scenes(1, rain)
    library = bench.task("sync_scene_tags", dry_run=True)["plan_id"]
    bench.operate("scene_tags", scene_id=scene)
    assert bench.operate("sync_plan")["plan"]["plan_id"] == library


def test_one_scene_costs_one_request_to_the_box_and_no_list_of_all_links(bench: Bench, rain: Tag) -> None:
    scene, *_ = bench.add_scenes(3, rain)
    traffic = bench.plugin.stash.server.traffic
    before = len(traffic.requests("FindScenes"))
    bench.operate("scene_tags", scene_id=scene)
    assert bench.asked() == 1
    assert len(traffic.requests("FindScenes")) - before <= 2


def test_a_scene_without_a_link_is_said_to_have_none(bench: Bench) -> None:
    scene = bench.stock.add_scene("Own")
    assert bench.operate("scene_tags", scene_id=scene) == {
        "is_linked": False,
        "plan_id": None,
        "open": 0,
        "problems": {},
        "doubts": [],
    }


def test_a_box_that_fails_is_an_error_and_not_an_empty_plan(bench: Bench, rain: Tag) -> None:
    (scene,) = bench.add_scenes(1, rain)
    bench.box.server.faults.add("unauthorized")
    with pytest.raises(GraphQLFailed, match="StashDB"):
        bench.operate("scene_tags", scene_id=scene)
