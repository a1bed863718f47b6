"""Installed plugins in a running Stash: panels answer, settings are where Stash keeps them, saving stays quiet."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from scripts.release.packages import present_plugins
from tests.e2e.stash import StashUnderTest, wait_for

PLUGINS = present_plugins()


@pytest.fixture
def scene(stash_with_plugins: StashUnderTest) -> Iterator[str]:
    """A scene without a file; gone afterwards."""
    create = "mutation($title: String) { sceneCreate(input: {title: $title}) { id } }"
    scene_id = stash_with_plugins.ask(create, title=f"Morning walk {uuid.uuid4().hex}")["sceneCreate"]["id"]
    yield scene_id
    stash_with_plugins.ask("mutation($id: ID!) { sceneDestroy(input: {id: $id}) }", id=scene_id)


@pytest.mark.parametrize("plugin", PLUGINS)
def test_the_settings_panel_shows_what_stash_shows(stash_with_plugins: StashUnderTest, plugin: str) -> None:
    panel = stash_with_plugins.operate(plugin, "settings_get")
    listed = {setting["name"] for setting in stash_with_plugins.plugins()[plugin]["settings"]}
    assert {row["key"] for row in panel["settings"]} == listed


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_saved_setting_is_where_stash_keeps_it_and_nothing_else_moves(
    stash_with_plugins: StashUnderTest, plugin: str
) -> None:
    others = {name: stash_with_plugins.saved_settings(name) for name in PLUGINS if name != plugin}
    before = stash_with_plugins.saved_settings(plugin)
    stash_with_plugins.operate(plugin, "settings_save", values={"allowPipInstall": True})
    assert stash_with_plugins.saved_settings(plugin) == {**before, "allowPipInstall": True}
    stash_with_plugins.operate(plugin, "settings_save", values={"allowPipInstall": None})
    assert stash_with_plugins.saved_settings(plugin) == before
    assert {name: stash_with_plugins.saved_settings(name) for name in others} == others


@pytest.mark.parametrize("plugin", PLUGINS)
@pytest.mark.parametrize("operation", ["heartbeat", "history_list", "setup_tests"])
def test_every_page_has_its_answers(stash_with_plugins: StashUnderTest, plugin: str, operation: str) -> None:
    assert isinstance(stash_with_plugins.operate(plugin, operation), dict)


def test_saving_a_scene_works_and_no_plugin_complains(stash_with_plugins: StashUnderTest, scene: str) -> None:
    before = stash_with_plugins.complaints()
    update = 'mutation($id: ID!) { sceneUpdate(input: {id: $id, details: "Seen from the hill"}) { details } }'
    assert stash_with_plugins.ask(update, id=scene)["sceneUpdate"]["details"] == "Seen from the hill"
    assert [complaint for complaint in stash_with_plugins.complaints() if complaint not in before] == []


def test_a_task_that_no_plugin_knows_is_named_in_the_log(stash_with_plugins: StashUnderTest) -> None:
    run = 'mutation($plugin: ID!) { runPluginTask(plugin_id: $plugin, args_map: {mode: "no_such_task"}) }'
    stash_with_plugins.finish(stash_with_plugins.ask(run, plugin=PLUGINS[0])["runPluginTask"])
    complaint = f'{stash_with_plugins.plugins()[PLUGINS[0]]["name"]} has no task "no_such_task"'
    wait_for(lambda: complaint in str(stash_with_plugins.complaints()) or None, "the complaint in the log")
