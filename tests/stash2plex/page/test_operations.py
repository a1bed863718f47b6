"""The badge of a scene, the take-over of older settings, and errors of operations."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import BundleError
from tests.stash2plex.pair import Pair


@pytest.mark.parametrize(
    ("settings", "path", "fault", "badge", "words"),
    [
        ({"plex_url": None}, "/data/beach.mp4", "", None, ""),
        ({}, "/data/beach.mp4", "", "synced", ""),
        ({"skip_not_found": True}, "/data/lost.mp4", "", "missing", "Plex does not have its file"),
        ({"max_retries": 1}, "/data/beach.mp4", "server_error", "failed", "500"),
        ({}, "/data/beach.mp4", "html", "waiting", "Plex"),
    ],
)
def test_a_scenes_page_shows_its_badge(
    pair: Pair, settings: dict[str, Any], path: str, fault: str, badge: str | None, words: str
) -> None:
    scene = pair.add_scene("New", path)
    pair.add_item()
    pair.change_settings(**settings)
    if fault:
        pair.plex.server.faults.add(fault, path="/all[?].*id=" if fault == "server_error" else "/library")
    pair.sync(scene)
    found = pair.plugin.operation("scene_badge", scene_id=scene)
    assert found["badge"] == badge and words in found["message"]


def test_a_save_waits_from_the_moment_it_is_made(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item()
    pair.sync(scene)
    pair.change_settings(enabled=True)
    pair.plugin.operation("heartbeat")
    pair.change_settings(enabled=False)
    pair.edit_scene(scene, title="At the sea")
    saved_at = pair.stash.scenes.read([scene], "updated_at")[scene]["updated_at"]
    for badge, is_on in (("synced", False), ("waiting", True)):
        pair.change_settings(enabled=is_on)
        for name in ("scene_badge", "match_scene"):
            assert pair.plugin.operation(name, scene_id=scene, saved_at=saved_at)["badge"] == badge


def test_settings_of_an_earlier_installation_are_taken_over(pair: Pair) -> None:
    old = {"plex_url": "http://plex.example:32400", "plex_token": "old-token", "max_tags": 7, "dlq_days": 3}
    pair.stash.write_plugin_settings("Stash2Plex", old)
    preview = pair.plugin.operation("migrate", preview=True)
    assert pair.stash.read_plugin_settings("stash2plex")["plex_token"] == pair.plex.token
    assert (preview["settings"]["plex_token"], preview["ignored"]) == ("set", ["dlq_days"])
    assert preview["may_be_locked"] is True
    pair.plugin.operation("migrate")
    kept = pair.stash.read_plugin_settings("stash2plex")
    assert (kept["plex_url"], kept["plex_token"], kept["max_tags"]) == ("http://plex.example:32400", "old-token", 7)


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        ("preview", {"scene_ids": []}, "1 to 20"),
        ("queue_list", {"state": "gone"}, "must be one of waiting"),
        ("match_link", {"scene_id": 99, "rating_key": "1"}, "no scene 99"),
        ("paths_save", {"rules": [{"stash": "/a"}]}, "path rule"),
        ("match_scene", {}, "scene_id"),
    ],
)
def test_a_wrong_call_is_answered_with_a_sentence(pair: Pair, name: str, args: dict[str, Any], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        pair.plugin.operation(name, **args)
