"""Giving back in a real browser: switched on, previewed by scene, confirmed; and offered in the dialog of one scene."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.axe import allow_light_theme, inspect_windows
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench

APPLY = re.compile(r"^Apply \d")  # the plan's button; each item has one of its own


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Return a library with five linked scenes, of which one file has another length than the box says."""
    with (
        StashBox(World("giving")) as box,
        install_plugin(assembled("tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        for number in range(5):
            remote = bench.world.add_scene(f"Walk {number}", duration=600 if number == 4 else 1200)
            file = VideoFile(f"/media/{number}.mp4", oshash=f"{number + 1:016x}", phash=f"a{number:015x}")
            bench.own(remote, file=file)
        yield bench


@pytest.fixture
def neighbors(bench: Bench, assembled: Callable[[str], Path]) -> Bench:
    """Return the bench with Missing Scenes beside Tag Manager, and a file without a link that is a scene of the box."""
    stash = bench.plugin.stash
    (stash.plugins_dir / "missingScenes").symlink_to(assembled("missingScenes"))
    stash.services.plugins.reload()
    bench.world.add_scene("Found", duration=1200, fingerprints=[Fingerprint(0x99, "OSHASH", 1200)])
    bench.stock.add_scene("Mine", file=VideoFile("/media/mine.mp4", oshash="99"))
    stash.services.jobs.wait_for(int(bench.stash.run_plugin_task("missingScenes", args={"mode": "compare_files"})))
    return bench


@pytest.fixture
def giving(chromium: Browser, bench: Bench) -> Iterator[Screen]:
    """Yield a browser window on this Stash."""
    with open_screen(chromium, bench.plugin.stash) as screen:
        yield screen


def test_fingerprints_are_submitted_after_switching_on_a_preview_and_a_confirmation(
    giving: Screen, bench: Bench
) -> None:
    allow_light_theme(giving.page)
    page = giving.visit("/plugins/tag-manager/giving")
    expect(page.get_by_text("Submitting fingerprints is off")).to_be_visible()
    found = [inspect_windows(page, ".sbk-page")]
    page.get_by_role("button", name="Offer fingerprints").click()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Walk 4")).to_be_visible()
    expect(page.get_by_text("is it the right scene?")).to_be_visible()
    page.get_by_role("button", name=re.compile("Walk 0")).first.click()
    expect(page.get_by_text("oshash 0000000000000001")).to_be_visible()
    found.append(inspect_windows(page, ".sbk-page"))
    votes = bench.world.accounts[bench.box.key].votes
    assert (len(votes), [each for each in found if each]) == (0, [])
    page.get_by_role("button", name=APPLY).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("You can undo this on the History tab.")).to_be_visible()
    dialog.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    assert len(votes) == 8
    page.get_by_role("link", name="Back").click()
    expect(page.locator(".sbk-tile", has_text="Submitted")).to_contain_text("8")
    expect(page.locator(".sbk-tile", has_text="Scenes")).to_contain_text("4")


def test_a_scenes_dialog_offers_its_fingerprints_once_it_is_switched_on(giving: Screen, bench: Bench) -> None:
    bench.plugin.save_settings(offerFingerprints=True)
    allow_light_theme(giving.page)
    page = giving.visit("/scenes/5")
    page.get_by_role("button", name="Missing tags").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Submit fingerprints…").click()
    expect(dialog.get_by_text("is it the right scene?").first).to_be_visible()
    assert inspect_windows(page, ".modal-dialog") == {}
    dialog.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").last.get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    assert len(bench.world.accounts[bench.box.key].votes) == 2


def test_linked_files_lead_from_missing_scenes_to_the_tab_that_gives_back(giving: Screen, neighbors: Bench) -> None:
    page = giving.visit("/plugins/missing-scenes/files")
    page.get_by_role("button", name="Review and link 1").click()
    page.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Submit them in Tag Manager").click()
    expect(page.get_by_text("Submitting fingerprints is off")).to_be_visible()
