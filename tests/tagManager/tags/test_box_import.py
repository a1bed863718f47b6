"""Importing tags of a box: what is created, linked, left out as a conflict, continued and undone."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Tag
from tests.tagManager.conftest import Bench


def test_an_import_creates_missing_tags_lists_conflicts_and_repeats_nothing(bench: Bench) -> None:
    for number in range(40):
        bench.world.add_tag(f"Tag {number:02d}")
    for number in range(3):
        bench.add_tag(f"Mine {number}", aliases=[f"Tag {number:02d}"])
    bench.task("refresh_tags")
    planned = bench.plan("import_plan")
    totals = bench.apply(planned)["totals"]
    assert (planned["counted"]["create"], planned["counted"]["conflict"]) == (37, 3)
    assert (totals["changed"], totals["conflict"]) == (37, 3)
    assert bench.plan("import_plan")["counted"]["linked"] == 37
    assert bench.stash.tags.count() == 40


def test_two_plans_of_the_same_import_create_every_tag_once(bench: Bench) -> None:
    bench.world.add_tag("Rain")
    bench.task("refresh_tags")
    first, second = bench.plan("import_plan"), bench.plan("import_plan")
    bench.apply(first)
    assert bench.apply(second)["totals"]["unchanged"] == 1
    assert bench.stash.tags.count() == 1


@pytest.mark.parametrize("is_reply_lost", [True, False])
def test_a_cancelled_import_continues_and_creates_every_tag_once(bench: Bench, is_reply_lost: bool) -> None:
    for number in range(60):
        bench.world.add_tag(f"Tag {number:02d}")
    bench.task("refresh_tags")
    planned = bench.plan("import_plan")
    server = bench.plugin.stash.server
    stuck = server.faults.add("stall" if is_reply_lost else "hang", operation="tagCreate", on=[21])
    job = bench.operate("plan_apply", plan_id=planned["plan_id"])["job_id"]
    server.traffic.wait_for_requests(21, "tagCreate")
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    server.faults.remove(stuck)
    (stopped,) = bench.operate("history_list")["runs"]
    assert (stopped["state"], stopped["totals"]["changed"] <= bench.stash.tags.count()) == ("interrupted", True)
    totals = bench.apply(planned)["totals"]
    assert (totals["changed"] + totals["unchanged"], totals["conflict"], totals["failed"]) == (60, 0, 0)
    assert (bench.stash.tags.count(), bench.plan("import_plan")["counted"]["linked"]) == (60, 60)


def test_an_alias_of_a_linked_tag_is_a_conflict_and_its_link_stays(bench: Bench, rain: Tag) -> None:
    mine = bench.add_tag("Wet", bench.world.add_tag("Fog"), aliases=["Rain"])
    bench.task("refresh_tags")
    planned = bench.plan("import_plan", remote_ids=[rain.id])
    assert [each["holder"]["id"] for each in planned["conflicts"]] == [mine]
    bench.apply(planned)
    assert rain.id not in str(bench.stash.tags.get(mine, "stash_ids { stash_id }"))


def test_an_import_links_a_tag_of_the_same_name_and_leaves_blacklisted_ones_out(bench: Bench, rain: Tag) -> None:
    bench.world.add_tag("Fog")
    bench.add_tag("rain")
    bench.operate("blacklist_save", entries=["/^fog$/"])
    bench.task("refresh_tags")
    planned = bench.plan("import_plan")
    (change,) = bench.operate("plan_list", plan_id=planned["plan_id"])["changes"]
    assert change["reason"] == "StashDB: Rain (same name)"
    bench.apply(planned)
    assert (planned["counted"]["link"], planned["counted"]["blacklisted"]) == (1, 1)
    assert bench.tags_by_name()["rain"]["stash_ids"] == [{"stash_id": rain.id}]


def test_an_undone_import_deletes_only_unused_tags(bench: Bench) -> None:
    bench.world.add_tag("Rain")
    bench.world.add_tag("Fog")
    bench.task("refresh_tags")
    run = bench.apply(bench.plan("import_plan"))
    rain = int(bench.tags_by_name()["Rain"]["id"])
    bench.stock.add_scene("Wet", tags=[rain])
    undone = bench.undo(run["id"])["run"]["totals"]
    assert (list(bench.tags_by_name()), undone["changed"], undone["conflict"]) == (["Rain"], 1, 1)


def test_two_tags_whose_names_differ_in_case_only_are_one_tag_and_one_conflict(bench: Bench) -> None:
    for name in ("Dup", "dup"):
        bench.world.add_tag(name)
    bench.task("refresh_tags")
    planned = bench.plan("import_plan")
    totals = bench.apply(planned)["totals"]
    assert (planned["counted"]["create"], totals["changed"], totals["conflict"], totals["failed"]) == (1, 1, 1, 0)
    assert "has that name already" in planned["conflicts"][0]["message"]
    assert planned["conflicts"][0]["holder"] is None


def test_two_tags_of_the_box_do_not_share_one_local_tag(bench: Bench) -> None:
    for name in ("Dup", "dup"):
        bench.world.add_tag(name)
    mine = bench.add_tag("DUP")
    bench.task("refresh_tags")
    bench.apply(bench.plan("import_plan"))
    assert len(bench.links_of(mine)) == 1


def test_a_tag_named_like_its_category_is_linked_by_the_next_import(bench: Bench) -> None:
    season = bench.world.add_category("Season")
    named = bench.world.add_tag("Season", category=season)
    bench.world.add_tag("Rain", category=season, aliases=["season"])
    bench.task("refresh_tags")
    planned = bench.plan("import_plan", with_parents=True)
    totals = bench.apply(planned)["totals"]
    assert (planned["counted"]["create"], planned["counted"]["conflict"]) == (1, 1)
    assert (totals["failed"], totals["conflict"]) == (0, 1)
    bench.apply(bench.plan("import_plan", with_parents=True))
    assert bench.tags_by_name()["Season"]["stash_ids"] == [{"stash_id": named.id}]
