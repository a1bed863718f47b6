"""The list of tags with its views and proposals, the overview, and the tag page."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


def names_of(answer: Any) -> list[str]:
    return [row["name"] for row in answer["tags"]]


def proposals_for(bench: Bench, name: str) -> list[tuple[str, str]]:
    """Return name and rule of each proposal for a tag."""
    row = next(row for row in bench.operate("tags_list", view="all")["tags"] if row["name"] == name)
    return [(each["name"], each["by"]) for each in row["proposals"]]


def test_the_overview_counts_links_per_box(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_tag("Free")
    bench.task("refresh_tags")
    (box,) = bench.operate("overview")["boxes"]
    assert (box["linked"], box["unlinked"], box["count"], box["is_stale"]) == (1, 1, 1, False)


def test_the_figures_sort_tags_by_how_they_stand_at_the_box(bench: Bench, rain: Tag, local_rain: int) -> None:
    for name in ("Snow", "Thunderstorm"):
        bench.world.add_tag(name)
    for name in ("snow", "Thunderstorms", "Piano"):
        bench.add_tag(name)
    bench.task("refresh_tags")
    figures = bench.operate("match_figures")
    counted = {name: figures[name] for name in ("tags", "linked", "exact", "similar", "other", "not_compared", "dead")}
    assert counted == {"tags": 4, "linked": 1, "exact": 1, "similar": 1, "other": 1, "not_compared": 0, "dead": 0}
    assert figures["unmatched"] is None
    asked = bench.operate("overview", figures=True, endpoint=figures["endpoint"])
    assert (asked["figures"], bench.operate("overview")["figures"]) == (figures, None)
    assert names_of(bench.operate("tags_list", view="exact")) == ["snow"]
    assert names_of(bench.operate("tags_list", view="similar")) == ["Thunderstorms"]
    assert names_of(bench.operate("tags_list", view="similar", text="none")) == []


def count_similar(bench: Bench) -> int:
    """Return the figure of similar tags, asked twice: compared, and from what was compared before."""
    first, again = (bench.operate("match_figures") for _ in range(2))
    assert first == again
    return int(first["similar"])


def test_figures_that_were_compared_before_follow_every_change_that_matters(bench: Bench, rain: Tag) -> None:
    thunder = bench.world.add_tag("Thunderstorm")
    number = bench.add_tag("Thunderstorms")
    bench.task("refresh_tags")
    assert count_similar(bench) == 1
    bench.operate_on("link_reject", number, thunder)
    assert count_similar(bench) == 0
    bench.operate_on("link_unreject", number, thunder)
    assert count_similar(bench) == 1
    bench.operate("blacklist_add", names=["Thunderstorm"])
    assert count_similar(bench) == 0
    bench.operate("blacklist_remove", names=["Thunderstorm"])
    bench.plugin.save_settings(enableFuzzySearch=False)
    assert count_similar(bench) == 0
    bench.plugin.save_settings(enableFuzzySearch=True)
    bench.world.change(thunder, name="Hail")
    bench.task("refresh_tags")
    assert count_similar(bench) == 0
    bench.stash.tags.update(number, {"name": "Hails"})
    assert count_similar(bench) == 1


def test_without_a_box_the_overview_says_what_to_do(bench: Bench) -> None:
    bench.configure()
    overview = bench.operate("overview")
    assert overview["boxes"] == []
    assert "Metadata Providers" in overview["message"]


@pytest.mark.parametrize(
    ("view", "expected"), [("unlinked", ["Free"]), ("linked", ["Rain"]), ("all", ["Free", "Rain"])]
)
def test_a_view_lists_its_tags(bench: Bench, local_rain: int, view: str, expected: list[str]) -> None:
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
def test_tags_are_proposed_by_name_alias_and_similarity(
    bench: Bench, local: str, remote: str, aliases: list[str], by: str
) -> None:
    bench.add_tag(local)
    bench.world.add_tag(remote, aliases=aliases)
    bench.task("refresh_tags")
    assert proposals_for(bench, local) == [(remote, by)]


def test_tags_are_proposed_by_the_synonyms_of_the_page(bench: Bench) -> None:
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


def test_a_tag_page_shows_every_link_with_the_boxes_name_for_it(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.task("refresh_tags")
    shown = bench.operate("tag_show", tag_id=local_rain)
    assert [(link["box"], link["name"], link["is_dead"]) for link in shown["links"]] == [("StashDB", "Rain", False)]
    assert shown["tag"]["linked"]["id"] == rain.id
    assert (shown["box"]["name"], len(shown["boxes"])) == ("StashDB", 1)


def test_the_list_comes_with_the_boxes(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    answer = bench.operate("tags_list", endpoint=other.endpoint)
    assert ([box["name"] for box in answer["boxes"]], answer["box"]["name"]) == (["StashDB", "OtherBox"], "OtherBox")


def test_without_a_box_the_list_says_what_to_do(bench: Bench) -> None:
    bench.configure()
    answer = bench.operate("tags_list")
    assert (answer["tags"], answer["box"], "Metadata Providers" in answer["message"]) == ([], None, True)
