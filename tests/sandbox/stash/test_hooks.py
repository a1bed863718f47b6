"""Hooks run after the change, one after another, and the change waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]
EVERYTHING = "hooks: [{{name: told, triggeredBy: [{}]}}]"
LINK = {"endpoint": "https://box.example/graphql", "stash_id": "0001"}
TELL_THE_END = """
    import json, sys
    print(json.dumps({"output": json.load(sys.stdin)["args"]["hookContext"]["type"]}))
"""
CHANGE_AGAIN = """
    import json, sys, urllib.request
    sent = json.load(sys.stdin)
    server, scene = sent["server_connection"], sent["args"]["hookContext"]["id"]
    body = json.dumps({"query": 'mutation { sceneUpdate(input: {id: %d, title: "again"}) { id } }' % scene}).encode()
    cookie = "session=" + server["SessionCookie"]["Value"]
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:%d/graphql" % server["Port"], body, headers)).read()
"""
WAIT = """
    import json, sys, threading
    sys.stderr.write("waiting\\n"); sys.stderr.flush()
    threading.Event().wait()
"""


def listen(stash: RunningStash, *triggers: str, script: str = "", plugin: str = "probe") -> None:
    """Install a plugin with hooks for these triggers."""
    stash.add_plugin(plugin, script, EVERYTHING.format(", ".join(triggers)))


@pytest.fixture
def told(stash: RunningStash) -> RunningStash:
    """A Stash with two scenes, a tag and a plugin that notes every scene hook."""
    stash.stock.add_tag("Grass")
    for title in ("One", "Two"):
        stash.stock.add_scene(title)
    listen(stash, "Scene.Create.Post", "Scene.Update.Post", "Scene.Destroy.Post", "Tag.Merge.Post", "Tag.Destroy.Post")
    return stash


CHANGES = [
    ('sceneUpdate(input: {id: "1", title: "x", tag_ids: ["1"]}) { id }', [1], {"id", "title", "tag_ids"}),
    ('scenesUpdate(input: [{id: "1", title: "x"}, {id: "2", date: null}]) { id }', [1, 2], None),
    ('bulkSceneUpdate(input: {ids: ["1", "2"], rating100: 5}) { id }', [1, 2], {"ids", "rating100"}),
    ('sceneCreate(input: {title: "x"}) { id }', [3], None),
    ('sceneDestroy(input: {id: "1"})', [1], None),
    ('scenesDestroy(input: {ids: ["1", "2"]})', [1, 2], None),
]


@pytest.mark.parametrize(("mutation", "ids", "fields"), CHANGES)
def test_each_changed_scene_has_a_hook_of_its_own(
    mutation: str, ids: list[int], fields: set[str] | None, told: RunningStash
) -> None:
    told.ask(f"mutation {{ {mutation} }}")
    hooks = told.hooks()
    assert [hook["id"] for hook in hooks] == ids
    if fields:
        assert all(set(hook["inputFields"]) == fields for hook in hooks)


def test_the_input_of_a_scene_shows_every_key_with_null_for_what_was_not_sent(told: RunningStash) -> None:
    told.ask('mutation { sceneUpdate(input: {id: "1", title: "x"}) { id } }')
    shown = told.hooks()[0]["input"]
    assert (shown["id"], shown["title"], shown["studio_id"], shown["tag_ids"]) == ("1", "x", None, None)


def test_a_new_scene_is_told_without_an_input(told: RunningStash) -> None:
    told.ask('mutation { sceneCreate(input: {title: "x"}) { id } }')
    assert told.hooks() == [{"id": 3, "type": "Scene.Create.Post", "input": None}]


def test_the_input_of_a_tag_shows_only_what_was_sent(told: RunningStash) -> None:
    listen(told, "Tag.Update.Post", plugin="tags")
    told.ask('mutation { tagUpdate(input: {id: "1", description: "x", aliases: null}) { id } }')
    hook = told.hooks()[0]
    assert hook["input"] == {"id": "1", "description": "x"}
    assert set(hook["inputFields"]) == {"id", "description", "aliases"}


def test_a_merge_of_tags_fires_its_own_trigger_only(told: RunningStash) -> None:
    told.stock.add_tag("Lawn")
    told.ask('mutation { tagsMerge(input: {source: ["2"], destination: "1"}) { id } }')
    assert [(hook["id"], hook["type"]) for hook in told.hooks()] == [(1, "Tag.Merge.Post")]


def test_the_change_is_kept_before_the_hook_runs(told: RunningStash) -> None:
    listen(told, "Scene.Update.Post", script=CHANGE_AGAIN, plugin="second")
    answer = told.ask('mutation { sceneUpdate(input: {id: "1", title: "x"}) { title } }')
    assert answer == {"title": "again"}


def test_a_hook_that_fails_is_only_logged(stash: RunningStash) -> None:
    listen(stash, "Tag.Create.Post", script="""print('{"error": "no time"}')""")
    assert stash.ask('mutation { tagCreate(input: {name: "A"}) { id } }') == {"id": "1"}
    assert "Tag.Create.Post [probe]: returned error: no time" in stash.log("error")


def test_a_hook_is_not_called_for_its_own_changes_for_ever(told: RunningStash) -> None:
    told.ask('mutation { sceneDestroy(input: {id: "2"}) }')
    listen(told, "Scene.Update.Post", script=CHANGE_AGAIN, plugin="eager")
    told.ask('mutation { sceneUpdate(input: {id: "1", title: "x"}) { id } }')
    assert sum(run.plugin_id == "eager" for run in told.runs("hook")) == 10
    assert any("cyclic loop detected: plugin ID 'eager'" in line for line in told.log())


def test_a_plugin_that_is_off_is_not_told(told: RunningStash) -> None:
    told.ask("mutation { setPluginsEnabled(enabledMap: {probe: false}) }")
    told.ask('mutation { sceneUpdate(input: {id: "1", title: "x"}) { id } }')
    assert told.hooks() == []


def test_plugins_are_told_one_after_another_in_the_order_of_their_files(stash: RunningStash) -> None:
    for plugin in ("b", "a"):
        listen(stash, "Tag.Create.Post", script=TELL_THE_END, plugin=plugin)
    stash.ask('mutation { tagCreate(input: {name: "A"}) { id } }')
    assert [run.plugin_id for run in stash.runs("hook")] == ["a", "b"]


def test_a_client_that_leaves_ends_the_hook_and_those_after_it(stash: RunningStash) -> None:
    for plugin in ("a", "b"):
        listen(stash, "Tag.Create.Post", script=WAIT, plugin=plugin)
    body = {"query": 'mutation { tagCreate(input: {name: "A"}) { id } }'}
    with stash.begin(body):
        stash.wait_until(lambda: bool(stash.runs("hook")), "the first hook started")
    stash.wait_for_log("error executing post hooks: operation cancelled")
    assert [run.plugin_id for run in stash.runs("hook")] == ["a"]


def test_a_hook_is_told_where_stash_is(told: RunningStash) -> None:
    told.ask('mutation { sceneUpdate(input: {id: "1", title: "x"}) { id } }')
    server: dict[str, Any] = told.runs("hook")[0].document["server_connection"]
    assert (server["Scheme"], server["Host"], server["Port"]) == ("http", "0.0.0.0", told.double.server.port)
    assert server["Dir"] == str(told.double.home)
    assert server["PluginDir"] == str(told.double.plugins_dir / "probe")
