"""Tag Manager in Stash's interface: in the sandbox's shell every day, and with `./dev e2e` in the real one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.e2e.page import having
from tests.e2e.stash import PackageManager, StashUnderTest
from tests.harness.browser import Screen, open_screen

PARENTS = "query($id: ID!) { findTag(id: $id) { parents { id } } }"
NAMES = "query($id: ID!) { findTag(id: $id) { name aliases } }"
PREVIEWS = r"\(Not Found\)"  # the real one asks for moving pictures of scenes without files
MARK = uuid.uuid4().hex[:6]


def make(stash: StashUnderTest, kind: str, **values: Any) -> str:
    """The id of something new."""
    query = f"mutation($i: {kind.title()}CreateInput!) {{ made: {kind}Create(input: $i) {{ id }} }}"
    return str(stash.ask(query, i=values)["made"]["id"])


@pytest.fixture
def box() -> Iterator[StashBox]:
    with StashBox(World(f"interface {MARK}")) as box:
        yield box


@pytest.fixture
def screen(stash: StashUnderTest, manager: PackageManager, box: StashBox, chromium: Browser) -> Iterator[Screen]:
    """A window on a Stash with the plugin and a box, and without the window that tells what is new in Stash."""
    stash.ask("mutation { configureUI(input: {lastNoteSeen: 99999999}) }")
    with having("tagManager", manager, box), open_screen(chromium, stash) as window:
        yield window


def find(screen: Screen, name: str) -> None:
    """Search for a tag and give the focus to the tree."""
    screen.page.get_by_role("searchbox", name="Find a tag").fill(name)
    screen.page.get_by_role("tree").focus()


def test_a_tag_is_moved_in_the_tree_and_back_by_history(screen: Screen, stash: StashUnderTest) -> None:
    upper = make(stash, "tag", name=f"Upper {MARK}")
    lower = make(stash, "tag", name=f"Lower {MARK}", parent_ids=[upper])
    make(stash, "tag", name=f"Other {MARK}")
    page = screen.visit("/plugins/tag-manager/hierarchy")
    find(screen, f"lower {MARK}")
    page.keyboard.press("Control+x")
    find(screen, f"other {MARK}")
    page.keyboard.press("Control+v")
    page.get_by_role("button", name="Save 2 changes").click()
    expect(page.get_by_text("Saved 2 changes")).to_be_visible()
    screen.shoot("real-hierarchy")

    screen.go("/plugins/tag-manager/history")
    page.get_by_role("button", name="Show the changes").first.click()
    page.get_by_role("button", name="Undo this run…").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("cell", name="undone")).to_have_count(2)
    assert stash.ask(PARENTS, id=lower)["findTag"]["parents"] == [{"id": upper}]


def test_the_scenes_of_a_performer_are_selected_in_stashs_list_and_planned(
    screen: Screen, stash: StashUnderTest, box: StashBox
) -> None:
    rain = box.world.add_tag(f"Rain {MARK}")
    make(stash, "tag", name=f"Rain {MARK}")
    performer = make(stash, "performer", name=f"Ada {MARK}")
    for number in range(3):
        remote = box.world.add_scene(f"Scene {number} {MARK}", tags=[rain])
        link = {"endpoint": box.endpoint, "stash_id": remote.id}
        make(stash, "scene", title=remote.title, stash_ids=[link], performer_ids=[performer])
    screen.expect_complaint(PREVIEWS)
    page = screen.visit(f"/performers/{performer}/scenes")
    for number in (0, 1):
        card = page.locator(".scene-card", has_text=f"Scene {number}")
        card.hover()
        card.locator("input.card-check").check(force=True)
    page.locator(".scene-list-operations .dropdown-toggle").locator("visible=true").first.click()
    page.get_by_text("Sync tags of the selected scenes…").first.click()
    expect(page.locator("#tm-scope option:checked")).to_have_text("2 selected scenes")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("button", name="Add 2 tags")).to_be_visible()
    screen.shoot("real-scope")


def test_a_tag_takes_the_boxs_name_and_gets_its_own_back(screen: Screen, stash: StashUnderTest, box: StashBox) -> None:
    category = box.world.add_category(f"Weather {MARK}")
    box.world.add_tag(f"Fog {MARK}", aliases=[f"Haze {MARK}"], description="Water in the air", category=category)
    own = make(stash, "tag", name=f"Foggy {MARK}")
    make(stash, "tag", name=f"Haze {MARK}")
    page = screen.visit(f"/tags/{own}")
    page.get_by_role("button", name="Manage").first.click()
    page.get_by_role("button", name="Load tag list").click()
    page.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name=f"Search StashDB for Foggy {MARK}").click()
    page.get_by_role("dialog").get_by_role("searchbox").fill(f"fog {MARK}")
    page.get_by_role("dialog").get_by_role("row").filter(has_text="Water").get_by_role("button", name="Compare").click()
    dialog = page.get_by_role("dialog", name=f"Compare Foggy {MARK} with StashDB’s Fog {MARK}")
    dialog.get_by_role("button", name="Leave out").click()
    dialog.get_by_role("radio", name="as an alias").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Saved")).to_be_visible()
    screen.shoot("real-merge")
    assert stash.ask(NAMES, id=own)["findTag"] == {"name": f"Fog {MARK}", "aliases": [f"Foggy {MARK}"]}

    dialog.get_by_role("button", name="Undo this run").click()
    page.get_by_role("dialog").last.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("changes undone")).to_be_visible()
    assert stash.ask(NAMES, id=own)["findTag"] == {"name": f"Foggy {MARK}", "aliases": []}
