"""Manifest, documents and table of a plugin say the same, and what they say exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.commands.check import CHECKS
from scripts.places import PLUGINS
from scripts.release.manifests import (
    Yaml,
    entry_path,
    fill_tables,
    find_manifest_drift,
    list_ui_files,
    load_plugin,
    render_yaml,
    setting_groups,
    wanted_files,
)
from shared.runtime.deps import PIP_SETTING
from shared.runtime.handler import load_named
from shared.runtime.plugin import STANDARD_OPERATIONS, STANDARD_TASKS, Plugin, Task
from shared.settings import CHOICE, NUMBER, SWITCH, read_settings, rows_of
from tests.harness.process import ROOT

PARTS = ("Scene", "SceneMarker", "Gallery", "GalleryChapter", "Image")
OBJECTS = (*PARTS, "Movie", "Group", "Performer", "Studio", "Tag")
TRIGGERS = {f"{name}.{act}.Post" for name in OBJECTS for act in ("Create", "Update", "Destroy")} | {"Tag.Merge.Post"}
MANIFEST_KEYS = {
    "name",
    "description",
    "version",
    "url",
    "exec",
    "interface",
    "errLog",
    "ui",
    "tasks",
    "settings",
}
LOADED = {name: load_plugin(name) for name in PLUGINS}

# Names that installations already use; they stay for ever.
KEPT_KEYS = {
    "missingScenes": "stashBoxEndpoint whisparrUrl whisparrApiKey whisparrQualityProfile whisparrRootFolder "
    "whisparrSearchOnAdd enableAutoCleanup unmonitorOnly scanPath excludedTags",
    "tagManager": "enableFuzzySearch enableSynonymSearch fuzzyThreshold pageSize syncDryRun preferStashBoxName "
    "preferStashBoxDescription leaveParentTagsAlone tagBlacklist",
    "stash2plex": "plex_url plex_token plex_library enabled max_retries poll_interval strict_matching "
    "preserve_plex_edits connect_timeout read_timeout trigger_plex_scan reconcile_interval reconcile_scope "
    "reconcile_missing sync_master sync_studio sync_summary sync_tagline sync_date sync_performers sync_tags "
    "sync_poster sync_background sync_collection max_tags",
    "performerSiteSync": "cacheExpiration rateLimit enableStashDB enableTPDB enableFansDB sourcePrecedence "
    "debugLogging nameSearch autoCreateSites autoCreatePerformers imageUpdates",
}
KEPT_TASKS = {
    "scan": ("missingScenes", "Scan for New Scenes"),
    "cleanup": ("missingScenes", "Cleanup Whisparr"),
    "sync_scene_tags": ("tagManager", "Sync Scene Tags from StashDB"),
}


@pytest.fixture(params=PLUGINS)
def plugin(request: pytest.FixtureRequest) -> Plugin:
    return LOADED[request.param]


@pytest.fixture
def manifest(plugin: Plugin) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / plugin.id / f"{plugin.id}.yml").read_text("utf-8")))


def test_nothing_has_drifted() -> None:
    assert find_manifest_drift() == []


def test_plugin_folders_hold_declared_manifests_only() -> None:
    declared = {path for path, _ in wanted_files()}
    assert {path for name in PLUGINS for path in (ROOT / name).rglob("*.yml")} <= declared


def test_dev_check_compares_the_manifests() -> None:
    assert find_manifest_drift in [check.find for check in CHECKS]


def test_the_manifest_has_only_keys_that_stash_reads(manifest: dict[str, Any]) -> None:
    assert manifest.keys() <= MANIFEST_KEYS
    assert all(row.keys() == {"displayName", "description", "type"} for row in manifest["settings"].values())
    assert {row["type"] for row in manifest["settings"].values()} <= {"STRING", "NUMBER", "BOOLEAN"}


def test_the_manifest_starts_the_entry(plugin: Plugin, manifest: dict[str, Any]) -> None:
    assert manifest["exec"] == ["python3", f"{{pluginDir}}/{entry_path(plugin.id).name}"]


def test_names_are_safe_for_indexes_that_copy_them_unquoted(manifest: dict[str, Any]) -> None:
    assert not re.search(r": | #", manifest["name"] + manifest["description"])


def test_the_entry_is_a_table_and_nothing_else(plugin: Plugin) -> None:
    text = entry_path(plugin.id).read_text("utf-8")
    statements = ast.parse(text).body
    assert len(text.splitlines()) <= 150
    assert {type(one) for one in statements} <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.If}
    assert [ast.unparse(one) for one in statements if isinstance(one, ast.If)] == [
        "if __name__ == '__main__':\n    run(PLUGIN)"
    ]


def test_the_id_is_the_folder(plugin: Plugin) -> None:
    assert (ROOT / plugin.id / f"{plugin.id}.yml").is_file()


def test_every_trigger_exists_in_stash(plugin: Plugin) -> None:
    assert plugin.listener is None or set(plugin.listener.triggers) <= TRIGGERS


def handlers_of(plugin: Plugin) -> list[str]:
    """Everything a plugin's table names."""
    rows: list[Task] = [*plugin.tasks.values()]
    single = [plugin.heartbeat, plugin.queue]
    return [
        name
        for name in [*(row.handler for row in rows), *plugin.operations.values(), *plugin.targets.values(), *single]
        if name
    ]


