"""Manifests are read as strictly as Stash reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.stash.plugins.manifest import BadManifest, load_manifest
from tests.harness.sandbox import RunningStash

WHOLE = """
name: Hills
description: Everything at once
url: https://hills.example
version: 1.2
interface: raw
exec: [python3, "{pluginDir}/main.py"]
errLog: info
tasks: [{name: Climb, description: Up, defaultArgs: {mode: up}}]
hooks: [{name: seen, description: Seen, triggeredBy: [Scene.Create.Post]}]
settings:
  zeal: {displayName: Zeal, description: How much, type: NUMBER}
  aim: {displayName: Aim, type: STRING}
ui:
  javascript: [one.js]
  css: [one.css]
  requires: [CommunityScriptsUILibrary]
  csp: {connect-src: ["https://hills.example"]}
  assets: {/pictures: pictures}
"""
REFUSED = [
    ("nmae: Typo", "field nmae not found in type plugin.Config"),
    ("name: A\nname: B", "already set in map"),
    ("name: A\nexec: python3", "cannot unmarshal"),
    ("name: A\ninterface: go", "invalid interface type go"),
    ("name: A\ntasks: [{nam: Typo}]", "field nam not found"),
    ("name: A\ntasks: [{name: T, defaultArgs: {a: [1]}}]", "cannot unmarshal"),
    ("name: A\nhooks: [{name: H, triggers: [X]}]", "field triggers not found"),
    ("name: A\nsettings: {a: {type: LIST}}", "invalid type LIST"),
    ("name: A\nui: {js: [a.js]}", "field js not found"),
    ("- name: A", "cannot unmarshal !!seq"),
    ("a: : b", "yaml: "),
    ("", "EOF"),
]
SHOW = """{ plugins {
  id name description url version enabled requires
  tasks { name description } hooks { name hooks } settings { name type display_name }
  paths { javascript css }
} }"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_a_manifest_says_is_shown(stash: RunningStash) -> None:
    write(stash.double.plugins_dir, "hills/hills.yml", WHOLE)
    stash.ask("mutation { reloadPlugins }")
    shown = stash.ask(SHOW)[0]
    assert (shown["id"], shown["name"], shown["version"], shown["enabled"]) == ("hills", "Hills", "1.2", True)
    assert [setting["name"] for setting in shown["settings"]] == ["aim", "zeal"]
    assert shown["hooks"] == [{"name": "seen", "hooks": ["Scene.Create.Post"]}]
    assert shown["paths"]["javascript"][0].startswith(f"{stash.url}/plugin/hills/javascript")


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_mistake_refuses_the_whole_file(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match=reason.replace("[", r"\[")):
        load_manifest(write(tmp_path, "a.yml", text))


def test_a_bad_manifest_is_logged_at_each_reload_and_the_others_are_loaded(stash: RunningStash) -> None:
    write(stash.double.plugins_dir, "bad/deep/.github/workflow.yml", "on: push")
    write(stash.double.plugins_dir, "good/good.yml", "name: Good")
    stash.ask("mutation { reloadPlugins }")
    assert [plugin["id"] for plugin in stash.ask("{ plugins { id } }")] == ["good"]
    assert any(line.startswith("Error loading plugin ") for line in stash.log("error"))


def test_the_first_of_two_plugins_with_one_id_is_loaded(stash: RunningStash) -> None:
    for place in ("a/Hills.yml", "b/hills.yml"):
        write(stash.double.plugins_dir, place, f"name: {place}")
    stash.ask("mutation { reloadPlugins }")
    assert [plugin["name"] for plugin in stash.ask("{ plugins { name } }")] == ["a/Hills.yml"]
    assert any("plugin ID hills already exists" in line for line in stash.log("error"))


def test_only_yml_files_are_manifests_also_through_links(stash: RunningStash, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/linked.yml", "name: Linked")
    (stash.double.plugins_dir / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("a.yaml", "b.json", "c.yml.txt"):
        write(stash.double.plugins_dir, name, "name: No")
    stash.ask("mutation { reloadPlugins }")
    assert [plugin["id"] for plugin in stash.ask("{ plugins { id } }")] == ["linked"]


def test_without_any_plugin_there_is_null(stash: RunningStash) -> None:
    assert stash.ask("{ plugins { id } }") is None
