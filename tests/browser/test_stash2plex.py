"""Stash2Plex in a real browser: the Queue tab, a scene's preview, the match map, the path rule editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect
from plexsync.queue.constants import STARTED

from sandbox.pictures import draw_picture
from sandbox.plex.pictures import store_upload
from sandbox.plex.server import PlexDouble
from sandbox.plex.watching import play_item, rate, stop_item
from tests.harness.browser import Screen, calls_of, open_screen, wait_for
from tests.harness.installed import install_plugin
from tests.stash2plex.pair import Pair

HOME = "/plugins/stash2plex"
APPLY = re.compile(r"^Apply \d")  # the plan's button; each item has one of its own
LONG_AGO = "2026-01-01T00:00:00Z"  # when scenes were saved that are no news


@pytest.fixture
def pair(assembled: Callable[[str], Path]) -> Iterator[Pair]:
    """Yield a Stash with the plugin and a Plex that accepts edits."""
    plex = PlexDouble()
    with plex.server, install_plugin(assembled("stash2plex")) as plugin:
        pair = Pair(plugin, plex)
        pair.change_settings(enabled=True, poll_interval=5)
        yield pair
        pair.store.close()


@pytest.fixture
def screen(request: pytest.FixtureRequest, chromium: Browser, pair: Pair) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, pair.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def pane(screen: Screen, tab: str = "queue") -> Locator:
    """Open a tab of the page and return the page."""
    return screen.visit(f"{HOME}/{tab}").locator(".sbk-page")


def pane_now(screen: Screen) -> Locator:
    """Return the page that a link led to."""
    return screen.page.locator(".sbk-page")


def change_of(place: Locator, field: str) -> Locator:
    """Return the row of a change by the name of its field."""
    return place.locator("tr").filter(has=place.page.get_by_role("cell", name=field, exact=True))


def park_three(pair: Pair) -> None:
    """Park three scenes that Plex does not have."""
    pair.change_settings(skip_not_found=True)
    pair.sync(*(pair.add_scene(f"Lost {each}", f"/data/lost{each}.mp4") for each in (1, 2, 3)))


def test_an_open_page_sends_waiting_entries(screen: Screen, pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Beach day")
    page = pane(screen)
    expect(page).to_contain_text("Your next edit in Stash is sent.")

    pair.queue_scenes(scene)
    expect(page).to_contain_text("Up to date")
    assert item.title == "Beach day"
    screen.shoot("stash2plex-queue-done")


def test_a_newcomer_sees_a_preview_and_starts_syncing(screen: Screen, pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Beach day")
    pair.add_scene("Lost", "/data/lost.mp4")
    pair.store.kv.delete(STARTED)
    pair.queue_scenes(scene)
    page = pane(screen)
    expect(page).to_contain_text("Ready for a preview")
    expect(page).to_contain_text("1 scene was saved meanwhile and is queued.")
    expect(page.get_by_role("button", name="Start syncing")).to_have_count(0)

    page.get_by_role("button", name="Preview").click()
    expect(page).to_contain_text("1 scene would be written. The others: 1 not in Plex.")
    page.get_by_role("button", name="Show every change").click()
    expect(change_of(page, "Title")).to_contain_text("Beach day")
    assert pair.list_writes() == []
    screen.shoot("stash2plex-start")

    page.get_by_role("button", name="Start syncing").click()
    expect(page).not_to_contain_text("Ready for a preview")
    expect(page.get_by_role("region", name="Sync everything")).to_be_visible()
    wait_for(lambda: item.title == "Beach day", screen.page)


COUNT_CLICKS = "addEventListener('click', () => (sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1), true)"


def count_clicks(screen: Screen) -> int:
    """Return the number of clicks since the last call."""
    return int(screen.page.evaluate("[sessionStorage.clicks || 0, sessionStorage.removeItem('clicks')][0]"))


def test_plex_is_set_up_and_started_with_four_clicks_and_all_is_sent_with_two(screen: Screen, pair: Pair) -> None:
    _, item = pair.add_scene_and_item("Beach day")
    pair.store.kv.delete(STARTED)
    pair.change_settings(plex_url=None, plex_token=None)
    screen.page.add_init_script(COUNT_CLICKS)
    screen.visit("/scenes").get_by_role("link", name="Stash2Plex").or_(
        screen.page.get_by_role("button", name="Stash2Plex")
    ).first.click()
    page = pane_now(screen)
    page.get_by_label("Address of Plex").fill(pair.plex.url)
    page.get_by_label("Plex token").fill(pair.plex.token)
    page.get_by_role("button", name="Connect Plex").press("Enter")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Start syncing").click()
    wait_for(lambda: item.title == "Beach day", screen.page)
    assert count_clicks(screen) == 4
    screen.visit("/scenes").get_by_role("link", name="Stash2Plex").or_(
        screen.page.get_by_role("button", name="Stash2Plex")
    ).first.click()
    pane_now(screen).get_by_role("button", name="Sync everything").click()
    expect(pane_now(screen)).to_contain_text("1 unchanged")
    assert count_clicks(screen) == 2


def test_while_plex_is_away_the_queue_is_not_shown_as_done(screen: Screen, pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("Beach day")
    pair.queue_scenes(scene)
    with pair.stop_plex():
        page = pane(screen)
        expect(page.get_by_role("alert")).to_contain_text("Plex offline since")
        expect(page.get_by_role("alert")).to_contain_text("Changes are kept.")
        expect(page).not_to_contain_text("Up to date")
        screen.shoot("stash2plex-queue-down")


def test_plex_is_connected_on_the_start_page_and_a_wrong_token_is_not_saved(screen: Screen, pair: Pair) -> None:
    pair.change_settings(plex_url=None)
    page = pane(screen, "paths")
    expect(page.get_by_role("link", name="Connect Plex")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("link", name="Connect Plex").click()
    expect(page).to_contain_text("Connect your Plex")
    page.get_by_label("Address of Plex").fill(pair.plex.url)
    page.get_by_label("Plex token").fill("wrong")
    page.get_by_role("button", name="Connect Plex").click()
    expect(page.get_by_role("alert")).to_contain_text("did not accept")
    page.get_by_label("Plex token").fill(pair.plex.token)
    page.get_by_role("button", name="Connect Plex").click()
    expect(page.get_by_role("group", name="Overview").get_by_role("link").first).to_be_visible()
    assert pair.stash.read_plugin_settings("stash2plex")["plex_url"] == pair.plex.url
    screen.shoot("stash2plex-overview")


def test_pause_stops_the_queue_and_resume_empties_it(screen: Screen, pair: Pair) -> None:
    page = pane(screen)
    page.get_by_role("button", name="Pause").click()
    expect(page).to_contain_text("Paused by you.")
    scene, item = pair.add_scene_and_item("Beach day")
    pair.queue_scenes(scene)
    expect(page.get_by_role("button", name="1 Waiting")).to_be_visible()
    assert item.title == "beach"
    pair.queue_scenes(*range(100, 130))  # a long list that becomes short while its last page is open
    page.get_by_role("button", name="Page 2").click()
    expect(page.get_by_role("row", name="Deleted scene 129")).to_be_visible()
    pair.plugin.operation("queue_remove", state="waiting", keys=[f"scene:{each}" for each in range(100, 130)])
    expect(page.get_by_role("link", name="Beach day", exact=True)).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page).to_contain_text("Up to date")
    assert item.title == "Beach day"


def test_parked_entries_can_be_retried_skipped_and_cleared_after_a_question(screen: Screen, pair: Pair) -> None:
    park_three(pair)
    page = pane(screen)
    page.get_by_role("button", name="Needs attention").click()
    page.get_by_label("Reason", exact=True).select_option("not_in_plex")
    expect(page.get_by_role("row", name="Lost 1")).to_contain_text("Not in Plex")
    expect(page.get_by_role("link", name="Open in Matches: Lost 1")).to_have_attribute(
        "href", f"{HOME}/matches?text=Lost%201"
    )
    screen.shoot("stash2plex-queue-parked")

    page.get_by_role("checkbox", name="Select Lost 1").check()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("row", name="Lost 1")).to_have_count(0)
    expect(page.get_by_role("row", name="Lost 2")).to_have_count(1)

    page.get_by_role("button", name="Clear…").click()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Remove 2 scenes from the queue?")
    assert calls_of(pair.plugin.stash, "queue_remove")[1:] == []
    dialog.get_by_role("button", name="Cancel").click()

    page.get_by_role("button", name="Retry 2 with this reason").click()
    wait_for(lambda: len(calls_of(pair.plugin.stash, "queue_retry")) == 1, screen.page)
    assert calls_of(pair.plugin.stash, "queue_retry")[0]["reason"] == "not_in_plex"


@pytest.mark.window(width=360, height=740)
def test_the_queue_fits_a_phone_and_is_cleared_there(screen: Screen, pair: Pair) -> None:
    park_three(pair)
    page = pane(screen)
    page.get_by_role("button", name="Needs attention").click()
    expect(page).to_contain_text("Lost 1")
    assert screen.width_of_content() <= 360
    screen.shoot("stash2plex-queue-phone")
    page.get_by_role("button", name="Clear…").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Remove 3").click()
    expect(page).to_contain_text("No scene needs attention.")


def open_scene(screen: Screen, scene: int) -> Locator:
    """Open the dialog by the button on a scene's page."""
    screen.visit(f"/scenes/{scene}").get_by_role("button", name="Plex", exact=True).click()
    return screen.page.get_by_role("dialog").first


