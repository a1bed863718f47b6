"""Missing Scenes in a real browser: from a performer's page to the scenes that are not in the library."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from missing.schema import MIGRATIONS
from playwright.sync_api import Locator, Page, Route, expect

from sandbox.stashbox.model import Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from shared.state.store import Store
from tests.harness.browser import Screen, calls_of, wait_for
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench, set_up_whisparr

BUTTON = "Missing Scenes"
STORY = "Up the hill.\n<b>Down</b> again."


@pytest.fixture
def box() -> Iterator[StashBox]:
    with StashBox(World("missing")) as box:
        yield box


@pytest.fixture
def bench(assembled: Callable[[str], Path], box: StashBox) -> Iterator[Bench]:
    """Yield a performer with 120 scenes on the box, of which every third is in the library."""
    with install_plugin(assembled("missingScenes")) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick <b>", gender="FEMALE")
        studio = bench.world.add_studio("Hill & Dale Films")
        images = [bench.world.add_picture(640, 360)]
        tag = bench.world.add_tag("Rainy Day")
        scenes = bench.add_scenes(120, mira, studio=studio, duration=1800, images=images, details=STORY)
        for tagged in scenes[-3:]:
            bench.world.change(tagged, tag_ids=[tag.id])
        owned = bench.own(*scenes[::3])
        number = bench.add_local("performer", "Mira Mosswick <b>", mira.id, favorite=True)
        for scene in owned:
            bench.stash.scenes.update(int(scene), {"performer_ids": [number]})
        bench.add_local("performer", "Nobody Linked")
        yield bench


@pytest.fixture
def whisparr(bench: Bench) -> Iterator[WhisparrDouble]:
    """Yield a Whisparr that the plugin is set up for."""
    with set_up_whisparr(bench) as double:
        yield double


def named(bench: Bench, title: str) -> Scene:
    """Return a scene of the box by its title."""
    return next(scene for scene in bench.world.scenes.values() if scene.title == title)


def pretend_visit(bench: Bench, moment: int) -> None:
    """Set the time of the last visit."""
    bench.plugin.operation("start_visit")
    with contextlib.closing(Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)) as store:
        store.kv.put("visit", {"seen": moment, "since": None})


@contextlib.contextmanager
def put_below(screen: Screen, path: str) -> Iterator[None]:
    """Serve Stash to the window only below a path, as a proxy does."""
    root, page = screen.url, screen.page

    def forward(route: Route) -> None:
        request = route.request
        headers = {**request.headers, "x-forwarded-prefix": path}
        route.fulfill(response=route.fetch(url=request.url.replace(path, "", 1), headers=headers))

    page.route(f"{root}/**", lambda route: route.fulfill(status=404, body="outside"))
    page.route(f"{root}{path}/**", forward)
    screen.url = f"{root}{path}"
    yield
    page.goto("about:blank")
    page.unroute_all(behavior="ignoreErrors")


def card(page: Page, title: str) -> Locator:
    """Return the card of a scene."""
    return page.locator("article").filter(has=page.get_by_role("heading", name=title, exact=True))


def open_list(screen: Screen, performer: int = 1) -> Locator:
    """Open the dialog by the button on a performer's page and return it."""
    screen.visit(f"/performers/{performer}").locator("#performer-page").get_by_role("button", name=BUTTON).click()
    return screen.page.get_by_role("dialog")


def test_the_button_shows_what_is_missing_with_its_figures(missing: Screen) -> None:
    dialog = open_list(missing)

    expect(dialog).to_contain_text("Missing scenes: Mira Mosswick <b>")
    expect(dialog).to_contain_text("40 in your library")
    expect(dialog).to_contain_text("80 missing")
    expect(dialog).to_contain_text("120 on StashDB")
    missing.shoot("missing-scenes-dialog")


def add_old_scenes(bench: Bench, count: int) -> None:
    """Add older scenes of the performer, so that the list has more than one page."""
    mira = next(iter(bench.world.performers.values()))
    for number in range(count):
        bench.world.add_scene(f"Old {number}", performers=(mira,), release_date="1999-01-01")


