"""Settings: plugins', the pages' and Stash's own, kept over a restart."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.harness.sandbox import RunningStash, start_stash

MakeStash = Callable[..., RunningStash]
SAVE = "mutation($plugin: ID!, $values: Map!) { configurePlugin(plugin_id: $plugin, input: $values) }"
READ = "query($ids: [ID!]) { configuration { plugins(include: $ids) } }"


def test_saving_settings_replaces_all_of_them(stash: RunningStash) -> None:
    stash.ask(SAVE, plugin="hills", values={"a": 1, "b": [True, {"c": None}]})
    assert stash.ask(SAVE, plugin="hills", values={"b": "2"}) == {"b": "2"}
    assert stash.ask(READ, ids=None)["plugins"] == {"hills": {"b": "2"}}


def test_settings_are_read_for_the_named_plugins(stash: RunningStash) -> None:
    for plugin in ("hills", "lakes"):
        stash.ask(SAVE, plugin=plugin, values={"a": 1})
    assert stash.ask(READ, ids=["hills", "nobody"])["plugins"] == {"hills": {"a": 1}}


def test_settings_of_a_plugin_that_is_not_there_are_kept(stash: RunningStash) -> None:
    stash.ask(SAVE, plugin="nobody", values={"a": 1})
    assert stash.ask(READ, ids=["nobody"])["plugins"] == {"nobody": {"a": 1}}


def test_everything_is_kept_over_a_restart(tmp_path: Path) -> None:
    with start_stash(home=tmp_path) as stash:
        stash.ask(SAVE, plugin="hills", values={"a": 1})
        stash.ask('mutation { tagCreate(input: {name: "Grass"}) { id } }')
        stash.ask("mutation { setPluginsEnabled(enabledMap: {hills: false}) }")
        stash.add_plugin("hills")
    with start_stash(home=tmp_path) as stash:
        assert stash.ask(READ, ids=None)["plugins"] == {"hills": {"a": 1}}
        assert stash.ask("{ findTags { tags { name } } }")["tags"] == [{"name": "Grass"}]
        assert stash.ask("{ plugins { enabled } }") == [{"enabled": False}]


def test_a_setting_of_the_pages_is_set_by_its_path(stash: RunningStash) -> None:
    stash.ask('mutation { configureUISetting(key: "hills.height", value: 3) }')
    assert stash.ask("{ configuration { ui } }")["ui"]["hills"] == {"height": 3}


def test_a_box_without_a_limit_has_none(stash: RunningStash) -> None:
    change = """mutation { configureGeneral(input: {stashBoxes: [
      {endpoint: "https://box.example/graphql", api_key: "k", name: "Box"}
    ]}) { stashBoxes { name max_requests_per_minute } } }"""
    assert stash.ask(change)["stashBoxes"] == [{"name": "Box", "max_requests_per_minute": 0}]


def test_a_backup_lies_beside_the_database_and_its_name_is_not_told(stash: RunningStash) -> None:
    stash.ask('mutation { tagCreate(input: {name: "Grass"}) { id } }')
    assert stash.ask("mutation { backupDatabase(input: {download: false}) }") is None
    (copy,) = stash.double.home.glob("stash-go.sqlite.85.*")
    with contextlib.closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT name FROM tags").fetchall() == [("Grass",)]
    assert re.fullmatch(r"stash-go\.sqlite\.85\.\d{8}_\d{6}", copy.name)


def test_a_backup_goes_to_the_folder_of_the_settings_or_fails(stash: RunningStash, tmp_path: Path) -> None:
    configuration = stash.double.services.configuration
    configuration.change("general", {"backupDirectoryPath": str(tmp_path / "copies")})
    stash.ask("mutation { backupDatabase(input: {}) }")
    assert len(list((tmp_path / "copies").iterdir())) == 1
    (tmp_path / "file").touch()
    configuration.change("general", {"backupDirectoryPath": str(tmp_path / "file" / "copies")})
    (refusal,) = stash.refusals("mutation { backupDatabase(input: {}) }")
    assert refusal.startswith("could not create backup directory")
