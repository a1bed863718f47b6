"""A plugin's own page: address, tabs, title, navigation, narrow screens, sub-paths, themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen
from tests.harness.sample_plugin import write_script_plugin

PAGE = "/plugins/kit-sample"
TABS = {"work": "Work", "plan": "Plan", "history": "History", "setup": "Setup"}
LIGHT = """
body, .main { background: #ffffff; color: #202020; }
.card, .modal-content, .grid-card { background: #f2f2f2; color: #202020; }
.text-input, .form-control { background: #ffffff; color: #202020; }
"""
CONTENT = ".tab-pane.active :is(.card, table, .sbk-plan)"


def write_light_theme(folder: Path) -> Path:
    """Write a user's theme, dark text on white, as a plugin."""
    return write_script_plugin(folder, "lightTheme", ";", LIGHT)


def test_a_shared_link_to_a_tab_opens_that_tab(screen: Screen) -> None:
    page = screen.visit(f"{PAGE}/history")
    expect(page.get_by_role("tab", name="History")).to_have_attribute("aria-selected", "true")


def test_the_browsers_back_button_returns_to_the_former_tab(screen: Screen) -> None:
    page = screen.visit(PAGE)
    page.get_by_role("tab", name="Setup").click()
    expect(page).to_have_url(f"{screen.url}{PAGE}/setup")
    page.go_back()
    expect(page.get_by_role("tab", name="Work")).to_have_attribute("aria-selected", "true")


def test_tabs_are_reached_with_the_arrow_keys(screen: Screen) -> None:
    page = screen.visit(PAGE)
    page.get_by_role("tab", name="Work").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Plan")).to_be_focused()
    expect(page.get_by_role("tab", name="Plan")).to_have_attribute("aria-selected", "true")


def test_the_title_names_the_plugin_while_its_page_is_open(screen: Screen) -> None:
    page = screen.visit("/performers/1")
    expect(page).to_have_title("Ada Sample | Stash")
    screen.go(PAGE)
    expect(page).to_have_title("Kit Sample | Stash")
    screen.go("/scenes")
    expect(page).to_have_title("Stash")


def test_the_button_in_the_navigation_bar_opens_the_page(screen: Screen) -> None:
    page = screen.visit("/stats")
    page.locator(".navbar-buttons").get_by_title("Kit Sample").click()
    expect(page.get_by_role("heading", name="Kit Sample")).to_be_visible()


@pytest.mark.parametrize(
    ("profile", "count"),
    [pytest.param(name, count, marks=pytest.mark.stash(profile=name)) for name, count in (("0.28", 1), ("0.30", 0))],
)
def test_an_old_stash_gets_a_notice_of_what_it_is_too_old_for(screen: Screen, profile: str, count: int) -> None:
    page = screen.visit(PAGE)
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_text("Linked tags: Stash 0.30 or later")).to_have_count(count)


@pytest.mark.stash(prefix="/my/stash")
def test_page_and_calls_work_below_a_sub_path(screen: Screen, page: Page) -> None:
    screen.visit(PAGE)
    expect(page.get_by_role("cell", name="Apple").first).to_be_visible()
    screen.go("/tags/1")
    page.get_by_role("button", name="Look closer").click()
    expect(page.locator(".looked-at")).to_have_text("tag 1")


@pytest.mark.stash(prefix="/my/stash")
def test_a_picture_of_stash_is_read_below_the_sub_path_whatever_server_stash_names(screen: Screen, page: Page) -> None:
    screen.visit("/plugins/kit-sample/figures")
    picture = page.locator("img.sbk-bar-picture")
    expect(picture).to_have_attribute("src", "performer/1/image")
    expect(picture).to_have_js_property("currentSrc", f"{screen.url}/performer/1/image")


@pytest.mark.window(width=360, height=740)
def test_nothing_is_wider_than_a_phone(screen: Screen) -> None:
    page = screen.visit(PAGE)
    for key, name in TABS.items():
        page.get_by_role("tab", name=name).click()
        expect(page.locator(CONTENT).first).to_be_visible()
        assert screen.width_of_content() <= 360, key
        screen.shoot(f"phone-{key}")


@pytest.mark.window(width=360, height=740)
def test_a_dialog_on_a_phone_keeps_clear_of_the_bar_at_the_bottom(screen: Screen) -> None:
    page = screen.visit(f"{PAGE}/plan")
    page.get_by_role("button", name="Apply 60 changes").click()
    bar = page.locator(".top-nav").bounding_box()
    button = page.get_by_role("dialog").get_by_role("button", name="Apply", exact=True).bounding_box()
    assert bar and button
    assert bar["y"] > 600, "the bar is at the bottom"
    assert button["y"] + button["height"] <= bar["y"]


@pytest.mark.plugins(writers=[write_light_theme])
def test_every_text_is_readable_in_a_light_theme(screen: Screen) -> None:
    page = screen.visit(PAGE)
    for name in TABS.values():
        page.get_by_role("tab", name=name).click()
        expect(page.locator(CONTENT).first).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(32, 32, 32)")  # the theme is there
        screen.shoot(f"light-{name.lower()}")
        colours = page.eval_on_selector_all(
            ".sbk-page h1, .sbk-page h2, .sbk-page h3, .sbk-page td",
            "all => all.map(one => getComputedStyle(one).color)",
        )
        assert set(colours) <= {"rgb(32, 32, 32)", "rgb(191, 204, 214)"}, name


def test_a_crashing_tab_leaves_the_rest_of_the_page(screen: Screen, stash: SandboxStash) -> None:
    screen.expect_complaint("Broken on purpose|The above error occurred")
    page = screen.visit(f"{PAGE}/broken")
    expect(page.get_by_role("alert")).to_contain_text("This part of the page failed")
    page.get_by_role("tab", name="Work").click()
    expect(page.get_by_role("table")).to_be_visible()


def test_a_page_whose_script_cannot_be_loaded_says_so_and_offers_a_reload(screen: Screen) -> None:
    screen.expect_complaint("Failed to load resource")
    screen.page.route("**/assets/page-*", lambda route: route.abort())
    page = screen.visit(PAGE)
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    page.unroute("**/assets/page-*")
    page.get_by_role("button", name="Reload").click()
    expect(page.get_by_role("table")).to_be_visible()
