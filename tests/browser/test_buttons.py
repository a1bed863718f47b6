"""The kit's button in Stash's own button rows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen

ROWS = {
    "performers": "#performer-page .details-edit",
    "studios": "#studio-page .details-edit",
    "tags": "#tag-page .details-edit",
    "scenes": ".scene-toolbar-group:last-child, .nav-tabs .btn-group",
}
PROFILES = ("0.25", "0.28", "0.31")  # on these pages, 0.30 lets plugins patch the same components as 0.28
every_stash = pytest.mark.parametrize(
    "profile", [pytest.param(name, marks=pytest.mark.stash(profile=name)) for name in PROFILES]
)
LOOK = "Look closer"


@every_stash
def test_the_button_sits_in_stashs_own_row_on_every_kind_of_page(screen: Screen, profile: str) -> None:
    page = screen.visit("/stats")
    for kind, row in ROWS.items():
        screen.go(f"/{kind}/1")
        expect(page.locator(row).get_by_role("button", name=LOOK)).to_have_count(1)
        screen.shoot(f"button-{profile}-{kind}")


@every_stash
def test_after_navigation_the_button_acts_on_the_new_entity(screen: Screen, profile: str) -> None:
    page = screen.visit("/stats")
    for kind in ROWS:
        screen.go(f"/{kind}/1")
        expect(page.get_by_role("button", name=LOOK)).to_be_visible()
        screen.go(f"/{kind}/2")
        page.get_by_role("button", name=LOOK).click()
        expect(page.locator(".looked-at")).to_have_text(f"{kind[:-1]} 2")


@every_stash
def test_editing_and_canceling_keeps_exactly_one_button(screen: Screen, profile: str) -> None:
    page = screen.visit("/stats")
    for kind in ("performers", "studios", "tags", "tags"):
        screen.go(f"/{kind}/1")
        expect(page.get_by_role("button", name=LOOK)).to_have_count(1)
        page.get_by_role("button", name="Edit").click()
        expect(page.get_by_role("button", name=LOOK)).to_have_count(0)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("button", name=LOOK)).to_have_count(1)


@every_stash
def test_the_button_is_there_again_after_a_tag_was_saved(screen: Screen, profile: str) -> None:
    page = screen.visit("/tags/1")
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Name").fill("Outside")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name=LOOK)).to_have_count(1)
    expect(page.locator(".tag-name")).to_have_text("Outside")


@pytest.mark.stash(profile="0.25")
def test_a_slowly_loading_page_gets_the_button(screen: Screen, stash: SandboxStash) -> None:
    stash.server.faults.add("slow", operation="findTag", seconds=1.5)
    page = screen.visit("/tags/1")
    expect(page.locator(ROWS["tags"]).get_by_role("button", name=LOOK)).to_be_visible()


@pytest.mark.stash(profile="0.25")
def test_a_page_whose_script_loads_after_its_data_gets_the_button(screen: Screen, stash: SandboxStash) -> None:
    stash.server.faults.add("slow", path=r"/assets/scene-", seconds=3)
    page = screen.visit("/tags/1")
    screen.go("/scenes/1")
    expect(page.locator(ROWS["scenes"]).get_by_role("button", name=LOOK)).to_be_visible()


def test_pages_without_an_entity_have_no_button(screen: Screen) -> None:
    page = screen.visit("/performers/1")
    expect(page.get_by_role("button", name=LOOK)).to_be_visible()
    for path in ("/performers", "/performers/new", "/tags/new", "/scenes"):
        screen.go(path)
        expect(page.locator("[data-stash-bundle]")).to_have_count(0)


def test_the_keyboard_shortcut_for_editing_keeps_one_button(screen: Screen) -> None:
    page = screen.visit("/tags/1")
    expect(page.get_by_role("button", name=LOOK)).to_have_count(1)
    page.keyboard.press("e")
    expect(page.get_by_role("button", name=LOOK)).to_have_count(0)
    page.keyboard.press("e")
    expect(page.get_by_role("button", name=LOOK)).to_have_count(1)


def test_leaving_an_entity_closes_its_dialog(page: Page, screen: Screen) -> None:
    screen.visit("/performers/1")
    page.get_by_role("button", name=LOOK).click()
    expect(page.locator(".looked-at")).to_be_visible()
    screen.go("/performers/2")
    expect(page.locator(".looked-at")).to_have_count(0)
