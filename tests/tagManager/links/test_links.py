"""Accepting links one by one and all exact matches at once, link conflicts, and the merge dialog."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


@pytest.fixture
def fetched(bench: Bench, rain: Tag) -> Bench:
    """The box's list was fetched; it has one tag, Rain, with an alias and a description."""
    bench.world.change(rain, aliases=["Drizzle", "Shower"], description="Water from above")
    bench.task("refresh_tags")
    return bench


def call(bench: Bench, name: str, tag_id: int, rain: Tag, **args: Any) -> Any:
    return bench.operate(name, tag_id=tag_id, endpoint=bench.box.endpoint, remote_id=rain.id, **args)


def show(bench: Bench, tag_id: int) -> dict[str, Any]:
    """A tag as it is in Stash."""
    row = bench.stash.tags.get(tag_id, "name aliases description stash_ids { endpoint stash_id } parents { id }")
    assert row is not None
    return row


def links(bench: Bench, tag_id: int) -> list[str]:
    return [link["stash_id"] for link in show(bench, tag_id)["stash_ids"]]


def test_an_accepted_link_is_there_at_once_and_can_be_taken_back(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Wet")
    run = call(fetched, "link_accept", tag, rain)["run"]
    assert links(fetched, tag) == [rain.id]
    fetched.undo(run["id"])
    assert links(fetched, tag) == []


def test_six_quick_clicks_on_link_are_six_links(fetched: Bench, rain: Tag) -> None:
    tags = [fetched.add_tag(f"Wet {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as clicks:
        list(clicks.map(lambda tag: call(fetched, "link_accept", tag, rain, anyway=True), tags))
    assert [links(fetched, tag) for tag in tags] == [[rain.id]] * 6


def test_links_of_other_boxes_stay(fetched: Bench, rain: Tag, other: StashBox) -> None:
    hill = other.world.add_tag("Hill")
    tag = fetched.stock.add_tag("Wet", stash_ids=[fetched.link(hill, other)])
    call(fetched, "link_accept", tag, rain)
    assert links(fetched, tag) == [hill.id, rain.id]


def test_a_link_is_replaced_only_on_request(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Wet", fetched.world.add_tag("Fog"))
    assert call(fetched, "link_accept", tag, rain)["conflict"]["kind"] == "other_link"
    call(fetched, "link_accept", tag, rain, replace=True)
    assert links(fetched, tag) == [rain.id]


def test_a_link_that_another_tag_has_is_a_conflict_with_its_holder(fetched: Bench, rain: Tag, local_rain: int) -> None:
    conflict = call(fetched, "link_accept", fetched.add_tag("Wet"), rain)["conflict"]
    assert conflict["holders"] == [{"id": local_rain, "name": "Rain"}]


def test_all_exact_matches_are_one_list_and_what_was_ticked_off_stays(fetched: Bench, rain: Tag) -> None:
    fetched.world.add_tag("Hill")
    fetched.task("refresh_tags")
    wet, hill = fetched.add_tag("rain"), fetched.add_tag("Hill")
    fetched.add_tag("Unknown")
    plan = fetched.operate("exact_plan", endpoint=fetched.box.endpoint)
    rows = fetched.operate("plan_list", plan_id=plan["plan_id"])["changes"]
    fetched.operate("plan_select", plan_id=plan["plan_id"], selected=False, only=[rows[0]["id"]])
    fetched.operate("plan_apply", plan_id=plan["plan_id"])
    assert (plan["items"], links(fetched, hill), links(fetched, wet)) == (2, [], [rain.id])


def merge(bench: Bench, tag: int, rain: Tag, merge: list[int] | None = None, **choice: Any) -> Any:
    """The plan of a choice; applied if there was nothing against it."""
    answer = call(bench, "merge_plan", tag, rain, choice=choice, merge=merge or [])
    if answer["plan_id"]:
        run = bench.operate("plan_apply", plan_id=answer["plan_id"])["run"]
        assert run["totals"]["failed"] == 0
    return answer


def test_the_old_name_becomes_an_alias_without_doubles(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Old", aliases=["Mine"])
    merge(fetched, tag, rain, name="take_alias", aliases=["Mine", "rain", "mine", " "], description="take")
    row = show(fetched, tag)
    assert (row["name"], sorted(row["aliases"]), row["description"]) == ("Rain", ["Mine", "Old"], "Water from above")


def test_a_taken_name_is_a_conflict_before_anything_is_written(fetched: Bench, rain: Tag) -> None:
    holder, tag = fetched.add_tag("RAIN"), fetched.add_tag("Wet")
    (conflict,) = merge(fetched, tag, rain, name="take", aliases=[])["conflicts"]
    assert (conflict["field"], conflict["holder"]["id"]) == ("name", holder)
    assert conflict["options"] == ["merge", "keep", "open"]
    assert links(fetched, tag) == []


def test_all_conflicts_of_aliases_come_at_once_and_without_them_it_works(fetched: Bench, rain: Tag) -> None:
    fetched.add_tag("Drizzle")
    fetched.add_tag("Hat", aliases=["Shower"])
    fetched.add_tag("Cap")
    tag = fetched.add_tag("Wet")
    conflicts = merge(fetched, tag, rain, aliases=["Drizzle", "Shower", "cap", "Free"])["conflicts"]
    assert [each["value"] for each in conflicts] == ["Drizzle", "Shower", "cap"]
    assert merge(fetched, tag, rain, aliases=["Free"])["conflicts"] == []
    assert show(fetched, tag)["aliases"] == ["Free"]


def test_a_holder_can_be_merged_first(fetched: Bench, rain: Tag) -> None:
    holder, tag = fetched.add_tag("Rain"), fetched.add_tag("Wet")
    merge(fetched, tag, rain, merge=[holder], name="take_alias", aliases=["Drizzle"])
    assert fetched.stash.tags.get(holder, "") is None
    assert show(fetched, tag)["name"] == "Rain"
    assert links(fetched, tag) == [rain.id]


def test_the_dialog_starts_with_what_the_settings_prefer(fetched: Bench, rain: Tag) -> None:
    fetched.plugin.save_settings(preferStashBoxName=True)
    shown = call(fetched, "merge_show", fetched.add_tag("Wet"), rain)
    assert (shown["chosen"]["name"], shown["chosen"]["description"]) == ("take_alias", "take")
    assert shown["conflicts"] == []


def test_the_dialog_names_the_link_that_gives_way(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Wet", fetched.world.add_tag("Fog"))
    fetched.task("refresh_tags")
    assert call(fetched, "merge_show", tag, rain)["replaces"] == ["Fog"]


def test_a_merge_dialog_can_be_taken_back_whole(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Old", aliases=["Mine"])
    before = show(fetched, tag)
    answer = call(
        fetched, "merge_plan", tag, rain, choice={"name": "take_alias", "aliases": ["Drizzle"], "description": "take"}
    )
    run = fetched.operate("plan_apply", plan_id=answer["plan_id"])["run"]
    fetched.undo(run["id"])
    assert show(fetched, tag) == before
