"""The sync of scenes: the baseline, what a box changed since, and what a person wrote."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any

import pytest

from sandbox.stashbox.model import Credit, Scene
from sandbox.stashbox.server import StashBox
from shared.errors import BundleError
from tests.harness.clock import CountingClock
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.inside import run_inside


def make_scene(bench: Bench, title: str = "Harbor", **details: Any) -> Scene:
    return bench.world.add_scene(title, release_date="2019-05-07", **details)


def sync(bench: Bench, **args: Any) -> Any:
    """Run the task that updates all scenes, and return its result."""
    return run_inside(bench, CountingClock(time.time()), "update_scenes", **args)


def test_the_first_run_notes_a_baseline_and_writes_nothing(bench: Bench) -> None:
    number = bench.own_scene(make_scene(bench, director="Ida Holm"), title="My own title")
    answer = sync(bench)
    assert bench.writes() == []
    assert answer["baseline"]["fields"] == {"title": 1, "date": 1, "director": 1}
    assert "first run" in answer["message"] and answer["run"]["unchanged"] == 1
    assert bench.show(number, "scene")["title"] == "My own title"


def test_later_runs_take_over_what_the_box_changed_and_keep_what_a_person_wrote(bench: Bench) -> None:
    remote = make_scene(bench, code="A-1")
    same = bench.own_scene(remote, date="2019-05-07", code="A-1", director="Typed here")
    sync(bench)
    bench.edit(remote, title="Harbor Lights", release_date="2019-05-08", director="Ida Holm", code=None)
    answer = sync(bench)
    now = bench.show(same, "scene")
    assert (now["title"], now["date"], now["director"], now["code"]) == (
        "Harbor Lights",
        "2019-05-08",
        "Typed here",
        "A-1",
    )
    assert (answer["run"]["changed"], len(bench.writes())) == (1, 1)
    assert sync(bench)["run"]["unchanged"] == 1


def test_a_change_against_a_persons_value_is_told_once_for_each_change_of_the_box(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, title="My own title", date="2019-05-07")
    sync(bench)
    told = []
    for title in ("Harbor Lights", "Harbor Lights", "Harbor Nights"):
        bench.edit(remote, title=title)
        told.append("changed the title" in bench.find_messages(sync(bench)["run"]))
    assert told == [True, False, True]
    assert bench.show(number, "scene")["title"] == "My own title"


def test_filling_is_asked_for_and_respects_what_a_person_cleared(bench: Bench) -> None:
    remote = make_scene(bench, details="About a harbor.", director="Ida Holm")
    number = bench.own_scene(remote, title="Mine", director="Somebody")
    sync(bench)
    bench.stash.scenes.update(number, {"director": ""})
    sync(bench, fill=True)
    now = bench.show(number, "scene")
    assert (now["title"], now["date"], now["details"], now["director"] or "") == (
        "Mine",
        "2019-05-07",
        "About a harbor.",
        "",
    )


def test_performers_that_the_box_added_are_found_by_id_name_or_alias_as_stash_does(bench: Bench) -> None:
    people = [bench.world.add_performer(name) for name in ("Ada Ash", "Bea Birch", "Cleo Cedar", "Dora Dill")]
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07")
    linked = bench.own(people[0], name="Renamed Here")
    named = bench.stock.add_performer("BEA BIRCH")
    alias = bench.stock.add_performer("Someone", aliases=["Cleo Cedar"])
    sync(bench)
    bench.edit(remote, performers=[*(Credit(each.id) for each in people[:3]), Credit(people[3].id, "Dee")])
    answer = sync(bench)
    now = bench.show(number, "scene")
    assert {int(each["id"]) for each in now["performers"]} == {linked, named, alias}
    assert "Dora Dill (as Dee)" in bench.find_messages(answer["run"])


@pytest.mark.parametrize("is_preview", [False, True])
def test_missing_performers_and_studios_are_created_if_the_settings_allow_it(bench: Bench, is_preview: bool) -> None:
    bench.set(sceneCreatePerformers=True, sceneCreateStudios=True)
    remote = make_scene(bench)
    numbers = [bench.own_scene(remote, date="2019-05-07"), bench.own_scene(make_scene(bench, "Other"))]
    sync(bench)
    ada, place = bench.world.add_performer("Ada Ash", country="NO"), bench.world.add_studio("Harbor Films")
    bench.edit(remote, performers=[Credit(ada.id)], studio_id=place.id)
    run = sync(bench, dry_run=is_preview)["run"]
    if is_preview:
        assert bench.stash.performers.count() == 0
        run = {"run_id": bench.apply_plan(run["plan_id"])["id"]}
    now = bench.show(numbers[0], "scene")
    assert ([each["name"] for each in now["performers"]], now["studio"]["name"]) == (["Ada Ash"], "Harbor Films")
    bench.undo(run["run_id"])
    now = bench.show(numbers[0], "scene")
    assert (now["performers"], now["studio"], bench.stash.performers.count(), bench.stash.studios.count()) == (
        [],
        None,
        0,
        0,
    )


def test_an_undone_change_is_not_proposed_again(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07")
    sync(bench)
    bench.edit(remote, title="Harbor Lights")
    run = sync(bench)["run"]
    bench.undo(run["run_id"])
    assert bench.show(number, "scene")["title"] == "Harbor"
    assert sync(bench)["run"]["changed"] == 0


def test_an_edit_between_preview_and_apply_is_a_conflict(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07")
    sync(bench)
    bench.edit(remote, title="Harbor Lights", director="Ida Holm")
    plan = sync(bench, dry_run=True)["run"]["plan_id"]
    bench.stash.scenes.update(number, {"title": "Typed meanwhile"})
    run = bench.apply_plan(plan)
    now = bench.show(number, "scene")
    assert (now["title"], now["director"], run["totals"]["changed"]) == ("Typed meanwhile", "Ida Holm", 1)
    assert "changed meanwhile" in str(bench.operate("history_changes", run_id=run["id"]))


def test_a_cover_is_filled_in_and_taken_back(bench: Bench) -> None:
    bench.set(imageUpdates=True)
    number = bench.own_scene(make_scene(bench, images=[bench.world.add_picture(640, 360)]), date="2019-05-07")
    run = sync(bench, fill=True)["run"]
    assert bench.stash.scenes.ids({"is_missing": "cover"}) == []
    bench.undo(run["run_id"])
    assert bench.stash.scenes.ids({"is_missing": "cover"}) == [number]


def test_two_boxes_that_disagree_follow_the_order_of_the_sources(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_scene("Harbor", release_date="2019-05-07")
    remote = make_scene(bench)
    number = bench.own_scene(remote, bench.link(there, other), date="2019-05-07")
    sync(bench)
    now = datetime.now(timezone.utc).isoformat()
    other.world.change(there, title="Pier", director="Ida Holm", updated=now)
    bench.edit(remote, title="Harbor Lights")
    answer = sync(bench)
    shown = bench.show(number, "scene")
    assert (shown["title"], shown["director"]) == ("Harbor Lights", "Ida Holm")
    assert "FansDB differs" in bench.find_messages(answer["run"])


def test_a_merged_scene_is_linked_to_its_successor_and_two_scenes_of_one_record_are_a_conflict(bench: Bench) -> None:
    old, new, twin = (make_scene(bench, name) for name in ("Old", "New", "Twin"))
    number = bench.own_scene(old)
    bench.own_scene(twin), bench.own_scene(twin)
    sync(bench)
    bench.world.merge(old, new)
    sync(bench, fresh=True)
    assert bench.links_of(number, "scene") == [new.id]
    conflicts = bench.operate("conflicts", kind="scene")["conflicts"]
    assert [each["what"] for each in conflicts] == ["shared"]


def test_organized_scenes_are_left_alone_unless_the_setting_says_otherwise(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07", organized=1)
    sync(bench)
    bench.edit(remote, title="Harbor Lights")
    assert sync(bench)["run"]["skipped"] == 1
    bench.set(sceneOrganized=True)
    sync(bench)
    assert bench.show(number, "scene")["title"] == "Harbor Lights"


def test_a_box_that_fails_is_named_and_the_next_run_catches_up(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07")
    sync(bench)
    bench.edit(remote, title="Harbor Lights")
    bench.box.server.faults.add("server_error", status=503)
    with pytest.raises(BundleError, match="StashDB"):
        sync(bench)
    bench.box.server.faults.clear()
    assert sync(bench)["run"]["changed"] == 1
    assert bench.show(number, "scene")["title"] == "Harbor Lights"


def test_a_scope_syncs_only_the_scenes_of_a_performer_or_studio(bench: Bench) -> None:
    ada, place = bench.stock.add_performer("Ada Ash"), bench.stock.add_studio("Harbor Films")
    records = [make_scene(bench, name) for name in ("One", "Two", "Three")]
    owners: list[dict[str, Any]] = [{"performers": [ada]}, {"studio": place}, {}]
    numbers = [bench.own_scene(each, date="2019-05-07", **owner) for each, owner in zip(records, owners)]
    sync(bench)
    for each in records:
        bench.edit(each, title=f"{each.title} more")
    sync(bench, scope={"performer_id": ada}, fresh=True)
    sync(bench, scope={"studio_id": place, "label": "Harbor Films"}, fresh=True)
    titles = [bench.show(number, "scene")["title"] for number in numbers]
    assert titles == ["One more", "Two more", "Three"]
    with pytest.raises(BundleError, match="saved filter"):
        sync(bench, scope={"saved_filter_id": 99})


@pytest.mark.parametrize(("rules", "expected"), [([], {"Ada Ash", "Bea Birch"}), (["performers: fill"], {"Ada Ash"})])
def test_filling_adds_missing_performers_unless_the_rule_is_to_fill_only(
    bench: Bench, rules: list[str], expected: set[str]
) -> None:
    bench.set(fieldPolicies=rules)
    people = [bench.world.add_performer(name) for name in ("Ada Ash", "Bea Birch")]
    local = [bench.own(each) for each in people]
    number = bench.own_scene(make_scene(bench, performers=people), performers=[local[0]])
    assert sync(bench)["run"]["changed"] == 0
    sync(bench, fill=True)
    assert {each["name"] for each in bench.show(number, "scene")["performers"]} == expected


def test_filling_does_not_bring_back_a_performer_whom_a_person_removed(bench: Bench) -> None:
    people = [bench.world.add_performer(name) for name in ("Ada Ash", "Bea Birch")]
    ada, bea = (bench.own(each) for each in people)
    remote = make_scene(bench, performers=people)
    number = bench.own_scene(remote, performers=[ada, bea])
    sync(bench)
    bench.stash.scenes.update(number, {"performer_ids": [str(ada)]})
    sync(bench, fill=True)
    assert [each["name"] for each in bench.show(number, "scene")["performers"]] == ["Ada Ash"]
    bench.edit(remote, performers=[Credit(people[0].id)])
    sync(bench)
    bench.edit(remote, performers=[Credit(each.id) for each in people])
    sync(bench)
    assert {each["name"] for each in bench.show(number, "scene")["performers"]} == {"Ada Ash", "Bea Birch"}
