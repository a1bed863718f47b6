"""Repairs of links: planned, previewed, applied, undone; nothing else of a scene changes."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from shared.errors import GraphQLFailed
from tests.tagManager.conftest import Bench
from tests.tagManager.scene_links.conftest import Clinic

SAVE = "Update"  # of one object in Stash


@pytest.fixture
def clinic(bench: Bench) -> Clinic:
    return Clinic(bench)


def snapshot(clinic: Clinic, *scenes: int) -> list[Any]:
    """Return links and tags of scenes as Stash has them, without the times of links."""
    fields = "title details organized rating100 urls stash_ids { endpoint stash_id } tags { id }"
    return [clinic.bench.stash.scenes.get(each, fields) for each in scenes]


def list_changes(clinic: Clinic, plan_id: Any) -> list[tuple[str, str, str]]:
    """Return field, action and reason of each change of a plan."""
    rows = clinic.bench.operate("plan_list", plan_id=plan_id)["changes"]
    return [(row["field"], row["action"], row["reason"] or row["message"]) for row in rows]


def test_a_link_is_changed_to_the_record_that_was_found_and_the_undo_restores_it(clinic: Clinic) -> None:
    scene, wrong, right = clinic.mix_up()
    before = snapshot(clinic, scene)
    clinic.check()
    (row,) = clinic.rows()
    planned = clinic.plan(row, "relink")
    reason = "StashDB: Right for Wrong instead of Wrong"
    assert list_changes(clinic, planned["plan_id"]) == [("stash_ids", "remove", reason), ("stash_ids", "add", reason)]
    assert clinic.links_of(scene) == [wrong.id], "a plan writes nothing"
    run = clinic.bench.apply(planned)
    assert (clinic.links_of(scene), clinic.rows()) == ([right.id], [])
    assert clinic.bench.operate("history_list")["runs"][0]["title"] == "Changed the links of 1 scene"
    clinic.bench.undo(run["id"])
    assert snapshot(clinic, scene) == before
    assert [row["scene"]["id"] for row in clinic.rows()] == [scene], "the doubt is open again"


def test_a_repaired_link_is_right_for_the_next_check(clinic: Clinic) -> None:
    clinic.mix_up()
    clinic.check()
    clinic.bench.apply(clinic.plan(clinic.rows()[0], "relink"))
    assert clinic.check()["found"] == 0


def test_a_link_is_removed_and_links_to_other_boxes_stay(clinic: Clinic, other: StashBox) -> None:
    bench = clinic.bench
    bench.configure(bench.box, other)
    scene, wrong, _ = clinic.mix_up()
    there = bench.link(other.world.add_scene("There"), other)
    links = [{"endpoint": each.endpoint, "stash_id": each.stash_id} for each in (there, bench.link(wrong))]
    bench.stash.scenes.update(scene, {"stash_ids": links})
    before = snapshot(clinic, scene)
    clinic.check()
    run = bench.apply(clinic.plan(clinic.rows(text="Wrong")[0], "unlink"))
    assert clinic.links_of(scene) == [there.stash_id]
    bench.undo(run["id"])
    assert sorted(clinic.links_of(scene)) == sorted(each["stash_id"] for each in before[0]["stash_ids"])


def test_two_links_that_were_mixed_up_are_swapped(clinic: Clinic) -> None:
    files = [clinic.make_file(), clinic.make_file(900)]
    hill, lake = (clinic.add_remote(name, file) for name, file in zip(("Hill", "Lake"), files))
    first, second = clinic.own(lake, files[0]), clinic.own(hill, files[1])
    before = snapshot(clinic, first, second)
    clinic.check()
    row = next(row for row in clinic.rows() if row["scene"]["id"] == first)
    assert row["holders"] == [second]
    run = clinic.bench.apply(clinic.plan(row, "swap"))
    assert (clinic.links_of(first), clinic.links_of(second)) == ([hill.id], [lake.id])
    assert clinic.rows() == []
    clinic.bench.undo(run["id"])
    assert snapshot(clinic, first, second) == before


def test_a_person_names_the_record_by_its_address_and_a_merged_one_leads_to_its_successor(clinic: Clinic) -> None:
    scene = clinic.own(clinic.add_remote("Short", duration=300), clinic.make_file(1800))
    old, kept = clinic.add_remote("Old"), clinic.add_remote("Kept")
    clinic.bench.world.merge(old, into=kept)
    clinic.check()
    (row,) = clinic.rows()
    with pytest.raises(GraphQLFailed, match="has no id of a stash-box"):
        clinic.plan(row, "relink", target="Hill")
    with pytest.raises(GraphQLFailed, match="Name the scene of the stash-box"):
        clinic.plan(row, "relink")
    clinic.bench.apply(clinic.plan(row, "relink", target=f"https://box.example/scenes/{old.id.upper()}"))
    assert clinic.links_of(scene) == [kept.id]


def test_a_record_that_the_box_does_not_have_is_a_conflict_and_not_a_link(clinic: Clinic) -> None:
    clinic.own(clinic.add_remote("Short", duration=300), clinic.make_file(1800))
    clinic.check()
    unknown = "12345678-1234-4123-8123-123456789012"
    planned = clinic.plan(clinic.rows()[0], "relink", target=unknown)
    ((_, action, message),) = list_changes(clinic, planned["plan_id"])
    assert (action, message) == ("note", f"StashDB has no scene {unknown}.")


def test_a_box_that_is_down_makes_no_plan_and_says_so(clinic: Clinic) -> None:
    clinic.mix_up()
    clinic.check()
    (row,) = clinic.rows()
    clinic.bench.box.server.faults.add("unauthorized")
    with pytest.raises(GraphQLFailed, match="StashDB"):
        clinic.plan(row, "relink")


def test_all_dead_links_without_a_successor_are_removed_with_one_plan(clinic: Clinic) -> None:
    world = clinic.bench.world
    gone, merged, kept = (clinic.add_remote(name) for name in ("Gone", "Old", "New"))
    scenes = [clinic.own(each, clinic.make_file()) for each in (gone, merged)]
    world.delete(gone)
    world.merge(merged, into=kept)
    clinic.check()
    for action in ("unlink", "relink"):
        started = clinic.bench.operate("doctor_plan_start", action=action, kind="gone")
        clinic.bench.plugin.wait_for(started["job_id"])
        clinic.bench.apply(clinic.bench.operate("run_result", run_token=started["run_token"])["run"])
    assert [clinic.links_of(each) for each in scenes] == [[], [kept.id]]
    assert clinic.bench.task("doctor_plan", action="relink")["plan_id"] is None


def test_a_link_that_a_person_changed_meanwhile_is_left_alone(clinic: Clinic) -> None:
    scene, _, _ = clinic.mix_up()
    clinic.check()
    planned = clinic.plan(clinic.rows()[0], "relink")
    mine = clinic.add_remote("Mine")
    link = clinic.bench.link(mine)
    links = [{"endpoint": link.endpoint, "stash_id": link.stash_id}]
    clinic.bench.stash.scenes.update(scene, {"stash_ids": links})
    run = clinic.bench.apply(planned)
    assert (clinic.links_of(scene), run["totals"]["failed"] + run["totals"]["conflict"]) == ([mine.id], 1)
    assert clinic.rows()[0]["state"] == "changed"
    assert clinic.rows() == []


def test_a_link_called_right_is_not_listed_until_a_new_reason_appears(clinic: Clinic) -> None:
    remote = clinic.add_remote("Short", duration=300)
    clinic.own(remote, clinic.make_file(1800))
    clinic.check()
    (row,) = clinic.rows()
    key = {"scene_id": row["scene"]["id"], "endpoint": row["endpoint"], "remote_id": remote.id}
    run = clinic.bench.operate("doctor_right", **key)["run"]
    clinic.check()
    assert (clinic.rows(), len(clinic.rows(right=True))) == ([], 1)
    clinic.bench.undo(run["id"])
    assert len(clinic.rows()) == 1
    clinic.bench.operate("doctor_right", **key)
    clinic.bench.world.delete(remote)
    clinic.check(full=True)
    assert [each["code"] for each in clinic.rows()[0]["reasons"]] == ["deleted"]


class TestTakingBack:
    """Tags that the sync added because of a wrong link."""

    @pytest.fixture
    def snow(self, bench: Bench) -> Tag:
        return bench.world.add_tag("Snow")

    def test_tags_that_came_through_the_wrong_link_go_and_the_undo_brings_them_back_as_ours(
        self, clinic: Clinic, rain: Tag, local_rain: int, snow: Tag
    ) -> None:
        bench = clinic.bench
        local_snow, mine = bench.add_tag("Snow", snow), bench.add_tag("Mine")
        scene, _, right = clinic.mix_up(tags=[rain, snow])
        bench.world.change(right, tag_ids=[snow.id])
        bench.stash.scene_tags.add([scene], [mine])
        bench.sync()
        assert bench.tags_of(scene) == {local_rain, local_snow, mine}
        before = snapshot(clinic, scene)
        clinic.check()
        (row,) = clinic.rows()
        assert row["added_tags"] == 2
        planned = clinic.plan(row, "relink")
        tags = [each for each in list_changes(clinic, planned["plan_id"]) if each[0] == "tags"]
        assert tags == [("tags", "remove", "Rain: came through the wrong link")], "the right record has Snow, too"
        run = bench.apply(planned)
        assert bench.tags_of(scene) == {local_snow, mine}
        bench.undo(run["id"])
        assert snapshot(clinic, scene) == before
        (row,) = clinic.rows()
        assert row["added_tags"] == 2, "what the undo brought back is ours again"
        assert clinic.plan(row, "relink", take_back=False)["items"] == 1

    def test_tags_of_a_record_that_is_only_gone_stay(self, clinic: Clinic, rain: Tag, local_rain: int) -> None:
        bench = clinic.bench
        file = clinic.make_file()
        remote = clinic.add_remote("Gone", file, tags=[rain])
        scene = clinic.own(remote, file)
        bench.sync()
        bench.world.delete(remote)
        clinic.check(full=True)
        (row,) = clinic.rows()
        assert row["added_tags"] == 0
        bench.apply(clinic.plan(row, "unlink"))
        assert (clinic.links_of(scene), bench.tags_of(scene)) == ([], {local_rain})

    def test_a_tag_that_was_taken_back_is_added_again_if_the_right_record_gets_it(
        self, clinic: Clinic, rain: Tag, local_rain: int
    ) -> None:
        bench = clinic.bench
        scene, _, right = clinic.mix_up(tags=[rain])
        bench.sync()
        clinic.check()
        bench.apply(clinic.plan(clinic.rows()[0], "relink"))
        assert bench.tags_of(scene) == set()
        bench.world.change(right, tag_ids=[rain.id], updated="2099-01-01T00:00:00Z")
        bench.sync()
        assert bench.tags_of(scene) == {local_rain}

    def test_nothing_is_taken_back_that_another_box_has_or_did_not_answer_about(
        self, clinic: Clinic, other: StashBox, rain: Tag, local_rain: int
    ) -> None:
        bench = clinic.bench
        bench.configure(bench.box, other)
        scene, wrong, _ = clinic.mix_up(tags=[rain])
        bench.sync()
        twin = other.world.add_scene("Twin", tags=[other.world.add_tag("Rain")])
        links = [
            {"endpoint": each.endpoint, "stash_id": each.stash_id}
            for each in (bench.link(wrong), bench.link(twin, other))
        ]
        bench.stash.scenes.update(scene, {"stash_ids": links})
        clinic.check()
        planned = clinic.plan(clinic.rows()[0], "unlink")
        assert [each[0] for each in list_changes(clinic, planned["plan_id"])] == ["stash_ids"]


def read_tables(clinic: Clinic) -> list[list[tuple[Any, ...]]]:
    """Return the links and tags of all scenes from Stash's database."""
    links = "SELECT scene_id, endpoint, stash_id FROM scene_stash_ids ORDER BY scene_id, endpoint"
    tags = "SELECT scene_id, tag_id FROM scenes_tags ORDER BY scene_id, tag_id"
    with clinic.bench.plugin.stash.services.library.read() as db:
        return [[tuple(row) for row in db.rows(query)] for query in (links, tags)]


