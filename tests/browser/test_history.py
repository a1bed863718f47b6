"""The History tab and plans: runs with their changes, undo, and applying a plan."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen, calls_of, wait_for

PAGE = "/plugins/kit-sample"


@pytest.fixture
def history(screen: Screen) -> Page:
    """Return the page with the History tab open."""
    page = screen.visit(f"{PAGE}/history")
    expect(page.get_by_role("row")).to_have_count(21)
    return page


@pytest.fixture
def run(history: Page) -> Page:
    """Return the page with the newest run open."""
    history.get_by_role("button", name="Show the changes of Count fruit 45").click()
    expect(history.get_by_role("row")).to_have_count(6)
    return history


@pytest.fixture
def plan(screen: Screen) -> Page:
    """Return the page with a plan of sixty changes."""
    page = screen.visit(f"{PAGE}/plan")
    expect(page.get_by_text("60 of 60 selected")).to_be_visible()
    return page


def test_each_run_shows_its_state_and_totals(history: Page) -> None:
    newest = history.get_by_role("row").nth(1)
    expect(newest).to_contain_text("Partly done")
    expect(newest).to_contain_text("3 changed")
    expect(history.get_by_role("row").nth(2)).to_contain_text("preview only")


def test_older_runs_are_on_the_next_page(history: Page) -> None:
    history.get_by_role("button", name="Next page").click()
    expect(history.get_by_text("21–40 of 45")).to_be_visible()


def test_the_address_names_the_open_run(run: Page) -> None:
    run.reload()
    expect(run.get_by_role("row")).to_have_count(6)
    run.go_back()
    expect(run.get_by_role("row")).to_have_count(21)


def test_a_change_shows_its_value_before_and_after(run: Page) -> None:
    row = run.get_by_role("row").nth(1)
    expect(row).to_contain_text("Ada 1")
    expect(row).to_contain_text("(empty)")
    expect(row).to_contain_text("DE")


def test_changes_can_be_filtered_by_outcome(run: Page) -> None:
    run.get_by_label("Show", exact=True).select_option("conflict")
    expect(run.get_by_role("row")).to_have_count(2)
    expect(run.get_by_role("row").nth(1)).to_contain_text("edited since it was planned")


def test_a_change_that_cannot_be_undone_cannot_be_selected(run: Page) -> None:
    expect(run.get_by_role("row").nth(4).get_by_role("checkbox")).to_have_count(0)


def test_undo_asks_first_and_names_the_conflicts(run: Page, stash: SandboxStash) -> None:
    run.get_by_role("button", name="Undo this run").click()
    dialog = run.get_by_role("dialog")
    expect(dialog).to_contain_text("4 changes will be reverted.")
    expect(dialog).to_contain_text("1 was edited since; it will be kept.")
    assert "plan_id" not in calls_of(stash, "history_undo")[-1]
    dialog.get_by_role("button", name="Undo", exact=True).click()
    expect(run.get_by_text("4 changes undone, but not all of them. Ada 4 was edited since.")).to_be_visible()
    expect(run.get_by_role("cell", name="undone")).to_have_count(4)


def test_a_run_is_undone_from_the_list_after_the_same_question(history: Page, stash: SandboxStash) -> None:
    history.get_by_role("button", name="Undo…: Count fruit 45").click()
    dialog = history.get_by_role("dialog")
    expect(dialog).to_contain_text("4 changes will be reverted.")
    dialog.get_by_role("button", name="Undo", exact=True).click()
    expect(history.get_by_text("4 changes undone, but not all of them. Ada 4 was edited since.")).to_be_visible()
    assert calls_of(stash, "history_undo")[0]["run_id"] == "45"


def test_only_the_selected_changes_are_undone(run: Page, stash: SandboxStash) -> None:
    run.get_by_role("row").nth(2).get_by_role("checkbox").click()
    run.get_by_role("button", name="Undo 1 change").click()
    run.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(run.get_by_text("1 change undone", exact=True)).to_be_visible()
    expect(run.get_by_role("cell", name="undone")).to_have_count(1)
    assert calls_of(stash, "history_undo")[0]["only"] == ["2"]


def test_a_failed_undo_shows_its_reason_in_the_dialog(run: Page, stash: SandboxStash) -> None:
    run.get_by_role("button", name="Undo this run").click()
    expect(run.get_by_role("dialog")).to_contain_text("will be reverted")
    stash.server.faults.add("graphql_error", operation="runPluginOperation", message="Stash is busy.", times=1)
    run.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(run.get_by_role("dialog").get_by_role("alert")).to_contain_text("Stash is busy.")


def test_a_range_of_a_plan_is_deselected_in_one_call(plan: Page, stash: SandboxStash) -> None:
    plan.locator(".sbk-plan-item .sbk-check").nth(1).click()
    plan.locator(".sbk-plan-item .sbk-check").nth(3).click(modifiers=["Shift"])
    expect(plan.get_by_text("57 of 60 selected")).to_be_visible()
    wait_for(lambda: [call["only"] for call in calls_of(stash, "plan_select")] == [["2"], ["3", "4"]], plan)


def test_the_selection_of_a_plan_holds_on_another_page(plan: Page) -> None:
    plan.locator(".sbk-plan-item .sbk-check").nth(0).click()
    plan.get_by_role("button", name="Page 2").click()
    expect(plan.get_by_text("59 of 60 selected")).to_be_visible()


def test_an_item_is_a_line_until_it_is_opened(plan: Page) -> None:
    item = plan.locator(".sbk-plan-item").first
    expect(item).to_contain_text("(empty) → DE")
    item.get_by_role("button", name="Ada 1").click()
    expect(item.get_by_role("row")).to_have_count(2)
    expect(item.get_by_role("button", name="Apply this item: Ada 1")).to_be_visible()


def test_a_plan_is_searched(plan: Page, stash: SandboxStash) -> None:
    plan.get_by_label("Search").fill("Ada 6")
    plan.keyboard.press("Enter")
    expect(plan.locator(".sbk-plan-item")).to_have_count(2)
    assert calls_of(stash, "plan_items")[-1]["text"] == "Ada 6"


def test_applying_a_plan_shows_its_result(plan: Page) -> None:
    plan.get_by_role("button", name="Deselect all").click()
    expect(plan.get_by_role("button", name="Apply 0 changes")).to_be_disabled()
    plan.get_by_role("button", name="Select all", exact=True).click()
    plan.get_by_role("button", name="Apply 60 changes").click()
    expect(plan.get_by_role("dialog")).to_contain_text("2 changes cannot be undone. You can undo the others")
    plan.get_by_role("dialog").get_by_role("button", name="Apply", exact=True).click()
    expect(plan.get_by_text("60 changed")).to_be_visible()
    expect(plan.get_by_role("checkbox")).to_have_count(0)


def test_a_backup_of_stash_is_offered_before_many_changes(plan: Page, stash: SandboxStash) -> None:
    plan.get_by_role("button", name="Apply 60 changes").click()
    dialog = plan.get_by_role("dialog")
    expect(dialog.get_by_label("Back up Stash's database first")).to_be_checked()
    expect(dialog).to_contain_text("Stash copies its database (about 43 MiB) to /config")
    expect(dialog).to_contain_text("The copy does not contain covers and portraits")
    dialog.get_by_role("button", name="Apply", exact=True).click()
    expect(plan.get_by_text("backed up before, as stash-go.sqlite.85.20260102_030405 in /config.")).to_be_visible()
    assert [call["backup"] for call in calls_of(stash, "plan_apply")] == [True]


def test_a_person_can_do_without_the_backup(plan: Page, stash: SandboxStash) -> None:
    plan.get_by_role("button", name="Apply 60 changes").click()
    plan.get_by_label("Back up Stash's database first").uncheck()
    plan.get_by_role("dialog").get_by_role("button", name="Apply", exact=True).click()
    expect(plan.get_by_text("60 changed")).to_be_visible()
    assert [call["backup"] for call in calls_of(stash, "plan_apply")] == [False]
