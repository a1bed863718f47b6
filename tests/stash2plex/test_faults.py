"""Errors of Plex: which cost one scene an attempt, which hold the whole queue."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.plex.model import Unavailable
from tests.stash2plex.pair import Pair


def list_attempts(pair: Pair) -> list[tuple[str, int]]:
    """Return state and attempts of every row of the queue."""
    rows = pair.store.read("SELECT state, attempts FROM outbox ORDER BY key")
    return [(row["state"], row["attempts"]) for row in rows]


def add_scenes(pair: Pair, number: int) -> list[int]:
    """Add so many scenes with their items."""
    return [pair.add_scene_and_item(f"Title {each}", f"/data/{each}.mp4")[0] for each in range(number)]


def test_while_plex_is_down_nothing_is_counted_against_a_scene_and_all_goes_on_afterwards(pair: Pair) -> None:
    scenes = add_scenes(pair, 8)
    deleted = range(100, 1092)
    with pair.stop_plex():
        for _ in range(3):
            result = pair.sync(*scenes, *deleted)
        status = result["status"]
        assert (status["queue"]["down"]["failures"], status["queue"]["dead"]) == (3, 0)
        assert "cannot be reached" in status["waiting_because"] or "refused" in status["waiting_because"]
        assert list_attempts(pair) == [("waiting", 0)] * 1000
    pair.make_due()
    pair.plugin.run_task("drain")
    assert (pair.outbox.counts()["done"], pair.outbox.breaker.is_open()) == (1000, False)
    (outage,) = pair.plugin.operation("statistics")["outages"]
    assert outage["until"] is not None


def test_an_open_breaker_lets_exactly_one_probe_through(pair: Pair) -> None:
    pair.plex.state.unavailable = Unavailable()
    scenes = add_scenes(pair, 5)
    pair.sync(*scenes)
    pair.forget_requests()
    pair.work_step()
    assert len(pair.list_requests()) == 1


def test_a_plex_that_migrates_is_shown_with_its_own_words(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.plex.state.unavailable = Unavailable()
    status = pair.sync(scene)["status"]
    assert "database migrations" in status["waiting_because"] and list_attempts(pair) == [("waiting", 0)]
    pair.plex.state.unavailable = None
    pair.work_step()
    assert item.title == "New"


def test_an_error_about_one_item_holds_only_that_one_back(pair: Pair) -> None:
    scenes = add_scenes(pair, 4)
    pair.plex.server.faults.add("server_error", method="PUT", path="[?&]id=2&")
    result = pair.sync(*scenes)
    assert (result["done"], result["retried"]) == (3, 1)
    assert list_attempts(pair) == [("waiting", 1)] and result["status"]["queue"]["down"] is None


def test_a_failing_scene_is_given_up_after_max_retries_and_can_be_tried_again(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.change_settings(max_retries=2)
    fault = pair.plex.server.faults.add("server_error", method="PUT")
    pair.sync(scene)
    pair.work_step()
    (entry,) = pair.plugin.operation("queue_list", state="dead")["entries"]
    assert (entry["reason"], entry["label"], entry["attempts"]) == ("ServerFailed", "New", 2)
    pair.plex.server.faults.remove(fault)
    assert pair.plugin.operation("queue_retry", state="dead", reason="ServerFailed") == {"count": 1}
    pair.wait_for_drain()
    assert item.title == "New"


SLOW_FOR_ONE = {"writing": ("PUT", "[?&]id=2&"), "reading": ("GET", "/metadata/([0-9,]*,)?2(,|[?])")}


@pytest.mark.parametrize("what", SLOW_FOR_ONE)
def test_a_scene_that_always_times_out_is_given_up_while_the_others_are_sent(pair: Pair, what: str) -> None:
    scenes = add_scenes(pair, 3)
    pair.sync(scenes[0])
    pair.change_settings(read_timeout=2, max_retries=2)
    method, path = SLOW_FOR_ONE[what]
    pair.plex.server.faults.add("hang", method=method, path=path)
    result = pair.sync(*scenes[1:])
    assert (result["done"], result["retried"], result["status"]["queue"]["down"]) == (1, 1, None)
    pair.work_step()
    (entry,) = pair.plugin.operation("queue_list", state="dead")["entries"]
    assert entry["scene_id"] == scenes[1] and "Plex answers, but not to this" in entry["message"]


def test_a_pause_plex_asks_for_is_kept(pair: Pair) -> None:
    pair.plex.server.faults.add("rate_limited", retry_after=20, times=1)
    scene, _ = pair.add_scene_and_item("New")
    pair.queue_scenes(scene)
    pair.plugin.operation("queue_step")
    assert 18 < pair.outbox.breaker.seconds_to_probe() <= 20
    pair.forget_requests()
    pair.plugin.operation("queue_step")
    assert pair.list_requests() == []


def test_a_rejected_token_costs_one_request_and_pauses_until_it_is_changed(pair: Pair) -> None:
    scenes = add_scenes(pair, 3)
    pair.change_settings(plex_token="wrong-token")
    result = pair.sync(*scenes)
    assert (result["ended"], len(pair.list_requests("GET", "^/$"))) == ("paused", 1)
    assert "Plex Token" in result["message"] and list_attempts(pair) == [("waiting", 0)] * 3
    pair.plugin.operation("settings_save", values={"plex_token": pair.plex.token})
    pair.wait_for_drain()
    assert pair.outbox.counts() == {"waiting": 0, "working": 0, "parked": 0, "dead": 0, "done": 3}


def test_a_token_that_may_not_edit_pauses_with_a_clear_message(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("New")
    pair.change_settings(plex_token="guest-token")
    result = pair.sync(scene)
    assert result["ended"] == "paused" and "403" in result["message"]


def test_the_read_timeout_of_the_settings_is_kept(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("New")
    pair.change_settings(read_timeout=2)  # else 30
    pair.plex.server.faults.add("hang", path="^/$|/\\?")
    started = time.monotonic()
    result = pair.sync(scene)
    assert 1.9 < time.monotonic() - started < 29 and result["status"]["queue"]["down"] is not None


def test_the_connect_timeout_of_the_settings_is_kept(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item("New")
    with open_full_server() as url:
        pair.change_settings(plex_url=url, connect_timeout=6)  # else 5, so that a busy machine cannot look like it
        started = time.monotonic()
        result = pair.sync(scene)
    assert time.monotonic() - started > 5.9 and result["status"]["queue"]["down"] is not None


@contextlib.contextmanager
def open_full_server() -> Iterator[str]:
    """Open an address that accepts no connection because its backlog is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, contextlib.ExitStack() as waiting:
        for _ in range(3):
            visitor = waiting.enter_context(socket.socket())
            visitor.setblocking(False)
            visitor.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("kind", ["lost_reply", "reset", "truncated", "cut", "html"])
