"""Dialogs: the focus stays inside, Esc closes, and the focus returns."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Screen, wait_for

LOOK = "Look closer"


@pytest.fixture
def dialog(screen: Screen) -> Page:
    """Return a performer's page with the sample's dialog open."""
    page = screen.visit("/performers/1")
    page.get_by_role("button", name=LOOK).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def test_the_accessible_name_of_a_dialog_is_its_title(dialog: Page) -> None:
    expect(dialog.get_by_role("dialog", name="A closer look at performer 1")).to_be_visible()


def test_the_tab_key_keeps_the_focus_in_the_dialog(dialog: Page) -> None:
    behind = "one => one !== document.body && !document.querySelector('[role=dialog]').contains(one)"
    for _ in range(6):
        dialog.keyboard.press("Tab")
        wait_for(lambda: not dialog.evaluate(f"({behind})(document.activeElement)"), dialog)


def test_escape_closes_the_dialog_and_returns_the_focus(dialog: Page) -> None:
    dialog.keyboard.press("Escape")
    expect(dialog.get_by_role("dialog")).to_have_count(0)
    expect(dialog.get_by_role("button", name=LOOK)).to_be_focused()


def test_the_close_button_has_an_accessible_name_and_closes(dialog: Page) -> None:
    dialog.get_by_role("button", name="Close").click()
    expect(dialog.get_by_role("dialog")).to_have_count(0)


def test_letters_pressed_in_a_dialog_do_not_reach_stashs_shortcuts(dialog: Page) -> None:
    dialog.evaluate("window.heard = []; document.addEventListener('keypress', event => window.heard.push(event.key))")
    dialog.keyboard.type("ef")
    dialog.keyboard.press("Escape")
    expect(dialog.get_by_role("dialog")).to_have_count(0)
    dialog.keyboard.type("g")
    assert dialog.evaluate("window.heard") == ["g"]


def test_a_closed_dialog_leaves_the_page_scrollable(dialog: Page) -> None:
    dialog.keyboard.press("Escape")
    expect(dialog.locator("body")).not_to_have_class("modal-open")
    expect(dialog.locator(".modal-backdrop")).to_have_count(0)


def test_a_message_and_its_undo_button_are_inside_the_open_dialog(dialog: Page) -> None:
    inside = dialog.get_by_role("dialog")
    inside.get_by_role("button", name="Mark").click()
    expect(inside.get_by_role("status")).to_contain_text("Marked")
    undo = inside.get_by_role("button", name="Undo")
    undo.focus()
    expect(undo).to_be_focused()
    undo.click()
    expect(inside.get_by_role("status")).to_contain_text("Not marked any more")
    expect(dialog.locator(".toast")).to_have_count(0)


def test_a_message_that_was_hardly_read_goes_to_the_corner_when_its_dialog_closes(dialog: Page) -> None:
    dialog.get_by_role("dialog").get_by_role("button", name="Mark").click()
    dialog.keyboard.press("Escape")
    expect(dialog.locator(".toast")).to_contain_text("Marked")
    dialog.locator(".toast").get_by_role("button", name="Undo").click()
    expect(dialog.locator(".toast").filter(has_text="Not marked any more")).to_be_visible()


def test_in_sfw_mode_a_dialog_has_stashs_class_for_it(screen: Screen) -> None:
    screen.page.request.post(f"{screen.url}/graphql", data={"query": SFW})
    page = screen.visit("/performers/1")
    page.get_by_role("button", name=LOOK).click()
    expect(page.locator(".modal.sfw-content-mode")).to_be_visible()


SFW = "mutation { configureInterface(input: { sfwContentMode: true }) { sfwContentMode } }"
