"""The Cleaning tab in a real browser: unwanted tags, look-alikes, and plans by tag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.axe import allow_light_theme, inspect_windows
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench

APPLY = re.compile(r"^Apply \d")  # the plan's button; each item has one of its own


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Return a library with tags of every kind that the tab is about."""
    with (
        StashBox(World("tags")) as box,
        install_plugin(assembled("tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        stock = bench.stock
        unsure, outdoor = stock.add_tag("Unsure"), stock.add_tag("Outdoor")
        forest = stock.add_tag("Forest", parents=[outdoor])
        hill, hills = stock.add_tag("Hill", aliases=["Mound"]), stock.add_tag("Hills")
        stock.add_tag("Never used")
        stock.add_scene("Walk", tags=[unsure, outdoor, forest, hill])
        stock.add_scene("Climb", tags=[unsure, hills])
        stock.add_performer("Ann", tags=[unsure])
        yield bench


@pytest.fixture
def tags(chromium: Browser, bench: Bench) -> Iterator[Screen]:
    """Yield a browser window on this Stash."""
    with open_screen(chromium, bench.plugin.stash) as screen:
        yield screen


def test_axe_finds_nothing_on_the_views_and_the_plan(tags: Screen, bench: Bench) -> None:
    """The walk through all tabs sees only the first view."""
    bench.task("lookalikes_find")
    plan = bench.task("implied_plan")["plan_id"]
    allow_light_theme(tags.page)
    found = {}
    for query, text in (
        ("view=alike", "Merge…"),
        ("view=unused", "Never used"),
        ("view=withdrawn", "Preview"),
        (f"view=implied&plan={plan}", "Walk"),
    ):
        page = tags.visit(f"/plugins/tag-manager/cleaning?{query}")
        expect(page.get_by_text(text).first).to_be_visible()
        found[query] = inspect_windows(page, ".sbk-page")
    assert {query: problems for query, problems in found.items() if problems} == {}


def test_an_unwanted_tag_is_counted_previewed_and_taken_off_where_it_is_ticked(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/cleaning")
    page.get_by_label("Names or patterns").fill("/^unsure/")
    page.get_by_label("Names or patterns").press("Enter")
    expect(page.get_by_label("2 scenes")).to_be_checked()
    expect(page.get_by_label("1 performer")).to_be_checked()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("3 of 3")).to_be_visible()
    page.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    assert "Unsure" not in bench.tags_by_name()
    assert bench.stash.read_excluded_tag_patterns() == ["^unsure"]


def test_ticked_tags_are_kept_while_others_are_searched_for(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/cleaning")
    page.get_by_role("checkbox", name="Select Unsure").check()
    page.get_by_label("Search", exact=True).fill("Never")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("checkbox", name="Select Never used").check()
    expect(page.get_by_label("2 scenes")).to_be_checked()
    page.get_by_role("button", name="Preview clean-up of 2 tags").click()
    expect(page.get_by_text("3 of 3")).to_be_visible()
    page.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    assert not {"Unsure", "Never used"} & set(bench.tags_by_name())


def test_all_removals_of_a_tag_are_deselected_together(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/cleaning?view=implied")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()
    page.get_by_label("Outdoor").first.click()
    expect(page.get_by_text("0 of 1", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Apply 0 changes")).to_be_disabled()


def test_look_alikes_are_merged_with_the_chosen_name(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/cleaning?view=alike")
    expect(page.get_by_text("Not searched yet")).to_be_visible()
    page.get_by_role("button", name="Search look-alikes").click()
    page.get_by_role("button", name="Merge…: Hill, Hills").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Hills (1 use)").check()
    dialog.get_by_label("Mound").uncheck()
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").last.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_role("cell", name="changed").first).to_be_visible()
    assert bench.tags_by_name()["Hills"]["aliases"] == ["Hill"]


def test_a_name_typed_in_the_last_moment_counts(tags: Screen, bench: Bench) -> None:
    bench.task("lookalikes_find")
    page = tags.visit("/plugins/tag-manager/cleaning?view=alike")
    page.get_by_role("button", name="Merge…: Hill, Hills").click()
    dialog = page.get_by_role("dialog")
    name, preview = dialog.get_by_label("Its name"), dialog.get_by_role("button", name="Preview")
    name.fill("")
    expect(preview).to_be_disabled()
    name.press_sequentially("Peak")
    preview.dispatch_event("click")  # without leaving the field
    dialog.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").last.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_role("cell", name="changed").first).to_be_visible()
    assert "Peak" in bench.tags_by_name()


def test_a_pair_that_is_not_the_same_keeps_its_row_and_can_be_taken_back(tags: Screen, bench: Bench) -> None:
    bench.task("lookalikes_find")
    page = tags.visit("/plugins/tag-manager/cleaning?view=alike")
    page.get_by_role("button", name="Not the same: Hill, Hills").click()
    expect(page.get_by_text("Hill and Hills are not the same.").first).to_be_visible()
    assert bench.operate("lookalikes_list")["count"] == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Not the same: Hill, Hills")).to_be_visible()
    assert bench.operate("lookalikes_list")["count"] == 1


def test_unused_tags_are_listed_and_deleted(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/cleaning?view=unused")
    expect(page.get_by_role("link", name="Never used")).to_be_visible()
    page.get_by_role("button", name="Preview all without a reason to keep").click()
    page.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    assert "Never used" not in bench.tags_by_name()