def test_the_scene_dialog_previews_the_changes_and_sends_them(screen: Screen, pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Beach <b>day", details="By the sea", tags=["Sun"])
    dialog = open_scene(screen, scene)

    expect(change_of(dialog, "Title")).to_contain_text("beach")
    expect(change_of(dialog, "Title")).to_contain_text("Beach <b>day")
    assert pair.list_writes() == []
    screen.shoot("stash2plex-scene")
    dialog.get_by_role("button", name=APPLY).click()
    screen.page.get_by_role("dialog").last.get_by_role("button", name="Apply", exact=True).click()
    expect(dialog.get_by_text("Done", exact=True)).to_be_visible()
    assert item.title == "Beach <b>day"
    dialog.get_by_role("button", name="Close").first.click()
    expect(screen.page.locator(".sbk-row .s2p-badge")).to_have_text("In Plex")


def test_a_scenes_page_shows_its_sync_state(screen: Screen, pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Beach day", updated_at=LONG_AGO)
    other = pair.add_scene("Lost", "/data/lost.mp4", updated_at=LONG_AGO)
    pair.change_settings(skip_not_found=True)
    pair.sync(scene, other)
    pair.plugin.operation("heartbeat")  # looks at Stash, so that the save below is one after the last look
    badge = screen.visit(f"/scenes/{scene}").locator(".s2p-badge")
    expect(badge).to_have_text("In Plex")
    screen.page.wait_for_load_state("networkidle")
    assert len(calls_of(pair.plugin.stash, "scene_badge")) <= 2
    with pair.stop_plex():
        pair.edit_scene(scene, title="At the sea")
        expect(screen.visit(f"/scenes/{scene}").locator(".s2p-badge")).to_have_text("Waiting")
        screen.shoot("stash2plex-badge")
    pair.make_due()
    expect(badge).to_have_text("In Plex")
    assert item.title == "At the sea"
    lost = screen.visit(f"/scenes/{other}").locator(".s2p-badge")
    expect(lost).to_have_text("Not in Plex")
    assert "Plex does not have its file" in (lost.get_attribute("title") or "")


def test_for_an_unchanged_scene_the_dialog_says_that_nothing_differs(screen: Screen, pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("Beach day", updated_at=LONG_AGO)
    pair.sync(scene)
    dialog = open_scene(screen, scene)
    expect(dialog).to_contain_text("Plex already shows all of this")
    expect(dialog).to_contain_text("In Plex")


def test_for_a_scene_that_is_not_in_plex_the_dialog_says_so(screen: Screen, pair: Pair) -> None:
    pair.add_scene_and_item("Beach day")
    dialog = open_scene(screen, pair.add_scene("Lost", "/data/lost.mp4"))
    expect(dialog).to_contain_text("Nothing can be sent for this scene")
    expect(dialog).not_to_contain_text("Plex already shows all of this")
    expect(dialog.get_by_role("button", name="Apply")).to_have_count(0)
    expect(dialog).to_contain_text("Lost in Plex")
    screen.shoot("stash2plex-scene-missing")
    dialog.get_by_role("link", name="Open in Matches: Lost").click()
    expect(pane_now(screen).get_by_role("row", name="Lost")).to_contain_text("not in Plex")


def test_a_preview_with_plex_away_is_an_error_with_a_retry(screen: Screen, pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("Beach day")
    with pair.stop_plex():
        dialog = open_scene(screen, scene)
        expect(dialog.get_by_role("alert")).to_contain_text("Plex")
    dialog.get_by_role("button", name="Retry").click()
    expect(dialog).to_contain_text("Plex now → will become")


def test_an_ambiguous_scene_is_linked_to_the_picked_candidate(screen: Screen, pair: Pair) -> None:
    scene = pair.add_scene("Beach day", "/elsewhere/beach.mp4")
    pair.add_item("/data/a/beach.mp4")
    second = pair.add_item("/data/b/beach.mp4")
    pair.sync(scene)
    page = pane(screen, "matches")
    expect(page.get_by_role("row", name="Beach day")).to_contain_text("2 items fit")
    screen.shoot("stash2plex-matches")
    page.get_by_role("button", name="Use this item: /data/b/beach.mp4").click()
    expect(page.get_by_role("row", name="Beach day")).to_contain_text("Linked")
    pair.work_step()
    assert second.title == "Beach day"


def test_a_scene_is_linked_by_hand_and_unlinked_again(screen: Screen, pair: Pair) -> None:
    pair.add_item("/data/other.mp4")
    scene = pair.add_scene("Beach day", "/elsewhere/beach.mp4")
    pair.sync(scene)
    page = pane(screen, "matches")
    page.get_by_role("button", name="Link… Beach day").click()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("No item fits")
    dialog.get_by_label("Title or file in Plex").fill("other")
    dialog.get_by_label("Title or file in Plex").press("Enter")
    dialog.get_by_role("button", name="Link this item: other").click()
    row = page.get_by_role("row", name="Beach day")
    expect(row).to_contain_text("/data/other.mp4")
    page.get_by_role("button", name="Unlink Beach day").click()
    expect(row).to_contain_text("unlinked by you")


def test_items_without_a_scene_are_listed_with_links_into_plex(screen: Screen, pair: Pair) -> None:
    pair.add_item("/data/other.mp4")
    pair.sync(pair.add_scene_and_item("Beach day")[0])
    page = pane(screen, "matches")
    expect(page.get_by_role("link", name="Beach day").first).to_have_attribute("href", "/scenes/1")
    page.get_by_label("Show").select_option("items")
    expect(page.get_by_role("link", name="other")).to_have_attribute(
        "href",
        f"{pair.plex.url}/web/index.html#!/server/{pair.plex.state.machine_id}/details?key=%2Flibrary%2Fmetadata%2F1",
    )
    expect(page.get_by_role("link", name="beach")).to_have_count(0)


def answer_once(screen: Screen, operation: str, answer: dict[str, Any]) -> list[str]:
    """Answer the first call of an operation instead of the plugin; return the list of its calls."""
    calls: list[str] = []

    def handle(route: Route) -> None:
        text = route.request.post_data or ""
        calls.extend([text] if f'"{operation}"' in text else [])
        if f'"{operation}"' in text and len(calls) == 1:
            route.fulfill(json={"data": {"runPluginOperation": answer}})
        else:
            route.fallback()

    screen.page.route("**/graphql", handle)
    return calls


def test_path_rules_are_proposed_tested_and_saved(screen: Screen, pair: Pair) -> None:
    for each in range(4):
        pair.add_scene(f"Title {each}", f"/media/a/{each}.mp4")
        pair.add_item(f"/data/a/{each}.mp4")
    pair.add_scene("Alone", "/media/a/alone.mp4")
    page = pane(screen, "paths")
    expect(page).to_contain_text("0 of 5 files of Stash are found in Plex by their path (0 %)")
    asked = answer_once(screen, "paths_propose", {"reading": "A large library is read in several calls."})
    page.get_by_role("button", name="Suggest rules").click()
    expect(page).to_contain_text("4 of 5 files of Stash are found in Plex by their path (80 %)")
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_label("Folder in Stash").last.fill("/other")
    page.get_by_label("Same folder in Plex").last.fill("/nowhere")
    page.get_by_role("button", name="Test rules").click()
    assert len(asked) == 2
    expect(page).to_contain_text('"/other => /nowhere" leads into no library of Plex')
    page.get_by_role("button", name="Remove rule 2").click()
    expect(page).not_to_contain_text("leads into no library")
    page.get_by_role("button", name="Test rules").click()
    expect(page).to_contain_text("4 of 5 files of Stash are found in Plex by their path (80 %)")
    expect(page).to_contain_text("Not saved yet.")
    screen.shoot("stash2plex-paths")
    page.get_by_label("Case-sensitive").select_option("no")
    page.get_by_label("Folder in Stash").fill("/nowhere")
    page.get_by_role("button", name="Save the rules").click()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("None of 5 files")
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_label("Folder in Stash").fill("/media")
    page.get_by_role("button", name="Save the rules").click()
    expect(page).not_to_contain_text("Not saved yet.")
    assert pair.plugin.operation("paths_show")["rules"] == [{"stash": "/media", "plex": "/data", "ignore_case": True}]


def test_libraries_can_be_selected(screen: Screen, pair: Pair) -> None:
    pair.plex.state.add_section("Holidays", "/holidays")
    pair.change_settings(plex_library="Gone")
    page = pane(screen, "paths")
    expect(page).to_contain_text('Plex has no library "Gone"')
    page.get_by_role("checkbox", name="Videos").check()
    page.get_by_role("button", name="Use these libraries").click()
    wait_for(lambda: len(calls_of(pair.plugin.stash, "libraries_choose")) == 1, screen.page)
    expect(screen.page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Suggest rules")).to_be_visible()
    chosen = [row["title"] for row in pair.plugin.operation("libraries_list")["libraries"] if row["chosen"]]
    assert chosen == ["Videos"]


def test_settings_of_an_older_plugin_are_migrated_with_one_button(screen: Screen, pair: Pair) -> None:
    pair.stash.write_plugin_settings("Stash2Plex", {"max_tags": 7, "plex_token": pair.plex.token, "debug": True})
    page = pane(screen, "paths")
    expect(page).to_contain_text("max_tags: 7")
    page.get_by_role("button", name="Use these settings").click()
    expect(page.get_by_role("button", name="Use these settings")).to_have_count(0)  # nothing is left to be taken over
    assert pair.stash.read_plugin_settings("stash2plex")["max_tags"] == 7


def test_statistics_show_success_and_outages(screen: Screen, pair: Pair) -> None:
    page = pane(screen, "statistics")
    expect(page).to_contain_text("Nothing was sent in this time")
    pair.sync(pair.add_scene_and_item("Beach day")[0])
    with pair.stop_plex():
        pair.sync(pair.add_scene("Rain", "/data/rain.mp4"))
    page = pane(screen, "statistics")
    expect(page).to_contain_text("100%")
    expect(page).to_contain_text("still offline")
    screen.shoot("stash2plex-statistics")


def test_a_preview_of_the_library_writes_nothing(screen: Screen, pair: Pair) -> None:
    pair.add_scene_and_item("Beach day")
    page = pane(screen, "compare")
    page.get_by_label("Which scenes").select_option("all")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page).to_contain_text("Nothing was written")
    expect(change_of(page, "Title")).to_contain_text("Beach day")
    assert pair.list_writes() == []
    screen.shoot("stash2plex-compare")


def test_the_lines_of_a_preview_show_both_pictures_and_read_those_of_plex_together(screen: Screen, pair: Pair) -> None:
    for number in range(5):  # a short plan is opened, a longer one is lines
        _, item = pair.add_scene_and_item(f"Walk {number}", f"/data/{number}.mp4")
        store_upload(pair.plex.state, item, "posters", draw_picture(f"poster {number}", 20, 30))
    page = pane(screen, "compare")
    page.get_by_label("Which scenes").select_option("all")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".sbk-plan-line .s2p-pair")).to_have_count(5)
    expect(page.locator(".s2p-pair img.s2p-poster[src^='data:image']")).to_have_count(5)
    assert [len(call["rating_keys"]) for call in calls_of(pair.plugin.stash, "plex_pictures")] == [5]
    screen.shoot("stash2plex-compare-lines")


def test_an_open_preview_is_still_there_after_a_visit_to_another_tab(screen: Screen, pair: Pair) -> None:
    for number in range(12):
        pair.add_scene_and_item(f"Walk {number:02}", f"/data/{number}.mp4")
    page = pane(screen, "compare")
    page.get_by_label("Which scenes").select_option("all")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_label("Search", exact=False).first.fill("Walk 03")
    expect(page.locator(".sbk-plan-line")).to_have_count(1)
    page.get_by_role("button", name="Dismiss").click()
    page.locator(".sbk-tabs").get_by_text("History").click()
    expect(page).to_contain_text("Nothing has been changed yet")
    page.locator(".sbk-tabs").get_by_text("Compare").click()
    expect(page.locator(".sbk-plan-line")).to_have_count(1)
    expect(page.get_by_label("Which scenes")).to_have_value("all")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".sbk-plan-line")).to_have_count(0)


