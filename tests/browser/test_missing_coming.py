"""The Coming up tab in a real browser: announced scenes by day, which can be wanted and opened."""

from __future__ import annotations

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
def missing(assembled: Callable[[str], Path], chromium: Browser) -> Iterator[Screen]:
    """Yield a window on a favorite performer with two announced scenes."""
    with StashBox(World("coming")) as box, install_plugin(assembled("missingScenes")) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick")
        bench.world.add_scene("First of June", performers=(mira,), release_date="2199-06-01", details="Up the hill.")
        bench.world.add_scene("Some time in July", performers=(mira,), release_date="2199-07")
        bench.world.add_scene("Out already", performers=(mira,), release_date="2001-01-01")
        bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
        with open_screen(chromium, plugin.stash, known=(box.server.url,)) as screen:
            yield screen


def test_announced_scenes_stand_under_their_day_and_can_be_wanted(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes/coming")
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
