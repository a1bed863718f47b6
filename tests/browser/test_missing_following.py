"""Following in a real browser: rules with their preview, what came, what waits, and Unfollow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sandbox.stashbox.model import Performer
from sandbox.stashbox.notifications import PERFORMER_SCENE, accept_scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Yield a linked performer and a linked studio, with some scenes that the box has already."""
    with StashBox(World("following")) as box, install_plugin(assembled("missingScenes")) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick", gender="FEMALE")
        studio = bench.world.add_studio("Hill Films")
        for each in range(3):
            add(bench, mira, f"Of before {each}", f"2026-11-0{each + 1}T08:00:00Z")
        bench.add_local("performer", "Mira Mosswick", mira.id)
        bench.add_local("studio", "Hill Films", studio.id)
        yield bench


def add(bench: Bench, mira: Performer, title: str, created: str) -> None:
    bench.world.add_scene(title, performers=(mira,), created=created, release_date=created[:10], duration=1800)


def follow_by_click(page: Page) -> None:
    """Follow on the performer's page of Stash: after a click, and at most one scene a week."""
    page.get_by_role("button", name="Follow", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("3 scenes", exact=True)).to_be_visible()
    dialog.get_by_label("Minutes: min").fill("40")
    expect(dialog.get_by_text("3 too short")).to_be_visible()
    dialog.get_by_label("Minutes: min").fill("")
    expect(dialog.get_by_text("3 scenes", exact=True)).to_be_visible()
    dialog.get_by_label("New scenes").select_option("ask")
    dialog.get_by_label("Scenes a week: max (0: no limit)").fill("7")  # and no pause before the click on Follow


def test_a_performer_is_followed_from_her_page_and_new_scenes_are_decided_on_the_tab(
    bench: Bench, missing: Screen
) -> None:
    page = missing.visit("/performers/1")
    follow_by_click(page)
    missing.shoot("missing-scenes-follow")
    page.set_viewport_size({"width": 390, "height": 844})
    missing.shoot("missing-scenes-follow-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("dialog").get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_text("You follow Mira Mosswick from now on.")).to_be_visible()
    mira = next(each for each in bench.world.performers.values() if each.name == "Mira Mosswick")
    for number in (1, 2, 3):
        add(bench, mira, f"New {number}", f"2026-12-0{number}T08:00:00Z")
    page = missing.visit("/plugins/missing-scenes/following")
    expect(page.get_by_text("at most 7 a week")).to_be_visible()
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("heading", name="3 scenes wait for your decision")).to_be_visible()
    missing.shoot("missing-scenes-following")
    page.set_viewport_size({"width": 390, "height": 844})
    missing.shoot("missing-scenes-following-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Accept: New 1").click()
    expect(page.get_by_text("The scene was brought.")).to_be_visible()
    page.get_by_role("button", name="Skip: New 2").click()
    expect(page.get_by_role("heading", name="1 scene waits for your decision")).to_be_visible()
    page.get_by_role("button", name="1 skipped scene").click()
    page.get_by_role("button", name="Ask again: New 2").click()
    expect(page.get_by_role("heading", name="2 scenes wait for your decision")).to_be_visible()
    page.get_by_role("button", name="Unfollow: Mira Mosswick").click()
    page.get_by_role("dialog").get_by_role("button", name="Unfollow").click()
    expect(page.get_by_text("You do not follow anyone yet")).to_be_visible()
    page = missing.visit("/plugins/missing-scenes/wanted")
    expect(page.locator("article")).to_have_count(1)


def test_new_scenes_of_favorites_at_the_box_are_shown_and_wanted_without_following_anyone(
    bench: Bench, missing: Screen
) -> None:
    world = bench.world
    (account,) = world.accounts.values()
    account.subscriptions.append(PERFORMER_SCENE)
    mira = next(each for each in world.performers.values() if each.name == "Mira Mosswick")
    account.performers.add(mira.id)
    bench.task("news")
    for number in (1, 2, 3):
        pictures = [world.add_picture(600, 400)]
        scene = world.add_scene(f"At the box {number}", performers=(mira,), images=pictures, duration=1800)
        accept_scene(world, scene)
    bench.task("news")
    page = missing.visit("/plugins/missing-scenes/following")
    expect(page.get_by_role("heading", name="3 new scenes of your favorites at StashDB")).to_be_visible()
    missing.shoot("missing-scenes-noticed")
    page.set_viewport_size({"width": 390, "height": 844})
    missing.shoot("missing-scenes-noticed-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Ignore At the box 1").click()
    expect(page.get_by_role("heading", name="2 new scenes of your favorites at StashDB")).to_be_visible()
    page.get_by_role("button", name="Want At the box 2").click()
    expect(page.get_by_role("button", name="Remove At the box 2 from Wanted")).to_be_visible()


def test_a_favorite_is_followed_on_the_tab_and_another_one_is_found_by_name(bench: Bench, missing: Screen) -> None:
    bench.stash.performers.update(1, {"favorite": True})
    page = missing.visit("/plugins/missing-scenes/following")
    page.get_by_role("button", name="Follow someone…").click()
    choices = page.get_by_role("dialog").get_by_role("listitem")
    expect(choices).to_have_count(1)
    choices.get_by_role("button", name="Mira Mosswick").click()
    page.get_by_role("dialog").get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("article", name="Mira Mosswick")).to_contain_text("Nothing new yet")
    page.get_by_role("button", name="Follow someone…").click()
    expect(choices).to_contain_text("Following")
    page.get_by_role("dialog").get_by_label("Search by name").fill("hill")
    expect(choices).to_contain_text("Hill Films")


def test_the_head_of_a_list_says_that_its_studio_is_followed(bench: Bench, missing: Screen) -> None:
    bench.operate("follow_entity", kind="studio", entity_id="1", rules={"network": True})
    page = missing.visit("/studios/1")
    page.get_by_role("button", name="Missing Scenes").click()
    page.get_by_role("dialog").get_by_role("button", name="Following").click()
    dialog = page.get_by_role("dialog").last
    expect(dialog.get_by_role("heading", name="Following Hill Films")).to_be_visible()
    expect(dialog.get_by_label("With sub-studios")).to_be_checked()
    dialog.get_by_role("button", name="Unfollow").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Follow", exact=True)).to_be_visible()
