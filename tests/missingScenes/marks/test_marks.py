"""Wanted and ignored scenes: kept without any other program, exported, taken back."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.stashbox.model import Performer, SiteLink
from shared.errors import GraphQLFailed
from tests.missingScenes.conftest import Bench, ids_of


@pytest.fixture
def cards(bench: Bench, mira: Performer, local_mira: str) -> list[dict[str, Any]]:
    """Return three missing scenes as the page got them."""
    bench.add_scenes(3, mira, studio=bench.world.add_studio("Hill Films"))
    cards: list[dict[str, Any]] = bench.find(local_mira)["scenes"]
    return cards


def mark(bench: Bench, name: str, cards: list[dict[str, Any]], is_on: bool = True) -> Any:
    return bench.plugin.operation("mark_scenes", list=name, is_on=is_on, endpoint=bench.box.endpoint, scenes=cards)


def listed(bench: Bench, name: str, **args: Any) -> list[str]:
    return ids_of(bench.plugin.operation("list_marked", list=name, **args))


def test_a_wanted_scene_is_marked_in_the_list(bench: Bench, local_mira: str, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", cards[:1])
    assert [card["wanted"] for card in bench.find(local_mira)["scenes"]] == [True, False, False]
    assert listed(bench, "wanted") == [cards[0]["id"]]


def test_an_ignored_scene_is_hidden_until_asked_for(bench: Bench, local_mira: str, cards: list[dict[str, Any]]) -> None:
    mark(bench, "ignored", cards[:1])
    page = bench.find(local_mira)
    assert page["figures"]["hidden"] == {"ignored": 1}
    assert bench.find(local_mira, show_ignored=True)["scenes"][0]["ignored"] is True


def test_ignoring_a_scene_takes_it_off_the_wanted_list(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", cards)
    mark(bench, "ignored", cards[:1])
    assert set(listed(bench, "wanted")) == {cards[1]["id"], cards[2]["id"]}


def test_marking_twice_changes_nothing(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", cards)
    assert mark(bench, "wanted", cards)["run"]["totals"]["unchanged"] == 3


@pytest.mark.parametrize("is_on", [True, False])
def test_a_mark_can_be_taken_back(bench: Bench, cards: list[dict[str, Any]], is_on: bool) -> None:
    run = mark(bench, "wanted", cards)["run"]
    if not is_on:
        run = mark(bench, "wanted", cards, is_on=False)["run"]
    plan = bench.plugin.operation("history_undo", run_id=run["id"], preview=True)
    bench.plugin.operation("history_undo", plan_id=plan["plan_id"])
    assert len(listed(bench, "wanted")) == (0 if is_on else 3)


def test_a_list_is_searched_sorted_and_paged(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", cards)
    assert listed(bench, "wanted", text="Scene 1") == [card["id"] for card in cards if card["title"] == "Scene 1"]
    titles = bench.plugin.operation("list_marked", list="wanted", sort="title", page=2, page_size=2)
    assert ([card["title"] for card in titles["scenes"]], titles["count"]) == (["Scene 2"], 3)


@pytest.mark.parametrize(
    ("text", "count"), [("ÉTÉ", 1), ("100%", 1), ("hill FILMS", 3), ("mosswick", 3), ("https", 0), ("_cene", 0)]
)
def test_a_list_is_searched_in_what_people_read(
    bench: Bench, cards: list[dict[str, Any]], text: str, count: int
) -> None:
    mark(bench, "wanted", [{**cards[0], "title": "Un été à 100%"}, *cards[1:]])
    assert len(listed(bench, "wanted", text=text)) == count


def test_wanting_a_scene_takes_it_off_the_ignored_list(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "ignored", cards)
    run = mark(bench, "wanted", cards[:1])["run"]
    assert set(listed(bench, "ignored")) == {card["id"] for card in cards[1:]}
    undo = bench.plugin.operation("history_undo", run_id=run["id"], preview=True)
    bench.plugin.operation("history_undo", plan_id=undo["plan_id"])
    assert (len(listed(bench, "ignored")), listed(bench, "wanted")) == (3, [])


def test_a_wanted_scene_that_has_arrived_is_shown_as_owned(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", cards)
    bench.stash.scenes.create({"title": "x", "stash_ids": bench.links(cards[1]["id"])})
    rows = bench.plugin.operation("list_marked", list="wanted")["scenes"]
    assert {row["id"] for row in rows if row["owned"]} == {cards[1]["id"]}


def export(bench: Bench, kind: str) -> str:
    return str(bench.plugin.operation("export_marked", list="wanted", format=kind)["text"])


def test_a_list_is_exported_for_spreadsheets_programs_and_browsers(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", cards)
    rows = list(csv.DictReader(io.StringIO(export(bench, "csv"))))
    assert {(row["studio"], row["performers"], row["box"]) for row in rows} == {
        ("Hill Films", "Mira Mosswick", "StashDB")
    }
    assert {row["id"] for row in json.loads(export(bench, "json"))} == {card["id"] for card in cards}
    assert sorted(export(bench, "links").split()) == sorted(card["url"] for card in cards)


def test_a_title_is_no_formula_in_a_spreadsheet(bench: Bench, cards: list[dict[str, Any]]) -> None:
    mark(bench, "wanted", [{**cards[0], "title": "=1+1"}])
    assert next(csv.DictReader(io.StringIO(export(bench, "csv"))))["title"] == "'=1+1"


def test_the_lists_work_while_the_box_is_down(bench: Bench, cards: list[dict[str, Any]]) -> None:
    bench.box.stop()
    mark(bench, "wanted", cards)
    assert len(listed(bench, "wanted")) == 3


@pytest.mark.parametrize("scenes", [[], [{}], "all", [{"id": "x"}] * 5001])
def test_a_mark_needs_scenes(bench: Bench, scenes: Any) -> None:
    with pytest.raises(Exception, match="cenes"):
        mark(bench, "wanted", scenes)


def test_clicks_in_a_row_all_count(bench: Bench, cards: list[dict[str, Any]]) -> None:
    with ThreadPoolExecutor(6) as clicks:
        list(clicks.map(lambda card: mark(bench, "wanted", [card]), [*cards, *cards]))
    assert len(listed(bench, "wanted")) == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"url": "javascript:alert(1)"},
        {"image": "data:text/html,x"},
        {"title": "x" * 100_000},
        {"studio": {"id": "1", "name": "x" * 100_000}},
        {"performers": [{"id": "1", "name": "x" * 100_000}]},
    ],
)
def test_odd_addresses_and_endless_names_are_refused(
    bench: Bench, cards: list[dict[str, Any]], odd: dict[str, Any]
) -> None:
    with pytest.raises(GraphQLFailed, match="is not accepted"):
        mark(bench, "wanted", [cards[1], {**cards[0], **odd}])
    assert listed(bench, "wanted") == []


def test_details_leave_out_odd_links_and_say_so(bench: Bench, mira: Performer) -> None:
    site = bench.world.add_site("Home")
    links = [SiteLink(url, site.id) for url in ("javascript:alert(1)", "https://a.example/1")]
    scene = bench.world.add_scene("Odd", performers=(mira,), links=links)
    shown = bench.operate("scene_details", endpoint=bench.box.endpoint, scene_id=scene.id)["scene"]
    assert [link["url"] for link in shown["links"]] == ["https://a.example/1"]
    assert shown["left_out"] == ['"javascript:alert(1)", which is no web address']