def test_a_comparison_queues_different_scenes_and_is_listed(screen: Screen, pair: Pair) -> None:
    _, item = pair.add_scene_and_item("Beach day")
    page = pane(screen, "compare")
    page.get_by_label("Which scenes").select_option("all")
    page.get_by_role("button", name="Sync now").click()
    expect(page).to_contain_text("1 compared")
    expect(page.get_by_role("row", name="All scenes")).to_be_visible()
    assert item.title == "Beach day"


# The tasks below More… of a tab: those that ask first and the others, with a part of what each says in the end.
REMOVALS = {
    "Remove failed (30+ days)…": "1 entry older than 30 days",
    "Remove failed…": "1 entry removed",
    "Clear the queue…": "2 entries removed",
}
QUEUE_TASKS = {**REMOVALS, "Send the whole queue now": "Nothing to send"}
COMPARE_TASKS = {"Force full sync…": "1 scene queued", "Take over what Plex shows": "in 1 item of Plex"}


def test_every_task_can_be_started_and_those_that_remove_something_ask_first(screen: Screen, pair: Pair) -> None:
    pair.add_scene_and_item("Beach day")
    pair.outbox.pause.begin("Not yet.")
    pair.queue_scenes(11, 12, 13, 14)
    with pair.store.write() as db:
        db.execute("UPDATE outbox SET state = 'dead', reason = 'bug', changed = 0 WHERE key = 'scene:11'")
        db.execute("UPDATE outbox SET state = 'dead', reason = 'bug' WHERE key = 'scene:12'")
    dialog = screen.page.get_by_role("dialog")
    for tab, tasks in (("queue", QUEUE_TASKS), ("compare", COMPARE_TASKS)):
        page = pane(screen, tab)
        page.get_by_text("More…", exact=True).click()
        for name in filter(asks_first, tasks):
            page.get_by_role("button", name=name).click()
            dialog.get_by_role("button", name="Cancel").click()
            expect(dialog).to_have_count(0)
        if tab == "queue":
            assert pair.outbox.counts()["dead"] == 2 and pair.plugin.stash.services.jobs.queued() == []
        for name, says in tasks.items():
            if name not in REMOVALS:
                pair.outbox.pause.end()  # an open page sends what waits, so there was nothing to remove
            page.get_by_role("button", name=name).click()
            if asks_first(name):
                dialog.get_by_role("button", name="Start").click()
            expect(page.get_by_role("region").filter(has_text=says)).to_be_visible()