def test_load_more_adds_the_next_page_without_repeating_a_scene(missing: Screen, bench: Bench) -> None:
    add_old_scenes(bench, 50)
    dialog = open_list(missing)
    dialog.get_by_role("button", name="Load more").click()

    expect(dialog).to_contain_text("End of list.")
    assert dialog.locator("article").count() == 130
    assert len(set(dialog.locator("article h2").all_inner_texts())) == 130


def test_a_failed_page_keeps_the_list_and_retry_continues_it(missing: Screen, bench: Bench) -> None:
    add_old_scenes(bench, 250)
    dialog = open_list(missing)
    expect(dialog.get_by_role("button", name="Load more")).to_be_visible()
    before = dialog.locator("article").count()
    fault = bench.box.server.faults.add("server_error")

    dialog.get_by_role("button", name="Load more").click()
    expect(dialog.get_by_role("alert")).to_contain_text("StashDB")
    assert dialog.locator("article").count() >= before
    expect(dialog).not_to_contain_text("End of list.")

    bench.box.server.faults.remove(fault)
    dialog.get_by_role("button", name="Retry").click()
    expect(dialog.get_by_role("alert")).to_have_count(0)
    expect(dialog.locator("article").nth(before + 100)).to_be_attached()


def test_for_an_unlinked_performer_the_dialog_says_so(missing: Screen, bench: Bench) -> None:
    dialog = open_list(missing, 2)

    expect(dialog).to_contain_text("link")
    expect(dialog).not_to_contain_text("Nothing is missing")
    assert bench.asked() == 0


def test_a_wanted_scene_is_on_the_wanted_tab_and_an_undo_removes_it(missing: Screen) -> None:
    dialog = open_list(missing)
    dialog.get_by_role("button", name="Want Scene 119").click()
    expect(dialog.get_by_role("button", name="Remove Scene 119 from Wanted")).to_be_visible()

    page = missing.visit("/plugins/missing-scenes/wanted")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as links (.txt)").click()
    assert Path(download.value.path()).read_text().startswith("http")
    page.get_by_role("heading", name="Scene 119").click()
    expect(page.get_by_role("dialog")).to_contain_text("Up the hill.")
    page.keyboard.press("Escape")
    missing.go("/plugins/missing-scenes/history")
    page.get_by_role("button", name="Undo…: ").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=False).last.click()
    expect(page.get_by_role("cell", name="undone")).to_be_visible()
    missing.go("/plugins/missing-scenes/wanted")
    expect(page.get_by_text("Nothing on your wanted list")).to_be_visible()


def test_selected_scenes_are_ignored_together_and_hidden_next_time(missing: Screen) -> None:
    dialog = open_list(missing)
    dialog.get_by_role("checkbox", name="Select Scene 119").check()
    dialog.get_by_role("checkbox", name="Select Scene 118").check()
    dialog.get_by_role("button", name="Ignore", exact=True).click()
    expect(dialog.locator(".ms-ignored")).to_have_count(2)

    again = open_list(missing)
    expect(again).to_contain_text("2 ignored")
    expect(again).not_to_contain_text("Scene 119")


