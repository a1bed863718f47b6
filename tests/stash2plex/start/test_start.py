"""Nothing is written to a Plex before its owner saw a preview and pressed Start syncing."""

from __future__ import annotations

from typing import Any

import pytest
from plexsync.queue.constants import MACHINE_ID, STARTED
from plexsync.schema import MIGRATIONS
from plexsync.start.consent import find_started_server

from shared.errors import BundleError
from shared.state.store import Store
from tests.stash2plex.pair import Pair, wait_until


@pytest.fixture
def newcomer(pair: Pair) -> Pair:
    """Return a pair whose owner typed address and token, and nothing else."""
    pair.store.kv.delete(STARTED)
    pair.change_settings(enabled=True)
    pair.plugin.operation("heartbeat")
    return pair


def preview(pair: Pair) -> dict[str, Any]:
    """Run the preview of all scenes and return what the Queue tab shows of it."""
    pair.plugin.run_task("preview_all")
    found: dict[str, Any] = pair.plugin.operation("status")["start_preview"]
    return found


def test_what_is_saved_before_the_start_waits_and_is_sent_after_it(newcomer: Pair) -> None:
    scene, item = newcomer.add_scene_and_item("Before")
    newcomer.edit_scene(scene, title="Saved meanwhile")
    newcomer.wait_for_drain()
    status = newcomer.plugin.operation("status")
    assert (newcomer.list_writes(), status["started"], status["queue"]["waiting"]) == ([], False, 1)
    assert "Start syncing" in status["waiting_because"]
    assert preview(newcomer)["counts"] == {"skipped": 0, "stale": 1}
    assert newcomer.list_writes() == []
    assert newcomer.plugin.operation("sync_start")["started"] is True
    wait_until(lambda: item.title == "Saved meanwhile")


@pytest.mark.parametrize(("send", "title"), [(True, "Entered long ago"), (False, "beach")])
def test_the_start_sends_what_the_preview_showed_unless_only_new_saves_are_wanted(
    newcomer: Pair, send: bool, title: str
) -> None:
    _, item = newcomer.add_scene_and_item("Entered long ago")
    newcomer.plugin.operation("queue_remove", state="waiting")
    preview(newcomer)
    newcomer.plugin.operation("queue_remove", state="waiting")
    newcomer.plugin.operation("sync_start", send=send)
    newcomer.wait_for_drain()
    assert item.title == title


@pytest.mark.parametrize("mode", ["sync_all", "sync_recent", "reconcile_all", "process_queue", "drain"])
def test_no_task_writes_before_the_start(newcomer: Pair, mode: str) -> None:
    newcomer.queue_scenes(newcomer.add_scene_and_item("New")[0])
    newcomer.plugin.run_task(mode, run_token="t")
    shown = newcomer.plugin.operation("run_result", run_token="t")["run"]
    assert newcomer.list_writes() == []
    assert "Start syncing" in str(shown)


@pytest.mark.parametrize("name", ["queue_resume", "queue_retry", "queue_step", "heartbeat"])
def test_no_button_writes_before_the_start(newcomer: Pair, name: str) -> None:
    newcomer.sync(newcomer.add_scene_and_item("New")[0])
    newcomer.plugin.operation(name)
    newcomer.wait_for_drain()
    assert newcomer.list_writes() == []
    notices = {each["key"] for each in newcomer.plugin.operation("heartbeat")["notices"]}
    assert notices & {"plex.start", "queue.paused"}


def test_the_start_needs_a_preview_with_the_present_settings(newcomer: Pair) -> None:
    newcomer.add_scene_and_item("New")
    with pytest.raises(BundleError, match="no preview"):
        newcomer.plugin.operation("sync_start")
    preview(newcomer)
    newcomer.change_settings(sync_tags=False)
    assert newcomer.plugin.operation("status")["start_preview"] is None
    with pytest.raises(BundleError, match="no preview"):
        newcomer.plugin.operation("sync_start")


@pytest.mark.parametrize("keep", [True, False])
def test_another_plex_has_to_be_started_and_a_moved_one_not(pair: Pair, keep: bool) -> None:
    scene, _ = pair.add_scene_and_item("New")
    pair.sync(scene)
    pair.plex.state.machine_id = "another"
    pair.plugin.operation("server_confirm", keep=keep)
    assert pair.plugin.operation("status")["started"] is keep


@pytest.mark.parametrize(("has_synced", "started"), [(True, "abc"), (False, "")])
def test_an_installation_that_synced_before_the_update_counts_as_started(
    tmp_path: Any, has_synced: bool, started: str
) -> None:
    before = Store(str(tmp_path / "state.sqlite3"), MIGRATIONS[:1])
    before.kv.put(MACHINE_ID, "abc")
    if has_synced:
        with before.write() as db:
            db.execute("INSERT INTO records VALUES ('1', 1, '{}', '{}', '', 0, 1.0)")
    before.close()
    after = Store(str(tmp_path / "state.sqlite3"), MIGRATIONS)
    assert find_started_server(after) == started
    after.close()
