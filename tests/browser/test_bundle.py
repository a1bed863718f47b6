"""All four plugins on one page of Stash: what they load, and their one icon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.stash.server import SandboxStash, StashOptions
from scripts.places import PLUGINS
from tests.browser.conftest import ask
from tests.harness.browser import Screen, open_screen, wait_for
from tests.harness.forks import FORK_SERVERS
from tests.harness.installed import make_environment

TITLE = "Plugin bundle"
NAMES = ["Missing Scenes", "Performer/Site Sync", "Stash2Plex", "Tag Manager"]


@pytest.fixture
def stash(assembled: Callable[[str], Path]) -> Iterator[SandboxStash]:
    """Yield a Stash with all four plugins."""
    plugins = [assembled(name) for name in PLUGINS]
    options = StashOptions(plugins=plugins, environment=make_environment(), start_program=FORK_SERVERS.start)
    with SandboxStash(options) as double:
        yield double


@pytest.fixture
def screen(request: pytest.FixtureRequest, chromium: Browser, stash: SandboxStash) -> Iterator[Screen]:
    """Yield a browser window on that Stash."""
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, stash, **(wanted.kwargs if wanted else {})) as window:
        yield window


def list_loaded(page: Page) -> list[str]:
    """Return the assets of plugins that the page loaded, as the stage of each."""
    names = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assets = [name.split("/assets/")[1] for name in names if "/plugin/" in name and "/assets/" in name]
    return [name.split("-")[0] for name in assets]


def test_a_page_of_stash_loads_starters_only_and_calls_no_plugin(screen: Screen, stash: SandboxStash) -> None:
    page = screen.visit("/stats")
    expect(page.locator(f".navbar-buttons [title='{TITLE}']")).to_be_visible()
    assert list_loaded(page) == []
    assert stash.server.traffic.requests("runPluginOperation") == []


def test_a_page_of_ours_loads_the_scripts_of_its_plugin_only(screen: Screen) -> None:
    page = screen.visit("/plugins/tag-manager/setup")
    expect(page.get_by_role("heading", name="Tag Manager").first).to_be_visible()
    assert sorted(list_loaded(page)) == ["host", "page"]


@pytest.mark.parametrize("width", [1200, 1280, 1300, 600])
def test_one_icon_opens_a_menu_of_all_plugins(chromium: Browser, stash: SandboxStash, width: int) -> None:
    with open_screen(chromium, stash, width=width) as screen:
        page = screen.visit("/stats")
        icon = page.locator(f".navbar-buttons [title='{TITLE}']")
        box = icon.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
        icon.click()
        items = page.locator(".navbar-buttons .sbk-bundle .dropdown-menu.show").get_by_role("link")
        expect(items).to_have_text(NAMES)
        screen.shoot(f"bundle-{width}")
        menu = page.locator(".navbar-buttons .dropdown-menu.show").bounding_box()
        assert menu is not None
        assert menu["x"] >= 0
        assert menu["x"] + menu["width"] <= width
        items.nth(3).click()
        expect(page.get_by_role("heading", name="Tag Manager").first).to_be_visible()
        expect(page.locator(".navbar-buttons .dropdown-menu.show")).to_have_count(0)


@pytest.mark.window(width=390)
def test_on_a_phone_the_menu_is_in_the_menu_of_stash(screen: Screen) -> None:
    page = screen.visit("/stats")
    page.locator(".nav-menu-toggle").click()
    page.locator(f".navbar-collapse [title='{TITLE}']").click()
    items = page.locator(".navbar-collapse .sbk-bundle .dropdown-menu.show").get_by_role("link")
    expect(items).to_have_text(NAMES)
    screen.shoot("bundle-390")
    items.nth(2).click()
    expect(page.get_by_role("heading", name="Stash2Plex").first).to_be_visible()


def test_what_needs_attention_is_a_sign_on_the_icon_before_any_call(screen: Screen) -> None:
    screen.page.add_init_script(
        "localStorage['stash-bundle:stash2plex:beat'] = JSON.stringify({due: Date.now() + 600000, "
        "beat: {notices: [], pending: 0}, signs: {attention: 1, says: '1 thing needs attention'}});"
    )
    page = screen.visit("/stats")
    expect(page.locator(f".navbar-buttons [title='{TITLE}: 1 thing needs attention']")).to_be_visible()
    expect(page.locator(".navbar-buttons .sbk-sign-attention").first).to_be_visible()


def test_four_plugins_together_call_one_heartbeat_a_minute(screen: Screen, stash: SandboxStash) -> None:
    def list_callers() -> list[str]:
        asked = [request.json()["variables"] for request in stash.server.traffic.requests("runPluginOperation")]
        return [given["id"] for given in asked if given["args"]["operation"] == "heartbeat"]

    def has_called(times: int) -> bool:
        return len(list_callers()) >= times

    screen.page.clock.install()
    page = screen.visit("/plugins/tag-manager/setup")
    expect(page.get_by_role("heading", name="Tag Manager").first).to_be_visible()
    for minute in range(1, len(PLUGINS) + 1):
        page.clock.run_for(61_000)
        wait_for(partial(has_called, minute), page)
        assert len(list_callers()) == minute
    assert sorted(list_callers()) == sorted(PLUGINS)


def test_a_scenes_dialog_shows_what_its_neighbors_know_and_asks_them_when_it_is_opened(
    screen: Screen, stash: SandboxStash
) -> None:
    ask(stash, 'mutation { sceneCreate(input: {title: "Beach day"}) { id } }')

    def list_asked() -> list[tuple[str, str]]:
        asked = [request.json()["variables"] for request in stash.server.traffic.requests("runPluginOperation")]
        return [(given["id"], given["args"]["operation"]) for given in asked]

    page = screen.visit("/scenes/1")
    page.get_by_role("button", name="Missing tags").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("stash-box")
    neighbor = dialog.locator("details", has_text="Stash2Plex")
    expect(neighbor).to_be_visible()
    assert ("stash2plex", "preview") not in list_asked()
    screen.shoot("scene-neighbors")
    neighbor.locator("summary").click()
    expect(neighbor).to_contain_text("Plex is not set up")
    assert ("stash2plex", "preview") in list_asked()
