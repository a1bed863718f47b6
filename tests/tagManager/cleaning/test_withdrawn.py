"""Withdrawn tags, implied parents and unused tags: found, planned, and left alone when a person wants them."""

from __future__ import annotations

from typing import Any

import pytest
from tagging.cleaning.added_tags import SEEDED_KEY
from tagging.cleaning.implied import find_ancestors, find_implied
from tagging.cleaning.unused import find_tag_ids
from tagging.cleaning.withdrawn import is_known
from tagging.scenes.answer_cache import DELETED, FAILED, FOUND, MERGED, CachedAnswer
from tagging.scenes.plan import BoxAnswer
from tagging.schema import MIGRATIONS

from sandbox.stashbox.model import Tag
from shared.state.store import Store
from tests.tagManager.conftest import Bench

LATER = "2099-01-01T00:00:00Z"  # later than the last sync, whose clock is that of this machine


@pytest.fixture
def synced(bench: Bench, rain: Tag, local_rain: int) -> Bench:
    """Return the bench after a sync that added Rain to a scene, which had another tag before."""
    bench.task("refresh_tags")
    remote = bench.world.add_scene("Storm", tags=[rain])
    bench.own(remote, tags=[bench.add_tag("Mine")])
    bench.sync()
    return bench


def take_off(bench: Bench) -> None:
    """Take all tags off the only scene of the box."""
    (scene,) = bench.world.scenes.values()
    bench.world.change(scene, tag_ids=[], updated=LATER)


def plan_rows(bench: Bench, plan_id: Any) -> list[tuple[str, str]]:
    """Return item and reason of each change of a plan."""
    rows = bench.operate("plan_list", plan_id=plan_id)["changes"]
    return [(row["item"]["label"], row["reason"] or row["message"]) for row in rows]


def test_a_tag_that_the_box_took_off_is_taken_off_here_and_the_undo_brings_it_back(
    synced: Bench, local_rain: int
) -> None:
    assert synced.task("withdrawn_plan")["plan_id"] is None
    take_off(synced)
    found = synced.task("withdrawn_plan")
    assert plan_rows(synced, found["plan_id"]) == [("Storm", "Rain: StashDB took it off the scene")]
    (scene,) = synced.stash.scenes.ids()
    run = synced.apply(found)
    assert local_rain not in synced.tags_of(scene)
    synced.undo(run["id"])
    assert local_rain in synced.tags_of(scene)
    assert synced.task("withdrawn_plan")["plan_id"] is None, "what a person brought back is the person's"


def test_scenes_without_an_answer_are_told(synced: Bench) -> None:
    (scene,) = synced.world.scenes.values()
    synced.world.delete(scene)
    synced.sync(full=True)
    found = synced.task("withdrawn_plan")
    assert found["message"] == "1 scene was left out, because a box has no answer about it."


def test_a_tag_that_a_person_wants_stays(synced: Bench, local_rain: int) -> None:
    take_off(synced)
    plan_id = synced.task("withdrawn_plan")["plan_id"]
    synced.operate("cleaning_select", plan_id=plan_id, tag_id=local_rain, selected=False)
    assert synced.operate("withdrawn_keep", plan_id=plan_id) == {"count": 1}
    assert synced.task("withdrawn_plan")["plan_id"] is None


def test_a_tag_that_was_taken_off_and_added_again_by_hand_is_a_persons(synced: Bench, local_rain: int) -> None:
    (scene,) = synced.stash.scenes.ids()
    synced.stash.scene_tags.remove([scene], [local_rain])
    synced.sync()
    synced.stash.scene_tags.add([scene], [local_rain])
    take_off(synced)
    assert synced.task("withdrawn_plan")["plan_id"] is None


def test_a_local_tag_that_was_renamed_and_unlinked_was_not_withdrawn(synced: Bench, local_rain: int) -> None:
    synced.stash.tags.update(local_rain, {"name": "Wet", "stash_ids": []})
    assert synced.task("withdrawn_plan")["plan_id"] is None


@pytest.mark.parametrize(("state", "known"), [(FOUND, True), (DELETED, False), (MERGED, False), (FAILED, False)])
def test_only_a_box_that_answered_knows_that_a_tag_is_gone(state: str, known: bool) -> None:
    answers = [BoxAnswer("E", "Box", "1", CachedAnswer(FOUND)), BoxAnswer("F", "Other", "2", CachedAnswer(state))]
    assert is_known(answers) is known


