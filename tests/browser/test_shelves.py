"""The Shelves tab in a real browser: a shelf is made, previewed, applied, shown as a card, and removed."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.plex.pictures import draw_composite
from sandbox.plex.server import PlexDouble
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.stash2plex.pair import Pair, picture
from tests.stash2plex.shelves.shelf_pair import ShelfPair


@pytest.fixture
def shelves(assembled: Callable[[str], Path]) -> Iterator[ShelfPair]:
    """Yield a Stash with two matched scenes that have a tag."""
    plex = PlexDouble()
    with plex.server, install_plugin(assembled("stash2plex")) as plugin:
        pair = Pair(plugin, plex)
        pair.change_settings(sync_collection=False, sync_poster=False, sync_background=False)
        found = ShelfPair(pair)
        found.add_matched(2, tags=["Water"])
        yield found
        pair.store.close()


@pytest.fixture
def screen(chromium: Browser, shelves: ShelfPair) -> Iterator[Screen]:
    with open_screen(chromium, shelves.pair.plugin.stash) as screen:
        yield screen


def test_a_shelf_is_made_previewed_applied_and_removed(screen: Screen, shelves: ShelfPair) -> None:
    page = screen.visit("/plugins/stash2plex/shelves").locator(".sbk-page")
    expect(page.get_by_text("No shelf yet")).to_be_visible()
    page.get_by_role("button", name="New shelf").click()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_label("Which scenes").select_option(label="Tag, with its sub-tags")
    dialog.get_by_label("Choose").select_option(label="Water")
    dialog.get_by_label("Title in Plex").fill("By the {name}")
    expect(dialog.get_by_text("Plex shows “By the Water” with 2 of 2 scenes.")).to_be_visible()
    dialog.get_by_label("Recommended of the library").check()
    dialog.get_by_label("Poster").select_option(label="From your disk")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "poster.png", "mimeType": "image/png", "buffer": picture("shelf")}
    )
    dialog.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("cell", name="Scene 001")).to_be_visible()
    assert shelves.show() == {}
    page.get_by_role("button", name=re.compile(r"^Apply \d")).click()
    screen.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Apply")).click()
    card = page.get_by_role("article")
    expect(card.get_by_text("2 of 2 in Plex")).to_be_visible()
    expect(card.locator("img")).to_be_visible()
    assert shelves.show() == {"By the Water": ["Scene 000", "Scene 001"]}
    own = card.locator("img").get_attribute("src")
    card.get_by_role("button", name="Edit").click()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_label("Poster").select_option(label="Collage of its scenes, made by Plex")
    dialog.get_by_role("button", name="Save and preview").click()
    page.get_by_role("button", name=re.compile(r"^Apply \d")).click()
    screen.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Apply")).click()
    (made,) = (item for item in shelves.state.items.values() if item.collection)
    collage = base64.b64encode(draw_composite(shelves.state, made) or b"").decode()
    expect(card.locator("img")).to_have_attribute("src", f"data:image/jpeg;base64,{collage}")
    assert own and not own.endswith(collage)
    shelves.state.options.allow_deletion = True
    card.get_by_role("button", name="Remove").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Remove the shelf").click()
    expect(page.get_by_text("No shelf yet")).to_be_visible()
    assert shelves.show() == {}


def test_a_card_says_why_its_picture_cannot_be_read(screen: Screen, shelves: ShelfPair) -> None:
    shelves.make(shelves.save_tag())
    shelves.pair.plex.server.faults.add("server_error", path="transcode")
    card = screen.visit("/plugins/stash2plex/shelves").get_by_role("article")
    expect(card.get_by_text("2 of 2 in Plex")).to_be_visible()
    expect(card.locator(".text-warning")).to_contain_text("Plex")
