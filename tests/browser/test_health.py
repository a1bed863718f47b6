"""The health line of a plugin's page: one line, its details, and the copy of the diagnostics."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen, calls_of, wait_for

PAGE = "/plugins/kit-sample"


def find_line(page: Page) -> Locator:
    return page.get_by_role("region", name="Health")


def test_the_line_names_what_is_wrong_and_asks_only_the_plugin(screen: Screen, stash: SandboxStash) -> None:
    line = find_line(screen.visit(PAGE))
    expect(line).to_contain_text("Something does not work")
    expect(line).to_contain_text("Check: The ship")
    expect(line).to_contain_text("3 changes wait")
    assert calls_of(stash, "diagnostics") == [] == calls_of(stash, "setup_tests")


@pytest.mark.window(width=390, height=800)
def test_the_details_have_the_last_tests_errors_and_versions(screen: Screen) -> None:
    line = find_line(screen.visit(PAGE))
    line.get_by_role("button", name="Show health").click()
    expect(line).to_contain_text("Fruit Shop 3.1 answers.")
    expect(line).to_contain_text("task count: A pear fell down. (2 times) It has worked since.")
    expect(line).to_contain_text(re.compile(r"Kit Sample 1\.0\.0, Stash v\d.*, Python 3\.11\.4, SQLite 3\.40\.1"))
    expect(line.get_by_label("Diagnostics")).to_have_value("Kit Sample 1.0.0\nQueue: 3 waiting\n")
    assert screen.width_of_content() <= 390
    screen.shoot("health-phone")
    line.get_by_role("button", name="Hide health").click()
    expect(line.get_by_label("Diagnostics")).to_have_count(0)


@pytest.mark.parametrize("has_clipboard", [True, False], ids=["with a clipboard", "over http"])
def test_the_diagnostics_are_copied(screen: Screen, has_clipboard: bool) -> None:
    line = find_line(screen.visit(PAGE))
    screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not has_clipboard:
        screen.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    line.get_by_role("button", name="Show health").click()
    line.get_by_role("button", name="Copy diagnostics").click()
    expect(screen.page.get_by_text("The diagnostics are copied.")).to_be_visible()
    screen.page.evaluate("delete navigator.clipboard")
    copied = screen.page.evaluate("Navigator.prototype.__lookupGetter__('clipboard').call(navigator).readText()")
    assert copied.replace("\r\n", "\n") == "Kit Sample 1.0.0\nQueue: 3 waiting\n"
    screen.shoot("health-wide")


def test_a_state_that_cannot_be_read_is_said_and_read_again(screen: Screen, stash: SandboxStash) -> None:
    screen.expect_complaint("status of 500")
    stash.server.faults.add("server_error", body='"health"', times=1)
    line = find_line(screen.visit(PAGE))
    expect(line).to_contain_text("The state of the plugin could not be read.")
    line.get_by_role("button", name="Show health").click()
    expect(line).to_contain_text("Something does not work")


def test_tests_that_run_together_renew_the_line_once(screen: Screen, stash: SandboxStash) -> None:
    page = screen.visit(PAGE)
    expect(find_line(page)).to_contain_text("Check: The ship")
    page.get_by_role("tab", name="Setup").click()
    expect(page.get_by_text("The ship refused the key (401).")).to_be_visible()
    wait_for(lambda: len(calls_of(stash, "health")) == 2, page)
