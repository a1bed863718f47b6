"""Killed processes, locked files, and a Stash that stops."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from plexsync.match.item_index import ItemIndex
from plexsync.match.store import MatchStore
from plexsync.page.statistics import Statistics
from plexsync.write.stash_scenes import StashScene
from plexsync.write.store import WriteRecordStore

from shared.plex.matching import ItemMatch, PlexFile
from tests.harness.process import document, run_plugin, start_plugin, task
from tests.stash2plex.pair import Pair, picture

ENTRY = "stash2plex/stash2plex.py"


def start_drain(pair: Pair, entry: str | Path = ENTRY) -> subprocess.Popen[bytes]:
    """Start a drain as Stash does; it can be killed."""
    sent = document(task("drain"), state=pair.plugin.stash.home, port=pair.plugin.stash.server.port)
    process = start_plugin(entry)
    assert process.stdin is not None
    process.stdin.write(json.dumps(sent).encode())
    process.stdin.close()
    return process


def kill_at(pair: Pair, kind: str, number: int) -> None:
    """Kill a drain while it waits for the answer to its n-th request: before ("hang") or after ("slow") the work."""
    seconds = {"slow": 60.0}.get(kind, 0.0)
    fault = pair.plex.server.faults.add(kind, on=[number], seconds=seconds)
    pair.forget_requests()
    with start_drain(pair) as process:
        pair.plex.server.traffic.wait_until(lambda log: len(log) >= number)
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
    pair.plex.server.faults.remove(fault)


@pytest.mark.parametrize(
    ("kind", "number"), [*(("hang", number) for number in (1, 4, 6, 8, 9)), ("slow", 8), ("slow", 9)]
)
def test_a_drain_killed_at_any_request_loses_and_doubles_nothing(pair: Pair, kind: str, number: int) -> None:
    scene, item = pair.add_scene_and_item("A", details="One", tags=["Sun", "Sea"], picture="cover")
    item.fields["summary"] = "Before"
    pair.queue_scenes(scene)
    kill_at(pair, kind, number)
    pair.edit_scene(scene, details="Two", tags=["Sun"])
    pair.queue_scenes(scene)
    assert pair.work_step()["status"]["queue"]["waiting"] == 0
    pictures = [each.key for each in item.pictures["posters"] if each.key.startswith("upload://")]
    assert (item.title, item.fields["summary"], item.tag_names("genre")) == ("A", "Two", ["Sun"])
    assert len(pictures) == 1 and {"title", "summary", "genre", "thumb"} <= item.locks


def test_drains_killed_one_after_the_other_leave_every_scene_right(pair: Pair) -> None:
    scenes = [
        pair.add_scene_and_item(f"Scene {each}", f"/data/{each}.mp4", picture=f"cover {each}")[0] for each in range(4)
    ]
    numbers = random.Random(61).sample(range(1, 16), 10)
    for turn, number in enumerate(numbers):
        with pair.stock.library.write() as db:
            db.run("UPDATE scenes SET details = ?", (f"Turn {turn}",))
        pair.queue_scenes(*scenes)
        pair.make_due()
        kill_at(pair, "slow", number)
    while pair.work_step()["left"]:
        pass
    assert [item.fields["summary"] for item in pair.plex.state.items.values()] == ["Turn 9"] * 4
    uploads = [each.key for item in pair.plex.state.items.values() for each in item.pictures["posters"]]
    assert sorted(set(uploads)) == sorted(uploads) and pair.outbox.counts()["dead"] == 0


def test_a_state_of_a_newer_plugin_is_refused_and_not_touched(pair: Pair) -> None:
    pair.queue_scenes(pair.add_scene())
    with pair.store.write() as db:
        db.execute("UPDATE versions SET version = 99 WHERE component = 'plugin'")
    with pytest.raises(Exception, match="newer version"):
        pair.plugin.operation("queue_step")
    assert pair.store.read("SELECT count(*) FROM outbox")[0][0] == 1


@pytest.mark.parametrize("fault", [{"kind": "reset"}, {"kind": "unauthorized"}])
def test_a_stash_that_stops_stops_the_drain_and_keeps_the_rows(pair: Pair, fault: dict[str, Any]) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.queue_scenes(scene)
    pair.plugin.stash.server.faults.add(fault["kind"], body="findScenes")
    sent = document(task("drain"), state=pair.plugin.stash.home, port=pair.plugin.stash.server.port)
    outcome = run_plugin(ENTRY, sent, timeout=60)
    row = pair.find_queue_row(scene) or {}
    assert outcome.output["ended"] == "stopped"
    assert (row["state"], row["attempts"], item.title) == ("waiting", 0, "beach")


def test_a_plugin_that_is_replaced_while_it_drains_loses_nothing(pair: Pair, tmp_path: Path) -> None:
    """The package manager deletes the folder and unpacks the new one."""
    scenes = [pair.add_scene_and_item(f"New {each}", f"/data/{each}.mp4", picture="cover")[0] for each in range(3)]
    folder = Path(shutil.copytree(pair.plugin.stash.plugins_dir / pair.plugin.id, tmp_path / "plugin"))
    pair.queue_scenes(*scenes)
    slow = pair.plex.server.faults.add("slow", seconds=60, times=1)
    with start_drain(pair, folder / "stash2plex.py") as process:
        pair.plex.server.traffic.wait_until(lambda log: len(log) >= 1)
        shutil.rmtree(folder)
        pair.plex.server.faults.remove(slow)
        process.wait(60)
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        process.stderr.close()
    assert pair.outbox.counts()["dead"] == 0
    pair.work_step()
    assert sorted(item.title for item in pair.plex.state.items.values()) == ["New 0", "New 1", "New 2"]


def test_a_long_queue_gives_its_space_back(pair: Pair) -> None:
    with pair.store.write():
        for number in range(20_000):
            pair.outbox.put(f"scene:{number}", note="A note as long as a title." * 4)
    pair.store.close()
    before = Path(pair.store.path).stat().st_size
    with pair.store.write() as db:
        db.execute("DELETE FROM outbox WHERE key <> 'scene:2'")
    pair.store.close()
    pair.plugin.run_task("drain")
    assert Path(pair.store.path).stat().st_size < before / 3


def test_the_records_of_a_scene_are_found_by_index_without_reading_a_table(pair: Pair) -> None:
    asked: set[str] = set()
    pair.store.connect().set_trace_callback(asked.add)
    read_and_save_records(pair)
    pair.store.connect().set_trace_callback(None)
    plans = [row["detail"] for sql in asked if is_query(sql) for row in pair.store.read(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(plans) > 10
    large = ("records", "matches", "links", "missing", "plex_items", "plex_files", "outbox", "f", "i")
    assert [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in large] == []


def read_and_save_records(pair: Pair) -> None:
    """Read and save in the state file what the sync of one scene does."""
    pair.queue_scenes(1)
    store, matches, index = pair.store, MatchStore(pair.store), ItemIndex(pair.store)
    lease = pair.outbox.lease()
    pair.outbox.begin(lease)
    for entry in pair.outbox.claim(lease, 20):
        match = ItemMatch("path", (PlexFile("1", "1", "/data/x.mp4"),))
        index.find_by_path("/data/x.mp4")
        index.find_by_name("x.mp4")
        index.find_items(["1"])
        index.forget_items(["1"])
        matches.find_match(1)
        matches.find_matches([1])
        matches.find_owner("1", 1)
        matches.list_scenes_missing(["x.mp4"])
        matches.save_match(StashScene(1), match, state="linked")
        WriteRecordStore(store).save_record(WriteRecordStore(store).get_record("1"))
        WriteRecordStore(store).find_last_sync(1)
        Statistics(store).count_event("done")
        pair.outbox.done(entry)
    pair.outbox.finish(lease)


def is_query(sql: str) -> bool:
    """Return True if SQLite has a plan for a statement."""
    return sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))


def test_bytes_of_a_cover_are_those_of_stash(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item(picture="cover")
    pair.sync(scene)
    (upload,) = [request for request in pair.list_requests("POST", "posters") if request.body]
    assert upload.body[:3] == picture()[:3]


def test_an_obfuscated_log_tells_nothing_about_the_library(pair: Pair) -> None:
    private = {"studio": "Hidden Studio", "performers": ["Secret Person"], "tags": ["Private tag"]}
    scene, item = pair.add_scene_and_item(
        "Hidden title", "/data/hidden-folder/hidden-file.mp4", picture="cover", **private
    )
    item.locks = {"studio"}
    pair.change_settings(obfuscate_logs=True)
    pair.plugin.stash.server.faults.add("html", path="/screenshot")
    pair.queue_scenes(scene, pair.add_scene("Hidden and missing", "/data/hidden-folder/missing.mp4"))
    lines: list[str] = []
    for mode in ("sync_all", "queue_status", "health", "reconcile_all"):
        sent = document(task(mode), state=pair.plugin.stash.home, port=pair.plugin.stash.server.port)
        with_progress = run_plugin(ENTRY, sent, timeout=60).lines
        lines += [line.text.lower() for line in with_progress]
        pair.outbox.pause.begin("Enough.")
        pair.outbox.pause.end()
    words = ("hidden", "secret", "private", "videos", "127.0.0.1", "/data", "example plex")
    assert any("kept" in line for line in lines)
    assert [line for line in lines if any(word in line for word in words)] == []
