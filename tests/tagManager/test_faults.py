"""Errors in a sync: how far they reach, which results are kept, and the task's message."""

from __future__ import annotations

import time
from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import CHANGE_TAGS, LOOK_UP, Bench


def count_tagged(bench: Bench, scenes: list[int], tag: int) -> int:
    return sum(tag in bench.tags_of(each) for each in scenes)


def test_when_everything_failed_the_task_is_an_error(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(2, rain)
    bench.box.server.faults.add("unauthorized")
    with pytest.raises(AssertionError, match="StashDB"):
        bench.sync()


def test_a_box_without_a_key_is_left_out_with_one_message(
    bench: Bench, other: StashBox, rain: Tag, local_rain: int
) -> None:
    bench.configure(bench.box, other, keys=[bench.box.key, " "])
    scenes = bench.add_scenes(2, rain)
    bench.sync()
    warnings = [text for text in bench.plugin.stash.services.logbook.messages("warning") if "OtherBox" in text]
    assert (len(warnings), count_tagged(bench, scenes, local_rain)) == (1, 2)


def test_a_box_that_is_down_does_not_stop_the_others(bench: Bench, other: StashBox, rain: Tag, local_rain: int) -> None:
    bench.configure(bench.box, other)
    scenes = bench.add_scenes(2, rain)
    bench.stock.add_scene("Two", stash_ids=[bench.link(other.world.add_scene("Two"), other)])
    other.server.faults.add("unauthorized")
    answer = bench.sync()
    problems = {each["name"]: bool(each["problem"]) for each in answer["figures"]["boxes"]}
    assert problems == {"StashDB": False, "OtherBox": True}
    assert (count_tagged(bench, scenes, local_rain), answer["run"]["failed"]) == (2, 1)


FAILURES: list[dict[str, Any]] = [
    {"kind": "server_error"},
    {"kind": "unauthorized"},
    {"kind": "html"},
    {"kind": "empty"},
    {"kind": "html", "operation": LOOK_UP},
    {"kind": "empty", "operation": LOOK_UP},
    {"kind": "server_error", "operation": LOOK_UP},
]


@pytest.mark.parametrize("fault", FAILURES, ids=str)
def test_a_run_without_one_of_its_boxes_is_partial_and_names_the_box(
    bench: Bench, other: StashBox, rain: Tag, local_rain: int, fault: dict[str, Any]
) -> None:
    bench.configure(bench.box, other)
    remote = bench.world.add_scene("One", tags=[rain])
    bench.own(remote, bench.link(other.world.add_scene("One"), other))
    bench.sync(full=True)
    other.server.faults.add(**fault)
    answer = bench.sync(full=True, run_token="t-1")
    (run, *_), shown = bench.operate("history_list")["runs"], bench.operate("run_result", run_token="t-1")["run"]
    assert (run["state"], shown["state"], answer["run"]["state"]) == ("partial", "partial", "partial")
    assert list(run["problems"]) == list(shown["problems"]) == ["OtherBox"]
    assert "OtherBox" in answer["message"] and "OtherBox: OtherBox" not in answer["message"]


def test_a_preview_without_one_of_its_boxes_says_so_and_its_run_too(
    bench: Bench, other: StashBox, rain: Tag, local_rain: int
) -> None:
    bench.configure(bench.box, other)
    bench.own(bench.world.add_scene("One", tags=[rain]), bench.link(other.world.add_scene("One"), other))
    other.server.faults.add("unauthorized")
    plan = bench.sync(dry_run=True, run_token="t-1")["plan_id"]
    shown = bench.operate("run_result", run_token="t-1")["run"]
    run = bench.operate("sync_apply", plan_id=plan)["run"]
    assert (shown["state"], run["state"], list(run["problems"])) == ("partial", "partial", ["OtherBox"])


def test_partial_data_fails_only_the_scenes_it_concerns(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(3, rain)
    bench.box.server.faults.add("partial", operation=LOOK_UP, fields=["r1"], times=1)
    answer = bench.sync()
    assert count_tagged(bench, scenes, local_rain) >= 2
    assert answer["run"]["seen"] == 3


def test_a_pause_that_the_box_asks_for_loses_no_scene(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(45, rain)
    bench.box.server.faults.add("rate_limited", retry_after=1, operation=LOOK_UP, on=[2])
    bench.sync()
    assert (count_tagged(bench, scenes, local_rain), bench.asked()) == (45, 3)


def test_a_scene_deleted_meanwhile_fails_alone(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(3, rain)
    plan = bench.sync(dry_run=True)["plan_id"]
    bench.stash.ask("mutation Drop($id: ID!) { sceneDestroy(input: {id: $id}) }", {"id": str(scenes[1])})
    run = bench.operate("sync_apply", plan_id=plan)["run"]
    assert count_tagged(bench, [scenes[0], scenes[2]], local_rain) == 2
    assert (run["state"], run["totals"]["failed"], run["totals"]["changed"]) == ("partial", 1, 2)


def test_a_tag_deleted_meanwhile_fails_alone_and_is_sent_once(bench: Bench, rain: Tag, local_rain: int) -> None:
    hill = bench.world.add_tag("Hill")
    local_hill = bench.add_tag("Hill", hill)
    scenes = [*bench.add_scenes(3, rain, hill), *bench.add_scenes(2, hill), *bench.add_scenes(1, rain)]
    plan = bench.sync(dry_run=True)["plan_id"]
    bench.stash.ask("mutation Drop($id: ID!) { tagDestroy(input: {id: $id}) }", {"id": str(local_hill)})
    run = bench.operate("sync_apply", plan_id=plan)["run"]
    assert (count_tagged(bench, scenes, local_rain), bench.writes(), run["state"]) == (4, 3, "partial")
    totals = run["totals"]
    assert (totals["changed"], totals["failed_in_part"], totals["failed"], totals["seen"]) == (4, 3, 2, 6)
    assert [reason[:10] for reason in run["reasons"]] == ["5 scenes: "]
    rows = [tag for scene in bench.operate("sync_scenes", plan_id=plan)["scenes"] for tag in scene["tags"]]
    assert {(row["name"], row["outcome"]) for row in rows} == {("Rain", "changed"), ("Hill", "failed")}
    assert {"no such tag any more" in row["message"] for row in rows if row["name"] == "Hill"} == {True}


def test_a_write_whose_answer_was_lost_is_checked_and_counted_as_changed(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    scenes = bench.add_scenes(3, rain)
    bench.plugin.stash.server.faults.add("lost_reply", operation=CHANGE_TAGS, times=1)
    assert bench.sync()["run"]["changed"] == 3
    assert (count_tagged(bench, scenes, local_rain), bench.writes()) == (3, 1)


def test_a_tag_that_the_user_adds_between_plan_and_write_stays(bench: Bench, rain: Tag, local_rain: int) -> None:
    (scene,) = bench.add_scenes(1, rain)
    plan = bench.sync(dry_run=True)["plan_id"]
    late = bench.add_tag("Late")
    bench.stash.scene_tags.add([scene], [late])
    bench.operate("sync_apply", plan_id=plan)
    assert bench.tags_of(scene) == {local_rain, late}


def test_a_killed_run_continues_where_it_stopped(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(200, rain)
    third_request = next(each.id for each in bench.world.scenes.values() if each.title == "Scene 80")
    stuck = bench.box.server.faults.add("hang", operation=LOOK_UP, body=third_request)
    job = bench.stash.run_plugin_task("tagManager", args={"mode": "sync_scene_tags", "dry_run": False})
    bench.box.server.traffic.wait_for_requests(5, LOOK_UP)  # the fifth leaves once the second is kept
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    bench.box.server.faults.remove(stuck)
    bench.box.server.traffic.clear()
    bench.sync()
    assert count_tagged(bench, scenes, local_rain) == 200
    assert bench.asked() == 3


def test_a_run_killed_while_writing_is_finished_by_the_next(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(60, rain)
    stuck = bench.plugin.stash.server.faults.add("stall", operation=CHANGE_TAGS, on=[2])
    job = bench.stash.run_plugin_task("tagManager", args={"mode": "sync_scene_tags", "dry_run": False})
    bench.plugin.stash.server.traffic.wait_for_requests(2, CHANGE_TAGS)
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    bench.plugin.stash.server.faults.remove(stuck)
    bench.sync()
    runs = bench.operate("history_list")["runs"]
    assert count_tagged(bench, scenes, local_rain) == 60
    assert [run["state"] for run in runs] == ["finished", "interrupted"]


def test_a_run_that_a_person_stopped_is_stopped_everywhere(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(60, rain)
    plan = bench.sync(dry_run=True)["plan_id"]
    stuck = bench.plugin.stash.server.faults.add("stall", operation=CHANGE_TAGS)
    started = bench.operate("sync_apply", plan_id=plan)
    bench.plugin.stash.server.traffic.wait_for_requests(1, CHANGE_TAGS)
    bench.stop_job(started["job_id"])
    bench.plugin.wait_for(started["job_id"])
    bench.plugin.stash.server.faults.remove(stuck)
    token = started["run_token"]
    assert bench.operate("run_result", run_token=token)["run"]["state"] == "interrupted"
    shown = bench.operate("run_result", run_token=token, is_stopped=True)["run"]
    states = [shown["state"], bench.operate("history_list")["runs"][0]["state"]]
    states.append(bench.operate("sync_plan", plan_id=plan)["plan"]["run"]["state"])
    assert states == ["cancelled"] * 3
    assert bench.apply_plan(plan)["state"] == "finished"


def test_a_second_sync_is_refused_while_one_is_running(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(2, rain)
    stuck = bench.box.server.faults.add("hang", operation=LOOK_UP)
    job = bench.stash.run_plugin_task("tagManager", args={"mode": "sync_scene_tags", "dry_run": False})
    bench.box.server.traffic.wait_for_requests(1, LOOK_UP)
    refused = bench.run_beside("sync_scene_tags")
    bench.box.server.faults.remove(stuck)
    bench.plugin.wait_for(job)
    assert "already running" in str(refused.error)


def test_a_limit_per_minute_is_kept(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.configure(bench.box, limit=120)
    bench.add_scenes(160, rain)
    started = time.monotonic()
    bench.sync()
    starts = [each.started for each in bench.box.server.traffic.requests()]
    assert starts[-1] - starts[0] >= 0.5 * (len(starts) - 1) - 0.4  # a busy machine may hear of the first one late
    assert time.monotonic() - started >= 2


def test_a_sync_of_100_scenes_writes_at_most_four_info_lines(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(100, rain)
    bench.sync()
    assert len(bench.plugin.stash.services.logbook.messages("info")) <= 4


def test_a_box_that_keeps_refusing_ends_the_run_and_its_answers_so_far_count(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    scenes = bench.add_scenes(100, rain)
    bench.box.server.faults.add("rate_limited", retry_after=0, operation=LOOK_UP, after=1)
    with pytest.raises(AssertionError, match="Only 40 of 100 scenes"):
        bench.sync()
    assert count_tagged(bench, scenes, local_rain) == 40


def test_scenes_missing_in_an_answer_are_asked_about_again(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(3, rain)
    short = '{"data": {}}'
    bench.box.server.faults.add("answer", operation=LOOK_UP, content=short, content_type="application/json", times=1)
    assert bench.sync()["run"]["changed"] == count_tagged(bench, scenes, local_rain) == 3


def test_a_scene_that_cannot_be_read_does_not_stop_the_sync(bench: Bench, rain: Tag, local_rain: int) -> None:
    remotes = [bench.world.add_scene(f"S{number}", tags=[rain]) for number in range(3)]
    scenes = [bench.own(each) for each in remotes]
    bench.box.server.faults.add("mistyped", operation=LOOK_UP, fields=["tags"], content="5.5", record=remotes[1].id)
    answer = bench.sync()
    (run, *_) = bench.operate("history_list")["runs"]
    assert (count_tagged(bench, scenes, local_rain), run["state"]) == (2, "partial")
    assert "tags is a number" in run["problems"]["StashDB"] and "1 scene" in answer["message"]


def test_a_tag_that_cannot_be_read_is_named_and_the_list_is_stored(bench: Bench, rain: Tag) -> None:
    odd = bench.world.add_tag("Odd")
    bench.box.server.faults.add("mistyped", fields=["aliases"], content="5.5", record=odd.id)
    bench.plugin.run_task("refresh_tags", run_token="t-1")
    shown = bench.operate("run_result", run_token="t-1")["run"]
    assert (shown["state"], list(shown["problems"])) == ("partial", ["StashDB"])
    assert "aliases is a number" in shown["message"] and "StashDB: 1 tag. " in shown["message"]