def asks_first(name: str) -> bool:
    """Return True if the button of this name opens a dialog."""
    return name.endswith("…")


@pytest.mark.window(width=360, height=740)
def test_every_tab_fits_a_phone(screen: Screen, pair: Pair) -> None:
    pair.sync(pair.add_scene_and_item("Beach day")[0])
    for tab in ("overview", "matches", "compare", "paths", "statistics"):
        page = pane(screen, tab)
        expect(page.locator(".sbk-loading")).to_have_count(0)
        assert screen.width_of_content() <= 360, tab
        screen.shoot(f"stash2plex-{tab}-phone")


@pytest.mark.parametrize("keep", [True, False])
def test_another_plex_at_the_address_pauses_the_queue_and_asks(screen: Screen, pair: Pair, keep: bool) -> None:
    scene, _ = pair.add_scene_and_item("Beach day")
    pair.sync(scene)
    pair.plex.state.machine_id = "another"
    pair.sync(scene)
    page = pane(screen)
    expect(page).to_contain_text("Another Plex")
    expect(page).not_to_contain_text("Up to date")
    if keep:
        page.get_by_role("button", name="Same server, new address").click()
    else:
        page.get_by_role("button", name="Different server…").click()
        screen.page.get_by_role("dialog").get_by_role("button", name="Use this Plex").click()
    wait_for(lambda: len(calls_of(pair.plugin.stash, "server_confirm")) == 1, screen.page)
    expect(page).to_contain_text("Up to date" if keep else "Ready for a preview")
    assert calls_of(pair.plugin.stash, "server_confirm")[0]["keep"] is keep


