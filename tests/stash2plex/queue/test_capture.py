"""From a save in Stash to the queue and on to Plex, by hooks and drains alone."""

from __future__ import annotations

import concurrent.futures
import threading

import pytest

from sandbox.stash.files.disk import VideoFile
from shared.queue.outbox import Outbox
from shared.runtime.handler import load_named
from shared.state.store import Store
from tests.harness.process import Outcome, document, hook, run_plugin
from tests.stash2plex.pair import Pair, wait_until

BULK = "mutation Bulk($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"


@pytest.fixture
def live(pair: Pair) -> Pair:
    """Return a pair whose hooks queue changes."""
    pair.change_settings(enabled=True)
    return pair


def fire(
    pair: Pair, scene_id: int, trigger: str = "Scene.Update.Post", fields: tuple[str, ...] = ("title",)
) -> Outcome:
    """Run a hook process as Stash starts it."""
    port = pair.plugin.stash.server.port
    sent = document(hook(trigger, scene_id, fields), state=pair.plugin.stash.home, port=port)
    return run_plugin("stash2plex/stash2plex.py", sent)


def test_a_saved_rating_arrives_and_nothing_else_changes(live: Pair) -> None:
    scene, item = live.add_scene_and_item(details="Text", rating=50)
    live.sync(scene)
    item.fields["title"] = "A person's"
    live.edit_scene(scene, rating100=85)
    wait_until(lambda: item.fields.get("userRating") == "8.5")
    assert (item.title, item.fields["summary"]) == ("A person's", "Text")


def test_a_bulk_change_of_twenty_scenes_arrives_without_twenty_drains(live: Pair) -> None:
    scenes = [live.add_scene_and_item(f"Title {number}", f"/data/{number}.mp4")[0] for number in range(20)]
    items = list(live.plex.state.items.values())
    live.stash.ask(BULK, {"input": {"ids": [str(each) for each in scenes], "rating100": 70}})
    wait_until(lambda: all(item.fields.get("userRating") == "7" for item in items))
    drains = live.plugin.stash.server.traffic.requests(path="/graphql", method="POST")
    assert sum("runPluginTask" in request.text for request in drains) <= 2  # a busy Stash may miss the first


def test_a_scan_queues_nothing_and_clears_nothing(live: Pair) -> None:
    scene, item = live.add_scene_and_item("", "/data/beach.mp4")
    item.fields["summary"] = "Kept"
    for trigger in ("Scene.Create.Post", "Scene.Update.Post"):
        assert fire(live, scene, trigger, ()).exit_code == 0
    live.work_step()
    assert (live.find_queue_row(scene), item.fields["summary"]) == (None, "Kept")


def test_fields_that_do_not_concern_plex_cost_no_row(live: Pair) -> None:
    scene = live.add_scene()
    fire(live, scene, fields=("id", "play_count", "resume_time"))
    assert live.find_queue_row(scene) is None


def test_two_hooks_of_one_scene_at_once_make_one_row(pair: Pair) -> None:
    pair.change_settings(enabled=True)
    scene = pair.add_scene()
    pair.plugin.stash.server.faults.add("server_error", body="runPluginTask")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in range(5):
            list(pool.map(lambda field: fire(pair, scene, fields=(field,)), ("title", "date")))
    assert pair.outbox.counts()["waiting"] == 1
    assert (pair.find_queue_row(scene) or {})["fields"] == '["date", "title"]'


def test_two_hundred_pairs_of_puts_at_the_same_moment_make_one_row_each(pair: Pair) -> None:
    together = threading.Barrier(2)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = [pool.submit(put_often, pair.store.path, field, together) for field in ("title", "date")]
        assert [each.result() for each in done] == [True, True]
    rows = pair.store.read("SELECT key, fields, seq FROM outbox")
    assert [tuple(row)[1:] for row in rows] == [('["date", "title"]', 2)] * 200