@pytest.mark.parametrize("path", ["/all", "/library/metadata"])
def test_a_broken_answer_is_harmless(pair: Pair, kind: str, path: str) -> None:
    scene, item = pair.add_scene_and_item("New", tags=["Sun"])
    pair.plex.server.faults.add(kind, path=path, times=1)
    for _ in range(2):
        pair.sync(scene)
        pair.outbox.pause.end()
    assert (item.title, item.tag_names("genre"), list_attempts(pair)) == ("New", ["Sun"], [])


def test_values_whose_answer_was_lost_still_count_as_the_plugins(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New", details="One", tags=["Sun", "Sea"])
    pair.plex.server.faults.add("lost_reply", method="PUT", times=1)
    pair.sync(scene)
    pair.edit_scene(scene, details="Two", tags=["Sun"])
    pair.work_step()
    assert (item.fields["summary"], item.tag_names("genre")) == ("Two", ["Sun"])


def test_a_slow_plex_gets_one_request_at_a_time(pair: Pair) -> None:
    pair.plex.server.faults.add("slow", seconds=0.05)
    pair.sync(*add_scenes(pair, 4))
    exchanges = pair.plex.server.traffic.exchanges()
    overlaps = [b for a, b in zip(exchanges, exchanges[1:]) if b.request.started < a.ended]
    assert len(exchanges) > 8 and overlaps == []


def test_another_plex_behind_the_same_address_stops_everything_until_it_is_confirmed(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.sync(scene)
    pair.plex.state.machine_id = "another"
    pair.edit_scene(scene, title="Newer")
    assert "Another Plex" in pair.sync(scene)["message"]
    assert item.title == "New"
    pair.plugin.operation("server_confirm", keep=True)
    pair.wait_for_drain()
    assert item.title == "Newer"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"plex_url": None}, "Plex URL"),
        ({"plex_token": None}, "Plex Token"),
        ({"plex_library": "Nothing like it"}, '"Videos"'),
    ],
)
def test_what_is_not_set_up_is_named(pair: Pair, settings: dict[str, Any], words: str) -> None:
    scene, _ = pair.add_scene_and_item("New")
    pair.change_settings(**settings)
    assert words in pair.sync(scene)["status"]["waiting_because"]


def test_bad_optional_settings_are_clamped_and_named(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.change_settings(
        max_retries="many", reconcile_interval="", poll_interval=1, tagline_template="{nobody}", enabled=None
    )
    pair.sync(scene)
    assert item.title == "New"
    rows = {row["key"]: row for row in pair.plugin.operation("settings_get")["settings"]}
    assert [key for key, row in rows.items() if row["problem"]] == ["max_retries", "poll_interval", "tagline_template"]
    assert (rows["enabled"]["default"], rows["enabled"]["is_set"]) == (True, False)
