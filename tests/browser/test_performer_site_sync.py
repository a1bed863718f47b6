"""Performer/Site Sync in a real browser: each test goes from the first click to what is in the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen, wait_for
from tests.harness.installed import install_plugin
from tests.performerSiteSync.conftest import Bench

PAGE = "/plugins/performer-site-sync"


@pytest.fixture
def other() -> Iterator[StashBox]:
    with StashBox(World("other")) as box:
        yield box


@pytest.fixture
def bench(assembled: Callable[[str], Path], other: StashBox) -> Iterator[Bench]:
    """Yield a performer at two boxes that differ, an unlinked performer, and a linked studio."""
    folder = assembled("performerSiteSync")
    with StashBox(World("people")) as box, install_plugin(folder) as plugin:
        bench = Bench(plugin, box)
        bench.configure(box, other)
        here = [box.world.add_picture(300, 450)]
        mira = box.world.add_performer("Mira Mosswick <b>", eye_color="BLUE", country="NL", images=here)
        twin = other.world.add_performer("Mira Mosswick <b>", eye_color="GREEN", aliases=["Mimi Moss"])
        bench.own(mira, bench.link(twin, other), ethnicity="Caucasian")
        bench.stock.add_performer("Nell Nobody")
        bench.own_studio(box.world.add_studio("Hill & Dale Films"))
        yield bench


@pytest.fixture
def people(request: pytest.FixtureRequest, chromium: Browser, bench: Bench, other: StashBox) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    known = (bench.box.server.url, other.server.url)
    with open_screen(chromium, bench.plugin.stash, known=known, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def make_preview(screen: Screen) -> Page:
    """Make a preview of all performers and return its review."""
    page = screen.visit(f"{PAGE}/sync")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("link", name="Review and apply").click()
    expect(page.get_by_role("row").filter(has_text="Eye color")).to_be_visible()
    return page


def test_the_overview_shows_links_and_open_work(people: Screen, bench: Bench) -> None:
    page = people.visit(PAGE)
    expect(page.get_by_role("button", name="Preview updates")).to_be_visible()
    bench.sync(dry_run=True)
    page.reload()
    tiles = page.get_by_role("group", name="Overview").get_by_role("link")
    expect(tiles.filter(has_text="Performers linked")).to_contain_text("1 of 2 linked")
    expect(tiles.filter(has_text="Performer has updates")).to_contain_text("1")
    expect(tiles.filter(has_text="Possible duplicate")).to_contain_text("Not checked yet")
    page.get_by_role("button", name="Test: FansDB").click()
    expect(page.get_by_text("answers, signed in as")).to_be_visible()
    page.get_by_role("button", name="Check completeness").click()
    expect(page.get_by_role("listitem").filter(has_text="Ethnicity")).to_contain_text("50 %")
    people.shoot("pss-overview")
    page.get_by_role("button", name="Clear cache").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text(re.compile("answers? forgotten"))).to_be_visible()


def test_a_preview_shows_both_boxes_and_writes_only_selected_changes(people: Screen, bench: Bench) -> None:
    page = make_preview(people)
    row = page.get_by_role("row").filter(has_text="Eye color")
    expect(row).to_contain_text("Green")
    people.shoot("pss-review")
    page.get_by_role("row").filter(has_text="Country").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name=re.compile(r"^Apply \d")).click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()

    expect(page.get_by_text("Checked 2: 1 changed, 1 skipped")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Country").get_by_role("checkbox")).not_to_be_checked()
    assert (bench.show(1)["eye_color"], bench.show(1)["country"] or "") == ("Blue", "")
    page.get_by_role("button", name="Undo this run").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").last.click()
    wait_for(lambda: not bench.show(1)["eye_color"], page)
    page.get_by_role("button", name="Eye color (undone by you)").click()
    page.get_by_role("button", name="Take this: Eye color, FansDB").click()
    expect(page.get_by_text("Eye color: Taken from FansDB.")).to_be_visible()
    assert bench.show(1)["eye_color"] == "Green"


def test_a_run_with_a_box_down_says_its_totals_once_and_the_health_line_follows(
    people: Screen, bench: Bench, other: StashBox
) -> None:
    page = people.visit(f"{PAGE}/sync")
    expect(page.get_by_role("region", name="Health")).to_contain_text("Not tested yet")
    other.server.faults.add("server_error")
    page.get_by_role("button", name="Preview", exact=True).click()
    done = page.locator(".sbk-task")
    expect(done).to_contain_text("Partly done")
    expect(done).to_contain_text("1 has updates")
    expect(done).to_contain_text("FansDB at")
    expect(done).not_to_contain_text("seen:")
    expect(done).not_to_contain_text("FansDB: FansDB")
    health = page.get_by_role("region", name="Health")
    expect(health).to_contain_text("1 recent error")
    health.get_by_role("button", name="Show health").click()
    expect(health).to_contain_text("FansDB at")
    expect(health).not_to_contain_text("FansDB: FansDB")


def test_an_undo_says_if_the_value_was_edited_in_between(people: Screen, bench: Bench) -> None:
    bench.stash.performers.update(1, {"eye_color": "Gray"})
    page = people.visit(f"{PAGE}/sync")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("link", name="Review and apply").click()
    page.get_by_role("button", name="2 fields differ and stay: Eye color, Picture").click()
    page.get_by_role("button", name="Take this: Eye color, FansDB").click()
    expect(page.get_by_text("Eye color: Taken from FansDB.")).to_be_visible()
    bench.stash.performers.update(1, {"eye_color": "Hazel"})
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Nothing was undone.")).to_be_visible()
    expect(page.get_by_text("Taken", exact=True)).to_be_visible()
    assert bench.show(1)["eye_color"] == "Hazel"


def test_an_update_of_many_performers_offers_a_backup_of_stash(people: Screen, bench: Bench) -> None:
    for number in range(20):
        bench.stock.add_performer(f"Extra {number}")
    page = people.visit(f"{PAGE}/sync")
    page.get_by_role("button", name="Update now").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Back up Stash's database first")).not_to_be_checked()
    dialog.get_by_label("Back up Stash's database first").check()
    people.shoot("pss-backup")
    dialog.get_by_role("button", name="Update", exact=True).click()
    expect(page.get_by_text("Stash's database was backed up before, as stash-go.sqlite.")).to_be_visible()


def test_a_field_can_be_deselected_on_all_pages(people: Screen, bench: Bench) -> None:
    bench.own(bench.world.add_performer("Ona Oak", country="NO", hair_color="BLACK"))
    page = make_preview(people)
    page.get_by_role("button", name="Country 2/2").click()
    expect(page.get_by_text("3 of 5 selected")).to_be_visible()
    people.shoot("pss-fields")


def test_a_link_to_a_record_that_is_gone_can_be_removed(people: Screen, bench: Bench) -> None:
    gone = bench.world.add_performer("Gone Girl")
    number = bench.own(gone)
    bench.world.delete(gone)
    bench.sync()
    page = people.visit(PAGE)
    page.get_by_role("link").filter(has_text="Deleted record").click()
    page.get_by_role("button", name="Remove link: Gone Girl").click()
    expect(page.get_by_text("No deleted records")).to_be_visible()
    assert bench.links_of(number) == []


def test_picked_performers_are_updated_at_once_and_the_totals_add_up(people: Screen, bench: Bench) -> None:
    bench.configure(bench.box, keys=(bench.box.key,))
    page = people.visit(f"{PAGE}/sync")
    page.get_by_label("Which", exact=True).select_option("chosen")
    page.get_by_label("Name, ID or address").fill("Mira")
    page.get_by_role("button", name="Mira Mosswick <b>").click()
    page.get_by_role("button", name="Update now").click()
    people.shoot("pss-sync")
    page.get_by_role("dialog").get_by_role("button", name="Update").click()

    expect(page.get_by_text("1 changed")).to_be_visible()
    assert bench.show(1)["eye_color"] == "Blue"


def test_an_update_that_waits_for_a_slow_box_can_be_stopped(people: Screen, bench: Bench) -> None:
    fault = bench.box.server.faults.add("slow", seconds=600)
    page = people.visit(f"{PAGE}/sync")
    page.get_by_role("button", name="Update now").click()
    page.get_by_role("dialog").get_by_role("button", name="Update").click()
    expect(page.get_by_text("Running", exact=True)).to_be_visible()
    wait_for(lambda: bench.asked() > 0, page)
    page.get_by_role("button", name="Stop").click()

    expect(page.locator(".sbk-task")).to_contain_text(re.compile("Stopped|Interrupted"))  # before or in its run
    bench.box.server.faults.remove(fault)
    assert not bench.show(1)["eye_color"]


def test_rows_selected_in_stashs_list_are_picked_on_the_sync_tab(people: Screen) -> None:
    page = people.visit("/performers")
    page.locator(".performer-card").filter(has_text="Mira Mosswick").get_by_role("checkbox").check(force=True)
    page.get_by_role("button", name="Operations").click()
    page.get_by_text("Sync from boxes…").click()

    expect(page.get_by_role("button", name="Remove Mira Mosswick <b>")).to_be_visible()
    expect(page.get_by_role("button", name="Preview", exact=True)).to_be_enabled()


def test_the_button_on_a_performers_page_previews_only_this_performer_and_shows_locks(
    people: Screen, bench: Bench
) -> None:
    page = people.visit("/performers/1")
    page.locator("#performer-page").get_by_role("button", name="Sync from boxes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row").filter(has_text="Eye color")).to_be_visible()
    people.shoot("pss-one")

    dialog.get_by_role("button", name="Locks").click()
    dialog.get_by_role("button", name="Eye color unlocked: lock it").click()
    expect(dialog.get_by_role("button", name="Eye color locked: unlock it")).to_be_visible()
    people.shoot("pss-locks")
    dialog.get_by_role("button", name="Update", exact=True).click()
    expect(dialog.get_by_role("row").filter(has_text="Country")).to_be_visible()
    expect(dialog.get_by_role("button", name="Eye color (locked by you)")).to_be_visible()
    expect(dialog.get_by_role("row").filter(has_text="Eye color")).to_have_count(0)


def test_the_dialog_of_a_studio_shows_the_error_of_a_box(people: Screen, bench: Bench) -> None:
    """The page shows the error."""
    bench.configure(bench.box, keys=("wrong",))
    page = people.visit("/studios/1")
    page.locator("#studio-page").get_by_role("button", name="Sync from boxes").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("StashDB")


def test_policies_are_edited_in_a_table_and_saved(people: Screen, bench: Bench) -> None:
    page = people.visit(f"{PAGE}/setup?advanced")
    page.get_by_role("button", name="Edit… Field Rules").click()
    page.get_by_role("dialog").get_by_label("Country").select_option("ignore")
    people.shoot("pss-policies")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Country: ignore", exact=True)).to_be_visible()

    page.get_by_role("button", name="Edit… Field Priority").click()
    page.get_by_role("dialog").get_by_label("Eye color: first").select_option("FansDB")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Eye color: FansDB", exact=True)).to_be_visible()
    bench.sync()
    assert (bench.show(1)["eye_color"], bench.show(1)["country"] or "") == ("Green", "")


def test_favorites_are_synced_and_removals_are_only_proposed(people: Screen, bench: Bench) -> None:
    liked = bench.world.accounts[bench.box.key].performers
    liked.add(bench.links_of(1)[0])
    page = people.visit(f"{PAGE}/favorites")
    preview = page.get_by_role("button", name="Preview Performers of StashDB")
    preview.click()
    expect(page.locator(".sbk-plan-item").filter(has_text="Mira Mosswick <b>")).to_be_visible()
    people.shoot("pss-favorites")
    page.get_by_role("button", name="Apply 1 change").click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("1 changed").first).to_be_visible()
    assert bench.show(1)["favorite"]

    liked.clear()
    preview.click()
    expect(page.get_by_text("0 of 1 selected")).to_be_visible()
    people.shoot("pss-favorites-removal")
    assert bench.show(1)["favorite"]


def test_a_report_adds_up_and_can_be_saved(people: Screen) -> None:
    page = people.visit(f"{PAGE}/report")
    page.get_by_role("button", name="Make a report").click()
    expect(page.get_by_text("1 of 2 linked")).to_be_visible()
    people.shoot("pss-report")
    for name, ending in (("Save as CSV", ".csv"), ("Save as JSON", ".json")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        assert saved.value.suggested_filename.endswith(ending)


@pytest.mark.window(width=360, height=740)
def test_every_tab_fits_a_phone(people: Screen) -> None:
    page = make_preview(people)
    people.shoot("pss-review-phone")
    assert people.width_of_content() <= 360
    for name in ("Overview", "Sync", "Conflicts", "Duplicates", "Favorites", "Report", "Setup"):
        page.get_by_role("tab", name=name).click()
        expect(page.locator(".tab-pane.active > *").first).to_be_visible()
        expect(page.locator(".sbk-loading")).to_have_count(0)
        people.shoot(f"pss-{name.lower()}-phone")
        assert people.width_of_content() <= 360, name


def test_a_conflict_is_decided_and_the_decision_can_be_taken_back(people: Screen, bench: Bench) -> None:
    picture = [bench.world.add_picture(300, 450)]
    for word in ("guide", "pilot"):
        bench.world.add_performer("Nell Nobody", disambiguation=word, birth_date="1990-05-03", images=picture)
    bench.set(nameSearch=True)
    bench.sync()
    bench.set(enableStashDB=False)
    page = people.visit(f"{PAGE}/conflicts")
    expect(page.get_by_text("1 conflict is hidden")).to_be_visible()
    expect(page.get_by_role("button", name="Forget them")).to_be_visible()
    people.shoot("pss-asleep")
    bench.set(enableStashDB=True)
    page.reload()
    conflict = page.get_by_role("group").filter(has_text="Nell Nobody")
    expect(conflict).to_contain_text("Born 1990-05-03")
    people.shoot("pss-conflicts")
    conflict.get_by_role("button", name="Not this one: Nell Nobody (pilot)").click()
    expect(conflict.get_by_role("button", name="Not this one: Nell Nobody (pilot)")).to_have_count(0)
    conflict.get_by_role("button", name="Link this one: Nell Nobody (guide)").click()
    decided = page.locator(".ps-decided")
    expect(decided).to_contain_text("Linked.")
    assert len(bench.links_of(2)) == 1
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(conflict.get_by_role("button", name="Link this one: Nell Nobody (guide)")).to_be_visible()
    assert bench.links_of(2) == []
    conflict.get_by_role("button", name="Link this one: Nell Nobody (guide)").click()
    expect(decided).to_contain_text("Linked.")
    people.shoot("pss-conflict-decided")

    page.get_by_role("link", name="Decisions").click()
    row = page.get_by_role("row").filter(has_text="Nell Nobody").filter(has_text="is not")
    expect(row).to_be_visible()
    people.shoot("pss-decisions")
    row.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(0)


def test_a_conflict_can_be_decided_on_the_performers_page(people: Screen, bench: Bench) -> None:
    for word in ("guide", "pilot"):
        bench.world.add_performer("Nell Nobody", disambiguation=word, country="NO")
    bench.set(nameSearch=True)
    page = people.visit("/performers/2")
    page.locator("#performer-page").get_by_role("button", name="Sync from boxes").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Link this one: Nell Nobody (guide)").click()
    expect(dialog.get_by_text("Everything is up to date")).to_be_visible()
    people.shoot("pss-one-decided")
    assert bench.show(2)["country"] == "NO"


def test_two_duplicates_are_merged_after_a_preview(people: Screen, bench: Bench) -> None:
    twin = bench.stock.add_performer(
        "M. Mosswick", stash_ids=[bench.link(bench.world.performers[bench.links_of(1)[0]])]
    )
    page = people.visit(f"{PAGE}/duplicates")
    page.get_by_role("button", name="Find duplicates").click()
    pair = page.get_by_role("group").filter(has_text="M. Mosswick")
    expect(pair.get_by_role("button", name="Merge")).to_be_visible()
    people.shoot("pss-duplicates")
    pair.get_by_role("button", name="Merge").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("What undo cannot bring back")
    people.shoot("pss-merge")
    dialog.get_by_role("button", name=re.compile(r"^Apply \d")).click()
    page.get_by_role("dialog").last.get_by_role("button", name="Apply", exact=True).click()
    expect(dialog.get_by_text("1 changed")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()

    expect(page.locator(".ps-decided")).to_contain_text("Merged.")
    assert bench.stash.performers.get(twin, "name") is None
