"""The sync of scenes in a real browser: from the first run to a change of the box in the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Credit, Fingerprint, Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.performerSiteSync.conftest import Bench

PAGE = "/plugins/performer-site-sync"


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Yield a linked scene with a title and a date like those of the box."""
    folder = assembled("performerSiteSync")
    with StashBox(World("scenes")) as box, install_plugin(folder) as plugin:
        yield Bench(plugin, box)


@pytest.fixture
def remote(bench: Bench) -> Scene:
    picture = [bench.world.add_picture(640, 360)]
    remote = bench.world.add_scene("Harbor <b>", release_date="2019-05-07", images=picture)
    bench.own_scene(remote, date="2019-05-07", director="My own director", picture="harbor")
    bench.own(bench.world.add_performer("Ada Ash"))
    return remote


@pytest.fixture
def screen(request: pytest.FixtureRequest, chromium: Browser, bench: Bench, remote: Scene) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    known = (bench.box.server.url,)
    with open_screen(chromium, bench.plugin.stash, known=known, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def change_at_box(bench: Bench, remote: Scene) -> None:
    (ada,) = bench.world.performers.values()
    bench.edit(remote, title="Harbor Lights", director="Ida Holm", performers=[Credit(ada.id, "A. Ash")])


def test_the_first_run_reports_and_the_next_preview_shows_three_values(
    screen: Screen, bench: Bench, remote: Scene
) -> None:
    page = screen.visit(f"{PAGE}/sync?kind=scene")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("This was the first run")).to_be_visible()
    screen.shoot("scene-first-run")
    change_at_box(bench, remote)
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("link", name="Review and apply").click()
    row = page.get_by_role("row").filter(has_text="Title")
    expect(row).to_contain_text("Before: Harbor <b>")
    expect(page.get_by_role("row").filter(has_text="Performers")).to_contain_text("Credited: Ada Ash (as A. Ash)")
    screen.shoot("scene-review")
    page = screen.visit(f"{PAGE}/review?kind=scene")
    expect(page.get_by_role("row").filter(has_text="Title")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Apply \d")).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("1 changed").first).to_be_visible()
    now = bench.show(1, "scene")
    assert (now["title"], now["director"]) == ("Harbor Lights", "My own director")
    assert [each["name"] for each in now["performers"]] == ["Ada Ash"]


def test_the_button_on_a_scenes_page_compares_it_with_the_boxes(screen: Screen) -> None:
    page = screen.visit("/scenes/1")
    page.get_by_role("button", name="Sync from boxes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Everything is up to date")
    dialog.get_by_role("button", name="Locks").click()
    dialog.get_by_role("button", name="Title unlocked: lock it").click()
    expect(dialog.get_by_role("button", name="Title locked: unlock it")).to_be_visible()
    screen.shoot("scene-dialog")


@pytest.mark.window(width=390, height=844)
def test_the_review_of_scenes_fits_a_phone(screen: Screen, bench: Bench, remote: Scene) -> None:
    bench.task("update_scenes")
    change_at_box(bench, remote)
    bench.task("update_scenes", dry_run=True)
    page = screen.visit(f"{PAGE}/review")
    page.get_by_label("Show", exact=True).select_option("scene")
    expect(page.get_by_role("row").filter(has_text="Title")).to_be_visible()
    screen.shoot("scene-review-phone")
    assert screen.width_of_content() <= 390


@pytest.mark.window(width=390, height=844)
def test_a_link_found_at_another_box_is_shown_with_its_proof(screen: Screen, bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    here = bench.world.add_scene("Pier", release_date="2020-01-02")
    file = VideoFile("/media/pier.mp4", duration=1200.0, oshash="abcdef0123456000")
    bench.stock.add_scene("Pier", file=file, stash_ids=[bench.link(here)], date="2020-01-02")
    prints = [Fingerprint(0xABCDEF0123456000, "OSHASH", 1200)]
    other.world.add_scene("Pier by night", director="Ida Holm", fingerprints=prints)
    page = screen.visit(f"{PAGE}/sync?kind=scene")
    page.get_by_label("Also find links to other stash-boxes").check()
    screen.shoot("scene-links-sync-phone")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("link", name="Review and apply").click()
    row = page.get_by_role("row").filter(has_text="FansDB has it: same file (oshash).")
    expect(row).to_be_visible()
    page.get_by_role("button", name=re.compile("2 fields differ and stay")).click()
    expect(page.get_by_role("row").filter(has_text="Director")).to_contain_text("Ida Holm")
    screen.shoot("scene-links-review-phone")
    assert screen.width_of_content() <= 390
    page.set_viewport_size({"width": 1280, "height": 900})
    screen.shoot("scene-links-review")
    screen.visit(f"{PAGE}/sync?kind=scene")
    screen.shoot("scene-links-sync")
