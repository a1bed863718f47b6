"""The start page of Tag Manager with a stash-box: the lists load by themselves, and one button leads on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench

PAGE = "/plugins/tag-manager/overview"


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Yield a library with two tags, of which one has the name of a tag of the box."""
    with StashBox(World("tags")) as box, install_plugin(assembled("tagManager")) as plugin:
        bench = Bench(plugin, box)
        for name in ("Rain", "Snow"):
            bench.world.add_tag(name)
        for name in ("snow", "Wet weather"):
            bench.add_tag(name)
        yield bench


@pytest.fixture
def screen(chromium: Browser, bench: Bench) -> Iterator[Screen]:
    """Yield a browser window on that library."""
    with open_screen(chromium, bench.plugin.stash) as screen:
        yield screen


def test_the_lists_load_by_themselves_and_exact_matches_are_the_first_step(screen: Screen, bench: Bench) -> None:
    start = screen.visit(PAGE).locator(".sbk-start")
    expect(start.locator(".btn-primary")).to_have_text(["Link 1 exact match…"])
    found = start.locator(".sbk-findings", has_text="Found")
    expect(found).to_contain_text("2 tags in your library")
    expect(found).to_contain_text("StashDB 2 tags")
    expect(screen.page.get_by_role("link", name="Exact")).to_contain_text("1")
    screen.shoot("tag-manager-start-found")
    assert bench.plugin.stash.server.traffic.requests("TagUpdate") == []


def test_a_list_task_that_stash_refuses_leaves_its_reason_and_a_button(screen: Screen, bench: Bench) -> None:
    faults = bench.plugin.stash.server.faults
    faults.add("graphql_error", operation="runPluginOperation", body="tags_refresh", message="no room", times=1)
    page = screen.visit(PAGE)
    start = page.locator(".sbk-start")
    expect(start).to_contain_text("The tag list was not loaded, so your tags cannot be compared yet.")
    expect(page.get_by_role("alert").filter(has_text="no room")).to_be_visible()
    start.get_by_role("button", name="Load tag lists").click()
    expect(start.locator(".btn-primary")).to_have_text(["Link 1 exact match…"])


def test_a_box_that_fails_is_named_and_asked_again(screen: Screen, bench: Bench) -> None:
    fault = bench.box.server.faults.add("unauthorized")
    start = screen.visit(PAGE).locator(".sbk-start")
    expect(start.locator(".sbk-findings", has_text="Missing")).to_contain_text("StashDB")
    again = start.get_by_role("button", name="Load tag lists")
    expect(again).to_be_enabled()
    screen.shoot("tag-manager-start-failed")
    bench.box.server.faults.remove(fault)
    again.click()
    expect(start.locator(".btn-primary")).to_have_text(["Link 1 exact match…"])
