"""Import, backfill, categories, dead links, hierarchy, and the words as one file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


def plan(bench: Bench, name: str, **args: Any) -> Any:
    """A plan of an operation about the box."""
    return bench.operate(name, endpoint=bench.box.endpoint, **args)


def apply(bench: Bench, planned: Any) -> Any:
    """Apply a plan, as a task when it is long; the totals of its run."""
    answer = bench.operate("plan_apply", plan_id=planned["plan_id"])
    if "run" in answer:
        return answer["run"]
    bench.plugin.wait_for(answer["job_id"])
    return bench.operate("run_result", run_token=answer["run_token"])["run"]


def tags_by_name(bench: Bench) -> dict[str, Any]:
    rows = bench.stash.tags.page("name aliases description parents { name } stash_ids { stash_id }", per_page=-1).rows
    return {row["name"]: row for row in rows}


def test_an_import_makes_what_is_missing_lists_conflicts_and_repeats_nothing(bench: Bench) -> None:
    for number in range(40):
        bench.world.add_tag(f"Tag {number:02d}")
    for number in range(3):
        bench.add_tag(f"Mine {number}", aliases=[f"Tag {number:02d}"])
    bench.task("refresh_tags")
    planned = plan(bench, "import_plan")
    totals = apply(bench, planned)["totals"]
    assert (planned["counted"]["create"], planned["counted"]["conflict"]) == (37, 3)
    assert (totals["changed"], totals["conflict"]) == (37, 3)
    assert plan(bench, "import_plan")["counted"]["linked"] == 37
    assert bench.stash.tags.count() == 40


def test_applying_an_import_planned_twice_makes_every_tag_once(bench: Bench) -> None:
    bench.world.add_tag("Rain")
    bench.task("refresh_tags")
    first, second = plan(bench, "import_plan"), plan(bench, "import_plan")
    apply(bench, first)
    assert apply(bench, second)["totals"]["unchanged"] == 1
    assert bench.stash.tags.count() == 1


@pytest.mark.parametrize("is_reply_lost", [True, False])
def test_a_cancelled_import_goes_on_and_makes_every_tag_once(bench: Bench, is_reply_lost: bool) -> None:
    for number in range(60):
        bench.world.add_tag(f"Tag {number:02d}")
    bench.task("refresh_tags")
    planned = plan(bench, "import_plan")
    server = bench.plugin.stash.server
    stuck = server.faults.add("stall" if is_reply_lost else "hang", operation="tagCreate", on=[21])
    job = bench.operate("plan_apply", plan_id=planned["plan_id"])["job_id"]
    server.traffic.wait_for_requests(21, "tagCreate")
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    server.faults.remove(stuck)
    (stopped,) = bench.operate("history_list")["runs"]
    assert (stopped["state"], stopped["totals"]["changed"] <= bench.stash.tags.count()) == ("interrupted", True)
    totals = apply(bench, planned)["totals"]
    assert (totals["changed"] + totals["unchanged"], totals["conflict"], totals["failed"]) == (60, 0, 0)
    assert (bench.stash.tags.count(), plan(bench, "import_plan")["counted"]["linked"]) == (60, 60)


def test_an_alias_of_a_linked_tag_is_a_conflict_and_its_link_stays(bench: Bench, rain: Tag) -> None:
    mine = bench.add_tag("Wet", bench.world.add_tag("Fog"), aliases=["Rain"])
    bench.task("refresh_tags")
    planned = plan(bench, "import_plan", remote_ids=[rain.id])
    assert [each["holder"]["id"] for each in planned["conflicts"]] == [mine]
    apply(bench, planned)
    assert rain.id not in str(bench.stash.tags.get(mine, "stash_ids { stash_id }"))


def test_an_import_links_a_tag_of_the_same_name_and_leaves_blacklisted_ones_out(bench: Bench, rain: Tag) -> None:
    bench.world.add_tag("Fog")
    bench.add_tag("rain")
    bench.operate("blacklist_save", entries=["/^fog$/"])
    bench.task("refresh_tags")
    planned = plan(bench, "import_plan")
    (change,) = bench.operate("plan_list", plan_id=planned["plan_id"])["changes"]
    assert change["reason"] == "StashDB: Rain (same name)"
    apply(bench, planned)
    assert (planned["counted"]["link"], planned["counted"]["blacklisted"]) == (1, 1)
    assert tags_by_name(bench)["rain"]["stash_ids"] == [{"stash_id": rain.id}]


def test_an_undone_import_deletes_what_nothing_uses(bench: Bench) -> None:
    bench.world.add_tag("Rain")
    bench.world.add_tag("Fog")
    bench.task("refresh_tags")
    run = apply(bench, plan(bench, "import_plan"))
    rain = int(tags_by_name(bench)["Rain"]["id"])
    bench.stock.add_scene("Wet", tags=[rain])
    undone = bench.undo(run["id"])["run"]["totals"]
    assert (list(tags_by_name(bench)), undone["changed"], undone["conflict"]) == (["Rain"], 1, 1)


def test_categories_become_parents_and_the_mapping_is_kept_per_box(bench: Bench, other: StashBox) -> None:
    shape = bench.world.add_category("Shape")
    bench.world.add_tag("Round", category=shape)
    bench.task("refresh_tags")
    mine = bench.add_tag("My shapes")
    plan(bench, "category_map", category_id=shape.id, tag_id=mine)
    apply(bench, plan(bench, "import_plan"))
    assert tags_by_name(bench)["Round"]["parents"] == [{"name": "My shapes"}]
    bench.configure(bench.box, other)
    assert bench.operate("categories", endpoint=other.endpoint)["categories"] == []


def test_a_category_without_a_tag_gets_one_made_as_parent(bench: Bench) -> None:
    bench.world.add_tag("Round", category=bench.world.add_category("Shape"))
    bench.task("refresh_tags")
    apply(bench, plan(bench, "import_plan"))
    assert tags_by_name(bench)["Round"]["parents"] == [{"name": "Shape"}]


def test_groups_stand_above_their_categories_and_are_remembered(bench: Bench) -> None:
    people, faces = bench.world.add_category("Hair", group="PEOPLE"), bench.world.add_category("Faces", group="PEOPLE")
    bench.world.add_tag("Curly", category=people)
    bench.world.add_tag("Beard", category=faces)
    bench.add_tag("Faces")  # there already: it comes below the group, too
    bench.task("refresh_tags")
    planned = plan(bench, "import_plan", with_groups=True)
    assert planned["counted"]["parents"] == 2
    run = apply(bench, planned)
    tags = tags_by_name(bench)
    parents = {name: [each["name"] for each in tags[name]["parents"]] for name in ("Curly", "Hair", "Faces", "People")}
    assert parents == {"Curly": ["Hair"], "Hair": ["People"], "Faces": ["People"], "People": []}
    (group,) = plan(bench, "categories")["groups"]
    assert (group["id"], group["tags"], group["mapped"]["name"]) == ("group:PEOPLE", 2, "People")
    bench.world.add_tag("Straight", category=people)
    bench.task("refresh_tags")
    assert plan(bench, "import_plan", with_groups=True)["items"] == 1
    bench.undo(run["id"])
    assert (list(tags_by_name(bench)), tags_by_name(bench)["Faces"]["parents"]) == (["Faces"], [])


def test_a_group_gets_the_tag_that_was_chosen_for_it(bench: Bench) -> None:
    bench.plugin.save_settings(groupParentTags=True)
    bench.world.add_tag("Jump", category=bench.world.add_category("Moves", group="ACTION"))
    bench.task("refresh_tags")
    plan(bench, "category_map", category_id="group:ACTION", tag_id=bench.add_tag("What they do"))
    apply(bench, plan(bench, "import_plan"))
    assert tags_by_name(bench)["Moves"]["parents"] == [{"name": "What they do"}]


def test_a_category_named_like_its_group_stands_for_it(bench: Bench) -> None:
    bench.world.add_tag("Jump", category=bench.world.add_category("Action", group="ACTION"))
    bench.world.add_tag("Walk", category=bench.world.add_category("Moves", group="ACTION"))
    bench.task("refresh_tags")
    apply(bench, plan(bench, "import_plan", with_groups=True))
    tags = tags_by_name(bench)
    assert (tags["Action"]["parents"], tags["Moves"]["parents"]) == ([], [{"name": "Action"}])


def test_parents_are_left_alone_when_that_is_set(bench: Bench) -> None:
    bench.plugin.save_settings(leaveParentTagsAlone=True)
    bench.world.add_tag("Round", category=bench.world.add_category("Shape"))
    bench.task("refresh_tags")
    apply(bench, plan(bench, "import_plan"))
    assert list(tags_by_name(bench)) == ["Round"]


def test_a_mapping_whose_tag_was_deleted_is_dropped_with_a_notice(bench: Bench) -> None:
    shape = bench.world.add_category("Shape")
    bench.task("refresh_tags")
    mine = bench.add_tag("My shapes")
    plan(bench, "category_map", category_id=shape.id, tag_id=mine)
    bench.stash.ask("mutation Drop($id: ID!) { tagDestroy(input: {id: $id}) }", {"id": str(mine)})
    answer = plan(bench, "categories")
    assert answer["categories"][0]["mapped"] is None
    assert "Shape" in answer["notices"][0]


def test_a_backfill_fills_gaps_and_keeps_existing_values(bench: Bench) -> None:
    first = bench.world.add_tag("Rain", description="Water from above", aliases=["Drizzle", "Taken"])
    second = bench.world.add_tag("Fog", description="Thick air")
    bench.add_tag("Taken")
    bench.add_tag("Wet", first)
    bench.add_tag("Fog", second, description="Mine")
    bench.task("refresh_tags")
    planned = plan(bench, "backfill_plan")
    apply(bench, planned)
    found = tags_by_name(bench)
    assert (found["Wet"]["description"], sorted(found["Wet"]["aliases"])) == ("Water from above", ["Drizzle", "Rain"])
    assert (found["Fog"]["description"], planned["aliases_left_out"]) == ("Mine", 1)


def test_a_dead_link_is_linked_anew_or_merged(bench: Bench, rain: Tag, local_rain: int) -> None:
    water = bench.world.add_tag("Water")
    bench.world.merge(rain, into=water)
    bench.task("refresh_tags")
    (dead,) = bench.operate("dead_list")["dead"]
    assert (dead["tag"]["id"], dead["into"]["name"]) == (local_rain, "Water")
    apply(bench, bench.operate("dead_plan", action="relink"))
    assert tags_by_name(bench)["Rain"]["stash_ids"] == [{"stash_id": water.id}]


def test_a_dead_link_whose_successor_is_taken_is_merged_into_that_tag(bench: Bench, rain: Tag, local_rain: int) -> None:
    water = bench.world.add_tag("Water")
    bench.add_tag("Water", water)
    bench.world.merge(rain, into=water)
    bench.task("refresh_tags")
    entry = {"tag_id": local_rain, "endpoint": bench.box.endpoint, "remote_id": rain.id, "action": "merge"}
    apply(bench, bench.operate("dead_plan", entries=[entry]))
    found = tags_by_name(bench)
    assert (list(found), found["Water"]["stash_ids"]) == (["Water"], [{"stash_id": water.id}])


def test_only_links_without_a_successor_are_removed_together(bench: Bench, rain: Tag, local_rain: int) -> None:
    fog = bench.world.add_tag("Fog")
    bench.add_tag("Fog", fog)
    bench.world.merge(rain, into=bench.world.add_tag("Water"))
    bench.world.delete(fog)
    bench.task("refresh_tags")
    apply(bench, bench.operate("dead_plan", action="remove"))
    found = tags_by_name(bench)
    assert (found["Rain"]["stash_ids"], found["Fog"]["stash_ids"]) == ([{"stash_id": rain.id}], [])


def rearrange(bench: Bench, *changes: tuple[int, list[int], list[int]]) -> Any:
    """The plan of changes (tag, added parents, removed parents)."""
    rows = [{"tag_id": tag, "add": add, "remove": remove} for tag, add, remove in changes]
    return bench.operate("hierarchy_plan", changes=rows)


def parents_of(bench: Bench) -> dict[int, list[int]]:
    return {row[0]: row[2] for row in bench.operate("hierarchy_get")["tags"]}


def test_the_hierarchy_is_the_same_when_stash_refuses_the_quick_way(bench: Bench) -> None:
    one, two = bench.add_tag("P"), bench.add_tag("Q")
    tag = bench.add_tag("Tag", parents=[one, two])
    quick = bench.operate("hierarchy_get")
    bench.plugin.stash.server.faults.add("graphql_error", operation="Rows")
    assert bench.operate("hierarchy_get") == quick
    assert quick["tags"] == [[one, "P", []], [two, "Q", []], [tag, "Tag", [one, two]]]


def test_an_edge_can_be_turned_round_in_one_go(bench: Bench) -> None:
    upper = bench.add_tag("Upper")
    lower = bench.add_tag("Lower", parents=[upper])
    planned = rearrange(bench, (upper, [lower], []), (lower, [], [upper]))
    run = apply(bench, planned)
    assert (parents_of(bench), run["totals"]["failed"]) == ({upper: [lower], lower: []}, 0)


def test_a_circle_is_refused_before_saving(bench: Bench) -> None:
    first, second = bench.add_tag("First"), bench.add_tag("Second")
    planned = rearrange(bench, (first, [second], []), (second, [first], []))
    assert (planned["items"], [each["tag_id"] for each in planned["refused"]]) == (1, [second])


def test_a_circle_made_outside_the_plugin_fails_alone(bench: Bench) -> None:
    first, second, third = bench.add_tag("First"), bench.add_tag("Second"), bench.add_tag("Third")
    planned = rearrange(bench, (first, [second], []), (third, [second], []))
    bench.stash.tags.update(second, {"parent_ids": [str(first)]})
    run = apply(bench, planned)
    assert (run["totals"]["failed"], run["totals"]["changed"]) == (1, 1)
    (failed,) = bench.operate("history_changes", run_id=run["id"], outcome="failed")["changes"]
    assert "already" in failed["message"]


def test_other_parents_stay_when_one_is_exchanged(bench: Bench) -> None:
    one, two, three = bench.add_tag("P"), bench.add_tag("Q"), bench.add_tag("R")
    tag = bench.add_tag("Tag", parents=[one, two])
    apply(bench, rearrange(bench, (tag, [three], [one])))
    assert sorted(parents_of(bench)[tag]) == [two, three]


def test_the_words_are_carried_over_as_one_file(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.operate("synonyms_save", synonyms={"hiking": ["trekking", " "]})
    bench.operate("blacklist_save", entries=["rain", "/^x/"])
    bench.operate("link_reject", tag_id=local_rain, endpoint=bench.box.endpoint, remote_id=rain.id)
    text = bench.operate("words_export")["text"]
    bench.operate("synonyms_save", synonyms={})
    bench.operate("blacklist_save", entries=["fog"])
    counts = bench.operate("words_import", text=text)["counts"]
    words = bench.operate("words_get")
    assert (words["synonyms"], words["blacklist"]) == ({"hiking": ["trekking"]}, ["fog", "rain", "/^x/"])
    assert counts["rejections"] == 1


@pytest.mark.parametrize("text", ["nonsense", "[]", json.dumps({"format": "tag-manager-words", "version": 2})])
def test_a_file_that_is_none_of_ours_is_refused(bench: Bench, text: str) -> None:
    with pytest.raises(Exception, match="file"):
        bench.operate("words_import", text=text)
