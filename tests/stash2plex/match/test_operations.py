"""The match map: links made by hand, and the scenes that a decision affects."""

from __future__ import annotations

from typing import Any

import pytest
from plexsync.queue.constants import REASON_POSTPONED

from sandbox.stash.files.disk import VideoFile
from shared.errors import BundleError
from tests.stash2plex.pair import Pair, wait_until


def shared_item(pair: Pair) -> tuple[int, int, Any]:
    """Add two scenes whose files are one item; the first is synced with it."""
    first, item = pair.add_scene_and_item("First")
    pair.plex.state.add_version(item, "/data/second.mp4")
    second = pair.add_scene("Second", "/data/second.mp4")
    pair.sync(first, second)
    return first, second, item


def test_a_link_made_by_hand_takes_the_item_from_the_scene_that_was_found_by_its_file(pair: Pair) -> None:
    first, second, item = shared_item(pair)
    assert item.title == "First"
    pair.plugin.operation("match_link", scene_id=second, rating_key=str(item.rating_key))
    pair.wait_for_drain()
    assert item.title == "Second"
    states = {row["scene_id"]: row["state"] for row in pair.plugin.operation("match_list")["matches"]}
    assert states == {first: "shared", second: "linked"}


def test_of_two_links_by_hand_the_last_one_counts(pair: Pair) -> None:
    first, second, item = shared_item(pair)
    for scene in (second, first, second):
        pair.plugin.operation("match_link", scene_id=scene, rating_key=str(item.rating_key))
        pair.wait_for_drain()
    assert item.title == "Second"


def test_an_item_that_was_unlinked_goes_to_the_scene_that_shared_it(pair: Pair) -> None:
    first, second, item = shared_item(pair)
    pair.plugin.operation("match_unlink", scene_id=first)
    pair.wait_for_drain()
    assert (item.title, pair.find_queue_row(second)) == ("Second", None)


def test_an_item_of_a_deleted_scene_goes_to_the_scene_that_shared_it(pair: Pair) -> None:
    first, second, item = shared_item(pair)
    pair.stash.ask("mutation Gone($id: ID!) { sceneDestroy(input: {id: $id}) }", {"id": str(first)})
    pair.sync(first)
    pair.work_step()
    assert (item.title, pair.find_queue_row(second)) == ("Second", None)


def test_a_link_by_hand_into_a_library_that_is_not_chosen_any_more_writes_nothing(pair: Pair) -> None:
    holidays = pair.plex.state.add_section("Holidays", "/holidays")
    item = pair.add_item("/holidays/a.mp4", holidays)
    scene = pair.add_scene("New", "/elsewhere/b.mp4")
    pair.sync(scene)
    pair.plugin.operation("queue_pause")
    pair.plugin.operation("match_link", scene_id=scene, rating_key=str(item.rating_key))
    pair.plugin.operation("libraries_choose", ids=["1"])
    pair.plugin.operation("queue_resume")
    wait_until(lambda: (pair.find_queue_row(scene) or {}).get("reason") == REASON_POSTPONED)
    assert item.title == "a"
    assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "missing"


@pytest.mark.parametrize("save", ["paths_save", "libraries_choose"])
def test_what_was_not_found_is_looked_for_at_once_when_rules_or_libraries_change(pair: Pair, save: str) -> None:
    scene = pair.add_scene("New", "/media/x.mp4", size=1)
    pair.change_settings(path_rules="/media => /data/nowhere")
    item = pair.add_item("/data/y.mp4")
    pair.sync(scene)
    item.media[0].parts[0].file = "/data/x.mp4" if save == "paths_save" else "/data/nowhere/x.mp4"
    with pair.store.write() as db:
        db.execute("DELETE FROM plex_sections")
    args = {"rules": [{"stash": "/media", "plex": "/data"}]} if save == "paths_save" else {"ids": ["1"]}
    pair.plugin.operation(save, **args)
    pair.wait_for_drain()
    assert item.title == "New"


def ambiguous_scene(pair: Pair) -> tuple[int, Any]:
    """Add a scene that fits two items; return it with the item that a path rule would choose."""
    scene, item = pair.add_scene("New", "/media/a/x.mp4"), pair.add_item("/data/a/x.mp4")
    pair.add_item("/data/b/x.mp4")
    pair.sync(scene)
    assert (pair.find_queue_row(scene) or {})["reason"] == "ambiguous"
    return scene, item