def test_the_browse_page_lists_what_is_missing_of_the_favorites(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes")
    expect(page.get_by_text("40 in your library")).to_be_visible()

    page.get_by_label("Missing scenes of").select_option("favorite_tags")
    expect(page.locator("article")).to_have_count(0)
    expect(page).to_have_url(re.compile("of=favorite_tags"))
    page.reload()
    expect(page.get_by_label("Missing scenes of")).to_have_value("favorite_tags")


def test_the_completeness_task_fills_its_table(missing: Screen) -> None:
    page = missing.visit("/plugins/missing-scenes/completeness")
    page.get_by_role("button", name="Check", exact=True).click()

    row = page.get_by_role("row").filter(has_text="Mira Mosswick")
    expect(row).to_contain_text("33 %")
    expect(row).to_contain_text("120")
    missing.shoot("missing-scenes-completeness")
    page.get_by_label("Favorites only").check()
    page.get_by_role("button", name="Show the 80 missing scenes of Mira Mosswick").click()
    expect(page.get_by_role("dialog").locator("article").first).to_be_visible()


def test_adding_to_whisparr_asks_first_and_lists_refusals_scene_by_scene(
    missing: Screen, whisparr: WhisparrDouble, bench: Bench
) -> None:
    """Scene 118 is excluded, and Whisparr does not know 116"""
    excluded, unknown = (named(bench, f"Scene {number}") for number in (118, 116))
    know_box(whisparr.state, [each for each in bench.world.scenes.values() if each is not unknown])
    whisparr.state.exclude(excluded.id, "Scene 118")
    dialog, page = open_list(missing), missing.page
    for number in (119, 118, 116):
        dialog.get_by_role("checkbox", name=f"Select Scene {number}").check()
    dialog.get_by_role("button", name="Add 3 to Whisparr").click()
    expect(page.get_by_text("1 scene is on Whisparr's exclusion list")).to_be_visible()
    page.get_by_label("Quality profile").select_option(label="Ultra-HD")
    page.get_by_role("button", name="Add 2", exact=True).click()

    report = page.get_by_role("region", name="Adding scenes to Whisparr")
    expect(report.locator(".sbk-totals span")).to_have_text(["1 added", "1 skipped", "1 failed"])
    expect(report.get_by_role("list", name="1 failed")).to_contain_text("Scene 116")
    expect(report.get_by_role("list", name="1 skipped")).to_contain_text("Scene 118 Not added")
    expect(card(page, "Scene 119").locator(".ms-status")).to_contain_text("Waiting")

    expect(card(page, "Scene 118").locator(".ms-status")).to_contain_text("Excluded")
    card(page, "Scene 118").get_by_role("button", name="Add anyway").click()
    expect(page.get_by_text("Adding it removes it from the list")).to_be_visible()
    page.get_by_role("button", name="Add anyway").last.click()
    expect(card(page, "Scene 118").locator(".ms-status")).to_contain_text("Waiting")

    card(page, "Scene 116").get_by_role("button", name="Add to Whisparr").click()
    expect(card(page, "Scene 116").get_by_role("alert")).to_contain_text("Whisparr")
    missing.shoot("missing-scenes-whisparr")

    card(page, "Scene 115").get_by_role("button", name="Want Scene 115").click()
    expect(card(page, "Scene 115").get_by_role("button", name="Remove Scene 115 from Wanted")).to_be_visible()
    missing.visit("/plugins/missing-scenes/wanted")
    card(page, "Scene 115").get_by_role("button", name="Add to Whisparr").click()
    expect(card(page, "Scene 115").locator(".ms-status")).to_contain_text("Waiting")
    expect(page.get_by_role("list", name="1 failed")).to_have_count(0)  # the result of the performer's list


def test_a_stopped_adding_task_continues_with_the_remaining_scenes(
    missing: Screen, whisparr: WhisparrDouble, bench: Bench
) -> None:
    know_box(whisparr.state, bench.world.scenes.values())
    whisparr.server.faults.add("slow", seconds=600, path="/movie$", method="POST", on=[2])
    dialog, page = open_list(missing), missing.page
    for number in (119, 118, 116, 115):
        dialog.get_by_role("checkbox", name=f"Select Scene {number}").check()
    dialog.get_by_role("button", name="Add 4 to Whisparr").click()
    page.get_by_role("button", name="Add 4", exact=True).click()
    wait_for(lambda: len(whisparr.server.traffic.requests(path="/movie$", method="POST")) == 2, page)
    report = page.get_by_role("region", name="Adding scenes to Whisparr")
    report.get_by_role("button", name="Stop").click()
    expect(report.get_by_role("button", name="Continue")).to_be_visible()
    whisparr.server.faults.clear()  # earlier, a busy machine would add the rest before the stop arrives
    assert 1 <= len(whisparr.state.movies) < 4

    report.get_by_role("button", name="Continue").click()
    wait_for(lambda: len(whisparr.state.movies) == 4, page)
    expect(report.locator(".sbk-totals")).to_contain_text("added")
    expect(report.get_by_role("button", name="Continue")).to_have_count(0)


def test_details_show_the_boxs_record_and_can_exclude_a_tag(missing: Screen) -> None:
    dialog, page = open_list(missing), missing.page
    dialog.get_by_role("heading", name="Scene 119").click()
    details = page.locator(".ms-details")
    expect(details).to_contain_text("<b>Down</b> again.")
    expect(details.get_by_role("link", name="Hill & Dale Films")).to_have_attribute("href", re.compile("/studios/"))
    missing.shoot("missing-scenes-details")
    details.get_by_role("button", name="Next scene").click()
    expect(details.get_by_role("heading", name="Scene 118")).to_be_visible()
    details.get_by_role("button", name="Exclude Rainy Day").click()
    expect(details.get_by_role("button", name="Stop excluding Rainy Day")).to_be_visible()
    page.keyboard.press("Escape")

    dialog.get_by_role("button", name="2 with an excluded tag").click()
    page.get_by_role("button", name="Stop excluding Rainy Day").click()
    expect(page.get_by_text("No tag is excluded.")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(card(page, "Scene 119")).to_be_visible()


def test_excluded_tags_are_picked_by_name_and_stored_by_id(missing: Screen, bench: Bench) -> None:
    page = missing.visit("/plugins/missing-scenes/setup")
    page.get_by_role("button", name="Advanced").click()
    page.get_by_label("Find a tag").fill("rainy")
    page.get_by_role("button", name="Exclude Rainy Day").click()
    expect(page.get_by_role("button", name="Stop excluding Rainy Day")).to_be_visible()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    tag = next(iter(bench.world.tags.values()))
    assert bench.stash.read_plugin_settings("missingScenes")["excludedTags"] == tag.id

    dialog = open_list(missing)
    expect(dialog).to_contain_text("2 with an excluded tag")
    dialog.get_by_role("button", name="More filters").click()
    dialog.get_by_label("Show scenes with excluded tags").check()
    expect(card(page, "Scene 119")).to_be_visible()


def test_the_keyboard_moves_selects_and_acts_on_cards(missing: Screen) -> None:
    dialog, page = open_list(missing), missing.page
    expect(dialog.locator("article").first).to_be_visible()
    for key in ("ArrowDown", "ArrowRight", "w", "Shift+ArrowRight", "ArrowRight", "i"):
        page.keyboard.press(key)
    expect(dialog.get_by_role("button", name="Remove Scene 118 from Wanted")).to_be_visible()
    expect(dialog.get_by_text("2 selected")).to_be_visible()
    expect(dialog.locator(".ms-ignored")).to_contain_text("Scene 115")

    page.keyboard.press("Enter")
    details = page.locator(".ms-details")
    expect(details.get_by_role("heading", name="Scene 115")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(details.get_by_role("heading", name="Scene 113")).to_be_visible()
    page.keyboard.press("w")
    expect(details.get_by_role("button", name="Remove Scene 113 from Wanted")).to_be_visible()
    page.keyboard.press("Escape")
    expect(details).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys for the cards")).to_be_visible()
    page.keyboard.press("Escape")

    dialog.get_by_role("button", name="More filters").click()
    dialog.get_by_label("Search").fill("")
    page.keyboard.type("wi?")
    expect(dialog.get_by_label("Search")).to_have_value("wi?")
    expect(page.get_by_role("heading", name="Keys for the cards")).to_have_count(0)


def mark_some(bench: Bench, name: str, *numbers: int) -> None:
    """Put scenes on one of the user's lists."""
    cards = {each["title"]: each for each in bench.find("1")["scenes"]}
    chosen = [cards[f"Scene {number}"] for number in numbers]
    bench.operate("mark_scenes", list=name, is_on=True, endpoint=bench.box.endpoint, scenes=chosen)


def test_the_keyboard_acts_on_the_wanted_and_ignored_tabs(missing: Screen, bench: Bench) -> None:
    mark_some(bench, "wanted", 119, 118, 116, 115, 113, 112)
    bench.own(named(bench, "Scene 112"))
    page = missing.visit("/plugins/missing-scenes/wanted")
    expect(page.get_by_text("1 of these is in your library")).to_be_visible()
    expect(card(page, "Scene 112")).to_contain_text("In your library")
    page.get_by_role("button", name="Remove 1 that arrived").click()
    expect(page.locator("article")).to_have_count(5)
    page.get_by_label("Sort by").select_option("date")
    expect(page.locator("article h2").first).to_have_text("Scene 119")
    page.locator(".sbk-grid").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("w")
    expect(card(page, "Scene 119")).to_have_count(0)
    expect(card(page, "Scene 118")).to_be_focused()
    page.keyboard.press("i")
    expect(card(page, "Scene 116")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.locator(".ms-details")).to_contain_text("Up the hill.")
    page.keyboard.press("Escape")
    expect(page.locator(".ms-details")).to_have_count(0)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("2 selected")).to_be_visible()
    missing.shoot("missing-scenes-wanted")
    page.get_by_role("button", name="Remove", exact=True).first.click()
    expect(page.locator("article h2")).to_have_text(["Scene 113"])

    missing.go("/plugins/missing-scenes/ignored")
    expect(page.locator("article h2")).to_have_text(["Scene 118"])
    page.locator("article").focus()
    page.keyboard.press("w")
    expect(page.get_by_text("No ignored scenes")).to_be_visible()


def test_a_sequence_of_stash_wins_and_a_letter_of_ours_can_be_undone(missing: Screen, bench: Bench) -> None:
    mark_some(bench, "wanted", 119, 118)
    page = missing.visit("/plugins/missing-scenes/wanted")
    expect(page.locator("article")).to_have_count(2)
    page.locator("article").first.focus()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("i")
    expect(page.locator("article")).to_have_count(1)
    assert len(calls_of(bench.plugin.stash, "mark_scenes")) == 2  # the one of mark_some, and the second "i"
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("article")).to_have_count(2)
    expect(page.get_by_text("2 changes undone")).to_be_visible()  # it is ignored, and no longer wanted


def test_an_undo_of_many_scenes_is_told_when_it_has_ended(missing: Screen, bench: Bench) -> None:
    dialog, page = open_list(missing), missing.page
    dialog.get_by_role("button", name="Select all").click()
    dialog.get_by_role("button", name="Ignore", exact=True).click()
    expect(page.get_by_text("80 scenes ignored.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True, include_hidden=True).click()
    expect(page.get_by_text("80 changes undone")).to_be_visible()
    assert bench.operate("list_marked", list="ignored")["count"] == 0


def test_a_clean_up_is_previewed_before_it_is_applied_and_a_scan_shows_its_result(
    missing: Screen, whisparr: WhisparrDouble, bench: Bench
) -> None:
    know_box(whisparr.state, bench.world.scenes.values())
    owned = whisparr.state.add_movie(named(bench, "Scene 0").id)
    page = missing.visit("/plugins/missing-scenes/downloads")
    expect(page.get_by_text("No download folders are set")).to_be_visible()
    page.get_by_role("button", name="Preview clean-up").click()
    expect(page.get_by_role("row").filter(has_text="already in your library")).to_have_count(1)
    assert owned.id in whisparr.state.movies
    missing.shoot("missing-scenes-downloads")
    page.get_by_role("button", name="Apply 1 change").click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("cell", name="changed", exact=True)).to_be_visible()
    assert owned.id not in whisparr.state.movies

    bench.plugin.save_settings(scanPath="/elsewhere")
    page.reload()
    page.get_by_role("button", name="Scan", exact=True).click()
    expect(page.get_by_role("region", name="Scan for new scenes")).to_contain_text("Scan Path")


def test_new_scenes_since_the_last_visit_are_announced_and_a_link_keeps_the_filters(
    missing: Screen, bench: Bench
) -> None:
    pretend_visit(bench, 1_000_000)
    page = missing.visit("/plugins/missing-scenes?text=Scene 11&sort=TITLE:ASC")
    expect(page.get_by_text("80 new scenes · Favorite performers")).to_be_visible()
    expect(page.locator("article h2").first).to_have_text("Scene 11")
    page.get_by_role("button", name="Show only these").click()
    expect(page).to_have_url(re.compile("new=1"))
    page.get_by_role("button", name="Show all").click()

    missing.go("/plugins/missing-scenes/wanted")
    expect(page.get_by_text("Nothing on your wanted list")).to_be_visible()
    missing.go("/plugins/missing-scenes")
    expect(page).to_have_url(re.compile("text=Scene"))
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("article h2").first).to_have_text("Scene 1")


def test_choosing_another_box_starts_a_new_list(missing: Screen, bench: Bench) -> None:
    with StashBox(World("other")) as other:
        tom = other.world.add_performer("Tom")
        other.world.add_scene("Only there", performers=[tom])
        bench.configure(bench.box, other)
        mira = next(iter(bench.world.performers.values()))
        number = bench.add_local("performer", "Both")
        links = [*bench.links(mira.id), *bench.links(tom.id, other)]
        bench.stash.performers.update(int(number), {"stash_ids": links})
        dialog = open_list(missing, int(number))
        dialog.get_by_label("Stash-box", exact=True).select_option(label="OtherBox")
        expect(dialog.locator("article")).to_have_count(1)
        expect(dialog).to_contain_text("1 on OtherBox")

        bench.plugin.run_task("completeness")
        page = missing.visit("/plugins/missing-scenes/completeness")
        page.get_by_role("button", name="Show the 1 missing scenes of Both").click()
        expect(page.get_by_role("dialog")).to_contain_text("1 on OtherBox")


def test_without_a_stash_box_the_dialogs_say_so_in_the_same_words_as_the_tabs(missing: Screen, bench: Bench) -> None:
    bench.configure()
    missing.visit("/performers/1").get_by_role("button", name="Missing Scenes").click()
    dialog = missing.page.get_by_role("dialog")
    expect(dialog.get_by_text("No stash-box", exact=True)).to_be_visible()
    expect(dialog.get_by_role("link", name="Add a stash-box")).to_be_visible()


def test_the_plugin_works_below_the_path_of_a_proxy(missing: Screen) -> None:
    missing.expect_complaint("blocked by CORS|ERR_FAILED")  # pictures on a page that Chromium did not fetch itself
    with put_below(missing, "/media/stash"):
        dialog = open_list(missing)
        dialog.get_by_role("button", name="Want Scene 119").click()
        expect(dialog.get_by_role("button", name="Remove Scene 119 from Wanted")).to_be_visible()
        missing.go("/plugins/missing-scenes/wanted")
        expect(card(missing.page, "Scene 119")).to_be_visible()
        missing.page.get_by_role("tab", name="Browse").click()
        expect(missing.page).to_have_url(re.compile("/media/stash/plugins/missing-scenes$"))


@pytest.mark.window(width=360, height=740)
def test_the_list_fits_a_phone(missing: Screen) -> None:
    dialog = open_list(missing)
    expect(dialog.locator("article").first).to_be_visible()

    missing.shoot("missing-scenes-phone")
    assert missing.width_of_content() <= 360


def switch_on(bench: Bench, **settings: bool) -> None:
    """Count the library, read the row of the front page, and switch on parts on Stash's own pages."""
    bench.plugin.save_settings(**settings)
    bench.plugin.run_task("completeness")
    bench.plugin.run_task("front_row")


def test_the_front_page_shows_new_scenes_of_favorites_if_switched_on(missing: Screen, bench: Bench) -> None:
    switch_on(bench, frontPageRow=True)
    page = missing.visit("/")
    row = page.locator(".ms-front")
    expect(row.get_by_role("heading")).to_have_text("New from your favorites, not in your library")
    expect(row.locator(".ms-front-card")).to_have_count(20)
    row.get_by_role("link", name="View all").click()
    expect(page.locator(".sbk-page")).to_be_visible()


def test_all_cards_of_a_page_get_their_completeness_with_one_call(missing: Screen, bench: Bench) -> None:
    others = [bench.world.add_performer(f"Other {number:02d}") for number in range(24)]
    for other in others:
        bench.add_scenes(2, other)
        bench.add_local("performer", other.name, other.id)
    switch_on(bench, completenessOnCards=True)
    page = missing.visit("/performers")
    meters = page.locator(".ms-meter")
    expect(meters).to_have_count(25)
    expect(page.locator(".performer-card", has_text="Mira").locator(".ms-meter")).to_have_text("40/120")
    assert len(calls_of(bench.plugin.stash, "card_counts")) == 1


@pytest.mark.parametrize("path", ["/", "/performers"])
def test_switched_off_nothing_is_loaded_on_pages_of_stash(missing: Screen, bench: Bench, path: str) -> None:
    switch_on(bench, frontPageRow=False, completenessOnCards=False)
    page = missing.visit(path)
    expect(page.locator(".grid-card").first).to_be_visible()
    assert page.locator(".ms-front, .ms-meter").count() == 0
    assert page.locator("script[src*='missingScenes/assets']").count() == 0
