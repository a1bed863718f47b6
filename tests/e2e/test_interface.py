"""The UI kit in Stash's interface: the same checks in the sandbox's shell and, with `./dev e2e`, in the real one."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.stash import StashUnderTest
from tests.harness.browser import Screen, open_screen, wait_for
from tests.harness.sample_plugin import write_sample

PAGE = "/plugins/kit-sample"
LOOK = "Look closer"
KINDS = ("performer", "studio", "tag", "scene")


class Library(NamedTuple):
    """Two of each kind, by their ids."""

    performer: list[str]
    studio: list[str]
    tag: list[str]
    scene: list[str]


def make(stash: StashUnderTest, kind: str) -> list[str]:
    """Two new things of a kind."""
    query = f"mutation($i: {kind.title()}CreateInput!) {{ made: {kind}Create(input: $i) {{ id }} }}"
    field = "title" if kind == "scene" else "name"
    return [stash.ask(query, i={field: f"Sample {number} {uuid.uuid4().hex}"})["made"]["id"] for number in (1, 2)]


@pytest.fixture(scope="module")
def library(stash: StashUnderTest) -> Library:
    """Something to look at; whoever hands out the Stash removes it."""
    return Library(*(make(stash, kind) for kind in KINDS))


@pytest.fixture(scope="module")
def sample(stash: StashUnderTest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StashUnderTest]:
    """Stash with the kit's sample plugin, and without the window that tells what is new in Stash."""
    paths = stash.ask("{ configuration { general { pluginsPath } } }")["configuration"]["general"]
    folder = Path(paths["pluginsPath"], "kitSample")
    shutil.copytree(write_sample(tmp_path_factory.mktemp("plugins")), folder)
    stash.ask("mutation { reloadPlugins configureUI(input: {lastNoteSeen: 99999999}) }")
    yield stash
    shutil.rmtree(folder)
    stash.ask("mutation { reloadPlugins }")


@pytest.fixture
def screen(sample: StashUnderTest, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Screen]:
    """A window on it; parametrize `screen` indirectly for another size."""
    size: dict[str, Any] = getattr(request, "param", {})
    with open_screen(chromium, sample, **size) as window:
        yield window


@pytest.fixture
def work(screen: Screen) -> Page:
    """The sample's page."""
    page = screen.visit(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_the_button_follows_from_one_page_to_the_next(screen: Screen, library: Library, kind: str) -> None:
    first, second = getattr(library, kind)
    page = screen.visit(f"/{kind}s/{first}")
    expect(page.get_by_role("button", name=LOOK)).to_have_count(1)
    screen.go(f"/{kind}s/{second}")
    page.get_by_role("button", name=LOOK).click()
    expect(page.locator(".looked-at")).to_have_text(f"{kind} {second}")
    screen.shoot(f"real-dialog-{kind}")


@pytest.mark.parametrize("kind", ["performer", "studio", "tag"])
def test_editing_and_cancelling_keeps_one_button(screen: Screen, library: Library, kind: str) -> None:
    page = screen.visit(f"/{kind}s/{getattr(library, kind)[0]}")
    for _ in range(2):
        expect(page.get_by_role("button", name=LOOK)).to_have_count(1)
        page.get_by_role("button", name="Edit", exact=True).click()
        expect(page.get_by_role("button", name=LOOK)).to_have_count(0)
        page.get_by_role("button", name="Cancel").first.click()
    expect(page.get_by_role("button", name=LOOK)).to_have_count(1)


def test_saving_a_tag_brings_the_button_back(screen: Screen, library: Library) -> None:
    page = screen.visit(f"/tags/{library.tag[0]}")
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator("textarea[name=description], #edit-description").fill("Seen from the hill")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("button", name=LOOK)).to_have_count(1)


def test_escape_closes_the_dialog_and_gives_the_focus_back(screen: Screen, library: Library) -> None:
    page = screen.visit(f"/studios/{library.studio[0]}")
    page.get_by_role("button", name=LOOK).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=LOOK)).to_be_focused()


def test_a_task_runs_and_tells_what_it_really_did(work: Page) -> None:
    work.get_by_role("button", name="Count", exact=True).click()
    expect(work.get_by_role("region", name="Counting fruit")).to_contain_text("Partly done")


def test_a_running_task_shows_its_progress_and_can_be_stopped(work: Page) -> None:
    work.get_by_role("button", name="Count slowly").click()
    expect(work.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "50")
    work.get_by_role("button", name="Stop").click()
    expect(work.get_by_role("region", name="Counting slowly")).to_contain_text("Stopped")


def test_the_plugins_own_sentence_reaches_the_reader(work: Page) -> None:
    work.get_by_role("button", name="Fail").click()
    expect(work.locator(".toast")).to_contain_text("The fruit shop is closed on Sundays.")


def test_the_title_goes_with_the_page(screen: Screen, library: Library) -> None:
    page = screen.visit(PAGE)
    expect(page).to_have_title("Kit Sample | Stash")
    screen.go("/scenes")
    expect(page).not_to_have_title("Kit Sample | Stash")


def test_changes_are_undone_after_asking(screen: Screen) -> None:
    page = screen.visit(f"{PAGE}/history")
    page.get_by_role("button", name="Show the changes of Count fruit 45").click()
    page.get_by_role("button", name="Undo this run").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("cell", name="undone")).to_have_count(4)


def test_our_settings_form_saves_through_stashs_page(screen: Screen, sample: StashUnderTest) -> None:
    page = screen.visit("/settings?tab=plugins")
    if page.evaluate("!PluginApi.hooks.useSettings"):
        pytest.skip("this Stash is older than 0.27: its own settings form stays")
    page.get_by_label("Basket").select_option("Small")
    wait_for(lambda: sample.saved_settings("kitSample").get("basket") == "small", page)
    page.get_by_role("button", name="Reset: Basket").click()
    wait_for(lambda: "basket" not in sample.saved_settings("kitSample"), page)


@pytest.mark.parametrize("screen", [{"width": 360, "height": 740}], indirect=True)
def test_a_phone_shows_everything_without_scrolling_sideways(screen: Screen) -> None:
    page = screen.visit(PAGE)
    for name in ("Work", "Plan", "History", "Setup"):
        page.get_by_role("tab", name=name).click()
        expect(page.locator(".tab-pane.active :is(.card, table, .sbk-plan)").first).to_be_visible()
        assert screen.width_of_content() <= 360, name
        screen.shoot(f"real-phone-{name}")


def test_the_navigation_bar_leads_to_the_page(screen: Screen) -> None:
    page = screen.visit("/stats")
    page.locator(".navbar-buttons").get_by_title("Kit Sample").click()
    expect(page.get_by_role("heading", name="Kit Sample")).to_be_visible()
