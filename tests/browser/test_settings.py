"""Settings and connections, on the plugin's own page and inside Stash's Settings page."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.browser.conftest import ask
from tests.harness.browser import Screen, calls_of, wait_for

SECRET = "key-0000-example"


def saved(stash: SandboxStash) -> dict[str, Any]:
    """Return the plugin's settings as Stash stores them."""
    answer: dict[str, Any] = ask(stash, "{ configuration { plugins } }")["configuration"]["plugins"]
    return dict(answer.get("kitSample", {}))


def is_saved(stash: SandboxStash, value: str) -> bool:
    """Return True if a setting has this value in Stash."""
    return value in saved(stash).values()


@pytest.fixture
def setup(screen: Screen) -> Page:
    """Return the page with the Setup tab loaded."""
    page = screen.visit("/plugins/kit-sample/setup")
    expect(page.get_by_label("Shop address")).to_be_visible()
    return page


@pytest.fixture
def stashs_page(screen: Screen) -> Page:
    """Return Stash's Settings page with our form."""
    page = screen.visit("/settings?tab=plugins")
    expect(page.get_by_label("Shop address")).to_be_visible()
    return page


def test_each_connection_is_tested_and_names_the_next_step(setup: Page) -> None:
    shop = setup.locator(".setting", has=setup.get_by_role("heading", name="The shop", exact=True))
    ship = setup.locator(".setting", has=setup.get_by_role("heading", name="The ship", exact=True))
    expect(shop).to_contain_text("Works Fruit Shop 3.1 answers.")
    expect(ship).to_contain_text("Does not work")
    expect(ship).to_contain_text("Next step: Check the ship key.")


def test_each_setting_shows_its_default(setup: Page) -> None:
    expect(setup.get_by_label("Ripeness")).to_have_attribute("placeholder", "Default: 0.8")
    expect(setup.get_by_label("Wash the fruit")).to_be_checked()
    expect(setup.get_by_label("Basket").locator("option:checked")).to_have_text("Default: Large")


def test_a_value_is_saved_on_leaving_the_field_and_can_go_back_to_its_default(setup: Page, stash: SandboxStash) -> None:
    setup.get_by_label("Ripeness", exact=True).fill("0,5")
    setup.get_by_label("Ripeness", exact=True).blur()
    expect(setup.get_by_text("Saved", exact=True)).to_be_visible()
    assert calls_of(stash, "settings_save") == [{"operation": "settings_save", "values": {"ripeness": 0.5}}]
    setup.get_by_role("button", name="Reset: Ripeness").click()
    expect(setup.get_by_label("Ripeness", exact=True)).to_have_value("")


@pytest.mark.parametrize(("text", "complaint"), [("ripe", "“ripe” is not a number."), ("7", "The largest value is 1.")])
def test_an_invalid_number_is_not_saved(setup: Page, stash: SandboxStash, text: str, complaint: str) -> None:
    setup.get_by_label("Ripeness", exact=True).fill(text)
    setup.keyboard.press("Enter")
    expect(setup.get_by_role("alert")).to_have_text(complaint)
    assert calls_of(stash, "settings_save") == []


def test_a_secret_is_sent_once_and_never_put_into_the_page(setup: Page, stash: SandboxStash) -> None:
    setup.get_by_label("Shop key", exact=True).fill(SECRET)
    setup.keyboard.press("Enter")
    expect(setup.get_by_label("Shop key", exact=True)).to_have_attribute("placeholder", "Saved. Type to replace it.")
    expect(setup.get_by_label("Shop key", exact=True)).to_have_value("")
    assert calls_of(stash, "settings_save")[0]["values"] == {"shopKey": SECRET}
    assert SECRET not in setup.content()


def test_choices_are_loaded_when_their_button_is_pressed(setup: Page, stash: SandboxStash) -> None:
    assert calls_of(stash, "setting_choices") == []
    setup.get_by_role("button", name="Choose… Shelf").click()
    setup.get_by_role("combobox", name="Shelf").select_option("Bottom shelf")
    expect(setup.get_by_text("Saved", exact=True)).to_be_visible()
    assert calls_of(stash, "settings_save")[0]["values"] == {"shelf": 2}


