"""Other plugins on the same page: clashing names, dropped children, load orders, crashes; and leaks of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sandbox.stash.server import SandboxStash
from tests.harness.browser import Screen, calls_of, wait_for
from tests.harness.sample_plugin import write_script_plugin

PAGE = "/plugins/kit-sample"
RUDE = """
"use strict";
const kit = "mine"; const h = 1; const ui = 2; const core = 3;
const module = { exports: null };
window.StashBundleKit = "taken";
PluginApi.patch.before("MainNavBar.UtilityItems", () => [{ children: null }]);
PluginApi.patch.before("SettingsToolsSection", () => [{ children: null }]);
PluginApi.patch.after("PerformerPage", (...args) => args[args.length - 1]);
"""
# Counts what a page keeps alive: timers, and listeners on window and document.
COUNTER = """
(() => {
  const timers = new Set();
  const listeners = [];
  const { setTimeout: later, clearTimeout: stop, setInterval: each, clearInterval: end } = window;
  window.setTimeout = (run, ms, ...rest) => {
    const id = later((...args) => { timers.delete(id); run(...args); }, ms, ...rest);
    timers.add(id);
    return id;
  };
  window.clearTimeout = id => { timers.delete(id); stop(id); };
  window.setInterval = (...args) => { const id = each(...args); timers.add(id); return id; };
  window.clearInterval = id => { timers.delete(id); end(id); };
  for (const target of [window, document]) {
    const { addEventListener: add, removeEventListener: remove } = target;
    const isSame = (one, type, listen) => one[0] === target && one[1] === type && one[2] === listen;
    const find = (type, listen) => listeners.findIndex(one => isSame(one, type, listen));
    target.addEventListener = (type, listen, ...rest) => {
      if (find(type, listen) < 0) listeners.push([target, type, listen]);
      add.call(target, type, listen, ...rest);
    };
    target.removeEventListener = (type, listen, ...rest) => {
      if (find(type, listen) >= 0) listeners.splice(find(type, listen), 1);
      remove.call(target, type, listen, ...rest);
    };
  }
  window.alive = () => ({ timers: timers.size, listeners: listeners.map(one => one[1]).sort().join() });
})();
"""


def write_rude_first(folder: Path) -> Path:
    """Write a neighbor that runs before the sample; plugins load in reverse order of their names."""
    return write_script_plugin(folder, "zRude", RUDE)


def write_rude_last(folder: Path) -> Path:
    """Write the same neighbor so that it runs after the sample."""
    return write_script_plugin(folder, "aRude", RUDE)


def write_throwing(folder: Path) -> Path:
    """Write a neighbor whose script throws at once."""
    return write_script_plugin(folder, "zBroken", "throw new Error('neighbor broke');")


@pytest.mark.plugins(writers=[write_rude_first])
def test_a_rude_neighbor_that_loads_first_breaks_nothing_of_ours(screen: Screen) -> None:
    page = screen.visit("/performers/1")
    expect(page.get_by_role("button", name="Look closer")).to_have_count(1)
    screen.go(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)


@pytest.mark.plugins(writers=[write_rude_last])
def test_a_rude_neighbor_that_loads_last_replaces_only_its_own_part(screen: Screen) -> None:
    page = screen.visit("/performers/1")
    expect(page.get_by_role("button", name="Look closer")).to_have_count(1)
    expect(page.get_by_title("Kit Sample")).to_have_count(0)
    screen.go(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)


@pytest.mark.plugins(writers=[write_throwing])
def test_our_plugin_works_beside_a_neighbor_that_throws(screen: Screen) -> None:
    screen.expect_complaint("neighbor broke")
    page = screen.visit(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)


def test_items_of_neighbors_in_the_navigation_bar_stay(screen: Screen) -> None:
    page = screen.visit("/stats")
    expect(page.get_by_title("Kit Sample")).to_have_count(2)
    expect(page.get_by_title("Statistics")).to_have_count(2)


@pytest.mark.parametrize("path", [f"{PAGE}/history", f"{PAGE}/setup", PAGE, "/performers/1"])
def test_leaving_a_page_leaves_no_timers_and_no_listeners(screen: Screen, path: str) -> None:
    screen.page.clock.install()
    screen.page.add_init_script(COUNTER)
    page = screen.visit(path)  # what is loaded once stays: a script of ours with its clock
    leave(screen)
    before = page.evaluate("alive()")
    screen.go(path)
    leave(screen)
    wait_for(lambda: page.evaluate("alive()") == before, page)


def leave(screen: Screen) -> None:
    """Leave a page of ours for one of Stash, and let the short timers of both end: how many are on varies."""
    expect(screen.page.locator(".sbk").first).to_be_visible()
    screen.go("/stats")
    expect(screen.page.locator(".stats-element").first).to_be_visible()
    screen.page.clock.run_for(5_000)


def test_the_heartbeat_is_called_once_a_minute_and_its_notices_are_shown(screen: Screen, stash: SandboxStash) -> None:
    screen.page.clock.install()
    page = screen.visit(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)
    assert calls_of(stash, "heartbeat") == []
    page.clock.run_for(61_000)
    expect(page.get_by_text("Two apples are ripe.")).to_be_visible()
    assert len(calls_of(stash, "heartbeat")) == 1


def test_a_notice_about_something_that_is_over_stays_until_it_is_dismissed(screen: Screen) -> None:
    screen.page.clock.install()
    page = screen.visit(PAGE)
    expect(page.get_by_role("row")).to_have_count(11)
    page.clock.run_for(61_000)
    expect(page.get_by_text("The crate was lost.")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("The crate was lost.")).to_have_count(0)
    page.clock.run_for(61_000)
    expect(page.get_by_text("Two apples are ripe.")).to_be_visible()
    expect(page.get_by_text("The crate was lost.")).to_have_count(0)


def test_a_hidden_page_sends_no_requests(screen: Screen, stash: SandboxStash, page: Page) -> None:
    page.clock.install()
    page.add_init_script("Object.defineProperty(document, 'visibilityState', { get: () => window.seen || 'hidden' });")
    screen.visit("/stats")
    expect(page.locator(".stats-element").first).to_be_visible()
    with page.expect_response(lambda answer: "/host" in answer.url):
        page.clock.run_for(61_000)
    page.wait_for_function("window.StashBundleKit.clock?.size() > 0")  # the script came when the first call was due
    page.clock.run_for(120_000)
    assert calls_of(stash, "heartbeat") == []
    page.evaluate("window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(1_000)
    wait_for(lambda: len(calls_of(stash, "heartbeat")) == 1, page)
