"""Dead links: found by a refresh, then relinked, merged or removed by a plan."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


@pytest.mark.parametrize("is_merged", [True, False])
def test_a_link_whose_tag_is_gone_is_dead_and_names_its_successor(
    bench: Bench, rain: Tag, local_rain: int, is_merged: bool
) -> None:
    water = bench.world.add_tag("Water")
    if is_merged:
        bench.world.merge(rain, into=water)
    else:
        bench.world.delete(rain)
    bench.task("refresh_tags")
    (row,) = bench.operate("tags_list", view="dead")["tags"]
    found = (row["dead"]["state"], (row["dead"]["into"] or {}).get("name"))
    assert found == (("merged", "Water") if is_merged else ("deleted", None))


def test_a_dead_link_is_replaced_by_its_successor(bench: Bench, rain: Tag, local_rain: int) -> None:
    water = bench.world.add_tag("Water")
    bench.world.merge(rain, into=water)
    bench.task("refresh_tags")
    (dead,) = bench.operate("dead_list")["dead"]
    assert (dead["tag"]["id"], dead["into"]["name"]) == (local_rain, "Water")
    bench.apply(bench.operate("dead_plan", action="relink"))
    assert bench.tags_by_name()["Rain"]["stash_ids"] == [{"stash_id": water.id}]


def test_a_dead_link_whose_successor_is_taken_is_merged_into_that_tag(bench: Bench, rain: Tag, local_rain: int) -> None:
    water = bench.world.add_tag("Water")
    bench.add_tag("Water", water)
    bench.world.merge(rain, into=water)
    bench.task("refresh_tags")
    entry = {"tag_id": local_rain, "endpoint": bench.box.endpoint, "remote_id": rain.id, "action": "merge"}
    bench.apply(bench.operate("dead_plan", entries=[entry]))
    found = bench.tags_by_name()
    assert (list(found), found["Water"]["stash_ids"]) == (["Water"], [{"stash_id": water.id}])


def test_only_links_without_a_successor_are_removed_together(bench: Bench, rain: Tag, local_rain: int) -> None:
    fog = bench.world.add_tag("Fog")
    bench.add_tag("Fog", fog)
    bench.world.merge(rain, into=bench.world.add_tag("Water"))
    bench.world.delete(fog)
    bench.task("refresh_tags")
    bench.apply(bench.operate("dead_plan", action="remove"))
    found = bench.tags_by_name()
    assert (found["Rain"]["stash_ids"], found["Fog"]["stash_ids"]) == ([{"stash_id": rain.id}], [])


def test_an_action_for_all_links_of_one_box_leaves_the_other_box_alone(
    bench: Bench, other: StashBox, rain: Tag, local_rain: int
) -> None:
    bench.configure(bench.box, other)
    fog = other.world.add_tag("Fog")
    bench.stock.add_tag("Fog", stash_ids=[bench.link(fog, other)])
    bench.world.delete(rain)
    other.world.delete(fog)
    bench.task("refresh_tags")
    bench.apply(bench.operate("dead_plan", endpoint=other.endpoint, action="remove"))
    found = bench.tags_by_name()
    assert (found["Rain"]["stash_ids"], found["Fog"]["stash_ids"]) == ([{"stash_id": rain.id}], [])