def test_every_handler_is_a_function(plugin: Plugin) -> None:
    assert [name for name in handlers_of(plugin) if not callable(load_named(name))] == []


@pytest.mark.parametrize("name", [*STANDARD_OPERATIONS.values(), *STANDARD_TASKS.values()])
def test_every_standard_handler_is_a_function(name: str) -> None:
    assert callable(load_named(name))


def test_migrations_and_setup_tests_are_there(plugin: Plugin) -> None:
    named = [name for name in (plugin.migrations, plugin.setup_tests) if name]
    assert [name for name in named if not isinstance(load_named(name), tuple)] == []


def test_no_plugin_replaces_what_all_plugins_offer(plugin: Plugin) -> None:
    assert not set(plugin.operations) & set(STANDARD_OPERATIONS)
    assert "apply_plan" not in plugin.tasks


def test_task_names_are_unique(plugin: Plugin) -> None:
    names = [task.name for task in plugin.tasks.values()]
    assert len(names) == len(set(names))


def test_fixed_arguments_of_tasks_are_texts(manifest: dict[str, Any]) -> None:
    values = [value for task in manifest.get("tasks", []) for value in task["defaultArgs"].values()]
    assert all(isinstance(value, str) for value in values)


@pytest.mark.parametrize("name", PLUGINS)
def test_settings_that_installations_have_keep_their_keys(name: str) -> None:
    assert set(KEPT_KEYS[name].split()) <= {row.key for row in rows_of(setting_groups(LOADED[name]))}


@pytest.mark.parametrize("mode", KEPT_TASKS)
def test_tasks_that_installations_have_keep_their_names(mode: str) -> None:
    plugin, name = KEPT_TASKS[mode]
    present = LOADED[plugin].tasks.get(mode)
    assert present is None or present.name == name


def test_setting_keys_are_unique_and_without_dots(plugin: Plugin) -> None:
    keys = [row.key for row in rows_of(setting_groups(plugin))]
    assert len(keys) == len(set(keys))
    assert all(key.isidentifier() for key in keys)


def test_every_default_is_a_value_the_setting_accepts(plugin: Plugin) -> None:
    rows = rows_of(setting_groups(plugin))
    raw = {row.key: ", ".join(row.default) if isinstance(row.default, tuple) else row.default for row in rows}
    settings = read_settings(rows, raw)
    assert settings.warnings == []
    assert settings.values == {row.key: row.default for row in rows}


def test_defaults_have_the_type_of_their_kind(plugin: Plugin) -> None:
    kinds = {SWITCH: bool, NUMBER: int}
    wrong = [
        row.key for row in rows_of(setting_groups(plugin)) if not isinstance(row.default, kinds.get(row.kind, object))
    ]
    assert wrong == []


def test_a_choice_names_its_default_among_its_choices(plugin: Plugin) -> None:
    rows = [row for row in rows_of(setting_groups(plugin)) if row.kind == CHOICE]
    assert all(row.default in {value for value, _ in row.choices} for row in rows)


def test_installing_packages_has_to_be_allowed_in_every_plugin(plugin: Plugin) -> None:
    assert PIP_SETTING in rows_of(setting_groups(plugin))


def test_tests_named_by_groups_exist(plugin: Plugin) -> None:
    known = {test.key for test in load_named(plugin.setup_tests)} if plugin.setup_tests else set()
    assert {group.test for group in setting_groups(plugin) if group.test} <= known


def test_a_manifest_names_the_starter_and_the_styles(tmp_path: Path) -> None:
    for name in ("shared/ui/kit.css", "shared/ui/starter/start.js", "p/ui/list/list.css", "p/ui/start.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list_ui_files("p", tmp_path) == {
        "javascript": ["ui/starter.js"],
        "css": ["shared/ui/kit.css", "ui/list/list.css"],
        "assets": {"/": "assets"},
    }


def test_a_plugin_without_a_page_loads_nothing(tmp_path: Path) -> None:
    (tmp_path / "shared" / "ui" / "starter").mkdir(parents=True)
    (tmp_path / "shared" / "ui" / "starter" / "start.js").touch()
    assert list_ui_files("p", tmp_path) == {}


def test_whatever_a_text_contains_the_manifest_says_it() -> None:
    data: dict[str, Yaml] = {"name": 'a: "b" # c', "list": ["- x", {"k": "ü\\n", "n": {"deep": "yes"}}], "no": "null"}
    assert yaml.safe_load(render_yaml(data)) == data


def test_a_table_in_a_document_is_written_anew() -> None:
    text = "before\n<!-- table: tasks missingScenes -->\noutdated table\n<!-- /table -->\nafter\n"
    filled = fill_tables(text, LOADED)
    assert filled.startswith("before\n<!-- table: tasks missingScenes -->\n")
    assert "outdated table" not in filled
    assert fill_tables(filled, LOADED) == filled
