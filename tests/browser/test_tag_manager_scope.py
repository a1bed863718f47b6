"""Syncs that are about some scenes only, from where people see these scenes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Scene 0 to Scene 4 would get Rain; Scene 0 is Ada's, Scene 1 is of Harbor Light."""
    with (
        StashBox(World("tags")) as box,
        install_plugin(assembled("tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        rain = bench.world.add_tag("Rain")
        bench.add_tag("Rain", rain)
        first, second, *_ = bench.add_scenes(5, rain)
        bench.stash.scenes.update(first, {"performer_ids": [bench.stock.add_performer("Ada <Sample>")]})
        bench.stash.scenes.update(second, {"studio_id": bench.stock.add_studio("Harbor Light")})
        yield bench


@pytest.fixture
def stash(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, bench.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


SAVE = "mutation Save($input: SaveFilterInput!) { saveFilter(input: $input) { id } }"


def save_filter(bench: Bench, name: str, criteria: dict[str, object], text: str = "") -> None:
    """A filter as Stash's own list saves it."""
    given = {"mode": "SCENES", "name": name, "object_filter": criteria, "find_filter": {"q": text}}
    bench.stash.ask(SAVE, {"input": given})


def make_plan(screen: Screen, about: str, count: int) -> None:
    """Plan what was handed over, and see that the plan says so."""
    page = screen.page
    expect(page.locator("#tm-scope option:checked")).to_have_text(about)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("button", name=f"Add {count} tag")).to_be_visible()
    expect(page.get_by_role("heading", name="Tags from StashDB: ")).to_be_visible()


def test_the_scenes_selected_in_the_list_are_handed_over(stash: Screen) -> None:
    page = stash.visit("/scenes")
    page.locator(".scene-card", has_text="Scene 2").get_by_role("checkbox").check()
    page.locator(".scene-card", has_text="Scene 3").get_by_role("checkbox").check()
    page.locator("#scene-list-operations").click()
    stash.shoot("scope-menu")
    page.get_by_role("button", name="Sync tags of the selected scenes…").click()
    make_plan(stash, "2 selected scenes", 2)
    stash.shoot("scope-selected")


def test_scenes_selected_on_other_pages_of_the_list_are_not_passed_over_in_silence(stash: Screen) -> None:
    page = stash.visit("/scenes?perPage=2")
    page.locator(".scene-card").first.get_by_role("checkbox").check()
    page.get_by_role("button", name="2", exact=True).first.click()
    expect(page.locator(".scene-card", has_text="Scene 2")).to_be_visible()
    page.locator(".scene-card").first.get_by_role("checkbox").check()
    page.locator("#scene-list-operations").click()
    page.get_by_role("button", name="Sync tags of the selected scenes…").click()
    expect(page.get_by_text("Only 1 of the 2 selected scenes")).to_be_visible()
    expect(page.locator("#tm-scope option:checked")).to_have_text("1 of 2 selected scenes")


def test_what_the_list_is_searched_for_is_handed_over(stash: Screen) -> None:
    page = stash.visit("/scenes?q=4")
    expect(page.locator(".scene-card")).to_have_count(1)
    page.locator("#scene-list-operations").click()
    page.get_by_role("button", name="Sync tags of all scenes found…").click()
    make_plan(stash, "1 scene found in the list", 1)


def test_an_unfiltered_list_means_all_scenes(stash: Screen) -> None:
    page = stash.visit("/scenes")
    expect(page.locator(".scene-card")).to_have_count(5)
    page.locator("#scene-list-operations").click()
    page.get_by_role("button", name="Sync tags of all scenes found…").click()
    expect(page.locator("#tm-scope option:checked")).to_have_text("All linked scenes")


def test_a_performers_page_starts_a_sync_of_her_scenes(stash: Screen) -> None:
    page = stash.visit("/performers/1")
    page.locator("#performer-page").get_by_role("button", name="Sync scene tags").click()
    expect(page.get_by_role("combobox", name="Performer")).to_have_value("Ada <Sample>")
    make_plan(stash, "Performer", 1)


@pytest.mark.window(width=360, height=740)
def test_a_studio_is_chosen_on_the_page(stash: Screen) -> None:
    page = stash.visit("/plugins/tag-manager/sync")
    page.get_by_label("Scenes", exact=True).select_option(label="Studio (with sub-studios)")
    expect(page.get_by_role("button", name="Preview")).to_be_disabled()
    page.get_by_role("combobox", name="Studio").fill("harb")
    page.get_by_role("option", name="Harbor Light").click()
    make_plan(stash, "Studio (with sub-studios)", 1)
    stash.shoot("scope-phone")
    assert stash.width_of_content() <= 360


@pytest.mark.window(width=360, height=740)
def test_a_saved_filter_is_chosen_on_the_page_or_says_why_it_cannot_be(stash: Screen, bench: Bench) -> None:
    page = stash.visit("/plugins/tag-manager/sync")
    page.get_by_label("Scenes", exact=True).select_option(label="Saved filter")
    expect(page.get_by_text("You have no saved filter of scenes.")).to_be_visible()
    save_filter(bench, "Fourth <one>", {}, text="4")
    save_filter(bench, "Strange", {"play_weather": {"value": "wet", "modifier": "EQUALS"}})
    stash.visit("/plugins/tag-manager/sync")
    page.get_by_label("Scenes", exact=True).select_option(label="Saved filter")
    page.get_by_label("Saved filter").select_option(label="Strange")
    expect(page.get_by_text("asks for play weather, which cannot be taken over.")).to_be_visible()
    expect(page.get_by_role("button", name="Preview")).to_be_disabled()
    stash.shoot("scope-saved-refused")
    page.get_by_label("Saved filter").select_option(label="Fourth <one>")
    make_plan(stash, "Saved filter", 1)
    expect(page.get_by_role("heading", name="Tags from StashDB: Fourth <one>")).to_be_visible()
    stash.shoot("scope-saved")
    assert stash.width_of_content() <= 360
