"""Every task in Stash's task list, from its start to its result."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from plexsync.compare.comparison import COUNT_TEXTS

from scripts.release.manifests import load_plugin
from tests.stash2plex.pair import Pair, wait_until

TASKS = sorted(load_plugin("stash2plex").tasks)


def run(pair: Pair, mode: str, **args: Any) -> str:
    """Run a task to its end and return its message."""
    token = f"token-{mode}".replace("_", "-")
    pair.plugin.run_task(mode, run_token=token, **args)
    kept = pair.store.kv.get("task_results", object)[token]
    assert kept["state"] == "finished", kept
    return str(kept["message"])


@pytest.mark.parametrize("mode", TASKS)
def test_every_task_runs_and_says_what_it_did(pair: Pair, mode: str) -> None:
    pair.add_scene_and_item("New")
    token = "token-1"
    pair.plugin.run_task(mode, run_token=token)
    assert pair.plugin.operation("run_result", run_token=token)["run"]["state"] == "finished"


def test_sync_all_sends_what_differs_once_and_everything_when_forced(pair: Pair) -> None:
    items = [pair.add_scene_and_item(f"Title {each}", f"/data/{each}.mp4", picture="cover")[1] for each in range(5)]
    assert run(pair, "sync_all").startswith("5 scenes queued, 0 unchanged")
    assert [item.title for item in items] == [f"Title {each}" for each in range(5)]
    pair.forget_requests()
    assert run(pair, "sync_all").startswith("0 scenes queued, 5 unchanged")
    assert pair.list_writes() == [] and len(pair.list_requests()) <= 5
    run(pair, "sync_all", force="true")
    assert len(pair.list_requests("PUT", "/library/sections")) == 5


def test_recent_scenes_are_those_of_a_day(pair: Pair) -> None:
    _, fresh = pair.add_scene_and_item("Fresh", "/data/fresh.mp4")
    yesterday = datetime.now(timezone.utc) - timedelta(hours=30)
    _, old = pair.add_scene_and_item("Old", "/data/old.mp4", updated_at=yesterday.strftime("%Y-%m-%dT%H:%M:%SZ"))
    run(pair, "sync_recent")
    assert (fresh.title, old.title) == ("Fresh", "old")


def test_what_waits_and_what_was_given_up_can_be_cleared(pair: Pair) -> None:
    pair.queue_scenes(*(pair.add_scene(f"Title {each}", f"/data/{each}.mp4") for each in range(3)))
    with pair.store.write() as db:
        db.execute("UPDATE outbox SET state = 'dead', reason = 'bug', changed = 0 WHERE key = 'scene:1'")
        db.execute("UPDATE outbox SET state = 'dead', reason = 'bug' WHERE key = 'scene:2'")
    assert run(pair, "purge_dead").startswith("1 entry")
    assert run(pair, "clear_dead").startswith("1 entry")
    assert run(pair, "clear_queue").startswith("1 entry")
    assert pair.outbox.counts()["waiting"] == 0


def test_process_queue_tries_everything_at_once(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.outbox.put(f"scene:{scene}", delay=9999)
    pair.outbox.pause.begin("Waiting for somebody.")
    assert "1 sent" in run(pair, "process_queue")
    assert item.title == "New"


def test_the_health_check_fails_when_plex_does_not_answer(pair: Pair) -> None:
    pair.change_settings(plex_token="wrong")
    pair.plugin.run_task("health", run_token="token")
    found = pair.plugin.operation("run_result", run_token="token")["run"]
    assert found["state"] == "failed" and "Plex Token" in found["message"]


def damage(pair: Pair, item: Any, kind: str) -> None:
    """Make a synced item differ in one way."""
    if kind == "drifted":
        item.fields["summary"] = "From a refresh"
        item.locks.clear()
    elif kind == "missing":
        pair.plex.state.remove_item(item.rating_key)
    elif kind == "stale":
        pair.edit_scene(1, details="Newer")
    elif kind == "empty":
        item.fields.pop("summary")
        with pair.store.write() as db:
            db.execute("DELETE FROM records")
        item.locks.clear()


@pytest.mark.parametrize("kind", ["drifted", "missing", "stale", "empty", "orphaned", "unchanged"])
def test_reconciliation_finds_every_kind_of_gap_and_closes_it(pair: Pair, kind: str) -> None:
    scene, item = pair.add_scene_and_item("New", details="Text")
    run(pair, "sync_all")
    damage(pair, item, kind)
    if kind == "orphaned":
        pair.stash.ask("mutation Gone($id: ID!) { sceneDestroy(input: {id: $id}) }", {"id": str(scene)})
    message = run(pair, "reconcile_all")
    assert f"1 {COUNT_TEXTS[kind]}" in message
    (report, *_) = pair.plugin.operation("status")["reconciliations"]
    assert report["counts"][kind] == 1
    if kind in ("drifted", "stale", "empty"):
        assert item.fields["summary"] == ("Newer" if kind == "stale" else "Text")


@pytest.mark.parametrize("mode", ["sync_all", "reconcile_all"])
def test_a_renamed_performer_arrives_with_the_next_comparison_of_all(pair: Pair, mode: str) -> None:
    scene, item = pair.add_scene_and_item("New", performers=["Ann Example"])
    pair.sync(scene)
    rename = "mutation Rename($input: PerformerUpdateInput!) { performerUpdate(input: $input) { id } }"
    pair.stash.ask(rename, {"input": {"id": str(pair.find_or_add("performer", "Ann Example")), "name": "Ann Other"}})
    run(pair, mode)
    assert item.tag_names("actor") == ["Ann Other"]


@pytest.mark.parametrize(("setting", "queued"), [(True, 1), (False, 0)])
def test_scenes_missing_in_plex_are_queued_when_wanted(pair: Pair, setting: bool, queued: int) -> None:
    pair.change_settings(reconcile_missing=setting)
    pair.add_scene("New")
    assert f". {queued} queued." in run(pair, "reconcile_all", scope="missing")


def test_a_reconciliation_can_be_previewed_and_writes_nothing(pair: Pair) -> None:
    pair.add_scene_and_item("New")
    run(pair, "preview_all")
    plan = pair.plugin.operation("plan_list", plan_id="1")
    assert (plan["changes"][0]["field"], plan["changes"][0]["after"], pair.list_writes()) == ("title", "New", [])


def test_a_reconciliation_that_is_due_is_started_by_a_task_too(pair: Pair) -> None:
    pair.change_settings(reconcile_interval="daily")
    pair.plugin.run_task("drain")
    wait_until(lambda: bool(pair.plugin.operation("status")["reconciliations"]))


@pytest.mark.parametrize(("interval", "runs"), [("never", 0), ("hourly", 1), ("weekly", 1)])
def test_a_reconciliation_that_is_due_is_started_once_by_open_pages(pair: Pair, interval: str, runs: int) -> None:
    pair.add_scene_and_item("New")
    pair.change_settings(reconcile_interval=interval, reconcile_scope="7days")
    for _ in range(2):
        pair.plugin.operation("heartbeat")
    pair.plugin.run_task("drain")
    jobs = [request.text for request in pair.plugin.stash.server.traffic.requests() if "runPluginTask" in request.text]
    assert len([text for text in jobs if "7days" in text]) == runs
