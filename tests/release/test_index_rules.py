"""The index and the manifests against the rules of those who read them: Stash, and the community's validator."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.commands.build import write_dist
from scripts.places import ROOT
from scripts.release.packages import Package
from tests.release.conftest import PLUGINS

STASH_KEYS = {
    "name",
    "description",
    "url",
    "version",
    "interface",
    "exec",
    "errLog",
    "tasks",
    "hooks",
    "ui",
    "settings",
}
UI_KEYS = {"requires", "csp", "javascript", "css", "assets"}
TASK_KEYS = {"name", "description", "defaultArgs"}
HOOK_KEYS = {"name", "description", "triggeredBy"}
KINDS = "Scene|SceneMarker|Image|Gallery|GalleryChapter|Group|Performer|Studio|Tag"
TRIGGER = re.compile(rf"^(({KINDS})\.(Create|Update|Destroy)|Tag\.Merge)\.Post$")

Manifest = dict[str, Any]


@pytest.fixture
def manifest(plugin: str) -> Manifest:
    """The plugin's manifest."""
    return dict(yaml.safe_load((ROOT / plugin / f"{plugin}.yml").read_text("utf-8")))


@pytest.fixture
def index(packages: dict[str, Package], tmp_path: Path) -> list[dict[str, Any]]:
    """The index as a reader sees it."""
    write_dist(list(packages.values()), tmp_path, known=[])
    return list(yaml.safe_load((tmp_path / "index.yml").read_text("utf-8")))


def test_the_index_lists_each_plugin_once(index: list[dict[str, Any]]) -> None:
    assert [entry["id"] for entry in index] == PLUGINS


def test_dates_have_the_only_form_that_stash_reads(index: list[dict[str, Any]]) -> None:
    for entry in index:
        assert datetime.strptime(entry["date"], "%Y-%m-%d %H:%M:%S")


def test_hashes_and_paths_are_those_of_the_zips(index: list[dict[str, Any]], packages: dict[str, Package]) -> None:
    assert {entry["path"]: entry["sha256"] for entry in index} == {f"{p.id}.zip": p.sha256 for p in packages.values()}


def test_no_package_requires_another_so_there_is_no_cycle(index: list[dict[str, Any]]) -> None:
    assert [entry["id"] for entry in index if entry.get("requires")] == []


def test_only_keys_that_stash_accepts(manifest: Manifest) -> None:
    assert manifest.keys() <= STASH_KEYS
    assert (manifest.get("ui") or {}).keys() <= UI_KEYS
    assert [task for task in manifest.get("tasks") or [] if not task.keys() <= TASK_KEYS] == []
    assert [hook for hook in manifest.get("hooks") or [] if not hook.keys() <= HOOK_KEYS] == []


def test_the_version_is_of_a_form_that_the_validator_accepts(manifest: Manifest) -> None:
    assert re.fullmatch(r"\d+(\.\d+)?(\.\d+)?", str(manifest["version"]))


def test_stash_finds_python_and_the_entry(manifest: Manifest, plugin: str) -> None:
    program, entry = manifest["exec"]
    assert program in {"python", "python3"}
    assert (ROOT / plugin / entry.replace("{pluginDir}/", "")).is_file()
    assert manifest["interface"] == "raw"


def test_task_names_are_unique_and_their_arguments_text(manifest: Manifest) -> None:
    tasks = manifest.get("tasks") or []
    assert len({task["name"] for task in tasks}) == len(tasks)
    values = [value for task in tasks for value in task["defaultArgs"].values()]
    assert [value for value in values if not isinstance(value, str)] == []


def test_hooks_wait_for_something_that_happens(manifest: Manifest) -> None:
    triggers = [trigger for hook in manifest.get("hooks") or [] for trigger in hook["triggeredBy"]]
    assert [trigger for trigger in triggers if not TRIGGER.match(trigger)] == []


def test_settings_have_a_name_and_a_type_and_nothing_else(manifest: Manifest) -> None:
    for key, setting in (manifest.get("settings") or {}).items():
        assert setting.keys() == {"displayName", "type", "description"}, key
        assert setting["type"] in {"BOOLEAN", "NUMBER", "STRING"}
        assert "." not in key


def test_log_lines_without_a_level_have_one(manifest: Manifest) -> None:
    assert manifest["errLog"] in {"trace", "debug", "info", "warning", "error"}


def test_descriptions_fit_on_the_one_line_that_index_scripts_read(manifest: Manifest) -> None:
    assert "\n" not in manifest["description"]
    assert not re.search(r": | #", manifest["description"])
