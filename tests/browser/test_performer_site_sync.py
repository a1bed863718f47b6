"""Performer/Site Sync in a real browser: a preview before anything is written, for all and for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.performerSiteSync.conftest import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A linked performer whose eyes and country the library does not know."""
    folder = assemble(ROOT / "performerSiteSync", tmp_path / "performerSiteSync")
    with StashBox(World("people")) as box, install_plugin(folder) as plugin:
        bench = Bench(plugin, box)
        bench.own(box.world.add_performer("Mira Mosswick <b>", eye_color="BLUE", country="NL"))
        yield bench


@pytest.fixture
def people(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, bench.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def make_preview(screen: Screen) -> None:
    """A preview of all performers, shown."""
    screen.visit("/plugins/performer-site-sync").get_by_role("button", name="Preview performers").click()
    expect(screen.page.get_by_role("row").filter(has_text="eye_color")).to_be_visible(timeout=60_000)


def test_a_preview_lists_every_change_and_writes_nothing(people: Screen, bench: Bench) -> None:
    make_preview(people)

    expect(people.page.get_by_role("row").filter(has_text="eye_color")).to_contain_text("Blue")
    people.shoot("performer-site-sync")
    assert bench.show(1)["eye_color"] in (None, "")


def test_what_is_ticked_off_stays_as_it_is(people: Screen, bench: Bench) -> None:
    make_preview(people)
    page = people.page
    page.get_by_role("row").filter(has_text="country").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Apply").first.click()
    page.get_by_role("dialog").get_by_role("button").last.click()

    expect(page.get_by_text("1 changed").first).to_be_visible(timeout=60_000)
    assert (bench.show(1)["eye_color"], bench.show(1)["country"]) == ("Blue", None) or bench.show(1)["country"] == ""


def test_the_button_on_a_performers_page_shows_what_the_boxes_know(people: Screen) -> None:
    """acceptance 60, in the browser"""
    page = people.visit("/performers/1")
    page.locator("#performer-page").get_by_role("button", name="Sync from boxes").click()

    expect(page.get_by_role("dialog").get_by_role("row").filter(has_text="eye_color")).to_be_visible(timeout=60_000)


def test_a_report_shows_how_complete_the_library_is(people: Screen) -> None:
    page = people.visit("/plugins/performer-site-sync/report")
    page.get_by_role("button", name="Make a report").click()

    expect(page.get_by_text("1 of 1 are linked")).to_be_visible(timeout=60_000)


@pytest.mark.window(width=360, height=740)
def test_the_preview_fits_a_phone(people: Screen) -> None:
    make_preview(people)

    people.shoot("performer-site-sync-phone")
    assert people.width_of_content() <= 360