def test_what_fitted_several_items_is_sent_once_a_rule_says_which(pair: Pair) -> None:
    _, item = ambiguous_scene(pair)
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data"}])
    wait_until(lambda: item.title == "New")


def test_settings_saved_elsewhere_are_noticed_by_an_open_page(pair: Pair) -> None:
    _, item = ambiguous_scene(pair)
    pair.plugin.operation("heartbeat")
    pair.change_settings(path_rules="/media => /data")
    pair.plugin.operation("heartbeat")
    wait_until(lambda: item.title == "New")


def test_parked_entries_are_tried_at_another_plex(pair: Pair) -> None:
    scene, _ = ambiguous_scene(pair)
    pair.plex.state.machine_id = "another"
    pair.plugin.operation("server_confirm")
    assert (pair.find_queue_row(scene) or {})["state"] == "waiting"


def test_libraries_can_be_chosen_again_when_the_chosen_one_is_gone(pair: Pair) -> None:
    holidays = pair.plex.state.add_section("Holidays", "/holidays")
    pair.plugin.operation("libraries_choose", ids=[str(holidays.id)])
    pair.plex.state.sections.pop(holidays.id)
    found = pair.plugin.operation("libraries_list")
    assert ([row["chosen"] for row in found["libraries"]], "gone" in found["problem"]) == ([False], True)
    pair.plugin.operation("libraries_choose", ids=["1"])
    assert pair.plugin.operation("libraries_list") == {
        **found,
        "libraries": [{**found["libraries"][0], "chosen": True}],
        "problem": "",
    }


def test_rules_that_lead_into_no_library_are_reported_before_they_are_saved(pair: Pair) -> None:
    pair.add_item()
    rules = [{"stash": "/media", "plex": "/nowhere"}]
    (told,) = pair.plugin.operation("paths_measure", rules=rules)["overlaps"]
    assert "/media => /nowhere" in told and "no library" in told


def test_an_outage_ends_although_nothing_waits_that_would_notice(pair: Pair) -> None:
    with pair.stop_plex():
        pair.sync(pair.add_scene())
    pair.plugin.operation("queue_remove", state="waiting")
    pair.make_due()
    pair.plugin.operation("heartbeat")
    assert pair.plugin.operation("status")["queue"]["down"] is None
    (outage,) = pair.plugin.operation("statistics")["outages"]
    assert outage["until"]


@pytest.mark.parametrize("text", ["100%", "A_b"])
def test_a_search_takes_special_characters_as_they_are(pair: Pair, text: str) -> None:
    pair.sync(
        pair.add_scene_and_item(f"Title {text.lower()}")[0],
        pair.add_scene_and_item("Title axb 1000", "/data/other.mp4")[0],
    )
    assert pair.plugin.operation("match_list", text=text)["count"] == 1


def test_a_link_to_an_item_that_is_gone_is_refused(pair: Pair) -> None:
    with pytest.raises(BundleError, match="no item 99"):
        pair.plugin.operation("match_link", scene_id=pair.add_scene(), rating_key="99")


def test_the_map_shows_both_sides_with_links(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    lonely = pair.add_item("/data/lonely.mp4")
    pair.sync(scene)
    mapped = pair.plugin.operation("match_list", text="new")
    assert (mapped["count"], mapped["by_how"]) == (1, {"path": 1})
    assert mapped["matches"][0]["items"][0]["url"].startswith(f"{pair.plex.url}/web/index.html#!/server/")
    unmatched = pair.plugin.operation("plex_unmatched")
    assert [row["rating_key"] for row in unmatched["items"]] == [str(lonely.rating_key)]
    assert pair.plugin.operation("match_scene", scene_id=scene)["badge"] == "synced" and item.title == "New"


def test_a_scene_with_two_files_goes_to_the_item_of_its_first_file_also_if_that_is_new_in_plex(pair: Pair) -> None:
    second = pair.add_item("/data/second.mp4")
    pair.sync(pair.add_scene_and_item("Other", "/data/other.mp4")[0])  # reads the index
    first = pair.add_item("/data/first.mp4")
    pair.sync(pair.add_scene("New", "/data/first.mp4", more_files=[VideoFile("/data/second.mp4")]))
    assert (first.title, second.title) == ("New", "second")
