"""The review of scenes: the library beside what each box says now and said at the baseline; locks; Take this."""

from __future__ import annotations

from typing import Any

from sandbox.stashbox.model import Credit
from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.test_update import make_scene, sync


def fields_of(review: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["field"]: each for each in review["items"][0]["fields"]}


def test_the_review_names_people_and_shows_what_the_box_said_before(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_scene("Harbor", director="Ida Holm")
    ada, bea = bench.world.add_performer("Ada Ash"), bench.world.add_performer("Bea Birch")
    remote = make_scene(bench)
    bench.own(ada, name="Ada at Home")
    number = bench.own_scene(remote, bench.link(there, other), date="2019-05-07", director="Mine")
    sync(bench)
    place = bench.world.add_studio("Harbor Films")
    bench.own_studio(place)
    people = [Credit(ada.id, "A. Ash"), Credit(bea.id)]
    bench.edit(remote, title="Harbor Lights", performers=people, studio_id=place.id)
    asked = bench.asked()
    plan = sync(bench, dry_run=True)["run"]["plan_id"]
    assert bench.asked() <= asked + 2
    review = bench.operate("review", plan_id=plan)
    shown = fields_of(review)
    assert (shown["title"]["offers"][0]["value"], shown["title"]["offers"][0]["before"]) == ("Harbor Lights", "Harbor")
    assert shown["title"]["changes"][0]["after"] == "Harbor Lights"
    cast = shown["performers"]
    assert cast["offers"][0]["value"] == ["Ada at Home", "Bea Birch (not in Stash)"]
    assert cast["offers"][0]["note"] == "Ada Ash (as A. Ash)"
    assert [each["after"] for each in cast["changes"]] == ["Ada at Home"]
    assert shown["studio_id"]["changes"][0]["after"] == "Harbor Films"
    assert (shown["director"]["value"], shown["director"]["offers"][0]["box"]) == ("Mine", "FansDB")
    (item,) = review["items"]
    assert [each["box"] for each in item["sources"]] == ["StashDB", "FansDB"]
    assert (item["local"]["id"], item["local"]["name"]) == (str(number), "Harbor")


def test_one_scene_shows_all_boxes_even_if_nothing_is_proposed(bench: Bench) -> None:
    number = bench.own_scene(make_scene(bench), title="My own title", date="2019-05-07", organized=1)
    answer = bench.operate("update_one", kind="scene", id=number, dry_run=True)
    assert (answer["is_linked"], answer["run"]["skipped"]) == (True, 1)
    shown = fields_of(bench.operate("review", plan_id=answer["run"]["plan_id"]))
    assert (shown["title"]["value"], shown["title"]["offers"][0]["value"]) == ("My own title", "Harbor")


def test_take_this_writes_a_value_at_once_and_keeps_it(bench: Bench) -> None:
    ada = bench.world.add_performer("Ada Ash")
    remote = make_scene(bench, performers=[ada])
    local = bench.own(ada)
    number = bench.own_scene(remote, title="My own title", date="2019-05-07")
    sync(bench)
    args = {"kind": "scene", "id": number, "endpoint": bench.box.endpoint}
    taken = bench.operate("take_value", field="title", **args)
    bench.operate("take_value", field="performers", **args)
    now = bench.show(number, "scene")
    assert (now["title"], [int(each["id"]) for each in now["performers"]]) == ("Harbor", [local])
    bench.edit(remote, title="Harbor Lights")
    sync(bench)
    assert bench.show(number, "scene")["title"] == "Harbor" and bench.locks(number, "scene")["title"] == "hand"
    bench.undo(taken["run"]["id"])
    assert bench.show(number, "scene")["title"] == "My own title"


def test_a_locked_field_stays_until_it_is_unlocked(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07")
    sync(bench)
    bench.operate("lock_set", kind="scene", id=number, field="title", is_locked=True)
    bench.edit(remote, title="Harbor Lights")
    assert sync(bench)["run"]["changed"] == 0
    bench.operate("lock_set", kind="scene", id=number, field="title", is_locked=False)
    sync(bench)
    assert bench.show(number, "scene")["title"] == "Harbor Lights"
    assert bench.operate("overview")["scene"]["linked"] == 1


def test_a_deleted_record_is_listed_and_its_link_can_be_removed(bench: Bench) -> None:
    remote = make_scene(bench)
    number = bench.own_scene(remote, date="2019-05-07")
    sync(bench)
    bench.world.delete(remote)
    sync(bench, fresh=True)
    (gone,) = bench.operate("gone")["gone"]
    assert gone["item"] == {"kind": "scene", "id": str(number), "label": "Harbor"}
    bench.operate("unlink", kind="scene", id=number, endpoint=bench.box.endpoint, remote_id=remote.id)
    assert bench.links_of(number, "scene") == []
