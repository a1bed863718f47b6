"""Processes that die, files that are locked, a Stash that stops."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.harness.process import document, hook, run_plugin, start_plugin, task
from tests.stash2plex.pair import Pair, picture

ENTRY = "stash2plex/stash2plex.py"


def start_drain(pair: Pair) -> subprocess.Popen[bytes]:
    """A drain as Stash starts it, which can be killed."""
    sent = document(task("drain"), state=pair.plugin.stash.home, port=pair.plugin.stash.server.port)
    process = start_plugin(ENTRY)
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
        pair.plex.server.traffic.wait_until(lambda log: len(log) >= number, 20)
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
    pair.plex.server.faults.remove(fault)


@pytest.mark.parametrize("kind", ["hang", "slow"])
@pytest.mark.parametrize("number", [1, 5, 8, 9, 11])
def test_a_drain_killed_at_any_request_loses_and_doubles_nothing(pair: Pair, kind: str, number: int) -> None:
    """acceptance 61, 63, 74"""
    scene, item = pair.both("A", details="One", tags=["Sun", "Sea"], picture="cover")
    item.fields["summary"] = "Before"
    pair.put(scene)
    kill_at(pair, kind, number)
    pair.edit(scene, details="Two", tags=["Sun"])
    pair.put(scene)
    assert pair.step()["status"]["queue"]["waiting"] == 0
    pictures = [each.key for each in item.pictures["posters"] if each.key.startswith("upload://")]
    assert (item.title, item.fields["summary"], item.tag_names("genre")) == ("A", "Two", ["Sun"])
    assert len(pictures) == 1 and {"title", "summary", "genre", "thumb"} <= item.locks


def test_a_blocked_state_file_delays_a_save_little_and_loses_nothing(pair: Pair) -> None:
    """acceptance 67"""
    pair.set(enabled=True)
    scene, item = pair.both("New")
    pair.outbox.ensure_tables()
    blocker = sqlite3.connect(pair.store.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    sent = document(hook("Scene.Update.Post", scene, ["title"]), state=pair.plugin.stash.home)
    assert run_plugin(ENTRY, sent).exit_code == 0 and time.monotonic() - started < 3
    blocker.execute("ROLLBACK")
    blocker.close()
    pair.step()
    assert item.title == "New"


def test_a_state_folder_that_cannot_be_made_is_named_and_fails_no_save(tmp_path: Path) -> None:
    """acceptance 64, 65"""
    (tmp_path / "plugin_data").write_text("in the way")
    outcome = run_plugin(ENTRY, document(hook("Scene.Update.Post", 1, ["title"]), state=tmp_path))
    assert outcome.exit_code == 0 and "plugin_data" in str(outcome.error)


def test_a_state_of_a_newer_plugin_is_refused_and_not_touched(pair: Pair) -> None:
    """acceptance 68"""
    pair.put(pair.scene())
    with pair.store.write() as db:
        db.execute("UPDATE versions SET version = 99 WHERE component = 'plugin'")
    with pytest.raises(Exception, match="newer version"):
        pair.plugin.operation("queue_step")
    assert pair.store.read("SELECT count(*) FROM outbox")[0][0] == 1


@pytest.mark.parametrize("fault", [{"kind": "reset"}, {"kind": "unauthorized"}])
def test_a_stash_that_stops_stops_the_drain_and_keeps_the_rows(pair: Pair, fault: dict[str, Any]) -> None:
    """acceptance 72"""
    scene, item = pair.both("New")
    pair.put(scene)
    pair.plugin.stash.server.faults.add(fault["kind"], body="findScenes")
    sent = document(task("drain"), state=pair.plugin.stash.home, port=pair.plugin.stash.server.port)
    outcome = run_plugin(ENTRY, sent, timeout=60)
    row = pair.row(scene) or {}
    assert outcome.output["ended"] == "stopped"
    assert (row["state"], row["attempts"], item.title) == ("waiting", 0, "beach")


def test_bytes_of_a_cover_are_those_of_stash(pair: Pair) -> None:
    scene, _ = pair.both(picture="cover")
    pair.sync(scene)
    (upload,) = [request for request in pair.requests("POST", "posters") if request.body]
    assert upload.body[:3] == picture()[:3]


def test_an_obfuscated_log_tells_nothing_about_the_library(pair: Pair) -> None:
    """acceptance 80"""
    private = {"studio": "Hidden Studio", "performers": ["Secret Person"], "tags": ["Private tag"]}
    scene, item = pair.both("Hidden title", "/data/hidden-folder/hidden-file.mp4", picture="cover", **private)
    item.locks = {"studio"}
    pair.set(obfuscate_logs=True)
    pair.plugin.stash.server.faults.add("html", path="/screenshot")
    pair.put(scene, pair.scene("Hidden and missing", "/data/hidden-folder/missing.mp4"))
    lines: list[str] = []
    for mode in ("sync_all", "queue_status", "health", "reconcile_all"):
        sent = document(task(mode), state=pair.plugin.stash.home, port=pair.plugin.stash.server.port)
        with_progress = run_plugin(ENTRY, sent, timeout=60).lines
        lines += [line.text.lower() for line in with_progress]
        pair.outbox.pause("Enough.")
        pair.outbox.resume()
    words = ("hidden", "secret", "private", "videos", "127.0.0.1", "/data", "example plex")
    assert any("kept" in line for line in lines)
    assert [line for line in lines if any(word in line for word in words)] == []