def test_a_tag_that_the_box_renamed_away_from_ours_is_withdrawn(bench: Bench) -> None:
    snow = bench.world.add_tag("Snow")
    bench.task("refresh_tags")
    bench.add_tag("Snow")
    bench.own(bench.world.add_scene("Storm", tags=[snow]))
    bench.sync()
    bench.world.change(snow, name="Sleet")
    bench.task("refresh_tags")
    assert plan_rows(bench, bench.task("withdrawn_plan")["plan_id"]) == [
        ("Storm", "Snow: StashDB took it off the scene")
    ]


def test_what_syncs_of_an_earlier_version_added_is_found_in_the_history(synced: Bench) -> None:
    store = Store(str(synced.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    with store.write() as db:
        db.execute("DELETE FROM added_tags")
        store.kv.put(SEEDED_KEY, False)
    store.close()
    take_off(synced)
    assert synced.task("withdrawn_plan")["items"] == 1


def test_a_parent_that_a_sub_tag_implies_is_taken_off_the_scene(bench: Bench) -> None:
    outdoor = bench.stock.add_tag("Place: outdoor")
    forest = bench.stock.add_tag("Forest", parents=[outdoor])
    oaks = bench.stock.add_tag("Oaks", parents=[forest])
    both = bench.stock.add_scene("Deep", tags=[outdoor, oaks])
    bench.stock.add_scene("Wide", tags=[outdoor])
    plan = bench.task("implied_plan")
    assert plan_rows(bench, plan["plan_id"]) == [("Deep", "Place: outdoor: implied by Oaks")]
    tags = bench.operate("cleaning_tags", plan_id=plan["plan_id"])
    assert tags == {"tags": [{"id": outdoor, "name": "Place: outdoor", "objects": 1, "selected": 1}], "count": 1}
    bench.operate("cleaning_select", plan_id=plan["plan_id"], tag_id=outdoor, selected=False)
    assert bench.operate("plan_list", plan_id=plan["plan_id"])["selected"] == 0
    bench.operate("cleaning_select", plan_id=plan["plan_id"], tag_id=outdoor, selected=True)
    bench.apply(plan)
    assert bench.tags_of(both) == {oaks}


def test_unused_tags_are_deleted_unless_something_speaks_for_them(bench: Bench) -> None:
    stock = bench.stock
    names = ["Plain", "Loved", "Top", "Below", "Saved", "Used"]
    tags = {name: stock.add_tag(name, favorite=int(name == "Loved")) for name in names}
    bench.stash.tags.update(tags["Below"], {"parent_ids": [str(tags["Top"])]})
    stock.add_scene("Hill", tags=[tags["Used"]])
    saved = {"tags": {"value": {"items": [{"id": str(tags["Saved"]), "label": "Saved"}]}, "modifier": "INCLUDES"}}
    save = 'mutation($f: Map) { saveFilter(input: {mode: SCENES, name: "Mine", object_filter: $f}) { id } }'
    bench.stash.ask(save, {"f": saved})
    listed = {tag["name"]: tag["keep"] for tag in bench.operate("unused_list")["tags"]}
    assert listed == {
        "Below": [],
        "Plain": [],
        "Loved": ["it is a favorite"],
        "Saved": ['the saved filter "Mine"'],
        "Top": ["it has sub-tags (1)"],
    }
    run = bench.apply(bench.task("unused_plan"))
    assert sorted(bench.tags_by_name()) == ["Loved", "Saved", "Top", "Used"]
    bench.undo(run["id"])
    assert bench.tags_by_name()["Below"]["parents"] == [{"name": "Top"}]


def test_ancestors_of_a_loop_and_of_several_parents_are_found_once() -> None:
    parents = {1: {2, 3}, 2: {4}, 3: {4}, 4: {1}}
    assert find_ancestors(1, parents) == {2, 3, 4}
    assert find_implied({1, 4}, {1: {2, 3, 4}, 4: set()}) == {4: 1}


def test_tags_in_saved_filters_are_found_in_both_forms() -> None:
    criteria = {
        "tags": {"value": ["7"], "excludes": ["8"], "modifier": "INCLUDES"},
        "AND": {"performer_tags": {"value": {"items": [{"id": "9", "label": "1"}], "excluded": []}}},
        "performers": {"value": ["5"]},
        "rating100": {"value": 40},
    }
    assert find_tag_ids(criteria) == {7, 8, 9}
