"""Tag Manager in a real browser: a plan of scene tags, and links with proposals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.tagManager.conftest import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Rain is linked and on 12 scenes of the box, Snow has the same name only, Storm is nobody's."""
    with (
        StashBox(World("tags")) as box,
        install_plugin(assemble(ROOT / "tagManager", tmp_path / "tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        rain, snow, storm = (bench.world.add_tag(name) for name in ("Rain <i>", "Snow", "Storm"))
        bench.add_tag("Wet weather", rain)
        bench.add_tag("snow")
        bench.add_scenes(12, rain, snow, storm)
        yield bench


@pytest.fixture
def tags(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, bench.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def make_plan(screen: Screen) -> None:
    """A plan of the whole library, shown."""
    page = screen.visit("/plugins/tag-manager")
    page.get_by_role("button", name="Make a plan").click()
    expect(page.get_by_role("button", name="Add 24 tags")).to_be_visible(timeout=30_000)


def test_a_plan_shows_what_each_tag_gains_before_anything_is_written(tags: Screen, bench: Bench) -> None:
    make_plan(tags)

    row = tags.page.get_by_role("row").filter(has_text="Wet weather")
    expect(row).to_contain_text("+12")
    expect(row).to_contain_text("Rain <i>")
    tags.shoot("tag-manager-plan")
    assert bench.writes() == 0


def test_a_tag_that_is_ticked_off_is_not_added(tags: Screen, bench: Bench) -> None:
    make_plan(tags)
    page = tags.page
    page.get_by_role("checkbox", name="Use: snow").uncheck()
    page.get_by_role("button", name="Add 12 tags").click()
    page.get_by_role("dialog").get_by_role("button", name="Add 12 tags").click()

    expect(page.get_by_text("12 tags were added")).to_be_visible(timeout=30_000)
    assert {frozenset(bench.tags_of(scene)) for scene in bench.stash.scenes.ids()} == {frozenset({1})}


def test_unmatched_tags_are_ranked_and_can_be_ignored(tags: Screen) -> None:
    make_plan(tags)
    page = tags.go("/plugins/tag-manager/unmatched")
    expect(page.get_by_role("row").filter(has_text="Storm")).to_contain_text("+12")

    page.get_by_role("checkbox", name="Select Storm").check()
    page.get_by_role("button", name="Ignore").click()
    expect(page.get_by_text("Nothing is unmatched")).to_be_visible()


def test_a_proposal_is_linked_with_one_click(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/tags")
    page.get_by_role("button", name="Fetch the box's tags").click()
    row = page.get_by_role("row").filter(has_text="snow")
    expect(row).to_contain_text("same name", timeout=30_000)
    tags.shoot("tag-manager-links")

    row.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_text("No tags to show")).to_be_visible()
    assert bench.operate("tag_show", tag_id=2)["links"]


def test_a_search_asks_when_typing_pauses_or_at_once_with_enter(tags: Screen) -> None:
    make_plan(tags)
    search = tags.page.get_by_role("searchbox", name="Search")
    search.fill("wet")
    expect(tags.page.get_by_role("row")).to_have_count(2)

    search.fill("nothing like it")
    search.press("Enter")
    expect(tags.page.get_by_role("row")).to_have_count(0)


def test_without_a_box_the_page_says_what_to_do(tags: Screen, bench: Bench) -> None:
    """acceptance 60"""
    bench.configure()

    expect(tags.visit("/plugins/tag-manager/tags").get_by_text("No stash-box", exact=True)).to_be_visible()


@pytest.mark.window(width=360, height=740)
def test_the_plan_fits_a_phone(tags: Screen) -> None:
    make_plan(tags)

    tags.shoot("tag-manager-phone")
    assert tags.width_of_content() <= 360
