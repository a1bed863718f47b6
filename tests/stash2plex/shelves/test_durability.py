"""Shelves through kills, losses and refusals: the next run completes what is the plugin's, and touches nothing else."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest
from plexsync.shelves.plan import LABEL

from sandbox.messages import HttpRequest, Response
from sandbox.plex.model import PlexMovie
from sandbox.plex.pictures import read_bytes
from tests.harness.process import document, start_plugin, task
from tests.harness.state import spoil_column
from tests.stash2plex.pair import picture
from tests.stash2plex.shelves.shelf_pair import ShelfPair, draw_tag
from tests.stash2plex.watched.test_tasks import end_process


def kill_at(shelves: ShelfPair, kind: str, method: str, path: str, mode: str, **args: Any) -> None:
    """Kill a task while it waits for the answer to a write: before ("hang") or after ("stall") it took effect."""
    server, home = shelves.pair.plex.server, shelves.pair.plugin.stash
    fault = server.faults.add(kind, method=method, path=path, times=1)
    has_come, handle = threading.Event(), server.handler

    def handle_and_tell(request: HttpRequest) -> Response:
        answer = handle(request)
        if request.method == method and re.search(path, request.target):
            has_come.set()
        return answer

    server.handler = handle_and_tell
    sent = document(task(mode, **args), state=home.home, port=home.server.port)
    server.traffic.clear()
    with start_plugin("stash2plex/stash2plex.py") as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(sent).encode())
        process.stdin.close()
        if kind == "hang":
            server.traffic.wait_until(lambda log: any(each.fault == kind for each in log))
        else:
            assert has_come.wait(60), "the write never came"
        end_process(process)
    server.handler = handle
    server.faults.remove(fault)


def shown_poster(shelves: ShelfPair) -> bytes | None:
    """Return the bytes of the poster that the only collection shows."""
    return read_bytes(shelves.state, find_made(shelves), "posters")


def find_made(shelves: ShelfPair) -> PlexMovie:
    """Return the only collection in Plex."""
    (made,) = (item for item in shelves.state.items.values() if item.collection)
    return made


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("hang", "POST", "/library/collections"),
        ("stall", "POST", "/library/collections"),
        ("hang", "PUT", "/library/sections/1/all"),
        ("stall", "PUT", "/library/sections/1/all"),
        ("hang", "POST", "/hubs"),
        ("stall", "POST", "/hubs"),
        ("hang", "PUT", "/prefs"),
        ("stall", "PUT", "/prefs"),
        ("hang", "POST", "/posters"),
        ("stall", "POST", "/posters"),
    ],
)
def test_a_shelf_whose_making_was_killed_is_completed_once(
    shelves: ShelfPair, kind: str, method: str, path: str
) -> None:
    shelves.add_matched(3, tags=["Water"])
    draw_tag(shelves, shelves.pair.find_or_add("tag", "Water"), "first")
    shelf = shelves.save_tag(sort="title", places=["home"], poster="source")
    plan = shelves.preview(shelf)
    kill_at(shelves, kind, method, path, "apply_plan", plan_id=plan["plan_id"])
    shelves.run("update_shelves")
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001", "Scene 002"]}
    made = find_made(shelves)
    assert (made.tag_names("label"), made.collection and made.collection.prefs) == ([LABEL], {"collectionSort": "1"})
    assert shelves.state.hubs == {made.rating_key: {"promotedToOwnHome"}}
    assert shown_poster(shelves) == picture("first")
    assert (shelves.find_card(shelf)["problem"], len(made.pictures["posters"])) == ("", 1)
    assert shelves.run("update_shelves")["message"] == "1 seen: 1 unchanged."
    shelves.state.options.allow_deletion = True
    shelves.run("remove_shelf", shelf_id=shelf)
    assert shelves.show() == {}


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("hang", "PUT", "/prefs"),
        ("stall", "PUT", "/prefs"),
        ("stall", "PUT", "/hubs"),
        ("hang", "POST", "/posters"),
        ("stall", "POST", "/posters"),
    ],
)
def test_after_a_killed_update_of_its_look_a_shelf_gets_what_the_dialog_says_by_then(
    shelves: ShelfPair, kind: str, method: str, path: str
) -> None:
    shelves.add_matched(2, tags=["Water"])
    tag = shelves.pair.find_or_add("tag", "Water")
    draw_tag(shelves, tag, "first")
    shelf = shelves.save_tag(places=["home"], poster="source")
    shelves.make(shelf)
    draw_tag(shelves, tag, "second")
    shelves.save_tag(shelf_id=shelf, sort="title", places=["recommended"], poster="source")
    kill_at(shelves, kind, method, path, "update_shelves")
    draw_tag(shelves, tag, "the third")
    shelves.save_tag(shelf_id=shelf, places=["home"], poster="source")  # the order and places of before
    shelves.run("update_shelves")
    made = find_made(shelves)
    assert shown_poster(shelves) == picture("the third")
    assert (made.collection and made.collection.prefs.get("collectionSort", "0")) == "0"
    assert shelves.state.hubs == {made.rating_key: {"promotedToOwnHome"}}
    assert shelves.find_card(shelf)["problem"] == ""
    assert shelves.run("update_shelves")["message"] == "1 seen: 1 unchanged."


@pytest.mark.parametrize(("kind", "method", "path"), [("stall", "DELETE", "/thumb"), ("hang", "PUT", "/all")])
def test_a_poster_whose_removal_was_killed_gives_way_to_plex_s_collage(
    shelves: ShelfPair, kind: str, method: str, path: str
) -> None:
    shelves.add_matched(2, tags=["Water"])
    draw_tag(shelves, shelves.pair.find_or_add("tag", "Water"), "first")
    shelf = shelves.save_tag(poster="source")
    shelves.make(shelf)
    shelves.save_tag(shelf_id=shelf)
    kill_at(shelves, kind, method, path, "update_shelves")
    shelves.run("update_shelves")
    made = find_made(shelves)
    assert (made.selected_picture("posters"), "thumb" in made.locks) == (None, False)
    assert shelves.run("update_shelves")["message"] == "1 seen: 1 unchanged."


@pytest.mark.parametrize(("kind", "method", "path"), [("stall", "PUT", "/items"), ("stall", "DELETE", "/items/1")])
def test_members_of_a_killed_update_stay_the_plugin_s(shelves: ShelfPair, kind: str, method: str, path: str) -> None:
    (first, _), *_ = shelves.add_matched(2, tags=["Water"])
    shelves.make(shelves.save_tag())
    ((late, _),) = shelves.add_matched(1, start=7, tags=["Water"])
    shelves.pair.edit_scene(first, tags=["Fire"])
    kill_at(shelves, kind, method, path, "update_shelves")
    shelves.run("update_shelves")
    assert shelves.show() == {"Water": ["Scene 001", "Scene 007"]}
    shelves.pair.edit_scene(late, tags=["Fire"])
    shelves.run("update_shelves")
    assert shelves.show() == {"Water": ["Scene 001"]}


def test_a_removal_that_was_killed_is_completed_by_the_next(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelves.state.options.allow_deletion = True
    shelf = shelves.save_tag()
    shelves.make(shelf)
    kill_at(shelves, "stall", "DELETE", "/library/collections", "remove_shelf", shelf_id=shelf)
    shelves.run("update_shelves")
    shelves.run("remove_shelf", shelf_id=shelf)
    assert (shelves.show(), shelves.pair.plugin.operation("shelves_list")["shelves"]) == ({}, [])


def test_a_collection_that_was_deleted_in_plex_comes_back_only_when_a_person_asks(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelves.state.options.allow_deletion = True
    shelf = shelves.save_tag()
    shelves.make(shelf)
    shelves.connect().collections()[0].delete()
    result = shelves.run("update_shelves")
    assert (result["state"], shelves.show()) == ("partial", {})
    assert "deleted in Plex" in shelves.find_card(shelf)["problem"]
    shelves.make(shelf)
    assert (shelves.show(), shelves.find_card(shelf)["problem"]) == ({"Water": ["Scene 000", "Scene 001"]}, "")


def test_a_failed_request_is_not_a_deleted_collection(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelf = shelves.save_tag()
    shelves.make(shelf)
    shelves.pair.plex.server.faults.add("server_error", path="type=18", status=500)
    assert shelves.run("update_shelves")["state"] == "failed"
    shelves.pair.plex.server.faults.clear()
    assert (shelves.run("update_shelves")["state"], shelves.find_card(shelf)["problem"]) == ("finished", "")


def test_a_collection_whose_label_a_person_took_off_is_not_touched(shelves: ShelfPair) -> None:
    (first, _), *_ = shelves.add_matched(2, tags=["Water"])
    shelf = shelves.save_tag()
    shelves.make(shelf)
    shelves.connect().collections()[0].removeLabel(LABEL)
    shelves.pair.edit_scene(first, tags=["Fire"])
    shelves.run("update_shelves")
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001"]}
    assert LABEL in shelves.find_card(shelf)["problem"]
    shelves.state.options.allow_deletion = True
    shelves.run("remove_shelf", shelf_id=shelf)
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001"]}
    assert shelves.pair.plugin.operation("shelves_list")["shelves"] == []


def test_after_a_loss_of_the_state_a_shelf_takes_its_labelled_collection_over(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelves.make(shelves.save_tag())
    with shelves.pair.store.write() as db:
        for table in ("shelves", "shelf_collections", "shelf_members"):
            db.execute(f"DELETE FROM {table}")
    shelf = shelves.save_tag()
    plan = shelves.preview(shelf)
    assert "takes over" in shelves.list_rows(plan["plan_id"])[0]["reason"]
    shelves.apply(plan["plan_id"])
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001"]}
    shelves.state.options.allow_deletion = True
    shelves.run("remove_shelf", shelf_id=shelf)
    assert shelves.show() == {}


def test_an_item_that_plex_lost_and_an_empty_collection_that_takes_nothing_do_not_stop_a_shelf(
    shelves: ShelfPair,
) -> None:
    (first, gone), *_ = shelves.add_matched(2, tags=["Water"])
    shelves.state.options.allow_deletion = True
    shelf = shelves.save_tag()
    shelves.make(shelf)
    added = shelves.add_matched(2, start=5, tags=["Water"])
    shelves.state.remove_item(added[0][1].rating_key)  # the index still has it
    shelves.run("update_shelves")
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001", "Scene 006"]}
    water = shelves.pair.find_or_add("tag", "Water")
    shelves.pair.stash.tags.update(water, {"name": "Sea"})
    for scene in (first, first + 1, *(each for each, _ in added)):
        shelves.pair.edit_scene(scene, tags=[])
    shelves.run("update_shelves")
    assert shelves.show() == {"Sea": []}
    shelves.state.options.rejects_empty = True
    shelves.pair.edit_scene(first, tags=["Sea"])
    shelves.run("update_shelves")
    assert "it was deleted" in shelves.find_card(shelf)["problem"]
    shelves.run("update_shelves")
    assert shelves.show() == {"Sea": ["Scene 000"]}
    assert gone.rating_key == 1


def test_each_library_gets_a_collection_and_a_shelf_of_one_title_is_enough(shelves: ShelfPair) -> None:
    shelves.pair.plex.state.add_section("Clips", "/clips")
    clips = shelves.pair.plex.state.sections[2]
    shelves.add_matched(1, tags=["Water"])
    scene = shelves.pair.add_scene("Clip", "/clips/a.mp4", tags=["Water"])
    shelves.pair.add_item("/clips/a.mp4", clips)
    shelves.pair.sync(scene)
    shelves.make(shelves.save_tag(title="{name} of {library}"))
    titles = [item.title for item in shelves.state.items.values() if item.collection]
    assert sorted(titles) == ["Water of Clips", "Water of Videos"]
    second = shelves.save("organized", title="Water of {library}")
    shelves.pair.edit_scene(scene, organized=True)
    plan = shelves.preview(second)
    assert "Another shelf has the title" in shelves.list_rows(plan["plan_id"])[0]["message"]


def test_the_sync_of_scenes_leaves_shelves_alone(shelves: ShelfPair) -> None:
    shelves.state.options.members_lock = True
    added = shelves.add_matched(2, tags=["Water"])
    shelves.make(shelves.save_tag())
    shelves.pair.change_settings(sync_collection=True)
    shelves.pair.edit_scene(added[0][0], studio="Acme")
    shelves.pair.sync(*(scene for scene, _ in added))
    assert shelves.show()["Water"] == ["Scene 000", "Scene 001"]
    shelves.pair.forget_requests()
    shelves.pair.sync(*(scene for scene, _ in added))
    assert shelves.pair.list_writes() == []


def test_a_record_that_cannot_be_read_is_told_once_and_the_shelf_goes_on(shelves: ShelfPair) -> None:
    shelves.add_matched(1, tags=["Water"])
    shelves.make(shelves.save_tag(sort="title"))
    spoil_column(shelves.pair.plugin.state_dir, "shelf_collections", "written", '{"places": "home"}')
    assert "A row of the table shelf_collections" in shelves.run("update_shelves")["message"]
    assert shelves.run("update_shelves")["message"] == "1 seen: 1 unchanged."


def test_shelves_that_were_applied_once_are_updated_by_the_schedule(shelves: ShelfPair) -> None:
    shelves.add_matched(1, tags=["Water"])
    shelf = shelves.save_tag()
    assert "update_shelves" not in shelves.pair.plugin.operation("run_due")["started"]
    shelves.make(shelf)
    shelves.add_matched(1, start=3, tags=["Water"])
    due = shelves.pair.plugin.operation("run_due")
    assert "update_shelves" in due["started"]
    shelves.pair.wait_for_drain()
    assert shelves.show() == {"Water": ["Scene 000", "Scene 003"]}
    row = next(each for each in due["schedules"] if each["mode"] == "update_shelves")
    assert (row["every_days"], row["waits_for_person"]) == (1, False)
    assert shelves.pair.plugin.operation("run_due")["started"] == []
