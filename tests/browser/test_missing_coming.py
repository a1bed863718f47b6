"""The Coming up tab in a real browser: announced scenes by day, which can be wanted and opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Yield a favorite performer with two announced scenes."""
    with StashBox(World("coming")) as box, install_plugin(assembled("missingScenes")) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick")
        bench.world.add_scene("First of June", performers=(mira,), release_date="2199-06-01", details="Up the hill.")
        bench.world.add_scene("Some time in July", performers=(mira,), release_date="2199-07")
        bench.world.add_scene("Out already", performers=(mira,), release_date="2001-01-01")
        bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
        yield bench


def test_announced_scenes_stand_under_their_day_and_can_be_wanted(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes/coming?view=list")
    expect(page.get_by_role("heading", name="June 1, 2199")).to_be_visible()
    expect(page.get_by_role("heading", name="July 2199")).to_be_visible()
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("button", name="Want First of June").click()
    expect(page.get_by_role("button", name="Remove First of June from Wanted")).to_be_visible()
    missing.shoot("missing-scenes-coming")
    page.set_viewport_size({"width": 390, "height": 844})
    missing.shoot("missing-scenes-coming-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_text("First of June").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Up the hill.")


def test_the_calendar_shows_the_month_of_the_next_scene_and_leads_to_the_months_with_scenes(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes/coming")
    month = page.get_by_role("table", name="June 2199")
    expect(month.locator("td", has_text="First of June")).to_contain_text("1")
    missing.shoot("missing-scenes-calendar")
    page.get_by_role("button", name="Next month with scenes").click()
    expect(page.get_by_role("table", name="July 2199")).to_be_visible()
    expect(page.locator("section", has_text="Day not known yet")).to_contain_text("Some time in July")
    expect(page.get_by_role("button", name="Next month with scenes")).to_be_disabled()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Earlier month with scenes").click()
    assert missing.width_of_content() <= 390
    missing.shoot("missing-scenes-calendar-narrow")
    page.get_by_role("button", name="First of June").click()
    expect(page.get_by_role("dialog")).to_contain_text("Up the hill.")


def test_without_a_stash_box_the_tab_leads_to_the_page_that_adds_one(
    assembled: Callable[[str], Path], chromium: Browser
) -> None:
    with (
        install_plugin(assembled("missingScenes")) as plugin,
        open_screen(chromium, plugin.stash) as screen,
    ):
        page = screen.visit("/plugins/missing-scenes/coming")
        expect(page.get_by_text("No stash-box", exact=True)).to_be_visible()
        add = page.get_by_role("link", name="Add a stash-box")
        expect(add).to_have_attribute("href", re.compile("tab=metadata-providers"))