def test_the_connection_is_tested_on_the_setup_tab(screen: Screen, pair: Pair) -> None:
    page = pane(screen, "setup?advanced")
    expect(page.locator(".sbk-test-result")).to_have_count(6)
    expect(page.locator(".sbk-step .sbk-test-result")).to_have_count(3)
    expect(page.locator(".sbk-step").last).to_contain_text("Syncing was started.")
    expect(page.locator(".sbk-test-result", has_text="Does not work")).to_have_count(0)
    expect(page).to_contain_text('Synced: "Videos".')
    screen.shoot("stash2plex-setup")


def test_plays_and_stars_of_plex_are_previewed_and_taken(screen: Screen, pair: Pair) -> None:
    pair.change_settings(take_plays=True, take_positions=True, take_stars=True)
    scene, item = pair.add_scene_and_item("Beach day")
    pair.sync(scene)
    play_item(pair.plex.state, item, 1_700_000_000)
    stop_item(pair.plex.state, item, 1_700_000_100, 725)
    rate(pair.plex.state, item, "7", 1_700_000_200)
    page = pane(screen, "compare")
    page.get_by_role("button", name="Preview: From Plex to Stash").click()
    plan = page.locator(".s2p-block")
    expect(plan.get_by_text("3.5 of 5 stars")).to_be_visible()
    expect(plan).to_contain_text("12:05")
    screen.shoot("stash2plex-from-plex")
    plan.get_by_role("button", name=APPLY).click()
    screen.page.get_by_role("dialog").last.get_by_role("button", name="Apply", exact=True).click()
    row = "query Read($id: ID!) { scene: findScene(id: $id) { rating100 play_count resume_time } }"
    taken = {"rating100": 70, "play_count": 1, "resume_time": 725}
    wait_for(lambda: pair.stash.ask(row, {"id": str(scene)})["scene"] == taken, screen.page)


