"""Stash2Plex in a real browser: the queue as it moves, a scene's preview, the match map, the editor of path rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from sandbox.plex.server import PlexDouble
from tests.harness.browser import Screen, calls_of, open_screen, wait_for
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.stash2plex.pair import Pair

HOME = "/plugins/stash2plex"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A Stash with the plugin and a Plex that takes what is sent."""
    plex = PlexDouble()
    with plex.server, install_plugin(assemble(ROOT / "stash2plex", tmp_path / "stash2plex")) as plugin:
        pair = Pair(plugin, plex)
        pair.set(enabled=True)
        yield pair
        pair.store.close()


@pytest.fixture
def screen(request: pytest.FixtureRequest, chromium: Browser, pair: Pair) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, pair.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def pane(screen: Screen, tab: str = "") -> Locator:
    """The page, opened on one of its tabs."""
    return screen.visit(f"{HOME}/{tab}" if tab else HOME).locator(".sbk-page")


def park_two(pair: Pair) -> None:
    """Two scenes that Plex does not have."""
    pair.set(skip_not_found=True)
    pair.sync(*(pair.scene(f"Lost {each}", f"/data/lost{each}.mp4") for each in (1, 2)))


def test_an_open_page_sends_what_waits_without_a_reload(screen: Screen, pair: Pair) -> None:
    """acceptance 75"""
    scene, item = pair.both("Beach day")
    page = pane(screen)
    expect(page).to_contain_text("Nothing was sent yet")

    pair.put(scene)
    expect(page).to_contain_text("Nothing waits", timeout=20_000)
    assert item.title == "Beach day"
    screen.shoot("stash2plex-queue-done")


def test_a_plex_that_is_away_is_never_called_all_good(screen: Screen, pair: Pair) -> None:
    scene, _ = pair.both("Beach day")
    pair.put(scene)
    with pair.plex_away():
        page = pane(screen)
        expect(page.get_by_role("alert")).to_contain_text("Plex cannot be used since", timeout=20_000)
        expect(page.get_by_role("alert")).to_contain_text("nothing is lost")
        expect(page).not_to_contain_text("Nothing waits")
        screen.shoot("stash2plex-queue-down")


def test_without_an_address_the_page_leads_to_setup(screen: Screen, pair: Pair) -> None:
    pair.set(plex_url=None)
    page = pane(screen)
    expect(page).to_contain_text("Plex is not set up yet")
    page.get_by_role("link", name="Open Setup").click()
    expect(page).to_contain_text("Connections")


def test_pause_holds_the_queue_and_go_on_empties_it(screen: Screen, pair: Pair) -> None:
    """acceptance 75"""
    page = pane(screen)
    page.get_by_role("button", name="Pause").click()
    expect(page).to_contain_text("Paused by hand.")
    scene, item = pair.both("Beach day")
    pair.put(scene)
    expect(page.get_by_role("button", name="1 Waiting")).to_be_visible(timeout=20_000)
    assert item.title == "beach"
    page.get_by_role("button", name="Go on now").click()
    expect(page).to_contain_text("Nothing waits", timeout=20_000)
    assert item.title == "Beach day"


def test_one_class_of_reason_is_tried_again(screen: Screen, pair: Pair) -> None:
    """acceptance 75"""
    park_two(pair)
    page = pane(screen)
    page.get_by_role("button", name="Needs a look").click()
    page.get_by_label("Reason", exact=True).select_option("not_in_plex")
    expect(page.get_by_role("row", name="Lost 1")).to_contain_text("Not in Plex")
    screen.shoot("stash2plex-queue-parked")
    page.get_by_role("button", name="Try all 2 with this reason again").click()
    wait_for(lambda: len(calls_of(pair.plugin.stash, "queue_retry")) == 1, screen.page)
    assert calls_of(pair.plugin.stash, "queue_retry")[0]["reason"] == "not_in_plex"


def test_a_chosen_scene_is_skipped_and_the_others_stay(screen: Screen, pair: Pair) -> None:
    """acceptance 75"""
    park_two(pair)
    page = pane(screen)
    page.get_by_role("button", name="Needs a look").click()
    page.get_by_role("checkbox", name="Select Lost 1").check()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("row", name="Lost 1")).to_have_count(0)
    expect(page.get_by_role("row", name="Lost 2")).to_have_count(1)


def test_clear_asks_with_the_number_first(screen: Screen, pair: Pair) -> None:
    """acceptance 75"""
    park_two(pair)
    page = pane(screen)
    page.get_by_role("button", name="Needs a look").click()
    page.get_by_role("button", name="Clear…").click()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Take 2 scenes out of the queue?")
    assert calls_of(pair.plugin.stash, "queue_remove") == []
    dialog.get_by_role("button", name="Take 2 out").click()
    expect(page).to_contain_text("No scene needs a look.")


@pytest.mark.window(width=360, height=740)
def test_the_queue_fits_a_phone(screen: Screen, pair: Pair) -> None:
    park_two(pair)
    page = pane(screen)
    page.get_by_role("button", name="Needs a look").click()
    expect(page).to_contain_text("Lost 1")
    assert screen.width_of_content() <= 360
    screen.shoot("stash2plex-queue-phone")