def put_often(path: str, field: str, together: threading.Barrier) -> bool:
    """Queue two hundred changes as a hook does, each at the same moment as the other thread."""
    outbox = Outbox(Store(path, load_named("plexsync.schema:MIGRATIONS")))
    outbox.ensure_tables()
    stored = []
    for number in range(200):
        together.wait(30)
        stored.append(outbox.put(f"scene:{number}", [field]))
    return all(stored)


def test_fifty_hooks_at_once_lose_nothing(live: Pair) -> None:
    live.plugin.stash.server.faults.add("hang", body="runPluginTask")
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda number: fire(live, number).exit_code, range(1, 51)))
    live.outbox.take_in_spool()
    assert (set(codes), live.outbox.counts()["waiting"]) == ({0}, 50)


def test_an_edit_made_while_the_one_before_is_written_is_in_plex_at_the_end(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("A")
    pair.plex.server.faults.add("slow", seconds=1, method="PUT", times=1)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pair.queue_scenes(scene)
        first = pool.submit(pair.plugin.operation, "queue_step")
        pair.plex.server.traffic.wait_until(lambda log: any(each.request.method == "PUT" for each in log))
        pair.edit_scene(scene, title="B")
        pair.queue_scenes(scene)
        first.result()
    pair.work_step()
    assert (item.title, pair.find_queue_row(scene)) == ("B", None)


def test_many_edits_of_one_scene_become_few_writes(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Start")
    for number in range(12):
        live.edit_scene(scene, title=f"Title {number}")
    wait_until(lambda: item.title == "Title 11")
    assert len(live.list_requests("PUT", "/library/sections")) <= 3
    live.edit_scene(scene, title="One more")
    wait_until(lambda: item.title == "One more")


def test_a_deleted_scene_is_forgotten_and_plex_keeps_its_item(live: Pair) -> None:
    scene, item = live.add_scene_and_item("New")
    live.sync(scene)
    live.stash.ask("mutation Gone($id: ID!) { sceneDestroy(input: {id: $id}) }", {"id": str(scene)})
    wait_until(lambda: not live.store.read("SELECT 1 FROM matches"))
    assert (item.title, live.find_queue_row(scene)) == ("New", None)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/media/new/x.mp4", "/data/new"),
        ("/windows/new/x.mp4", "D:\\Media\\new"),
        ("/share/new/x.mp4", "\\\\nas\\share\\new"),
        ("/elsewhere/x.mp4", None),
    ],
)
def test_a_new_file_makes_plex_scan_its_folder_only(live: Pair, path: str, folder: str | None) -> None:
    for place in ("D:\\Media", "\\\\nas\\share"):
        live.plex.state.add_section("More", place)
    live.change_settings(
        trigger_plex_scan=True, path_rules="/media => /data | /windows => D:\\Media | /share => \\\\nas\\share"
    )
    scene = live.stock.add_scene("", file=VideoFile(path))
    fire(live, scene, "Scene.Create.Post", ())
    wait_until(lambda: bool(live.plex.state.scans or live.outbox.counts()["parked"]))
    assert [scan.path for scan in live.plex.state.scans] == ([folder] if folder else [])


def test_an_open_page_works_on_a_queue_that_no_hook_asked_to_drain(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.queue_scenes(scene)
    assert pair.plugin.operation("heartbeat")["pending"] == 0
    assert item.title == "New"


def test_saves_with_syncing_switched_off_are_ignored(pair: Pair) -> None:
    scene = pair.add_scene()
    fire(pair, scene)
    assert pair.find_queue_row(scene) is None


def test_after_an_outage_all_goes_on_without_a_page_and_without_a_save(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Start")
    with live.stop_plex():
        live.edit_scene(scene, title="New")
        wait_until(live.outbox.breaker.is_open)
    live.make_due()
    wait_until(lambda: item.title == "New")


def test_a_drain_that_waits_for_plex_lets_others_go_first_and_comes_back(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Start")
    with live.stop_plex():
        live.edit_scene(scene, title="New")
        wait_until(live.outbox.breaker.is_open)
        assert live.plugin.run_task("queue_status").status == "FINISHED"
    live.make_due()
    wait_until(lambda: item.title == "New")