@pytest.mark.window(width=390, height=844)
def test_the_part_for_plays_fits_a_phone(screen: Screen, pair: Pair) -> None:
    page = pane(screen, "compare")
    expect(page.get_by_role("button", name="Take now")).to_be_visible()
    assert screen.width_of_content() <= 390
    screen.shoot("stash2plex-from-plex-phone")


def test_one_save_is_found_in_the_history_by_its_name_and_shows_its_changes(screen: Screen, pair: Pair) -> None:
    number = 60  # more than a page
    pair.sync(*(pair.add_scene_and_item(f"Walk {each}", f"/data/{each}.mp4")[0] for each in range(number)))
    page = pane(screen, "history")
    expect(page.get_by_role("row")).to_have_count(51)
    expect(page.get_by_role("link", name="Walk 59")).to_be_visible()
    screen.shoot("stash2plex-history")

    page.get_by_label("Search by name").fill("Walk 7")
    page.get_by_label("Search by name").press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Show changes: Walk 7").click()
    expect(change_of(page, "Title")).to_contain_text("Walk 7")

    page.get_by_role("button", name="Back to history").click()
    page.get_by_label("Day").fill("2020-01-01")
    page.get_by_label("Day").press("Enter")
    expect(page).to_contain_text("Nothing found")
    page.get_by_label("List").select_option("Runs")
    expect(page.get_by_role("button", name=f"Show the changes of Sent {number} scenes to Plex")).to_be_visible()


@pytest.mark.parametrize("width", [pytest.param(1280, id="wide"), pytest.param(390, id="phone")])
def test_a_template_shows_what_it_makes_of_scenes_while_it_is_typed(chromium: Browser, pair: Pair, width: int) -> None:
    pair.add_scene("Beach day", studio="Acme")
    with open_screen(chromium, pair.plugin.stash, width=width) as screen:
        page = pane(screen, "paths")
        page.get_by_label("Title", exact=True).fill("{studio}: {title}")
        expect(
            page.get_by_role("cell", name="Acme: Beach day").or_(page.get_by_text("Acme: Beach day"))
        ).to_be_visible()
        page.get_by_label("Tagline", exact=True).fill("{nobody}")
        expect(page.get_by_role("alert")).to_contain_text("must only name")
        expect(page.get_by_role("button", name="Save the texts")).to_be_disabled()
        page.get_by_label("Tagline", exact=True).fill("")
        page.get_by_role("button", name="Save the texts").click()
        expect(screen.page.get_by_text("Saved. Scenes get")).to_be_visible()
        assert screen.width_of_content() <= width
        screen.shoot(f"stash2plex-templates-{width}")
