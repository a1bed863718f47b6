"""A backup of Stash before a plan is applied: in the task, told with its name; without it nothing is done."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.errors import BundleError, GraphQLFailed
from shared.stash.backup import DatabasePlace
from shared.stash_backup.backup import require_room
from tests.harness.installed import InstalledPlugin, install_plugin
from tests.shared.page.conftest import Shelf

NAME = "stash-go.sqlite.85."


@pytest.fixture
def plugin(sample_folder: Path) -> Iterator[InstalledPlugin]:
    with install_plugin(sample_folder) as installed:
        yield installed


@pytest.fixture
def plan_id(plugin: InstalledPlugin, shelf: Shelf) -> str:
    return str(plugin.operation("plan_books", title="New")["plan_id"])


@pytest.fixture
def shelf(plugin: InstalledPlugin) -> Shelf:
    shelf = Shelf(plugin.stash.home)
    shelf.put(**{f"b{number}": "Old" for number in range(201)})
    return shelf


def apply(plugin: InstalledPlugin, plan_id: str, **args: Any) -> dict[str, Any]:
    """Apply a plan as a task and return its run."""
    handle = plugin.operation("plan_apply", plan_id=plan_id, **args)
    plugin.wait_for(handle["job_id"])
    return dict(plugin.operation("run_result", run_token=handle["run_token"])["run"])


def list_backups(plugin: InstalledPlugin) -> list[str]:
    return sorted(path.name for path in plugin.stash.home.glob(f"{NAME}*"))


def test_the_first_large_change_offers_a_backup_and_the_run_names_the_copy(
    plugin: InstalledPlugin, shelf: Shelf, plan_id: str
) -> None:
    offer = plugin.operation("backup_offer", plan_id=plan_id)
    assert (offer["is_offered"], offer["is_ticked"], offer["last"]) == (True, True, None)
    assert (offer["folder"], offer["has_pictures"], offer["size"] > 0) == (str(plugin.stash.home), True, True)
    run = apply(plugin, plan_id, backup=True)
    (name,) = list_backups(plugin)
    assert (run["state"], run["totals"]["changed"]) == ("finished", 201)
    assert run["stash_backup"] == f"Stash's database was backed up before, as {name} in {plugin.stash.home}."
    with contextlib.closing(sqlite3.connect(plugin.stash.home / name)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    history = plugin.operation("history_list")["runs"][0]
    assert history["stash_backup"] == run["stash_backup"]


def test_after_a_backup_none_is_offered_for_a_week(plugin: InstalledPlugin, shelf: Shelf, plan_id: str) -> None:
    apply(plugin, plan_id, backup=True)
    shelf.put(**{f"c{number}": "Old" for number in range(201)})
    later = plugin.operation("plan_books", title="Newer")["plan_id"]
    assert plugin.operation("backup_offer", plan_id=later)["is_offered"] is False


def test_a_backup_that_somebody_made_in_stash_counts(plugin: InstalledPlugin, plan_id: str) -> None:
    plugin.client.back_up_database()
    assert plugin.operation("backup_offer", plan_id=plan_id)["is_offered"] is False


def test_a_person_who_does_without_is_not_urged_again(plugin: InstalledPlugin, shelf: Shelf, plan_id: str) -> None:
    run = apply(plugin, plan_id, backup=False)
    assert (run["state"], run["stash_backup"], list_backups(plugin)) == ("finished", None, [])
    shelf.put(**{f"c{number}": "Old" for number in range(201)})
    later = plugin.operation("plan_books", title="Newer")["plan_id"]
    offer = plugin.operation("backup_offer", plan_id=later)
    assert (offer["is_offered"], offer["is_ticked"]) == (True, False)


def test_without_a_backup_nothing_is_changed(plugin: InstalledPlugin, shelf: Shelf, plan_id: str) -> None:
    (plugin.stash.home / "a file").touch()
    folder = str(plugin.stash.home / "a file" / "backups")
    plugin.stash.services.configuration.change("general", {"backupDirectoryPath": folder})
    run = apply(plugin, plan_id, backup=True)
    assert run["state"] == "failed"
    assert run["message"].startswith("Nothing was changed, because Stash's database could not be backed up first. ")
    assert f"could not create backup directory {folder}" in run["message"]
    assert "Backup Directory Path under Settings > System in Stash" in run["message"]
    assert set(shelf.titles().values()) == {"Old"}
    assert plugin.operation("plan_list", plan_id=plan_id)["open"] == 201
    assert plugin.operation("backup_offer", plan_id=plan_id)["is_ticked"] is True


def test_a_backup_of_unknown_end_stops_the_task_and_says_so(
    plugin: InstalledPlugin, shelf: Shelf, plan_id: str
) -> None:
    plugin.stash.server.faults.add("lost_reply", operation="backupDatabase", times=1)
    run = apply(plugin, plan_id, backup=True)
    assert "may have made the copy all the same: look into its log" in run["message"]
    assert set(shelf.titles().values()) == {"Old"}
    assert plugin.operation("backup_offer", plan_id=plan_id)["is_offered"] is False  # the copy is there


def test_a_copy_that_does_not_fit_is_refused_beforehand(tmp_path: Path) -> None:
    path = tmp_path / "stash-go.sqlite"
    path.touch()
    require_room(DatabasePlace(str(path), "", 85, has_pictures=True))
    os.truncate(path, shutil.disk_usage(tmp_path).free + (1 << 34))  # a file without blocks
    with pytest.raises(BundleError, match="MiB left, and the copy needs"):
        require_room(DatabasePlace(str(path), "", 85, has_pictures=True))


def test_a_change_of_few_items_offers_nothing(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(a="One")
    plan_id = plugin.operation("plan_books", title="New")["plan_id"]
    assert plugin.operation("backup_offer", plan_id=plan_id) == {"is_offered": False}


def test_some_items_of_a_plan_are_not_applied_after_a_backup(plugin: InstalledPlugin, plan_id: str) -> None:
    item = plugin.operation("plan_items", plan_id=plan_id)["items"][0]["id"]
    with pytest.raises(GraphQLFailed, match="leave one of the two arguments out"):
        plugin.operation("plan_apply", plan_id=plan_id, items=[item], backup=True)


def test_any_task_may_begin_with_a_backup(plugin: InstalledPlugin, shelf: Shelf) -> None:
    assert plugin.operation("backup_offer")["is_ticked"] is True
    assert plugin.operation("backup_offer", kind="performer") == {"is_offered": False}  # there is none
    plugin.run_task("rename", title="New", backup_first=True)
    (name,) = list_backups(plugin)
    assert name in plugin.operation("history_list")["runs"][0]["stash_backup"]
    plugin.run_task("rename", title="Newer", backup_first="false")
    assert list_backups(plugin) == [name]
    kept = json.loads((plugin.stash.home / "plugin_data" / "shared" / "stash-backup.json").read_text())
    assert kept["made_at"] <= kept["declined_at"]
