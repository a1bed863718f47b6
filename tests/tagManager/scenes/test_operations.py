"""A stored sync plan: listed by scene and by tag, selected, applied; and the list of unmatched tags."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


@pytest.fixture
def plan(bench: Bench, rain: Tag, local_rain: int) -> int:
    """Three scenes get Rain, two of them Hill as well; no tag matches Fog."""
    hill, fog = bench.world.add_tag("Hill"), bench.world.add_tag("Fog")
    bench.add_tag("Hill", hill)
    bench.add_scenes(2, rain, hill, fog)
    bench.add_scenes(1, rain)
    return int(bench.sync(dry_run=True)["plan_id"])


def tags(bench: Bench, plan: int) -> dict[str, tuple[int, int]]:
    """Return by tag how many scenes get it, and for how many it is selected."""
    rows = bench.operate("sync_tags", plan_id=plan)["tags"]
    return {row["name"]: (row["scenes"], row["selected"]) for row in rows}


def test_the_newest_plan_is_found_with_its_figures(bench: Bench, plan: int) -> None:
    found: Any = bench.operate("sync_plan")["plan"]
    assert (found["plan_id"], found["items"], found["rows"], found["selected"]) == (plan, 3, 5, 5)
    assert (found["figures"]["additions"], found["figures"]["unmatched_tags"]) == (5, 1)


def test_findings_are_not_counted_among_selectable_rows(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(2, rain)
    gone = bench.world.add_scene("Gone", tags=[rain])
    bench.own(gone)
    bench.world.change(gone, deleted=True)
    plan_id = bench.sync(dry_run=True)["plan_id"]
    found: Any = bench.operate("sync_plan")["plan"]
    assert (found["rows"], found["open"], found["selected"]) == (3, 2, 2)
    assert bench.operate("plan_list", plan_id=plan_id)["open"] == 2


def test_an_applied_plan_says_which_scenes_got_a_tag_and_still_have_it(
    bench: Bench, plan: int, local_rain: int
) -> None:
    bench.operate("sync_select", plan_id=plan, selected=False, tag_ids=[local_rain])
    run = bench.operate("sync_apply", plan_id=plan)["run"]
    added = {row["name"]: (row["added"], row["scenes"]) for row in bench.operate("sync_tags", plan_id=plan)["tags"]}
    assert added == {"Rain": (0, 3), "Hill": (2, 2)}
    bench.operate("history_undo", plan_id=bench.operate("history_undo", run_id=run["id"], preview=True)["plan_id"])
    assert {row["added"] for row in bench.operate("sync_tags", plan_id=plan)["tags"]} == {0}


def test_the_plan_of_an_undo_is_not_taken_for_the_newest_sync(bench: Bench, plan: int, local_rain: int) -> None:
    run = bench.operate("sync_apply", plan_id=plan)["run"]
    undo = bench.operate("history_undo", run_id=run["id"], preview=True)
    assert [bench.operate(name)["plan"]["plan_id"] for name in ("overview", "sync_plan")] == [plan, plan]
    reasons = {(each["reason"], each["original_reason"]) for each in undo["changes"]}
    assert {(f"undo of run {run['id']}: {original}", original) for _, original in reasons} == reasons


def test_a_plan_lists_each_tag_with_the_number_of_scenes_that_get_it(bench: Bench, plan: int) -> None:
    assert tags(bench, plan) == {"Rain": (3, 3), "Hill": (2, 2)}


def test_a_deselected_tag_is_not_added(bench: Bench, plan: int, local_rain: int) -> None:
    assert bench.operate("sync_select", plan_id=plan, selected=False, tag_ids=[local_rain])["selected"] == 2
    run = bench.operate("sync_apply", plan_id=plan)["run"]
    assert run["totals"]["changed"] == 2
    assert not any(local_rain in bench.tags_of(scene) for scene in (1, 2, 3))


def test_a_deselected_scene_gets_no_tags(bench: Bench, plan: int) -> None:
    first = bench.operate("sync_scenes", plan_id=plan)["scenes"][0]
    bench.operate("sync_select", plan_id=plan, selected=False, items=[first["item"]])
    bench.operate("sync_apply", plan_id=plan)
    assert bench.tags_of(first["id"]) == set()


def test_the_scenes_of_one_tag_are_listed_page_by_page(bench: Bench, plan: int, local_rain: int) -> None:
    page = bench.operate("sync_scenes", plan_id=plan, tag_id=local_rain, page_size=2, page=2)
    assert (page["count"], len(page["scenes"])) == (3, 1)
    assert {"Rain"} <= {tag["name"] for tag in page["scenes"][0]["tags"]}


def test_never_add_this_blacklists_a_tag_and_deselects_it_in_the_plan(bench: Bench, plan: int, local_rain: int) -> None:
    assert bench.operate("sync_never_add", plan_id=plan, tag_id=local_rain) == {"names": ["Rain"], "count": 3}
    assert tags(bench, plan)["Rain"] == (3, 0)
    bench.operate("sync_select", plan_id=plan, selected=True)
    assert tags(bench, plan)["Rain"] == (3, 0), "ticking all does not bring it back"
    assert bench.operate("words_get")["blacklist"] == ["Rain"]
    assert bench.sync(dry_run=True)["figures"]["blacklisted"] == 3


def test_unmatched_tags_are_ranked_by_scenes_gained(bench: Bench, plan: int) -> None:
    (row,) = bench.operate("sync_unmatched")["unmatched"]
    assert (row["name"], row["scenes"]) == ("Fog", 2)


@pytest.mark.parametrize("is_down", [True, False])
def test_unmatched_tags_of_a_box_stay_when_it_is_down_or_not_asked(
    bench: Bench, other: StashBox, plan: int, is_down: bool
) -> None:
    bench.configure(bench.box, other)
    before = bench.operate("sync_unmatched", endpoint=bench.box.endpoint)
    bench.box.server.faults.add("unauthorized")
    bench.task("sync_scene_tags", dry_run=True, **({} if is_down else {"endpoint": other.endpoint}))
    assert bench.operate("sync_unmatched", endpoint=bench.box.endpoint) == before
    assert (before["count"], bool(before["as_of"])) == (1, True)
    assert bench.operate("sync_unmatched", endpoint=other.endpoint)["as_of"]


def test_unmatched_tags_are_unknown_before_a_plan_of_the_whole_library(bench: Bench, rain: Tag) -> None:
    first, _ = bench.add_scenes(2, rain)
    bench.sync(dry_run=True, scope={"scene_ids": [first]})
    assert bench.operate("sync_unmatched", endpoint=bench.box.endpoint) == {"unmatched": [], "count": 0, "as_of": None}


@pytest.mark.parametrize("way", ["create", "link"])
def test_a_created_or_linked_tag_is_no_longer_unmatched(bench: Bench, plan: int, way: str) -> None:
    bench.task("refresh_tags")
    (row,) = bench.operate("sync_unmatched")["unmatched"]
    if way == "create":
        made = bench.operate("import_plan", endpoint=row["endpoint"], remote_ids=[row["id"]])
        bench.operate("plan_apply", plan_id=made["plan_id"])
    else:
        bench.operate("link_accept", tag_id=bench.add_tag("Mist"), endpoint=row["endpoint"], remote_id=row["id"])
    assert bench.operate("sync_unmatched")["count"] == 0


def test_the_plan_knows_its_run_and_the_task_started_last(bench: Bench, plan: int) -> None:
    assert bench.operate("sync_plan")["plan"]["run"] is None
    bench.operate("sync_apply", plan_id=plan)
    assert bench.operate("sync_plan")["plan"]["run"]["totals"]["changed"] == 3
    answer = bench.operate("sync_start")
    bench.plugin.wait_for(answer["job_id"])
    assert bench.operate("sync_plan")["job"] == answer


def test_a_sync_started_from_the_page_is_found_by_its_token(bench: Bench, plan: int) -> None:
    answer = bench.operate("sync_start", dry_run=False)
    bench.plugin.wait_for(answer["job_id"])
    run = bench.operate("run_result", run_token=answer["run_token"])["run"]
    assert (run["state"], run["totals"]["changed"]) == ("finished", 3)


@pytest.mark.parametrize(
    "scope", [{"performer_id": 1}, {"studio_id": 1}, {"filter": {"title": {"value": "Mine", "modifier": "EQUALS"}}}]
)
def test_a_scope_limits_the_sync_to_its_scenes(bench: Bench, rain: Tag, local_rain: int, scope: dict[str, Any]) -> None:
    mira, hill = bench.stock.add_performer("Mira"), bench.stock.add_studio("Hill Films")
    remote = [bench.world.add_scene(name, tags=[rain]) for name in ("Mine", "Other")]
    mine = bench.stock.add_scene("Mine", stash_ids=[bench.link(remote[0])], performers=[mira], studio=hill)
    other = bench.own(remote[1])
    bench.sync(scope=scope)
    assert (bench.tags_of(mine), bench.tags_of(other)) == ({local_rain}, set())
