"""Choices of a person: another source's value, a whole field of a plan, an update of unlinked performers only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.stashbox.server import StashBox
from shared.errors import GraphQLFailed
from tests.performerSiteSync.conftest import Bench


@pytest.fixture
def number(bench: Bench, other: StashBox) -> int:
    """Return a performer with values in Stash and records at two boxes, with a preview of her update."""
    bench.configure(bench.box, other)
    pictures = [bench.world.add_picture(30, 45)]
    remote = bench.world.add_performer("Mira", country="NO", aliases=["Mimi"], images=pictures)
    twin = other.world.add_performer("Mira Moss", country="DK")
    number = bench.own(remote, bench.link(twin, other), country="SE")
    bench.operate("update_one", id=number, dry_run=True)
    return number


def take_value(bench: Bench, number: int, field: str, box: StashBox | None = None) -> Any:
    """Take a box's value for a field, as the button Take this does."""
    return bench.operate("take_value", id=number, field=field, endpoint=(box or bench.box).endpoint)


def test_take_value_replaces_the_present_value_with_undo(bench: Bench, number: int, other: StashBox) -> None:
    run = take_value(bench, number, "country", other)["run"]
    taken = bench.show(number)["country"]
    bench.undo(int(run["id"]))
    assert (taken, bench.show(number)["country"]) == ("DK", "SE")


def test_six_quick_clicks_on_take_this_take_six_values(bench: Bench) -> None:
    remotes = [bench.world.add_performer(f"Mira {letter}", country="NO") for letter in "ABCDEF"]
    numbers = [bench.own(remote, country="SE") for remote in remotes]
    bench.sync(dry_run=True)
    with ThreadPoolExecutor(6) as clicks:
        list(clicks.map(lambda number: take_value(bench, number, "country"), numbers))
    assert [bench.show(number)["country"] for number in numbers] == ["NO"] * 6


def test_a_taken_value_stays_although_the_field_follows_another_source(
    bench: Bench, number: int, other: StashBox
) -> None:
    bench.set(fieldPolicies="country: follow")
    take_value(bench, number, "country", other)
    bench.sync(fresh=True)
    assert bench.show(number)["country"] == "DK"


def test_a_replaced_name_becomes_an_alias(bench: Bench, number: int, other: StashBox) -> None:
    take_value(bench, number, "name", other)
    shown = bench.show(number)
    assert (shown["name"], shown["alias_list"]) == ("Mira Moss", ["Mira"])


def test_a_replaced_picture_comes_back_by_undo(bench: Bench, number: int) -> None:
    bench.stash.performers.update(number, {"image": "data:image/gif;base64,R0lGODlhAQABAAAAACw="})
    run = take_value(bench, number, "image")["run"]
    taken = bench.stash.download_picture(bench.show(number)["image_path"]).data
    bench.undo(int(run["id"]))
    assert taken[:3] != b"GIF"
    assert bench.stash.download_picture(bench.show(number)["image_path"]).data[:3] == b"GIF"


def test_a_list_gains_the_new_members(bench: Bench, number: int) -> None:
    take_value(bench, number, "alias_list")
    assert bench.show(number)["alias_list"] == ["Mimi"]


@pytest.mark.parametrize("field", ["weight", "stash_ids", "nothing"])
def test_a_value_the_box_lacks_cannot_be_taken(bench: Bench, number: int, field: str) -> None:
    with pytest.raises(GraphQLFailed, match="says nothing about"):
        take_value(bench, number, field)


def test_a_whole_field_is_deselected_at_once(bench: Bench) -> None:
    for name in ("Mira", "Nell"):
        bench.own(bench.world.add_performer(name, country="NO", eye_color="BLUE"))
    plan_id = bench.sync(dry_run=True)["run"]["plan_id"]
    fields = bench.operate("review_tick", plan_id=plan_id, field="country", selected=False)["fields"]
    bench.operate("plan_apply", plan_id=plan_id)
    assert {row["field"]: (row["count"], row["selected"]) for row in fields} == {"country": (2, 0), "eye_color": (2, 2)}
    assert [(bench.show(each)["eye_color"], bench.show(each)["country"] or "") for each in (1, 2)] == [("Blue", "")] * 2


def test_an_update_of_unlinked_performers_skips_linked_ones(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira"))
    lonely = bench.stock.add_performer("Nell", birthdate="1990-05-03")
    found = bench.world.add_performer("Nell", birth_date="1990-05-03")
    run = bench.sync(unlinked=True)["run"]
    assert (run["seen"], bench.links_of(lonely)) == (1, [found.id])
