"""Look-alikes: the rules that find them, the list with its evidence, and merges with the chosen names and parents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tagging.cleaning.look_alikes import BoxNames, find_look_alikes

from sandbox.stash.stocking import StashId
from shared.tag_matching import LocalTag, Synonyms
from tests.tagManager.conftest import Bench


def find_rules(names: Sequence[str], **more: object) -> list[str]:
    """Return the rules by which tags with these names look alike."""
    tags = [LocalTag(number + 1, name) for number, name in enumerate(names)]
    return [found.rule for found in find_look_alikes(tags, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (["Blue Sky", "blue-sky"], "spelling"),
        (["Café", "CAFE"], "spelling"),
        (["Straße", "Strasse"], "spelling"),
        (["Hill", "Hills"], "plural"),
        (["Berry", "Berries"], "plural"),
        (["Box on the beach", "Boxes on the Beach"], "plural"),
        (["Hair, Red", "Red hair"], "word_order"),
        (["Brunettte Hair", "Brunette Hair"], "similar"),
    ],
)
def test_names_that_mean_the_same_look_alike(names: list[str], rule: str) -> None:
    assert find_rules(names) == [rule]


@pytest.mark.parametrize(
    "names",
    [["Glass", "Glas"], ["Scene 1", "Scene 2"], ["Cat", "Car"], ["!!!", "???"], ["Rain", "Snow"]],
)
def test_names_that_differ_do_not(names: list[str]) -> None:
    assert find_rules(names) == []


def test_synonyms_of_the_user_and_names_at_the_box_count() -> None:
    assert find_rules(["Hiking", "Trekking"], synonyms=Synonyms([["hiking", "trekking"]])) == ["synonym"]
    assert find_rules(["Hiking", "Trekking"], box_names=[BoxNames(1, ["Hiking", "Trekking"])]) == ["box_alias"]


def test_an_alias_in_another_spelling_and_the_same_box_tag_are_surer_than_the_name() -> None:
    link = ("https://box.example/graphql", "1")
    aliased = [LocalTag(1, "Rain", ("Drizzle",)), LocalTag(2, "Drïzzle")]
    linked = [LocalTag(1, "Rain", (), (link,)), LocalTag(2, "Rains", (), ((link[0] + "/", "1"),))]
    assert [(found.rule, found.score) for found in find_look_alikes(aliased)] == [("alias", 98)]
    assert [(found.rule, found.score) for found in find_look_alikes(linked)] == [("box_tag", 100)]


def test_two_spellings_of_an_endpoint_are_one_box() -> None:
    links = [("https://box.example/graphql/", "1"), ("HTTPS://Box.example/graphql", "1")]
    tags = [LocalTag(number, name, (), (link,)) for number, (name, link) in enumerate(zip(("Rain", "Snow"), links))]
    assert [found.rule for found in find_look_alikes(tags)] == ["box_tag"]


@pytest.mark.parametrize("is_upper", [False, True])
def test_the_box_names_of_a_tag_linked_in_another_spelling_count(bench: Bench, is_upper: bool) -> None:
    rain = bench.world.add_tag("Rain", aliases=["Drizzle"])
    bench.task("refresh_tags")
    endpoint = bench.box.endpoint
    spelled = endpoint.replace("http:", "HTTP:") if is_upper else f"{endpoint}/"
    wet, drizzle = bench.stock.add_tag("Wet", stash_ids=[StashId(spelled, rain.id)]), bench.stock.add_tag("Drizzle")
    bench.task("lookalikes_find")
    pairs = bench.operate("lookalikes_list")["pairs"]
    assert [(pair["one"]["id"], pair["other"]["id"], pair["rule"]) for pair in pairs] == [(wet, drizzle, "box_alias")]


def test_tags_that_all_have_one_key_in_common_do_not_become_millions_of_pairs() -> None:
    tags = [LocalTag(number, f"No. {number}", ("shared",)) for number in range(1, 2001)]
    assert find_look_alikes(tags) == []


@pytest.fixture
def alike(bench: Bench) -> tuple[int, int]:
    """Return two tags that differ in the plural; both are on one scene, and each has an alias and a parent."""
    stock = bench.stock
    nature, ground = stock.add_tag("Nature"), stock.add_tag("Ground")
    hill = stock.add_tag("Hill", aliases=["Mound"], parents=[nature])
    hills = stock.add_tag("Hills", aliases=["Downs"], parents=[ground])
    stock.add_scene("Both", tags=[hill, hills])
    stock.add_scene("One", tags=[hills])
    bench.task("lookalikes_find")
    return hill, hills


def test_a_pair_is_listed_with_its_evidence_and_can_be_called_not_the_same(
    bench: Bench, alike: tuple[int, int]
) -> None:
    (pair,) = bench.operate("lookalikes_list")["pairs"]
    shown = (pair["one"]["name"], pair["other"]["name"], pair["rule"], pair["shared_scenes"], pair["keep"])
    assert shown == ("Hill", "Hills", "plural", 1, alike[1])
    bench.operate("lookalike_distinct", one=alike[1], other=alike[0])
    bench.task("lookalikes_find")
    assert bench.operate("lookalikes_list")["count"] == 0
    assert bench.operate("lookalikes_list", distinct=True)["count"] == 1
    bench.operate("lookalike_distinct", one=alike[0], other=alike[1], distinct=False)
    assert bench.operate("lookalikes_list")["count"] == 1


def test_a_merge_keeps_the_chosen_side_names_and_parents(bench: Bench, alike: tuple[int, int]) -> None:
    hill, hills = alike
    ground = bench.stash.tags.page("name", {"name": {"value": "Ground", "modifier": "EQUALS"}}).rows[0]["id"]
    chosen = {"new_name": "Green hill", "aliases": ["Hill", "Hills", "Downs"], "parents": [int(ground)]}
    plan = bench.operate("lookalike_merge", source=hills, destination=hill, **chosen)
    run = bench.apply(plan)
    assert (run["state"], run["undoable"]) == ("finished", 0)
    tag = bench.tags_by_name()["Green hill"]
    assert (sorted(tag["aliases"]), tag["parents"]) == (["Downs", "Hill", "Hills"], [{"name": "Ground"}])
    assert [bench.tags_of(scene) for scene in bench.stash.scenes.ids()] == [{hill}, {hill}]
    assert bench.operate("lookalikes_list")["pairs"] == []


def test_a_name_that_a_third_tag_has_is_a_conflict_before_anything_is_written(
    bench: Bench, alike: tuple[int, int]
) -> None:
    answer = bench.operate("lookalike_merge", source=alike[1], destination=alike[0], new_name="Nature")
    assert (answer["plan_id"], [each["message"] for each in answer["conflicts"]]) == (
        None,
        ['"Nature" is the name of the tag Nature.'],
    )
