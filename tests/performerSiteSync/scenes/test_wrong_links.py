"""Values that came to scenes through wrong links: they are taken back, and only those; the undo restores them."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Scene, SiteLink
from sandbox.stashbox.server import StashBox
from shared.errors import GraphQLFailed
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.test_update import sync

PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Mixup:
    """A scene that is linked to a wrong record, whose values a sync wrote, and the right record."""

    def __init__(self, bench: Bench, **mine: Any) -> None:
        self.bench = bench
        world = bench.world
        self.people = [world.add_performer(name) for name in ("Ada Ash", "Bea Birch")]
        self.mine = [bench.own(each) for each in self.people]
        studio = world.add_studio("Harbor Films")
        self.studio = bench.own_studio(studio)
        self.wrong = world.add_scene(
            "Wrong title",
            release_date="2019-05-07",
            code="W-1",
            director="Ida Holm",
            studio=studio,
            performers=self.people,
            links=[SiteLink("https://example.org/wrong", world.add_site("Site").id)],
        )
        self.right = world.add_scene("Right title", director="Ida Holm", performers=[self.people[1]])
        self.number = bench.own_scene(self.wrong, file=VideoFile("/media/1.mp4"), **mine)
        bench.stash.scenes.update(self.number, {"title": ""})
        sync(bench, fill=True)

    def plan(self, right: Scene | None = None) -> Any:
        """Plan to take back what came from the wrong record."""
        link = {"scene_id": self.number, "endpoint": self.bench.box.endpoint, "remote_id": self.wrong.id}
        return self.bench.operate("wrong_links_plan", links=[{**link, "new_id": right.id if right else ""}])

    def show(self) -> dict[str, Any]:
        """Return the scene without what changes with each save."""
        row = self.bench.show(self.number, "scene")
        row["stash_ids"] = [link["stash_id"] for link in row["stash_ids"]]
        return {**row, "paths": None}

    def list_fields(self, planned: Any) -> set[tuple[str, str]]:
        """Return field and action of each change of a plan."""
        rows = self.bench.operate("plan_list", plan_id=planned["plan_id"])["changes"]
        return {(row["field"], row["action"]) for row in rows}


ALL = {("title", "set"), ("date", "set"), ("code", "set"), ("director", "set"), ("studio_id", "set")}
LISTS = {("performers", "remove"), ("urls", "remove")}


def test_all_values_from_a_wrong_record_are_taken_back_and_the_undo_restores_them(bench: Bench) -> None:
    mixup = Mixup(bench)
    before = mixup.show()
    assert (before["title"], len(before["performers"]), before["studio"]["name"]) == ("Wrong title", 2, "Harbor Films")
    planned = mixup.plan()
    assert mixup.list_fields(planned) == ALL | LISTS
    assert mixup.show() == before, "a plan writes nothing"
    run = bench.apply_plan(planned["plan_id"])
    after = mixup.show()
    assert (after["title"] or "", after["date"], after["studio"], after["performers"], after["urls"]) == (
        "",
        None,
        None,
        [],
        [],
    )
    assert bench.operate("history_list")["runs"][0]["title"] == "Took back 8 values of 1 scene"
    assert mixup.plan()["plan_id"] is None
    bench.undo(run["id"])
    assert mixup.show() == before
    assert mixup.list_fields(mixup.plan()) == ALL | LISTS, "what the undo restored counts as ours again"


def test_what_the_right_record_has_as_well_stays_and_a_later_sync_fills_in_the_rest(bench: Bench) -> None:
    mixup = Mixup(bench)
    planned = mixup.plan(mixup.right)
    assert mixup.list_fields(planned) == (ALL - {("director", "set")}) | LISTS
    bench.apply_plan(planned["plan_id"])
    now = mixup.show()
    assert (now["director"], [int(each["id"]) for each in now["performers"]]) == ("Ida Holm", [mixup.mine[1]])
    bench.stash.scenes.update(mixup.number, {"stash_ids": [bench.link(mixup.right)._asdict()]})
    sync(bench, fill=True)
    assert mixup.show()["title"] == "Right title", "the title was not removed by a person"


def test_a_persons_values_stay_and_come_back_where_a_sync_wrote_over_them(bench: Bench) -> None:
    bench.set(fieldPolicies=["details: overwrite"])
    mixup = Mixup(bench, details="Mine", code="M-1")
    bench.stash.scenes.update(mixup.number, {"title": "I named it", "performer_ids": [str(mixup.mine[0])]})
    bench.edit(mixup.wrong, details="About a harbor.")
    sync(bench)
    assert mixup.show()["details"] == "About a harbor."
    planned = mixup.plan()
    assert ("title", "set") not in mixup.list_fields(planned) and ("code", "set") not in mixup.list_fields(planned)
    bench.apply_plan(planned["plan_id"])
    now = mixup.show()
    assert (now["title"], now["code"], now["details"], now["performers"]) == ("I named it", "M-1", "Mine", [])


def test_a_value_that_a_person_changes_before_the_plan_is_applied_is_a_conflict(bench: Bench) -> None:
    mixup = Mixup(bench)
    planned = mixup.plan()
    bench.stash.scenes.update(mixup.number, {"title": "I named it"})
    run = bench.apply_plan(planned["plan_id"])
    assert (mixup.show()["title"], mixup.show()["date"], run["totals"]["changed"]) == ("I named it", None, 1)
    assert "It was changed meanwhile" in str(bench.operate("history_changes", run_id=run["id"]))


def test_locked_fields_and_values_of_another_box_stay(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    mixup = Mixup(bench)
    bench.operate("lock_set", kind="scene", id=mixup.number, field="code", is_locked=True)
    twin = other.world.add_scene("Wrong title")
    links = [bench.link(mixup.wrong)._asdict(), bench.link(twin, other)._asdict()]
    bench.stash.scenes.update(mixup.number, {"stash_ids": links})
    assert mixup.list_fields(mixup.plan()) == (ALL - {("code", "set"), ("title", "set")}) | LISTS


def test_a_box_that_does_not_say_what_the_right_record_has_makes_no_plan(bench: Bench) -> None:
    mixup = Mixup(bench)
    bench.box.server.faults.add("unauthorized")
    with pytest.raises(GraphQLFailed, match="Nothing is taken back before it says"):
        mixup.plan(mixup.right)


def test_many_links_are_planned_by_a_task(bench: Bench) -> None:
    mixup = Mixup(bench)
    link = {"scene_id": mixup.number, "endpoint": bench.box.endpoint, "remote_id": mixup.wrong.id}
    started = bench.operate("wrong_links_start", links=[link])
    bench.plugin.wait_for(started["job_id"])
    run = bench.operate("run_result", run_token=started["run_token"])["run"]
    assert mixup.list_fields(run) == ALL | LISTS


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_cover_from_the_wrong_record_is_taken_back_unless_a_person_replaced_it(
    bench: Bench, is_replaced: bool
) -> None:
    bench.set(imageUpdates=True)
    remote = bench.world.add_scene("Harbor", images=[bench.world.add_picture(640, 360)])
    number = bench.own_scene(remote)
    sync(bench, fill=True)
    if is_replaced:
        bench.stash.scenes.update(number, {"cover_image": PIXEL})
    link = {"scene_id": number, "endpoint": bench.box.endpoint, "remote_id": remote.id}
    planned = bench.operate("wrong_links_plan", links=[link])
    assert (planned["plan_id"] is None) is is_replaced
    if not is_replaced:
        bench.apply_plan(planned["plan_id"])
        assert bench.stash.scenes.ids({"is_missing": "cover"}) == [number]


def test_a_title_that_a_scene_without_files_needs_stays_and_the_rest_is_taken_back(bench: Bench) -> None:
    mixup = Mixup(bench)
    with bench.plugin.stash.services.library.write() as db:
        db.run("DELETE FROM scenes_files")
    bench.apply_plan(mixup.plan()["plan_id"])
    now = mixup.show()
    assert (now["title"], now["date"], now["studio"]) == ("Wrong title", None, None)
