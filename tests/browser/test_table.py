"""Tables: selection, pages, order, and errors."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen, calls_of

PAGE = "/plugins/kit-sample"


@pytest.fixture
def table(screen: Screen) -> Page:
    """Return the page with the table of fruit."""
    page = screen.visit(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)
    return page


def test_shift_and_the_mouse_select_a_range(table: Page) -> None:
    table.locator("tbody .sbk-check").nth(1).click()
    table.locator("tbody .sbk-check").nth(4).click(modifiers=["Shift"])
    expect(table.locator(".chosen")).to_have_text("f1 f2 f3 f4")
    expect(table.get_by_text("4 selected")).to_be_visible()


def test_shift_and_the_keyboard_select_a_range(table: Page) -> None:
    table.locator("tbody .sbk-check").nth(6).focus()
    table.keyboard.press("Space")
    table.locator("tbody .sbk-check").nth(3).focus()
    table.keyboard.press("Shift+Space")
    expect(table.locator(".chosen")).to_have_text("f6 f3 f4 f5")


def test_a_range_can_be_deselected(table: Page) -> None:
    table.get_by_label("Select all on this page").click()
    table.locator("tbody .sbk-check").nth(2).click()
    table.locator("tbody .sbk-check").nth(8).click(modifiers=["Shift"])
    expect(table.locator(".chosen")).to_have_text("f0 f1 f9")


def test_the_checkbox_for_all_is_mixed_when_some_rows_are_selected(table: Page) -> None:
    table.locator("tbody .sbk-check").nth(0).click()
    assert table.get_by_label("Select all on this page").evaluate("box => box.indeterminate")


def test_the_selection_of_another_page_stays(table: Page) -> None:
    table.locator("tbody .sbk-check").nth(0).click()
    table.get_by_role("button", name="Page 2").click()
    table.locator("tbody .sbk-check").nth(0).click()
    expect(table.locator(".chosen")).to_have_text("f0 f10")


def test_the_last_page_shows_the_rest(table: Page) -> None:
    table.get_by_role("button", name="Page 4").click()
    expect(table.get_by_text("31–33 of 33")).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table.get_by_role("button", name="Next page")).to_be_disabled()


def test_turning_pages_keeps_the_focus_on_the_button(table: Page) -> None:
    table.get_by_role("button", name="Next page").press("Enter")
    expect(table.get_by_text("11–20 of 33")).to_be_visible()
    expect(table.get_by_role("button", name="Next page")).to_be_focused()


def test_clicking_a_sorted_heading_reverses_the_order(table: Page) -> None:
    heading = table.get_by_role("columnheader", name="Name")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(table.get_by_role("row").nth(1)).to_contain_text("Kiwi")


def test_a_failed_load_shows_an_error_instead_of_an_empty_table(screen: Screen, stash: SandboxStash) -> None:
    screen.expect_complaint("502")
    stash.server.faults.add("server_error", status=502, operation="runPluginOperation", body="list_fruit", times=1)
    page = screen.visit(PAGE)
    expect(page.get_by_role("alert")).to_contain_text("A proxy in front of Stash gave up waiting.")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("row")).to_have_count(11)


FAULTS = {
    "unauthorized": ({}, "You are logged out of Stash."),
    "reset": ({}, "Stash does not answer."),
    "html": ({}, "Unexpected response."),
    "truncated": ({}, "Unexpected response."),
    "graphql_error": ({"message": "plugin kitSample is disabled"}, "The plugin is switched off."),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_kind_of_error_has_its_own_text(screen: Screen, stash: SandboxStash, kind: str) -> None:
    details, words = FAULTS[kind]
    screen.expect_complaint("Failed to load resource")
    stash.server.faults.add(kind, operation="runPluginOperation", **details)
    page = screen.visit(PAGE)
    expect(page.get_by_role("alert").first).to_contain_text(words)


def test_the_plugins_own_error_message_is_shown(table: Page) -> None:
    table.get_by_role("button", name="Fail").click()
    expect(table.locator(".toast")).to_contain_text("The fruit shop is closed on Sundays.")


def test_leaving_a_page_aborts_its_running_call(screen: Screen, stash: SandboxStash) -> None:
    page = screen.visit(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)
    stash.server.faults.add("hang", operation="runPluginOperation")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Page 2").click()
        page.get_by_role("tab", name="Plan").click()
    assert [call["page"] for call in calls_of(stash, "list_fruit")] == [1, 2]
