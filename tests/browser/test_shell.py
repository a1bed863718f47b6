"""The sandbox's web shell behaves like Stash: patch rules, script loader, known traps, and no errors on any page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from sandbox.stash.server import SandboxStash
from tests.browser.conftest import ask
from tests.harness.browser import Screen, wait_for
from tests.harness.sample_plugin import write_script_plugin

PAGES = [
    "/",
    "/performers",
    "/performers/1",
    "/performers/new",
    "/studios",
    "/studios/1",
    "/tags",
    "/tags/1",
    "/scenes",
    "/scenes/1",
    "/stats",
    "/settings?tab=plugins",
    "/settings?tab=tasks",
    "/settings?tab=tools",
    "/settings?tab=logs",
]
PROFILES = ("0.25", "0.28", "0.30", "0.31")
every_stash = pytest.mark.parametrize(
    "profile", [pytest.param(name, marks=pytest.mark.stash(profile=name)) for name in PROFILES]
)
PATCHES = """
(() => {
  const { patch, React } = PluginApi;
  window.seen = [];
  patch.before("PerformerDetailsPanel", (props, ...rest) => { window.seen.push("before 1"); return [props, ...rest]; });
  patch.before("PerformerDetailsPanel", (props, ...rest) => { window.seen.push("before 2"); return [props, ...rest]; });
  patch.instead("PerformerDetailsPanel", (...args) => { window.seen.push("instead 1"); return args.pop()(...args); });
  patch.instead("PerformerDetailsPanel", (...args) => { window.seen.push("instead 2"); return args.pop()(...args); });
  patch.after("PerformerDetailsPanel", (...args) => { window.seen.push("after " + args.length); return args.pop(); });
})();
"""
ORDER = ["before 1", "before 2", "instead 1", "instead 2", "after 3"]
GATE = "window.pageWhenLoaded = document.querySelector('.main') === null; window.order = (window.order || '') + 'z';"
LATER = "window.order = (window.order || '') + 'a';"
NAMES = {
    "0.25": {"SceneCard", "TagSelect"},
    "0.28": {"PerformerPage", "PluginSettings"},
    "0.30": {"TagList", "HeaderImage"},
    "0.31": {"StudioDetailsPanel", "GridCard"},
}
REGISTERED = "Object.keys(PluginApi.components)"
NOT_YET = {"0.25": "PluginSettings", "0.28": "HeaderImage", "0.30": "StudioDetailsPanel", "0.31": "TagPage"}


def write_patches(folder: Path) -> Path:
    """Write a plugin that records the order in which its patches run."""
    return write_script_plugin(folder, "patches", PATCHES)


def write_gate(folder: Path) -> Path:
    """Write a plugin that records if the page was drawn before it ran."""
    return write_script_plugin(folder, "zGate", GATE)


def write_later(folder: Path) -> Path:
    """Write a plugin that is listed first and so runs last."""
    return write_script_plugin(folder, "aLater", LATER)


@every_stash
def test_no_page_logs_an_error(screen: Screen, profile: str) -> None:
    page = screen.visit("/stats")
    for path in PAGES:
        screen.go(path)
        expect(page.locator(".main")).not_to_be_empty()
        expect(page.locator(".LoadingIndicator")).to_have_count(0)
        expect(page.locator(".error-boundary, .ErrorMessage:not(.package-manager .ErrorMessage)")).to_have_count(0)


@pytest.mark.plugins(writers=[write_patches])
def test_patches_run_in_order_with_the_arguments_react_17_gives(screen: Screen) -> None:
    page = screen.visit("/performers/1")
    expect(page.locator(".detail-group")).to_be_visible()
    assert page.evaluate("window.seen")[:5] == ORDER


@pytest.mark.plugins(writers=[write_gate, write_later])
def test_scripts_run_in_reverse_listing_order_before_the_first_page(screen: Screen) -> None:
    page = screen.visit("/stats")
    expect(page.locator(".main")).not_to_be_empty()
    assert page.evaluate("[window.order, window.pageWhenLoaded]") == ["za", True]


@every_stash
def test_each_release_has_the_patchable_components_of_its_time(screen: Screen, profile: str) -> None:
    page = screen.visit("/settings?tab=about")
    for path in ("/performers/1", "/studios/1", "/tags"):
        screen.go(path)
        expect(page.locator(".main")).not_to_be_empty()
    expect(page.locator(".tag-card").first).to_be_visible()
    wait_for(lambda: set(page.evaluate(REGISTERED)) >= NAMES[profile], page)
    assert NOT_YET[profile] not in page.evaluate(REGISTERED)


def test_stash_sends_an_event_for_every_change_of_the_address(screen: Screen) -> None:
    page = screen.visit("/stats")
    page.evaluate(
        "PluginApi.Event.addEventListener('stash:location', e => { window.at = e.detail.data.location.pathname })"
    )
    screen.go("/tags")
    wait_for(lambda: page.evaluate("window.at") == "/tags", page)


def test_the_settings_page_writes_back_its_old_copy_of_every_plugin(screen: Screen, stash: SandboxStash) -> None:
    page = screen.visit("/settings?tab=plugins")
    expect(page.get_by_label("Basket")).to_be_visible()
    ask(stash, 'mutation { configurePlugin(plugin_id: "kitSample", input: {shopUrl: "http://later"}) }')
    page.get_by_label("Basket").select_option("Small")
    read = "{ configuration { plugins } }"
    wait_for(lambda: ask(stash, read)["configuration"]["plugins"]["kitSample"] == {"basket": "small"}, page)


def test_stashs_own_helper_for_tasks_loses_the_arguments(screen: Screen, stash: SandboxStash) -> None:
    page = screen.visit("/stats")
    expect(page.locator(".main")).not_to_be_empty()
    page.evaluate("PluginApi.utils.StashService.mutateRunPluginTask('kitSample', 'Count Fruit', { steps: 1 })")
    wait_for(lambda: len(stash.server.traffic.requests("runPluginTask")) == 1, page)
    (request,) = stash.server.traffic.requests("runPluginTask")
    assert "args_map" not in request.json()["variables"]


def test_a_user_can_start_and_stop_a_task_on_the_tasks_page(screen: Screen) -> None:
    page = screen.visit("/plugins/kit-sample")
    page.get_by_role("button", name="Count slowly").click()
    page = screen.go("/settings?tab=tasks")
    expect(page.get_by_text("Running plugin task: Counting slowly")).to_be_visible()
    page.get_by_title("Stop").click()
    expect(page.get_by_text("No tasks are currently running.")).to_be_visible()


def test_a_disabled_plugin_is_gone_after_a_reload(screen: Screen) -> None:
    page = screen.visit("/settings?tab=plugins")
    page.get_by_role("button", name="Disable").click()
    page.get_by_role("button", name="Reload UI").click()
    expect(page.get_by_role("button", name="Enable")).to_be_visible()
    expect(page.get_by_title("Kit Sample")).to_have_count(0)
