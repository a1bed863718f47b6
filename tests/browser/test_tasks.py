"""Tasks started from a page: arguments, progress, stopping, and the true result."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen, calls_of

PAGE = "/plugins/kit-sample"


@pytest.fixture
def work(screen: Screen) -> Page:
    """Return the page with the buttons that start tasks."""
    page = screen.visit(PAGE)
    expect(page.get_by_role("button", name="Count", exact=True)).to_be_visible()
    return page


def test_a_task_gets_its_arguments_and_a_run_token(work: Page, stash: SandboxStash) -> None:
    work.get_by_role("button", name="Count", exact=True).click()
    expect(work.get_by_text("One fruit was rotten.")).to_be_visible()
    (request,) = stash.server.traffic.requests("runPluginTask")
    given = request.json()["variables"]
    assert (given["task"], given["args"]["steps"]) == ("Count Fruit", 3)
    assert calls_of(stash, "run_result")[-1]["run_token"] == given["args"]["run_token"]


def test_a_finished_task_shows_the_result_that_the_plugin_recorded(work: Page) -> None:
    work.get_by_role("button", name="Count", exact=True).click()
    task = work.get_by_role("region", name="Counting fruit")
    expect(task).to_contain_text("Partly done")
    expect(task).to_contain_text("3 changed")
    expect(task).to_contain_text("1 conflict")


def test_progress_is_shown_while_it_runs(work: Page) -> None:
    work.get_by_role("button", name="Count slowly").click()
    expect(work.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "50")
    work.get_by_role("button", name="Stop").click()


def test_a_stopped_task_is_shown_as_stopped(work: Page) -> None:
    work.get_by_role("button", name="Count slowly").click()
    expect(work.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "50")
    work.get_by_role("button", name="Stop").click()
    task = work.get_by_role("region", name="Counting slowly")
    expect(task).to_contain_text("Stopped at 50 %")
    expect(task).to_contain_text("You can start it again at any time.")


def test_a_task_that_crashes_without_a_run_is_not_shown_as_success(work: Page) -> None:
    work.get_by_role("button", name="Count badly").click()
    expect(work.get_by_role("region", name="Counting badly")).to_contain_text("It ended without a result.")


def test_a_reload_finds_the_running_task_again(work: Page) -> None:
    work.get_by_role("button", name="Count slowly").click()
    expect(work.get_by_role("progressbar")).to_be_visible()
    work.reload()
    expect(work.get_by_role("region", name="Counting slowly")).to_be_visible()
    work.get_by_role("button", name="Stop").click()


def test_a_dismissed_result_stays_dismissed_after_a_reload(work: Page) -> None:
    work.get_by_role("button", name="Count", exact=True).click()
    work.get_by_role("button", name="Dismiss").click()
    work.reload()
    expect(work.get_by_role("row")).to_have_count(11)
    expect(work.get_by_role("region", name="Counting fruit")).to_have_count(0)


def test_a_task_whose_tab_was_left_is_shown_above_the_tabs_and_leads_back(work: Page) -> None:
    work.get_by_role("button", name="Count slowly").click()
    expect(work.get_by_role("region", name="Counting slowly")).to_be_visible()
    line = work.locator(".sbk-work")
    expect(line).to_have_count(0)
    work.get_by_role("tab", name="Setup").click()
    expect(line).to_contain_text("Counting slowly")
    expect(line).to_contain_text("Running 50 %")
    line.get_by_role("link", name="Show: Counting slowly").click()
    expect(work.get_by_role("region", name="Counting slowly")).to_be_visible()
    expect(line).to_have_count(0)
    work.get_by_role("button", name="Stop").click()


def test_the_end_of_a_task_whose_tab_was_left_stays_until_it_is_dismissed(work: Page) -> None:
    work.get_by_role("button", name="Count", exact=True).click()
    work.get_by_role("tab", name="Setup").click()
    line = work.locator(".sbk-work")
    expect(line).to_contain_text("Partly done")
    line.get_by_role("button", name="Dismiss").click()
    expect(line).to_have_count(0)
    work.get_by_role("tab", name="Work").click()
    expect(work.get_by_role("row")).to_have_count(11)
    expect(work.get_by_role("region", name="Counting fruit")).to_have_count(0)


def test_the_line_about_a_task_whose_run_was_undone_says_so(work: Page) -> None:
    work.get_by_role("button", name="Count", exact=True).click()
    work.get_by_role("tab", name="History").click()
    line = work.locator(".sbk-work")
    expect(line).to_contain_text("Partly done")
    work.get_by_role("button", name="Show the changes of Count fruit 45").click()
    work.get_by_role("button", name="Undo this run").click()
    dialog = work.get_by_role("dialog")
    expect(dialog.get_by_role("columnheader", name="Before")).to_be_visible()
    expect(dialog.get_by_role("columnheader", name="Why")).to_have_count(0)  # all rows would say the same
    dialog.get_by_role("button", name="Undo", exact=True).click()
    expect(line).to_contain_text("Partly undone")


def test_a_task_that_stash_refuses_to_start_says_why_and_can_be_started_again(
    work: Page, stash: SandboxStash, screen: Screen
) -> None:
    stash.server.faults.add("graphql_error", operation="RunPluginTask", message="the queue is full", times=1)
    button = work.get_by_role("button", name="Count", exact=True)
    button.click()
    expect(work.get_by_role("alert").filter(has_text="the queue is full")).to_be_visible()
    expect(work.get_by_role("region", name="Counting fruit")).to_have_count(0)
    expect(work.locator(".sbk-sign-working")).to_have_count(0)
    button.click()
    expect(work.get_by_role("region", name="Counting fruit")).to_contain_text("Partly done")


def test_the_icon_in_the_navigation_bar_shows_running_work_on_every_page_of_stash(work: Page, screen: Screen) -> None:
    sign = work.locator(".navbar-buttons .sbk-sign-working").first
    work.get_by_role("button", name="Count slowly").click()
    expect(sign).to_be_visible()
    screen.go("/stats")
    expect(work.get_by_text("Scene", exact=False).first).to_be_attached()
    expect(sign).to_be_visible()
    expect(work.locator(".navbar-buttons [title$=': working']").first).to_be_visible()
    screen.go(PAGE)
    work.get_by_role("button", name="Stop").click()
    expect(work.locator(".sbk-sign-working")).to_have_count(0)
