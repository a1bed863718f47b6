"""The Link doctor in a real browser: a check, a doubted link, its repair and the undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.model import Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.axe import allow_light_theme, inspect_windows
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench
from tests.tagManager.scene_links.conftest import Clinic

APPLY = re.compile(r"^Apply \d")  # the plan's button; each item has one of its own
TAB = "/plugins/tag-manager/doctor"


@pytest.fixture
def clinic(assembled: Callable[[str], Path]) -> Iterator[Clinic]:
    """Return a library with a wrong link, and one with two scenes."""
    with StashBox(World("tags")) as box, install_plugin(assembled("tagManager")) as plugin:
        clinic = Clinic(Bench(plugin, box))
        clinic.mix_up("Lake")
        hill = clinic.add_remote("Hill", clinic.make_file())
        for _ in range(2):
            clinic.own(hill, clinic.make_file())
        yield clinic


@pytest.fixture
def screen(chromium: Browser, clinic: Clinic) -> Iterator[Screen]:
    """Yield a browser window on this Stash."""
    with open_screen(chromium, clinic.bench.plugin.stash) as screen:
        yield screen


def test_a_wrong_link_is_found_shown_repaired_and_restored(screen: Screen, clinic: Clinic) -> None:
    page = screen.visit(TAB)
    expect(page.get_by_text("Not checked yet")).to_be_visible()
    page.get_by_role("button", name="Check links").click()
    row = page.get_by_role("listitem").filter(has_text="Mine Lake").first
    expect(
        row.get_by_text("StashDB knows exactly this file as another scene, and not as the linked one.")
    ).to_be_visible()
    expect(row.get_by_text("Your file is 20:00 long, the linked scene 10:00.")).to_be_visible()
    expect(row.get_by_role("link", name="Right for Lake")).to_be_visible()
    row.get_by_role("button", name="Link to the other one").click()
    page.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("listitem").filter(has_text="Mine Hill").first).to_be_visible()
    expect(page.get_by_text("Mine Lake")).to_have_count(0)


def test_a_link_is_called_right_and_a_record_chosen_by_its_address(screen: Screen, clinic: Clinic) -> None:
    clinic.check()
    page = screen.visit(TAB)
    row = page.get_by_role("listitem").filter(has_text="Mine Lake").first
    row.get_by_role("button", name="Choose a scene…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Or the address of another scene at StashDB").fill("nothing")
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_text('"nothing" has no id of a stash-box')).to_be_visible()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="It is right").click()
    expect(page.get_by_text("Mine Lake")).to_have_count(0)
    page.get_by_label("Show links you marked as right").check()
    expect(page.get_by_text("Mine Lake").first).to_be_visible()


def test_axe_finds_nothing_on_the_list_the_dialog_and_a_plan(screen: Screen, clinic: Clinic) -> None:
    clinic.check()
    plan = clinic.bench.operate("doctor_plan", action="relink")["plan_id"]
    allow_light_theme(screen.page)
    page = screen.visit(TAB)
    expect(page.get_by_text("Mine Lake").first).to_be_visible()
    problems = list(inspect_windows(page, ".sbk-page"))
    page.get_by_role("button", name="Choose a scene…").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    problems += inspect_windows(page, ".sbk.modal")
    page = screen.visit(f"{TAB}?plan={plan}")
    expect(page.get_by_text("Mine Lake").first).to_be_visible()
    problems += inspect_windows(page, ".sbk-page")
    assert problems == []


def test_a_repair_also_takes_back_what_the_other_plugin_wrote_from_the_wrong_scene(
    screen: Screen, clinic: Clinic, assembled: Callable[[str], Path]
) -> None:
    bench, stash = clinic.bench, clinic.bench.plugin.stash
    (stash.plugins_dir / "performerSiteSync").symlink_to(assembled("performerSiteSync"))
    stash.services.plugins.reload()
    scene = next(row for row in bench.stash.scenes.page("title", per_page=-1).rows if row["title"] == "Mine Lake")
    wrong = next(each for each in bench.world.table_of(Scene).values() if each.title == "Lake")
    bench.world.change(wrong, code="L-600")
    sync = bench.stash.run_plugin_task("performerSiteSync", args={"mode": "update_scenes", "fill": True})
    bench.plugin.wait_for(sync)
    clinic.check()
    plan = clinic.plan(clinic.rows(text="Lake")[0], "relink")["plan_id"]
    allow_light_theme(screen.page)
    page = screen.visit(f"{TAB}?plan={plan}")
    part = page.get_by_role("region", name="What Performer/Site Sync wrote from the wrong scenes")
    expect(part.get_by_text("L-600")).to_be_visible()
    part.get_by_role("button", name=APPLY).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(part.get_by_role("button", name="Undo").first).to_be_visible()
    row = bench.stash.scenes.get(int(scene["id"]), "code title")
    assert row is not None and (row["code"] or "", row["title"]) == ("", "Mine Lake")
    assert list(inspect_windows(page, ".sbk-page")) == []


def test_a_line_on_the_scenes_page_leads_to_the_link_doctor_only_if_a_link_is_doubtful(
    screen: Screen, clinic: Clinic
) -> None:
    clinic.check()
    rows = {row["title"]: row["id"] for row in clinic.bench.stash.scenes.page("title", per_page=-1).rows}
    fine = clinic.own(clinic.add_remote("Fine", file := clinic.make_file()), file)
    allow_light_theme(screen.page)
    page = screen.visit(f"/scenes/{rows['Mine Lake']}")
    line = page.locator(".sbk-row").get_by_role("link", name="Doubtful link")
    expect(line).to_have_attribute("title", re.compile("Your file is 20:00 long"))
    expect(line.locator(".badge-warning")).to_be_visible()
    assert list(inspect_windows(page, ".sbk-row")) == []
    line.click()
    expect(page.get_by_role("listitem").filter(has_text="Mine Lake").first).to_be_visible()
    page = screen.visit(f"/scenes/{fine}")
    expect(page.get_by_role("button", name="Missing tags")).to_be_visible()
    expect(page.get_by_role("link", name="Doubtful link")).to_have_count(0)
    assert "tagManager/assets/page" not in page.content(), "the plugin's page is not loaded for nothing"


def test_the_other_plugin_lists_a_doubtful_link_as_a_conflict_that_leads_to_the_link_doctor(
    screen: Screen, clinic: Clinic, assembled: Callable[[str], Path]
) -> None:
    bench, stash = clinic.bench, clinic.bench.plugin.stash
    (stash.plugins_dir / "performerSiteSync").symlink_to(assembled("performerSiteSync"))
    stash.services.plugins.reload()
    clinic.check()
    bench.plugin.wait_for(bench.stash.run_plugin_task("performerSiteSync", args={"mode": "update_scenes"}))
    allow_light_theme(screen.page)
    page = screen.visit("/plugins/performer-site-sync/conflicts")
    row = page.get_by_role("group", name="Mine Lake")
    expect(row.get_by_text("the link is doubtful")).to_be_visible()
    assert list(inspect_windows(page, ".sbk-page")) == []
    row.get_by_role("button", name="The link is right: Mine Lake").click()
    expect(row.get_by_text("the link is doubtful")).to_have_count(0)
    page.get_by_role("button", name="Undo").first.click()
    expect(row.get_by_text("the link is doubtful")).to_be_visible()
    page = screen.visit("/plugins/performer-site-sync/conflicts")
    page.get_by_role("group", name="Mine Lake").get_by_role("link", name="Open in the Link doctor").click()
    expect(page.get_by_role("listitem").filter(has_text="Mine Lake").first).to_be_visible()
