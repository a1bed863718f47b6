"""Which plugins are overdue, and that the end of any task lets them do what an open page would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.bundle.beats import GRACE, PAUSE, Beat, find_overdue
from shared.page.heartbeat import LATEST
from tests.harness.installed import InstalledPlugin, install_plugin
from tests.shared.page.conftest import Shelf

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("beats", "overdue"),
    [
        ({}, []),
        ({"a": Beat(NOW - 60, NOW + 60)}, []),
        ({"a": Beat(NOW - 700, NOW - GRACE + 1)}, []),
        ({"a": Beat(NOW - 700, NOW - GRACE), "b": Beat(NOW - 900, NOW - 800)}, ["b", "a"]),
        ({"a": Beat(NOW + 3600, NOW + 4200)}, ["a"]),
    ],
    ids=["none", "waits", "a page may still call", "overdue", "clock set back"],
)
def test_a_plugin_is_overdue_when_no_page_called_it_in_time(beats: dict[str, Beat], overdue: list[str]) -> None:
    assert find_overdue(beats, NOW) == overdue


@pytest.fixture
def plugin(sample_folder: Path) -> Iterator[InstalledPlugin]:
    with install_plugin(sample_folder) as installed:
        Shelf(installed.stash.home).put(a="One")
        yield installed


@pytest.fixture
def age_beat(plugin: InstalledPlugin) -> Callable[..., None]:
    """A function that makes a plugin look as if its last heartbeat was so many seconds ago."""

    def age(seconds: float, plugin_id: str = "samplePlugin") -> None:
        path = find_beat(plugin, plugin_id)
        now = json.loads(path.read_text())["at"] if path.exists() else NOW
        path.write_text(json.dumps({"at": now - seconds, "due": now - seconds + LATEST}))

    return age


def find_beat(plugin: InstalledPlugin, plugin_id: str = "samplePlugin") -> Path:
    return plugin.stash.home / "plugin_data" / "shared" / "beats" / f"{plugin_id}.json"


def list_asked(plugin: InstalledPlugin) -> list[dict[str, Any]]:
    """The arguments of the calls with which tasks asked plugins what is due."""
    runs = (run.document["args"] for run in plugin.stash.services.plugins.runs if run.kind == "operation")
    return [args for args in runs if args["operation"] == "run_due"]


def test_a_task_lets_a_plugin_do_what_is_due_if_no_page_did(
    plugin: InstalledPlugin, age_beat: Callable[..., None]
) -> None:
    plugin.run_task("rename", title="New")
    assert list_asked(plugin) == []  # no heartbeat was ever called
    plugin.operation("heartbeat")
    plugin.run_task("rename", title="Newer")
    assert list_asked(plugin) == []  # a page calls it
    age_beat(LATEST + GRACE)
    for _ in range(2):
        plugin.run_task("rename", title="Newest")
    assert list_asked(plugin) == [{"operation": "run_due", "by": "task"}]


def test_a_save_does_so_through_the_drain_that_it_starts(
    plugin: InstalledPlugin, age_beat: Callable[..., None]
) -> None:
    performer = int(plugin.client.performers.create({"name": "Ada"})["id"])
    plugin.save_settings(isOn=True)
    plugin.operation("heartbeat")
    age_beat(LATEST + GRACE)
    plugin.client.performers.update(performer, {"details": "new"})
    plugin.stash.services.jobs.wait_until_idle()
    assert list_asked(plugin) == [{"operation": "run_due", "by": "save"}]


def test_a_plugin_that_cannot_be_asked_fails_no_task_and_is_left_alone_for_an_hour(
    plugin: InstalledPlugin, age_beat: Callable[..., None]
) -> None:
    plugin.operation("heartbeat")
    path = find_beat(plugin, "removedPlugin")
    path.write_text(json.dumps({"at": 0.0, "due": 0.0}))
    job = plugin.run_task("rename", title="New")
    beat = json.loads(path.read_text())
    assert (job.status, beat["due"] - beat["at"]) == ("FINISHED", PAUSE)


def test_a_damaged_beat_counts_as_none(plugin: InstalledPlugin) -> None:
    plugin.operation("heartbeat")
    find_beat(plugin).write_text('{"at": "yesterday"}')
    plugin.run_task("rename", title="New")
    assert list_asked(plugin) == []
