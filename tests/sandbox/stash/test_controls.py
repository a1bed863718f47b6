"""Tests and the demo steer the double over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.harness.sandbox import RunningStash

COUNT = "{ findScenes { count } findTags { count } }"


def steer(stash: RunningStash, method: str, route: str, sent: object = None) -> Any:
    """Return the answer of a control route."""
    answer = requests.request(method, f"{stash.double.server.url}/__sandbox/{route}", json=sent, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_state_is_shown(stash: RunningStash) -> None:
    stash.stock.add_tag("Grass")
    stash.add_plugin("probe")
    state = steer(stash, "GET", "state")
    assert (state["counts"]["tags"], state["plugins"], state["jobs"]) == (1, ["probe"], [])


def test_a_scene_is_added_with_what_is_there(stash: RunningStash) -> None:
    tag = stash.stock.add_tag("Grass")
    scene = {"title": "Up", "path": "/media/up.mp4", "tags": ["Grass"], "rating": 80}
    assert steer(stash, "POST", "scenes", scene) == {"id": 1}
    found = stash.ask("{ findScenes { scenes { title rating100 tags { id } files { path } } } }")["scenes"]
    assert found == [{"title": "Up", "rating100": 80, "tags": [{"id": str(tag)}], "files": [{"path": "/media/up.mp4"}]}]


def test_a_scene_cannot_have_a_tag_that_is_not_there(stash: RunningStash) -> None:
    answer = requests.post(f"{stash.url}/__sandbox/scenes", json={"title": "Up", "tags": ["Grass"]}, timeout=60)
    assert (answer.status_code, "no tag is named 'Grass'" in answer.text) == (400, True)


def test_a_file_is_dropped_and_scanned(stash: RunningStash) -> None:
    stash.double.services.configuration.change("general", {"stashes": [{"path": "/media"}]})
    assert steer(stash, "POST", "files", [{"path": "/media/up.mp4"}]) == {"dropped": 1}
    stash.jobs.wait_for(int(steer(stash, "POST", "scan", {})["job"]))
    assert stash.ask("{ findScenes { count } }") == {"count": 1}


def test_the_state_goes_back_to_the_mark(stash: RunningStash) -> None:
    stash.stock.add_tag("Kept")
    steer(stash, "POST", "mark")
    stash.stock.add_tag("Gone")
    stash.ask('mutation { configurePlugin(plugin_id: "hills", input: {a: 1}) }')
    steer(stash, "POST", "reset")
    assert stash.ask("{ findTags { tags { name } } }")["tags"] == [{"name": "Kept"}]
    assert stash.ask("{ configuration { plugins } }")["plugins"] == {}


def test_nothing_goes_back_without_a_mark(stash: RunningStash) -> None:
    answer = requests.post(f"{stash.url}/__sandbox/reset", timeout=60)
    assert (answer.status_code, "mark first" in answer.text) == (400, True)


@pytest.mark.parametrize(("query", "count"), [("", 1), ("?kind=hook", 0), ("?plugin=probe&kind=operation", 1)])
def test_runs_of_plugins_are_listed(query: str, count: int, stash: RunningStash) -> None:
    stash.add_plugin("probe", "print('{\"output\": 1}')")
    stash.operate("probe", mode="look")
    runs = steer(stash, "GET", f"runs{query}")
    assert len(runs) == count
    assert all(run["args"] == {"mode": "look"} and run["outcome"]["output"] == 1 for run in runs)


def test_the_log_is_listed_by_level(stash: RunningStash) -> None:
    stash.double.services.logbook.add("warning", "careful")
    assert [line["message"] for line in steer(stash, "GET", "logs?level=warning")] == ["careful"]
