"""Getting a scene with Whisparr in a real browser: search now, why it waits, and a release that is grabbed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from tests.harness.browser import Screen
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench, set_up_whisparr


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Yield a performer with three scenes on the box, none in the library."""
    with StashBox(World("progress")) as box, install_plugin(assembled("missingScenes")) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick")
        bench.add_scenes(3, mira)
        bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
        yield bench


@pytest.fixture
def whisparr(bench: Bench) -> Iterator[WhisparrDouble]:
    """Yield a Whisparr that has all three scenes: one unmonitored, one searched in vain, one new."""
    with set_up_whisparr(bench) as double:
        know_box(double.state, bench.world.scenes.values())
        movies = [double.state.add_movie(each) for each in (double.state.catalogue or {}).values()]
        movies[0].monitored = False
        movies[1].last_search = double.state.now() - 3600
        yield double


def card(page: Page, title: str) -> Locator:
    """Return the card of a scene."""
    return page.locator("article").filter(has=page.get_by_role("heading", name=title, exact=True))


def open_progress(page: Page, title: str) -> Locator:
    """Open the dialog of a scene and return it."""
    card(page, title).get_by_role("button", name=f"Whisparr status of {title}").click()
    return page.get_by_role("dialog", name=f"Whisparr: {title}")


def test_a_waiting_scene_is_monitored_and_one_of_its_releases_is_grabbed(
    missing: Screen, whisparr: WhisparrDouble
) -> None:
    page = missing.visit("/plugins/missing-scenes")
    dialog = open_progress(page, "Scene 0")
    expect(dialog).to_contain_text("Whisparr does not monitor it")
    dialog.get_by_role("button", name="Monitor").click()
    expect(dialog).not_to_contain_text("Whisparr does not monitor it")
    assert whisparr.state.movies[1].monitored is True

    dialog.get_by_role("button", name="Look for releases").first.click()
    releases = dialog.get_by_role("list", name="Releases")
    expect(releases.get_by_role("listitem")).to_have_count(2)
    expect(releases).to_contain_text("SDTV is not wanted in profile")
    missing.shoot("missing-scenes-progress")
    page.set_viewport_size({"width": 390, "height": 844})
    missing.shoot("missing-scenes-progress-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    releases.get_by_role("button", name="Grab anyway").click()
    expect(dialog.locator(".ms-progress-status")).to_contain_text("Downloading")
    expect(dialog).to_contain_text("Grabbed Some.Release.1.480p")
    page.keyboard.press("Escape")
    expect(card(page, "Scene 0").locator(".ms-status")).to_contain_text("Downloading")


def test_all_waiting_scenes_are_searched_for_and_the_result_is_told(missing: Screen, whisparr: WhisparrDouble) -> None:
    page = missing.visit("/plugins/missing-scenes")
    page.get_by_role("button", name="Search now for 3 in Whisparr").click()
    expect(page.get_by_text("Whisparr is searching for 3 scenes")).to_be_visible()
    missing.shoot("missing-scenes-search")
    whisparr.state.advance(3)
    expect(page.get_by_text("Completed search for 3 movies")).to_be_visible()
    expect(card(page, "Scene 2").locator(".ms-status")).to_contain_text("Downloading")
    dialog = open_progress(page, "Scene 2")
    expect(dialog).to_contain_text("is downloading in client")


def test_a_second_whisparr_is_added_tested_and_chosen(missing: Screen, whisparr: WhisparrDouble, bench: Bench) -> None:
    with (second := WhisparrDouble()).server:
        second.state.api_key = "second-whisparr-key"
        page = missing.visit("/plugins/missing-scenes/setup")
        expect(page.locator(".sbk-step-fields")).not_to_have_count(0)
        # Until the tests of the steps have ended, what stands below them moves, and a click may miss its button.
        expect(page.locator(".sbk-step-test").filter(has_text=re.compile("Not tested|Testing"))).to_have_count(0)
        page.get_by_role("button", name="Add a Whisparr").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name").fill("4K")
        dialog.get_by_label("Address").fill(second.url)
        dialog.get_by_label("API key").fill("second-whisparr-key")
        dialog.get_by_role("button", name="Test").click()
        expect(dialog).to_contain_text("Choose a folder")
        dialog.get_by_label("Quality profile").select_option(label="Ultra-HD")
        dialog.get_by_label("Root folder").select_option("/data/scenes")
        dialog.get_by_role("button", name="Test").click()
        expect(dialog).to_contain_text("Connected to Whisparr")
        missing.shoot("missing-scenes-more-whisparrs")
        page.set_viewport_size({"width": 390, "height": 844})
        missing.shoot("missing-scenes-more-whisparrs-narrow")
        page.set_viewport_size({"width": 1280, "height": 800})
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_role("list", name="More Whisparrs").first).to_contain_text("4K")
        missing.shoot("missing-scenes-setup-more")

        whisparr.state.movies.clear()
        page = missing.visit("/plugins/missing-scenes")
        page.get_by_role("button", name="Add all 3 to Whisparr").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Whisparr", exact=True).select_option(label="4K")
        expect(dialog.get_by_label("Quality profile")).to_have_value("6")
        dialog.get_by_role("button", name="Add 3").click()
        expect(card(page, "Scene 0").locator(".ms-status")).to_contain_text('Whisparr "4K"')
        assert (len(second.state.movies), whisparr.state.movies) == (3, {})
