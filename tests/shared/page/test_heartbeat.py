"""The heartbeat of an open page, and the queue behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.page.heartbeat import LATEST, SOONEST
from tests.harness.installed import InstalledPlugin
from tests.shared.page.conftest import Shelf

OWN = {"key": "sample", "level": "info", "text": "The sample plugin is well.", "can_dismiss": False}


@pytest.fixture
def performer_id(plugin: InstalledPlugin) -> int:
    return int(plugin.client.performers.create({"name": "Ada"})["id"])


def edit(plugin: InstalledPlugin, performer_id: int) -> None:
    """Save a performer, which the plugin watches."""
    plugin.client.performers.update(performer_id, {"details": "new"})


def notices(beat: Any) -> dict[str, str]:
    return {notice["key"]: notice["text"] for notice in beat["notices"]}


def test_when_all_is_well_only_the_plugin_itself_speaks(plugin: InstalledPlugin) -> None:
    assert plugin.operation("heartbeat") == {"notices": [OWN], "pending": 0, "again_in": LATEST}


def test_the_settings_of_the_last_beat_are_known_without_asking_stash(plugin: InstalledPlugin) -> None:
    plugin.save_settings(limit=8)
    plugin.operation("heartbeat")
    assert plugin.operation("known_settings") == 8


def test_a_setting_that_makes_no_sense_is_announced(plugin: InstalledPlugin) -> None:
    plugin.save_settings(limit="many")
    assert 'Setting "Limit" is "many"' in notices(plugin.operation("heartbeat"))["setting.limit"]


def test_a_save_queues_the_drain_which_works_the_queue_off(plugin: InstalledPlugin, performer_id: int) -> None:
    edit(plugin, performer_id)
    plugin.stash.services.jobs.wait_until_idle()
    assert [run.document["args"] for run in plugin.stash.services.plugins.runs if run.kind == "task"] == [
        {"mode": "drain", "changed": f"performer:{performer_id}"}
    ]
    assert plugin.operation("heartbeat")["pending"] == 0


def test_what_waits_for_a_setting_is_announced_and_goes_on_after_it_is_changed(
    plugin: InstalledPlugin, shelf: Shelf, performer_id: int
) -> None:
    shelf.put(locked="yes")
    edit(plugin, performer_id)
    plugin.stash.services.jobs.wait_until_idle()
    beat = plugin.operation("heartbeat")
    told = "Set the API key first. It is tried again by itself in a minute, and at once after you change a setting."
    assert (notices(beat)["queue.paused"], beat["pending"]) == (f"Waiting for you: {told}", 1)
    shelf.put(a="One")
    plugin.save_settings(apiKey="k-0123456789")
    assert plugin.operation("heartbeat") == {"notices": [OWN], "pending": 0, "again_in": LATEST}


def test_a_changed_setting_counts_whichever_call_notices_it_first(
    plugin: InstalledPlugin, shelf: Shelf, performer_id: int
) -> None:
    """The user changed a setting on Stash's own page, and another call reads it before the heartbeat does."""
    shelf.put(locked="yes")
    edit(plugin, performer_id)
    plugin.stash.services.jobs.wait_until_idle()
    assert "queue.paused" in notices(plugin.operation("heartbeat"))
    shelf.put(a="One")
    plugin.save_settings(apiKey="k-0123456789")
    plugin.operation("settings_get")
    assert plugin.operation("heartbeat")["pending"] == 0


def test_saving_the_settings_lets_the_queue_go_on_at_once(
    plugin: InstalledPlugin, shelf: Shelf, performer_id: int
) -> None:
    shelf.put(locked="yes")
    edit(plugin, performer_id)
    plugin.stash.services.jobs.wait_until_idle()
    plugin.operation("settings_save", values={"apiKey": "k-0123456789"})
    plugin.stash.services.jobs.wait_until_idle()
    assert "queue.paused" in notices(plugin.operation("heartbeat"))
    shelf.put(a="One")
    plugin.operation("settings_save", values={"limit": 3})
    plugin.stash.services.jobs.wait_until_idle()
    assert plugin.operation("heartbeat")["pending"] == 0


def test_what_is_too_much_for_a_heartbeat_is_left_to_a_drain(plugin: InstalledPlugin) -> None:
    plugin.operation("put_slow_entries")
    assert plugin.operation("heartbeat")["pending"] == 1
    plugin.stash.services.jobs.wait_until_idle()
    assert plugin.operation("heartbeat") == {"notices": [OWN], "pending": 0, "again_in": LATEST}


def test_a_page_calls_again_soon_only_if_the_queue_waits(
    plugin: InstalledPlugin, shelf: Shelf, performer_id: int
) -> None:
    assert plugin.operation("heartbeat")["again_in"] == LATEST
    shelf.put(locked="yes")
    edit(plugin, performer_id)
    plugin.stash.services.jobs.wait_until_idle()
    assert plugin.operation("heartbeat")["again_in"] == SOONEST


def test_what_was_given_up_is_announced(plugin: InstalledPlugin) -> None:
    plugin.operation("put_dead_entry")
    assert notices(plugin.operation("heartbeat"))["queue.dead"] == "1 change was given up after several tries."


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "no database": lambda data: b"this is no database, and never was one" * 100,
    "zero bytes": lambda data: b"",
    "cut by one page": lambda data: data[:-4096],
    "only a header": lambda data: data[:100],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_happened_to_the_state_file_is_told_until_it_is_dismissed(plugin: InstalledPlugin, damage: str) -> None:
    plugin.operation("heartbeat")
    path = plugin.state_dir / "state.sqlite3"
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    for _ in range(2):
        own, notice = sorted(plugin.operation("heartbeat")["notices"], key=lambda one: str(one["can_dismiss"]))
        assert (own, notice["can_dismiss"]) == (OWN, True)
        assert notice["text"].startswith("The state file was")
        assert notice["text"].endswith("Count the books again.")
    assert plugin.operation("notice_dismiss", key=notice["key"]) == {"notices": []}
    assert plugin.operation("heartbeat")["notices"] == [OWN]


def test_the_heartbeat_keeps_a_copy_of_the_day(plugin: InstalledPlugin) -> None:
    for _ in range(2):
        plugin.operation("heartbeat")
    assert len(list((plugin.state_dir / "backups").iterdir())) == 1


def test_a_task_keeps_a_copy_of_the_day_and_a_lost_history_comes_back(plugin: InstalledPlugin, shelf: Shelf) -> None:
    plugin.run_task("rename", title="New")
    (plugin.state_dir / "state.sqlite3").write_bytes(b"")
    assert [run["title"] for run in plugin.operation("history_list")["runs"]] == ["Rename books"]