@pytest.mark.parametrize("kind", ["hang", "stall"])
def test_an_apply_that_is_killed_is_finished_by_the_next_and_undone_to_the_last_row(
    clinic: Clinic, rain: Tag, local_rain: int, kind: str
) -> None:
    """With "hang" Stash has not got the second save, with "stall" it has, and only its answer is missing."""
    bench = clinic.bench
    scenes = {scene: right.id for scene, _, right in (clinic.mix_up(f"Wrong {number}", [rain]) for number in range(4))}
    bench.sync()
    before = read_tables(clinic)
    clinic.check()
    plan = bench.operate("doctor_plan", action="relink")
    stash = bench.plugin.stash.server
    stuck = stash.faults.add(kind, operation=SAVE, on=[2])
    job = bench.stash.run_plugin_task("tagManager", args={"mode": "apply_plan", "plan_id": plan["plan_id"]})
    stash.traffic.wait_for_requests(2, SAVE)
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    stash.faults.remove(stuck)
    done = [scene for scene, right in scenes.items() if clinic.links_of(scene) == [right]]
    assert len(done) == (1 if kind == "hang" else 2)
    assert all((local_rain in bench.tags_of(scene)) == (scene not in done) for scene in scenes), (
        "link and tags together"
    )
    run = bench.apply(plan)
    assert [clinic.links_of(scene) for scene in scenes] == [[right] for right in scenes.values()]
    assert all(bench.tags_of(scene) == set() for scene in scenes)
    for each in bench.operate("history_list")["runs"]:
        if each["title"].startswith("Changed the links"):
            bench.undo(each["id"])
    assert read_tables(clinic) == before
    assert run["totals"]["failed"] == 0


def test_a_plan_names_the_wrong_links_for_the_other_plugins_but_not_those_of_deleted_scenes(clinic: Clinic) -> None:
    scene, wrong, right = clinic.mix_up()
    gone = clinic.add_remote("Gone", file := clinic.make_file())
    clinic.own(gone, file)
    clinic.bench.world.delete(gone)
    clinic.check()
    plans = {row["scene"]["id"]: clinic.plan(row, "relink" if row["target"] else "unlink") for row in clinic.rows()}
    found = [clinic.bench.operate("doctor_plan_links", plan_id=each["plan_id"])["links"] for each in plans.values()]
    link = {"scene_id": scene, "endpoint": clinic.bench.box.endpoint, "remote_id": wrong.id, "new_id": right.id}
    assert sorted(found, key=len) == [[], [link]]
