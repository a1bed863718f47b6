"""Matching: which item of Plex a scene is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plexsync.match.item_index import PAGE_SECONDS, ItemIndex
from plexsync.match.matcher import SceneMatcher
from plexsync.match.store import WAITING, MatchStore
from plexsync.server.connection import ConnectedServer
from plexsync.write.stash_scenes import StashScene

from sandbox.plex.model import DiskFile
from sandbox.stash.files.disk import VideoFile
from scripts.release.manifests import load_plugin
from shared.errors import Busy
from shared.http import Http
from shared.plex.client import Plex
from shared.plex.matching import ItemMatch, SceneFile
from shared.plex.wire import make_plex_service
from shared.runtime.handler import load_named
from shared.state.store import Store
from tests.harness.clock import CountingClock
from tests.stash2plex.pair import SECONDS, SIZE, Pair, wait_until


def test_the_same_file_name_in_two_folders_goes_to_its_own_item(pair: Pair) -> None:
    pair.change_settings(path_rules="/media => /data")
    scenes = [pair.add_scene(f"Title {name}", f"/media/{name}/x.mp4") for name in "ab"]
    items = [pair.add_item(f"/data/{name}/x.mp4") for name in "ab"]
    pair.sync(*scenes)
    assert [item.title for item in items] == ["Title a", "Title b"]


def test_without_rules_it_is_ambiguous_and_nothing_is_written(pair: Pair) -> None:
    scene = pair.add_scene("New", "/media/a/x.mp4")
    items = [pair.add_item(f"/data/{name}/x.mp4") for name in "ab"]
    result = pair.sync(scene)
    match = pair.plugin.operation("match_scene", scene_id=scene)
    assert (result["parked"], pair.list_writes(), result["status"]["queue"]["down"]) == (1, [], None)
    assert [each["rating_key"] for each in match["match"]["items"]] == [str(item.rating_key) for item in items]
    assert match["badge"] == "ambiguous"


def test_the_best_one_is_taken_when_matching_is_not_strict(pair: Pair) -> None:
    scene = pair.add_scene("New", "/media/a/x.mp4")
    items = [pair.add_item(f"/data/{name}/x.mp4") for name in "ba"]
    pair.change_settings(strict_matching=False)
    pair.sync(scene)
    assert [item.title for item in items] == ["x", "New"]


@pytest.mark.parametrize(
    ("rules", "stash", "plex"),
    [
        ("D:\\Media => /data", "D:\\Media\\A/x.mp4", "/data/A/x.mp4"),
        ("d:/media/ => /data/", "D:\\Media/A\\x.mp4", "/data/a/x.mp4"),
        ("\\\\nas\\share => /data", "\\\\nas\\share\\A/x.mp4", "/data/A/x.mp4"),
        ("/media => /other | /media/a/ => /data/special", "/media/a/x.mp4", "/data/special/x.mp4"),
        ("/media =>i /data", "/media/A/X.mp4", "/data/a/x.MP4"),
        ("/media => P:\\Videos", "/media/a/x.mp4", "P:\\Videos\\a\\x.mp4"),
        ("/media => D:\\", "/media/a/x.mp4", "d:\\A\\x.mp4"),
        ("/media => \\\\nas\\share", "/media/a/x.mp4", "\\\\nas\\share\\a\\x.mp4"),
        ("D:\\Media => \\\\NAS\\Share\\Media", "d:\\media\\a/x.mp4", "\\\\nas\\share\\Media\\A\\x.mp4"),
        ("", "\\\\nas\\share\\a/x.mp4", "\\\\nas\\share\\a\\x.mp4"),
        ("/media => /data", "/media/Cafe\u0301/x.mp4", "/data/Caf\u00e9/x.mp4"),
        ("/media/Caf\u00e9 => /data", "/media/Cafe\u0301/x.mp4", "/data/x.mp4"),
    ],
)
def test_a_rule_leads_from_stash_to_plex(pair: Pair, rules: str, stash: str, plex: str) -> None:
    pair.change_settings(path_rules=rules)
    pair.section.locations += [plex[: max(plex.rfind("/"), plex.rfind("\\"))], "/other"]
    scene, item = pair.add_scene("New", stash), pair.add_item(plex, size=1, duration=1)
    pair.add_item("/data/elsewhere/x.mp4", size=2, duration=5)
    pair.sync(scene)
    assert (item.title, pair.plugin.operation("match_scene", scene_id=scene)["match"]["how"]) == ("New", "path")


def test_files_that_differ_in_case_are_two_on_a_case_sensitive_system(pair: Pair) -> None:
    scenes = [pair.add_scene(f"Title {name}", f"/data/{name}.mp4") for name in "Aa"]
    items = [pair.add_item(f"/data/{name}.mp4") for name in "Aa"]
    pair.sync(*scenes)
    assert [item.title for item in items] == ["Title A", "Title a"]


def test_any_file_of_a_scene_and_any_part_of_an_item_match(pair: Pair) -> None:
    files = [VideoFile("/media/old.mp4"), VideoFile("/data/second.mp4")]
    scene = pair.stock.add_scene("Two files", file=files[0], more_files=files[1:])
    item = pair.add_item("/data/first.mp4")
    pair.plex.state.add_version(item, "/data/second.mp4")
    pair.sync(scene)
    assert item.title == "Two files"


def test_two_scenes_in_one_item_do_not_overwrite_each_other(pair: Pair) -> None:
    first, second = pair.add_scene("First", "/data/a.mp4"), pair.add_scene("Second", "/data/b.mp4")
    item = pair.add_item("/data/a.mp4")
    pair.plex.state.add_version(item, "/data/b.mp4")
    pair.sync(second, first)
    pair.sync(first)
    pair.sync(second)
    assert (item.title, (pair.find_queue_row(second) or {})["reason"]) == ("First", "shared")


def test_a_file_in_two_libraries_is_updated_in_both(pair: Pair) -> None:
    other = pair.plex.state.add_section("More", "/data")
    scene, item = pair.add_scene_and_item("New")
    twin = pair.add_item(section=other)
    pair.sync(scene)
    assert (item.title, twin.title) == ("New", "New")


def test_an_item_that_was_deleted_and_added_again_is_found_again(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.sync(scene)
    pair.plex.state.remove_item(item.rating_key)
    pair.edit_scene(scene, title="Newer")
    assert pair.sync(scene)["postponed"] == 1
    again = pair.add_item()
    pair.work_step()
    assert (again.title, pair.find_queue_row(scene)) == ("Newer", None)


def test_a_key_that_now_holds_another_file_is_not_written(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.sync(scene)
    item.media[0].parts[0].file = "/data/other.mp4"
    pair.edit_scene(scene, title="Newer")
    pair.sync(scene)
    assert item.title == "New"


def test_a_renamed_library_still_works(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.change_settings(plex_library="Videos")
    pair.sync(scene)
    pair.section.title = "Renamed"
    pair.edit_scene(scene, title="Newer")
    pair.sync(scene)
    assert item.title == "Newer"


def test_a_deleted_library_pauses_the_queue_and_burns_no_attempt(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("New")
    pair.change_settings(plex_library="Videos")
    pair.sync(scene)
    del pair.plex.state.sections[pair.section.id]
    result = pair.sync(scene)
    row = pair.find_queue_row(scene)
    assert result["ended"] == "paused" and "is gone" in result["message"]
    assert row is not None and (row["state"], row["attempts"]) == ("waiting", 0)


def test_libraries_of_one_name_are_told_apart_by_number(pair: Pair) -> None:
    twin = pair.plex.state.add_section("Videos", "/data")
    scene, item = pair.add_scene_and_item("New")
    other = pair.add_item(section=twin)
    pair.change_settings(plex_library="Videos")
    assert f'"Videos [{twin.id}]"' in pair.sync(scene)["message"]
    pair.plugin.operation("libraries_choose", ids=[str(twin.id)])
    pair.wait_for_drain()
    assert (item.title, other.title) == ("beach", "New")


def test_a_new_file_is_synced_as_soon_as_plex_has_it(pair: Pair) -> None:
    scene = pair.add_scene("New")
    assert pair.sync(scene)["postponed"] == 1
    pair.plex.state.disk.append(DiskFile("/data/beach.mp4", pair.section.id, SIZE, SECONDS * 1000, delay=90))
    pair.plex.state.scan(pair.section.id)
    pair.plex.state.advance(91)
    pair.work_step()
    assert pair.plex.state.find_by_file("/data/beach.mp4")[0].title == "New"


@pytest.mark.parametrize("by", ["another sync", "an open page"])
def test_a_scene_not_in_plex_can_be_left_until_plex_has_its_file(pair: Pair, by: str) -> None:
    scene, (other, _) = pair.add_scene("New"), pair.add_scene_and_item("Other", "/data/other.mp4")
    pair.change_settings(skip_not_found=True)
    assert pair.sync(scene)["parked"] == 1
    assert pair.plugin.operation("match_scene", scene_id=scene)["badge"] == "missing"
    item = pair.add_item()
    pair.sync(other) if by == "another sync" else pair.plugin.operation("heartbeat")
    pair.work_step()
    assert item.title == "New"


def test_looking_for_missing_files_never_spoils_the_heartbeat(pair: Pair) -> None:
    pair.change_settings(skip_not_found=True)
    pair.sync(pair.add_scene("New"))
    pair.change_settings(plex_library="Nothing like it")
    assert pair.plugin.operation("heartbeat")["pending"] == 0


def test_a_large_library_is_read_by_paging_once_and_then_costs_one_request_a_match(pair: Pair) -> None:
    first, second = pair.add_scene("First", "/data/3.mp4"), pair.add_scene("Second", "/data/29999.mp4")
    pair.plex.state.add_generated(pair.section.id, 30_000, make_item)
    pair.queue_scenes(first)
    # Reading so much takes a slow machine several steps.
    wait_until(lambda: pair.work_step() is not None and pair.find_queue_row(first) is None)
    assert len(pair.list_requests("GET", "/all$")) <= 151
    pair.forget_requests()
    pair.sync(second)
    assert len(pair.list_requests("GET", "/library/metadata")) <= 2 and pair.list_requests("GET", "/all$") == []


def test_a_first_reading_that_was_cut_off_goes_on_where_it_ended(pair: Pair) -> None:
    scene = pair.add_scene("Last", "/data/999.mp4")
    pair.plex.state.add_generated(pair.section.id, 1_000, make_item)
    pair.plex.server.faults.add("server_error", path="/library/sections/1/all", after=3, times=1)
    pair.sync(scene)
    assert pair.find_queue_row(scene) is not None
    pair.work_step()
    assert pair.find_queue_row(scene) is None and len(pair.list_requests("GET", "/all$")) == 6


def test_a_reading_that_has_little_time_ends_in_time_and_loses_no_page(pair: Pair) -> None:
    pair.plex.state.add_generated(pair.section.id, 1_000, make_item)
    service = make_plex_service(pair.plex.url, pair.plex.token, "reader")
    clock = CountingClock()
    plex = Plex(Http(service, clock=clock, deadline=clock.monotonic() + PAGE_SECONDS - 1))
    index = ItemIndex(pair.store)
    sections = plex.list_sections()
    for pages in (1, 2, 3, 4):
        with pytest.raises(Busy, match=f"{pages * 200} of 1000 items so far"):
            index.refresh(plex, sections)
    index.refresh(plex, sections)
    assert index.is_built(sections) and len(index.sample_paths(2_000)) == 1_000
    assert len(pair.list_requests("GET", "/all$")) == 5


def test_a_comparison_asks_for_new_items_once_and_a_drain_from_time_to_time(pair: Pair) -> None:
    pair.plex.state.add_generated(
        pair.section.id, 300, lambda number, key: replace(make_item(number, key), updated_at=1)
    )
    clock = CountingClock()
    store = Store(pair.store.path, load_named(load_plugin("stash2plex").migrations), clock=clock)
    plex = Plex(Http(make_plex_service(pair.plex.url, pair.plex.token, "reader")))
    matcher = SceneMatcher(store, ConnectedServer(plex, "", tuple(plex.list_sections())), (), strict=True)
    scenes = [StashScene(1, files=(SceneFile("/data/missing.mp4"),))]
    matcher.refresh(in_full=True)
    pair.forget_requests()
    for is_run, requests in ((True, 0), (False, 2), (True, 2)):
        clock.advance(60)
        assert matcher.match_scenes(scenes, is_run=is_run)[1].how == "none"
        assert len(pair.list_requests("GET", "/all$")) == requests
    store.close()


def make_item(position: int, key: int):  # type: ignore[no-untyped-def]
    """Return an item of a large library."""
    from sandbox.plex.model import Media, MovieFile, PlexMovie

    media = [Media(key, [MovieFile(key, f"/data/{position}.mp4", SIZE, SECONDS * 1000)])]
    return PlexMovie(key, 1, fields={"title": f"Video {position}"}, media=media, added_at=key, updated_at=key)


def test_a_person_links_a_scene_and_unlinks_it(pair: Pair) -> None:
    scene, item = pair.add_scene("New", "/media/a.mp4"), pair.add_item("/data/b.mp4")
    pair.sync(scene)
    found = pair.plugin.operation("plex_search", text="b.mp4")["items"]
    pair.plugin.operation("match_link", scene_id=scene, rating_key=found[0]["rating_key"])
    pair.wait_for_drain()
    assert item.title == "New"
    pair.plugin.operation("match_unlink", scene_id=scene)
    pair.wait_for_drain()
    pair.edit_scene(scene, title="Newer")
    pair.sync(scene)
    assert (item.title, pair.find_queue_row(scene)) == ("New", None)
    assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "unlinked"


@pytest.mark.parametrize("before", [None, "unlinked", "manual"])
@pytest.mark.parametrize("after", [None, "unlinked", "manual"])
def test_a_drain_does_not_take_back_what_a_person_decides_meanwhile(
    pair: Pair, before: str | None, after: str | None
) -> None:
    """The drain has matched the scene before the person links or unlinks it, or lets it be matched again."""
    scene, matches = StashScene(1, files=(SceneFile("/data/day.mp4"),)), MatchStore(pair.store)
    plex = Plex(Http(make_plex_service(pair.plex.url, pair.plex.token, "reader")))
    matcher = SceneMatcher(pair.store, ConnectedServer(plex, "", ()), (), strict=True)

    def decide(how: str | None) -> None:
        matches.forget_match(1)
        if how is not None:
            matches.save_match(scene, ItemMatch(how, (), "by hand"), state=WAITING)

    decide(before)
    match = matcher.match_scene(scene)
    if before != after:
        decide(after)
    matcher.record_match(scene, match)
    saved = matches.find_match(1)
    assert (saved.how if saved else None) == (match.how if before == after else after)