def test_two_quick_changes_are_saved_one_after_the_other(setup: Page, stash: SandboxStash) -> None:
    stash.server.faults.add("slow", body="settings_save", seconds=0.4, times=1)
    setup.get_by_label("Wash the fruit").press("Space")
    setup.get_by_label("Basket").select_option("Small")
    wait_for(lambda: len(calls_of(stash, "settings_save")) == 2, setup)
    wait_for(lambda: setup.get_by_text("Saved", exact=True).count() == 1, setup)
    first, second = [one for one in stash.server.traffic.exchanges() if b"settings_save" in one.request.body]
    assert second.request.started - first.request.started >= 0.4


def test_stashs_settings_page_shows_our_form(stashs_page: Page, stash: SandboxStash) -> None:
    stashs_page.get_by_label("Basket").select_option("Small")
    wait_for(lambda: saved(stash) == {"basket": "small"}, stashs_page)
    stashs_page.get_by_role("button", name="Reset: Basket").click()
    wait_for(lambda: saved(stash) == {}, stashs_page)


def test_a_secret_in_stashs_page_is_masked_too(stashs_page: Page, stash: SandboxStash) -> None:
    stashs_page.get_by_label("Shop key", exact=True).fill(SECRET)
    stashs_page.keyboard.press("Tab")
    wait_for(lambda: saved(stash) == {"shopKey": SECRET}, stashs_page)
    stashs_page.reload()
    expect(stashs_page.get_by_label("Shop key", exact=True)).to_have_attribute(
        "placeholder", "Saved. Type to replace it."
    )
    assert SECRET not in stashs_page.content()


def test_a_connection_test_uses_the_unsaved_values(stashs_page: Page, stash: SandboxStash) -> None:
    stashs_page.get_by_label("Shop address").fill("http://elsewhere")
    stashs_page.get_by_role("button", name="Test: Fruit shop").click()
    expect(stashs_page.get_by_text("Fruit Shop 3.1 answers.")).to_be_visible()
    assert calls_of(stash, "setup_tests") == [
        {"operation": "setup_tests", "only": "shop", "values": {"shopUrl": "http://elsewhere"}}
    ]


def test_a_saved_key_does_not_follow_its_address_to_another_server(stashs_page: Page, stash: SandboxStash) -> None:
    for label, value in (("Shop address", "http://shop:1"), ("Shop key", SECRET), ("Shop address", "http://other:1")):
        stashs_page.get_by_label(label, exact=True).fill(value)
        stashs_page.keyboard.press("Tab")
        wait_for(functools.partial(is_saved, stash, value), stashs_page)
    wait_for(lambda: saved(stash) == {"shopUrl": "http://other:1"}, stashs_page)
    expect(stashs_page.get_by_text("Enter the key again.")).to_be_visible()


def test_a_dangerous_switch_is_shown_in_red_while_it_is_on(setup: Page) -> None:
    alarm = setup.get_by_text("Water is used.")
    expect(alarm).to_have_class("sub-heading text-danger")
    setup.get_by_label("Wash the fruit").dispatch_event("click")
    expect(alarm).to_have_count(0)


def test_other_settings_tabs_do_not_call_the_plugin(screen: Screen, stash: SandboxStash) -> None:
    page = screen.visit("/settings?tab=about")
    expect(page.get_by_text("Stash version")).to_be_visible()
    assert calls_of(stash, "settings_get") == []


def test_stashs_own_form_is_shown_if_the_plugin_cannot_answer(screen: Screen, stash: SandboxStash) -> None:
    stash.server.faults.add("graphql_error", operation="runPluginOperation", message="exit status 1")
    page = screen.visit("/settings?tab=plugins")
    expect(page.locator(".sbk-danger")).to_contain_text("The plugin stopped without an answer.")
    expect(page.locator("#plugin-kitSample-shopUrl")).to_be_visible()


@pytest.mark.stash(profile="0.25")
def test_stashs_own_form_stays_in_releases_where_it_cannot_be_replaced(screen: Screen) -> None:
    page = screen.visit("/settings?tab=plugins")
    expect(page.locator("#plugin-kitSample-shopUrl")).to_be_visible()
    expect(page.locator(".sbk-settings")).to_have_count(0)


def test_schedules_say_when_they_are_due_and_what_started_them(setup: Page, screen: Screen) -> None:
    table = setup.get_by_role("table", name="Schedules")
    expect(table.get_by_role("row", name="Count the fruit")).to_contain_text("a timer")
    expect(table.get_by_role("row", name="Peel")).to_contain_text("you, ")
    expect(table.get_by_role("row", name="Ship")).to_contain_text("After you have started it once")
    expect(table.get_by_role("row", name="Sort")).to_contain_text("Off in the settings")
    table.scroll_into_view_if_needed()
    screen.shoot("schedules")
