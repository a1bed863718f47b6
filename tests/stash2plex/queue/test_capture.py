"""From a save in Stash to the queue and on to Plex, by the listener and drains alone."""

from __future__ import annotations

import concurrent.futures
import threading

from sandbox.stash.files.disk import VideoFile
from shared.queue.outbox import Outbox
from shared.runtime.handler import load_named
from shared.state.store import Store
from tests.stash2plex.pair import Pair, wait_until

BULK = "mutation Bulk($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"


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
    assert live.count_drains() <= 2  # one runs while the scenes are saved, one waits


def list_saved(pair: Pair) -> list[float]:
    """Return the times that the listener took, one per save it heard."""
    runs = pair.plugin.stash.services.plugins.runs
    return [run.seconds for run in runs if run.plugin_id == "stash2plexListener"]


def test_a_save_of_a_field_that_plex_does_not_show_starts_nothing(live: Pair) -> None:
    scene = live.add_scene()
    live.stash.ask("mutation Saw($id: ID!) { sceneAddPlay(id: $id) { count } }", {"id": str(scene)})
    live.edit_scene(scene, url="https://example.test/1")
    assert live.count_drains() == 0


def test_saves_while_syncing_is_off_start_nothing_and_arrive_when_it_is_on_again(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Before")
    live.change_settings(enabled=False)
    live.edit_scene(scene, title="Meanwhile")
    assert (len(list_saved(live)), live.count_drains()) == (1, 0)
    live.change_settings(enabled=True)
    other, _ = live.add_scene_and_item("Other", "/data/other.mp4")
    live.edit_scene(other, title="Second")
    wait_until(lambda: item.title == "Meanwhile")


def test_the_first_save_after_the_installation_arrives(pair: Pair) -> None:
    pair.change_settings(enabled=True)
    scene, item = pair.add_scene_and_item("Before")
    pair.edit_scene(scene, title="First")
    wait_until(lambda: item.title == "First")


def test_a_scan_clears_nothing_in_plex(live: Pair) -> None:
    scene, item = live.add_scene_and_item("", "/data/beach.mp4")
    item.fields["summary"] = "Kept"
    live.plugin.run_task("drain")
    assert (live.find_queue_row(scene), item.fields["summary"]) == (None, "Kept")


def test_an_open_page_finds_saves_that_no_listener_heard(live: Pair) -> None:
    live.plugin.client.ask(
        "mutation Off($map: BoolMap!) { setPluginsEnabled(enabledMap: $map) }", {"map": {"stash2plexListener": False}}
    )
    scene, item = live.add_scene_and_item("Before")
    live.edit_scene(scene, title="After")
    wait_until(lambda: live.plugin.operation("heartbeat") is not None and item.title == "After")
    assert live.count_drains() == 0


def test_new_files_make_plex_scan_their_folders_only(live: Pair) -> None:
    for place in ("D:\\Media", "\\\\nas\\share"):
        live.plex.state.add_section("More", place)
    live.change_settings(
        trigger_plex_scan=True, path_rules="/media => /data | /windows => D:\\Media | /share => \\\\nas\\share"
    )
    for folder in ("elsewhere", "media", "windows", "share"):
        live.stock.add_scene("", file=VideoFile(f"/{folder}/new/x.mp4"))
    live.stash.run_plugin_task(live.plugin.id, args={"mode": "drain"})
    wait_until(lambda: len(live.plex.state.scans) >= 3 and live.outbox.counts()["parked"] == 1)
    assert {scan.path for scan in live.plex.state.scans} == {"/data/new", "D:\\Media\\new", "\\\\nas\\share\\new"}


def test_two_hundred_pairs_of_puts_at_the_same_moment_make_one_row_each(pair: Pair) -> None:
    together = threading.Barrier(2)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = [pool.submit(put_often, pair.store.path, field, together) for field in ("title", "date")]
        assert [each.result() for each in done] == [True, True]
    rows = pair.store.read("SELECT key, fields, seq FROM outbox")
    assert [tuple(row)[1:] for row in rows] == [('["date", "title"]', 2)] * 200


def put_often(path: str, field: str, together: threading.Barrier) -> bool:
    """Queue two hundred changes, each at the same moment as the other thread."""
    outbox = Outbox(Store(path, load_named("plexsync.schema:MIGRATIONS")))
    outbox.ensure_tables()
    for number in range(200):
        together.wait(30)
        outbox.put(f"scene:{number}", [field])
    return True


def test_an_edit_made_while_the_one_before_is_written_is_in_plex_at_the_end(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("A")
    slow = pair.plex.server.faults.add("slow", seconds=60, method="PUT", times=1)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pair.queue_scenes(scene)
        first = pool.submit(pair.plugin.operation, "queue_step")
        pair.plex.server.traffic.wait_until(lambda log: any(each.request.method == "PUT" for each in log))
        pair.edit_scene(scene, title="B")
        pair.queue_scenes(scene)
        pair.plex.server.faults.remove(slow)
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
    live.wait_for_drain()  # the match is forgotten before the entry is done
    assert (item.title, live.find_queue_row(scene)) == ("New", None)


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


MERGE = "mutation Merge($input: SceneMergeInput!) { sceneMerge(input: $input) { id } }"


def test_a_merge_of_scenes_sends_the_new_title_and_forgets_the_scene_that_vanished(live: Pair) -> None:
    """Stash runs no hook for a merge; the next look sees it."""
    kept, first = live.add_scene_and_item("One", "/data/one.mp4")
    gone, second = live.add_scene_and_item("Two", "/data/two.mp4")
    live.sync(kept, gone)
    assert (first.title, second.title) == ("One", "Two")
    values = {"id": str(kept), "title": "Both"}
    live.stash.ask(MERGE, {"input": {"source": [str(gone)], "destination": str(kept), "values": values}})
    live.plugin.run_task("drain")
    live.wait_for_drain()
    assert first.title == "Both"
    assert count_rows(live, gone) == {"matches": 0, "links": 0, "records": 0}
    assert live.outbox.counts()["waiting"] == 0


def count_rows(pair: Pair, scene: int) -> dict[str, int]:
    """Return how many rows each table has about a scene."""
    sql = "SELECT count(*) FROM {} WHERE scene_id = ?"
    return {name: pair.store.read(sql.format(name), (scene,))[0][0] for name in ("matches", "links", "records")}


def test_a_file_that_comes_back_as_another_scene_still_owns_what_was_sent(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Old", "/data/one.mp4", tags=["Sun"])
    live.sync(scene)
    live.stash.scenes.destroy(scene)
    live.plugin.run_task("drain")
    live.wait_for_drain()
    assert count_rows(live, scene)["records"] == 0
    live.sync(live.add_scene("New", "/data/one.mp4", tags=["Sea"]))
    assert (item.title, item.tag_names("genre")) == ("New", ["Sea"])


def test_a_comparison_of_all_scenes_forgets_records_that_neither_a_scene_nor_an_item_has(pair: Pair) -> None:
    """A deleted scene whose record an earlier version left behind, and whose item is gone, too."""
    gone, item = pair.add_scene_and_item("Gone", "/data/gone.mp4")
    kept, _ = pair.add_scene_and_item("Kept", "/data/kept.mp4")
    pair.sync(gone, kept)
    pair.stash.scenes.destroy(gone)
    with pair.store.write() as db:
        for table in ("matches", "links"):
            db.execute(f"DELETE FROM {table} WHERE scene_id = ?", (gone,))
    pair.plex.state.remove_item(item.rating_key)
    pair.plugin.run_task("reconcile_all")
    assert [row[0] for row in pair.store.read("SELECT scene_id FROM records")] == [kept]
