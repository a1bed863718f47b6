"""Missing Scenes in a real browser: from a performer's page to the scenes that are not in the library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.missingScenes.conftest import Bench, set_up_whisparr

BUTTON = "Missing Scenes"


@pytest.fixture
def box() -> Iterator[StashBox]:
    with StashBox(World("missing")) as box:
        yield box


@pytest.fixture
def bench(tmp_path: Path, box: StashBox) -> Iterator[Bench]:
    """A performer with 120 scenes on the box, of which every third is in the library."""
    with install_plugin(assemble(ROOT / "missingScenes", tmp_path / "missingScenes")) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick <b>", gender="FEMALE")
        studio = bench.world.add_studio("Hill & Dale Films")
        images = [bench.world.add_picture(640, 360)]
        scenes = bench.add_scenes(120, mira, studio=studio, duration=1800, images=images)
        owned = bench.own(*scenes[::3])
        number = bench.add_local("performer", "Mira Mosswick <b>", mira.id, favorite=True)
        for scene in owned:
            bench.stash.scenes.update(int(scene), {"performer_ids": [number]})
        bench.add_local("performer", "Nobody Linked")
        yield bench


@pytest.fixture
def whisparr(bench: Bench) -> Iterator[WhisparrDouble]:
    """A Whisparr that the plugin is set up for."""
    with set_up_whisparr(bench) as double:
        yield double


@pytest.fixture
def missing(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    known = (bench.box.server.url,)
    with open_screen(chromium, bench.plugin.stash, known=known, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def open_list(screen: Screen, performer: int = 1) -> Locator:
    """The dialog, opened by the button on a performer's page."""
    screen.visit(f"/performers/{performer}").locator("#performer-page").get_by_role("button", name=BUTTON).click()
    return screen.page.get_by_role("dialog")


def test_the_button_shows_what_is_missing_with_its_figures(missing: Screen) -> None:
    """acceptance 1, in the browser"""
    dialog = open_list(missing)

    expect(dialog).to_contain_text("Scenes of Mira Mosswick <b> you do not have")
    dialog.get_by_role("button", name="Load more").click()
    expect(dialog).to_contain_text("40 in your library")
    expect(dialog).to_contain_text("80 missing")
    expect(dialog).to_contain_text("120 on StashDB")
    missing.shoot("missing-scenes-dialog")


def test_load_more_goes_on_without_showing_a_scene_twice(missing: Screen) -> None:
    dialog = open_list(missing)
    dialog.get_by_role("button", name="Load more").click()

    expect(dialog).to_contain_text("That is everything.")
    assert dialog.locator("article").count() == 80
    assert len(set(dialog.locator("article h5").all_inner_texts())) == 80


def test_a_failing_page_keeps_what_is_there_and_retry_goes_on(missing: Screen, bench: Bench) -> None:
    """acceptance 7"""
    dialog = open_list(missing)
    expect(dialog.get_by_role("button", name="Load more")).to_be_visible()
    before = dialog.locator("article").count()
    fault = bench.box.server.faults.add("server_error")

    dialog.get_by_role("button", name="Load more").click()
    expect(dialog.get_by_role("alert")).to_contain_text("StashDB", timeout=30_000)
    assert dialog.locator("article").count() == before
    expect(dialog).not_to_contain_text("That is everything.")

    bench.box.server.faults.remove(fault)
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog).to_contain_text("That is everything.")


def test_a_performer_that_is_not_linked_is_told_so(missing: Screen, bench: Bench) -> None:
    """acceptance 10"""
    dialog = open_list(missing, 2)

    expect(dialog).to_contain_text("link")
    expect(dialog).not_to_contain_text("Nothing is missing")
    assert bench.asked() == 0


def test_a_wanted_scene_is_on_the_wanted_list_and_history_takes_it_back(missing: Screen) -> None:
    dialog = open_list(missing)
    dialog.get_by_role("button", name="Want Scene 119").click()
    expect(dialog.get_by_role("button", name="Do not want Scene 119 any more")).to_be_visible()

    page = missing.visit("/plugins/missing-scenes/wanted")
    expect(page.locator("article")).to_have_count(1)
    missing.go("/plugins/missing-scenes/history")
    page.get_by_role("button", name="Scene 119").click()
    page.get_by_role("button", name="Undo", exact=False).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=False).last.click()
    expect(page.get_by_role("cell", name="undone")).to_be_visible()
    missing.go("/plugins/missing-scenes/wanted")
    expect(page.get_by_text("Nothing on your wanted list")).to_be_visible()


def test_selected_scenes_are_ignored_together_and_hidden_next_time(missing: Screen) -> None:
    dialog = open_list(missing)
    dialog.get_by_role("checkbox", name="Select Scene 119").check()
    dialog.get_by_role("checkbox", name="Select Scene 118").check()
    dialog.get_by_role("button", name="Ignore", exact=True).click()
    expect(dialog.locator(".ms-ignored")).to_have_count(2)

    again = open_list(missing)
    expect(again).to_contain_text("2 ignored")
    expect(again).not_to_contain_text("Scene 119")


def test_the_browse_page_lists_what_is_missing_of_the_favourites(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes")
    expect(page.get_by_text("33 in your library")).to_be_visible()

    page.get_by_label("Missing scenes of").select_option("favorite_tags")
    expect(page.locator("article")).to_have_count(0)
    expect(page).to_have_url(re.compile("of=favorite_tags"))
    page.reload()
    expect(page.get_by_label("Missing scenes of")).to_have_value("favorite_tags")


def test_completeness_is_counted_by_a_task_and_shown(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes/completeness")
    page.get_by_role("button", name="Count again").click()

    row = page.get_by_role("row").filter(has_text="Mira Mosswick")
    expect(row).to_contain_text("33 %", timeout=30_000)
    expect(row).to_contain_text("120")
    missing.shoot("missing-scenes-completeness")


def test_adding_to_whisparr_asks_with_the_number_and_shows_what_came_of_it(
    missing: Screen, whisparr: WhisparrDouble, bench: Bench
) -> None:
    """acceptance 34"""
    know_box(whisparr.state, bench.world.scenes.values())
    dialog = open_list(missing)
    dialog.get_by_role("checkbox", name="Select Scene 119").check()
    dialog.get_by_role("button", name="Add 1 to Whisparr").click()
    page = missing.page
    page.get_by_role("button", name="Add 1", exact=True).click()

    card = page.locator("article").filter(has_text="Scene 119")
    expect(card.locator(".ms-status")).to_be_visible(timeout=30_000)
    missing.shoot("missing-scenes-whisparr")


@pytest.mark.window(width=360, height=740)
def test_the_list_fits_a_phone(missing: Screen) -> None:
    dialog = open_list(missing)
    expect(dialog.locator("article").first).to_be_visible()

    missing.shoot("missing-scenes-phone")
    assert missing.width_of_content() <= 360
