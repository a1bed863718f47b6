"""The list of tags: views, proposals, links that are in question, the kept list of a box."""

from __future__ import annotations

from typing import Any

import pytest
from tagging.schema import MIGRATIONS

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from shared.state.store import Store
from tests.tagManager.conftest import Bench


def names_of(answer: Any) -> list[str]:
    return [row["name"] for row in answer["tags"]]


def proposals_for(bench: Bench, name: str) -> list[tuple[str, str]]:
    """Name and rule of what is proposed for a tag."""
    row = next(row for row in bench.operate("tags_list", view="all")["tags"] if row["name"] == name)
    return [(each["name"], each["by"]) for each in row["proposals"]]


def test_the_overview_counts_links_per_box(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_tag("Free")
    bench.task("refresh_tags")
    (box,) = bench.operate("overview")["boxes"]
    assert (box["linked"], box["unlinked"], box["count"], box["is_stale"]) == (1, 1, 1, False)


def test_without_a_box_the_overview_says_what_to_do(bench: Bench) -> None:
    bench.configure()
    overview = bench.operate("overview")
    assert overview["boxes"] == []
    assert "Metadata Providers" in overview["message"]


@pytest.mark.parametrize(
    ("view", "expected"), [("unlinked", ["Free"]), ("linked", ["Rain"]), ("all", ["Free", "Rain"])]
)
def test_views(bench: Bench, local_rain: int, view: str, expected: list[str]) -> None:
    bench.add_tag("Free")
    assert names_of(bench.operate("tags_list", view=view)) == expected


def test_25_of_many_tags_are_one_page_with_the_count_of_all(bench: Bench) -> None:
    for number in range(60):
        bench.add_tag(f"Tag {number:02d}")
    answer = bench.operate("tags_list", page=2)
    assert (answer["count"], len(answer["tags"]), answer["tags"][0]["name"]) == (60, 25, "Tag 25")


@pytest.mark.parametrize(
    ("local", "remote", "aliases", "by"),
    [
        ("Wet walk", "wet WALK", [], "name"),
        ("Wet walk", "Rain walk", ["Wet Walk"], "alias"),
        ("Wet walk", "Wet walks", [], "fuzzy"),
    ],
)
def test_proposals_by_name_alias_and_likeness(
    bench: Bench, local: str, remote: str, aliases: list[str], by: str
) -> None:
    bench.add_tag(local)
    bench.world.add_tag(remote, aliases=aliases)
    bench.task("refresh_tags")
    assert proposals_for(bench, local) == [(remote, by)]


def test_proposals_by_synonyms_of_the_page(bench: Bench) -> None:
    bench.add_tag("Trekking")
    bench.world.add_tag("Hiking")
    bench.task("refresh_tags")
    bench.operate("synonyms_save", synonyms={"hiking": ["trekking"]})
    assert proposals_for(bench, "Trekking") == [("Hiking", "synonym")]


def test_blacklisted_and_rejected_tags_are_not_proposed(bench: Bench) -> None:
    first, second = bench.add_tag("Rain"), bench.add_tag("Hill")
    rain, hill = bench.world.add_tag("Rain"), bench.world.add_tag("Hill")
    bench.task("refresh_tags")
    bench.operate("blacklist_add", names=["rain"])
    bench.operate("link_reject", tag_id=second, endpoint=bench.box.endpoint, remote_id=hill.id)
    assert proposals_for(bench, "Rain") == proposals_for(bench, "Hill") == []
    assert bench.operate("remote_search", text="rain")["count"] == 0
    assert [row["name"] for row in bench.operate("rejected_list")["rejected"]] == ["Hill"]
    assert rain.id and first


def test_two_tags_with_the_same_link_are_conflicts(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_tag("Wet", rain)
    bench.add_tag("Hill", bench.world.add_tag("Hill"))
    assert names_of(bench.operate("tags_list", view="conflicts")) == ["Rain", "Wet"]


def test_a_tag_with_two_links_at_one_box_shows_both(bench: Bench, rain: Tag) -> None:
    fog = bench.world.add_tag("Fog")
    bench.stock.add_tag("Wet", stash_ids=[bench.link(rain), bench.link(fog)])
    bench.task("refresh_tags")
    (row,) = bench.operate("tags_list", view="conflicts")["tags"]
    assert [one["name"] for one in row["all_linked"]] == ["Rain", "Fog"]


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


def test_a_fetch_that_fails_keeps_the_old_list_and_marks_it(bench: Bench) -> None:
    for number in range(250):
        bench.world.add_tag(f"Tag {number}")
    bench.task("refresh_tags")
    bench.box.server.faults.add("graphql_error", operation="List", after=1)
    with pytest.raises(AssertionError, match="stay"):
        bench.task("refresh_tags")
    (box,) = bench.operate("overview")["boxes"]
    assert (box["count"], box["is_stale"]) == (250, True)
    assert bench.operate("remote_search", text="Tag 249")["count"] == 1


def age(bench: Bench, days: float) -> None:
    """The list was fetched so many days ago."""
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    with store.write() as db:
        db.execute("UPDATE tag_lists SET fetched = fetched - ?", (days * 86400,))
    store.close()


@pytest.mark.parametrize(("days", "setting", "found"), [(1, 7, 0), (8, 7, 1), (8, 10, 0), (8, 0, 0)])
def test_an_open_page_fetches_a_list_that_grew_old(bench: Bench, days: int, setting: int, found: int) -> None:
    bench.plugin.save_settings(tagListDays=setting)
    bench.task("refresh_tags")
    bench.world.add_tag("New")
    age(bench, days)
    for _ in range(2):
        bench.operate("heartbeat")
        bench.plugin.stash.services.jobs.wait_until_idle()
    assert bench.operate("remote_search", text="new")["count"] == found
    assert len(bench.plugin.stash.server.traffic.requests("runPluginTask")) == 1 + found


def test_the_old_list_of_a_box_that_is_gone_starts_nothing(bench: Bench, other: StashBox) -> None:
    bench.task("refresh_tags")
    age(bench, 8)
    bench.configure(other)
    bench.operate("heartbeat")
    assert len(bench.plugin.stash.server.traffic.requests("runPluginTask")) == 1


def test_a_box_whose_list_was_never_fetched_is_not_refreshed(bench: Bench) -> None:
    bench.operate("heartbeat")
    assert bench.plugin.stash.server.traffic.requests("runPluginTask") == []


def test_one_box_that_fails_does_not_stop_the_lists_of_others(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    other.world.add_tag("Hill")
    bench.box.server.faults.add("server_error")
    bench.task("refresh_tags")
    assert bench.operate("remote_search", endpoint=other.endpoint, text="hill")["count"] == 1


def test_a_tag_page_shows_every_link_with_the_boxes_name_for_it(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.task("refresh_tags")
    shown = bench.operate("tag_show", tag_id=local_rain)
    assert [(link["box"], link["name"], link["is_dead"]) for link in shown["links"]] == [("StashDB", "Rain", False)]
    assert shown["tag"]["linked"]["id"] == rain.id
    assert (shown["box"]["name"], len(shown["boxes"])) == ("StashDB", 1)


@pytest.mark.parametrize(("fault", "state"), [("", "ok"), ("unauthorized", "warning")])
def test_the_setup_tab_tests_the_boxes(bench: Bench, fault: str, state: str) -> None:
    if fault:
        bench.box.server.faults.add(fault)
    (verdict,) = bench.operate("setup_tests", only="boxes")["tests"]
    assert verdict["state"] == state
    assert "StashDB" in verdict["message"]


def test_the_setup_tab_names_patterns_that_cannot_be_used(bench: Bench) -> None:
    bench.operate("blacklist_save", entries=["/(oops/"])
    (verdict,) = bench.operate("setup_tests", only="patterns")["tests"]
    assert (verdict["state"], "(oops" in verdict["message"]) == ("warning", True)


def test_the_list_brings_the_boxes_along(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    answer = bench.operate("tags_list", endpoint=other.endpoint)
    assert ([box["name"] for box in answer["boxes"]], answer["box"]["name"]) == (["StashDB", "OtherBox"], "OtherBox")


def test_without_a_box_the_list_says_what_to_do(bench: Bench) -> None:
    bench.configure()
    answer = bench.operate("tags_list")
    assert (answer["tags"], answer["box"], "Metadata Providers" in answer["message"]) == ([], None, True)
