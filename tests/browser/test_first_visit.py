"""The first visit to each plugin: a start page with one main button, and a Setup tab of three steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.stash.server import SandboxStash, StashOptions
from scripts.places import PLUGINS
from tests.harness.browser import Screen, calls_of, open_screen
from tests.harness.forks import FORK_SERVERS
from tests.harness.installed import make_environment

# The address of each plugin's start page, what it says is missing, and its main button.
STARTS = {
    "missing-scenes/overview": ("No stash-box", "Add a stash-box"),
    "tag-manager/overview": ("No stash-box", "Add a stash-box"),
    "stash2plex/overview": ("Plex", "Connect Plex"),
    "performer-site-sync/overview": ("No stash-box", "Add a stash-box"),
}
STEPS = {
    "missing-scenes": ["1. Stash-boxes", "2. Whisparr (optional)", "3. Check your library"],
    "tag-manager": ["1. Stash-boxes", "2. Tag lists", "3. First preview"],
    "stash2plex": ["1. Plex", "2. Libraries and paths", "3. Preview and start"],
    "performer-site-sync": ["1. Stash-boxes", "2. What a sync may do", "3. First preview"],
}


@pytest.fixture
def stash(assembled: Callable[[str], Path]) -> Iterator[SandboxStash]:
    """Yield a Stash with all four plugins as they are right after their installation."""
    plugins = [assembled(name) for name in PLUGINS]
    options = StashOptions(plugins=plugins, environment=make_environment(), start_program=FORK_SERVERS.start)
    with SandboxStash(options) as double:
        yield double


@pytest.fixture
def screen(chromium: Browser, stash: SandboxStash) -> Iterator[Screen]:
    """Yield a browser window on that Stash."""
    with open_screen(chromium, stash) as window:
        yield window


@pytest.mark.parametrize("path", STARTS)
def test_a_fresh_installation_opens_on_what_is_missing_and_one_main_button(screen: Screen, path: str) -> None:
    missing, button = STARTS[path]
    page = screen.visit(f"/plugins/{path}")
    start = page.locator(".sbk-start")
    expect(start.locator(".sbk-findings", has_text="Missing")).to_contain_text(missing)
    expect(start.locator(".btn-primary")).to_have_text([button])
    screen.shoot(f"start-{path.split('/')[0]}")


def search_settings(page: Page, text: str) -> None:
    """Type a search among the settings."""
    page.get_by_role("searchbox", name="Search settings").fill(text)


@pytest.mark.parametrize("plugin", STEPS)
def test_setup_has_three_steps_with_their_tests_and_folds_the_rest(screen: Screen, plugin: str) -> None:
    page = screen.visit(f"/plugins/{plugin}/setup")
    expect(page.locator(".sbk-step h2")).to_have_text(STEPS[plugin])
    expect(page.locator(".sbk-step-test").first).to_contain_text("Not set up")
    settings = page.locator(".sbk-settings")
    expect(settings).to_have_count(0)
    screen.shoot(f"setup-{plugin}")

    page.get_by_role("button", name="Advanced").click()
    expect(settings).to_be_visible()
    expect(settings.get_by_role("navigation", name="Groups of settings").get_by_role("button").first).to_be_visible()
    search_settings(page, "Install missing Python packages")
    expect(settings.locator(".sbk-setting")).to_have_count(1)


def test_a_setting_saved_in_a_step_is_tested_at_once_and_stands_under_advanced(
    screen: Screen, stash: SandboxStash
) -> None:
    page = screen.visit("/plugins/stash2plex/setup?advanced")
    step = page.locator(".sbk-step").first
    expect(step).to_contain_text("Enter the address and the token of your Plex.")
    before = len([call for call in calls_of(stash, "setup_tests") if call.get("only") == "plex"])
    step.get_by_label("Plex URL").fill("http://127.0.0.1:9")
    step.get_by_label("Plex Token").fill("token-0000-example")
    page.keyboard.press("Tab")
    expect(step.locator(".sbk-test-result")).to_contain_text("Does not work")
    expect(page.locator(".sbk-settings").get_by_label("Plex URL", exact=True)).to_have_value("http://127.0.0.1:9")
    after = [call for call in calls_of(stash, "setup_tests") if call.get("only") == "plex"]
    assert len(after) > before
