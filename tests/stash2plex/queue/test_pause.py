"""A pause that nobody asked for ends by itself, and says when; a person's pause ends when they say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.stash2plex.pair import Pair, wait_until


def show_page(pair: Pair) -> None:
    pair.plex.server.faults.add("html", times=1)


def answer(status: int) -> Callable[[Pair], None]:
    def refuse(pair: Pair) -> None:
        pair.plex.server.faults.add("answer", status=status, content="<h1>No</h1>", content_type="text/html", times=1)

    return refuse


def lose_libraries(pair: Pair) -> None:
    """Plex lists no library while it starts, so the chosen one seems to be gone."""
    pair.change_settings(plex_library="Videos")
    content = '{"MediaContainer": {"size": 0}}'
    details = {"path": "/library/sections$", "content": content, "content_type": "application/json"}
    pair.plex.server.faults.add("answer", **details, times=1)


@pytest.mark.parametrize("break_once", [show_page, answer(401), answer(403), lose_libraries])
@pytest.mark.parametrize("waits", [True, False])
def test_one_odd_answer_of_plex_stops_nothing_for_good(
    pair: Pair, break_once: Callable[[Pair], None], waits: bool
) -> None:
    """Only an open page's heartbeat works here: no person changes or resumes anything."""
    scene, item = pair.add_scene_and_item("New")
    break_once(pair)
    assert pair.sync(scene)["ended"] == "paused"
    if not waits:
        pair.plugin.operation("queue_remove", state="waiting")
    assert "again by itself in a minute" in read_notice(pair)
    assert "again by itself in a minute" in pair.plugin.operation("status")["waiting_because"]
    pair.make_due()
    assert read_notice(pair) == ""
    assert item.title == ("New" if waits else "beach")


def read_notice(pair: Pair) -> str:
    """Return what a heartbeat says of the pause."""
    notices = pair.plugin.operation("heartbeat")["notices"]
    return "".join(notice["text"] for notice in notices if notice["key"] == "queue.paused")


def test_a_drain_waits_for_the_next_probe_and_sends_then(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Start")
    answer(401)(live)
    live.edit_scene(scene, title="New")
    wait_until(live.outbox.pause.is_by_error)
    live.make_due()
    wait_until(lambda: item.title == "New")


def test_a_waiting_drain_hears_of_a_setting_that_was_changed_on_the_page_of_stash(live: Pair) -> None:
    scene, item = live.add_scene_and_item("Start")
    live.plugin.save_settings(plex_token="wrong-token")
    live.edit_scene(scene, title="New")
    wait_until(live.outbox.pause.is_by_error)
    live.plugin.save_settings(plex_token=live.plex.token)
    wait_until(lambda: item.title == "New")
    assert live.outbox.pause.describe() is None


def test_a_drain_that_waits_stops_when_the_plugin_is_switched_off_on_the_page_of_stash(live: Pair) -> None:
    scene, _ = live.add_scene_and_item("Start")
    with live.stop_plex():
        live.edit_scene(scene, title="New")
        wait_until(live.outbox.breaker.is_open)
        live.plugin.save_settings(enabled=False)
        wait_until(lambda: live.count_drains() == 2)
    known: Any = live.plugin.operation("status")
    assert known["enabled"] is False


def test_a_saved_setting_does_not_end_a_persons_pause(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    pair.plugin.operation("queue_pause")
    pair.queue_scenes(scene)
    pair.plugin.operation("settings_save", values={"plex_library": None})
    pair.wait_for_drain()
    assert item.title == "beach" and read_notice(pair).startswith("Waiting for you: Paused by you. Nothing is sent")


def test_new_path_rules_do_not_end_a_persons_pause_and_the_page_says_so(pair: Pair) -> None:
    scene, item = pair.add_scene("New", "/srv/beach.mp4", size=1, duration=1), pair.add_item()
    pair.sync(scene)
    pair.plugin.operation("queue_pause")
    saved = pair.plugin.operation("paths_save", rules=[{"stash": "/srv", "plex": "/data"}])
    pair.wait_for_drain()
    assert saved["is_paused"] is True
    assert pair.work_step()["ended"] == "paused"
    found = pair.plugin.operation("status")["waiting_because"]
    assert item.title == "beach" and "until you press Resume, also if you change settings or path rules" in found
    pair.plugin.operation("queue_resume")
    pair.wait_for_drain()
    assert item.title == "New"
