"""The operations behind the page: queue, preview, history, paths, libraries, migration."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.errors import BundleError
from tests.stash2plex.pair import Pair


def rows_of(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What a row says, whatever its number."""
    return [(row["item"]["id"], row["field"], row["action"], row["before"], row["after"]) for row in changes]


def filled(pair: Pair) -> tuple[int, Any]:
    """A scene with everything in it, and its item."""
    details: dict[str, Any] = {
        "studio": "Acme",
        "details": "Text",
        "date": "2024-03-01",
        "rating": 50,
        "picture": "cover",
    }
    return pair.both("New", **details, performers=["Ann Example"], tags=["Sun"])


def test_a_preview_writes_nothing_and_shows_what_is_written_then(pair: Pair) -> None:
    scene, _ = filled(pair)
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    assert (pair.writes(), preview["counts"]) == ([], {"skipped": 0, "stale": 1})
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    done = pair.plugin.operation("history_changes", run_id=run["id"], page_size=100)["changes"]
    assert sorted(map(str, rows_of(preview["changes"]))) == sorted(map(str, rows_of(done)))
    assert {row["outcome"] for row in done} == {"changed"}


def test_a_preview_is_applied_with_its_pictures(pair: Pair) -> None:
    scene, item = filled(pair)
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    run = pair.plugin.operation("plan_apply", plan_id=preview["plan_id"])["run"]
    assert (run["state"], item.title, item.tag_names("actor")) == ("finished", "New", ["Ann Example"])
    assert item.selected_picture("posters") and {"title", "thumb", "genre"} <= item.locks
    assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "synced"
    pair.forget_requests()
    pair.sync(scene)
    assert pair.requests("PUT", "/library/sections") == []


def test_only_ticked_rows_are_applied_and_only_their_locks_are_set(pair: Pair) -> None:
    scene, item = pair.both("New", details="Text")
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    others = [row["id"] for row in preview["changes"] if row["field"] != "summary"]
    pair.plugin.operation("plan_select", plan_id=preview["plan_id"], only=others, selected=False)
    pair.plugin.operation("plan_apply", plan_id=preview["plan_id"])
    assert (item.title, item.fields["summary"], item.locks) == ("beach", "Text", set())


def test_what_changed_since_the_preview_is_a_conflict(pair: Pair) -> None:
    scene, item = pair.both("New")
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    item.fields["title"] = "Somebody's"
    run = pair.plugin.operation("plan_apply", plan_id=preview["plan_id"])["run"]
    assert (item.title, run["totals"]["conflict"]) == ("Somebody's", 1)


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_undoing_the_last_sync_restores_values_locks_and_pictures(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = filled(pair)
    item.fields.update(summary="Before", studio="Old")
    item.tags = {kind: [make_tag(name)] for kind, name in (("genre", "Holiday"), ("actor", "Cy Person"))}
    item.locks = {"tagline"}
    before = (dict(item.fields), item.tag_names("genre"), item.tag_names("actor"), set(item.locks))
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    result = pair.plugin.operation("history_undo", plan_id=undo["plan_id"])["run"]
    after = {name: value for name, value in item.fields.items() if value}
    assert (after, item.tag_names("genre"), item.tag_names("actor"), item.locks - {"thumb", "art"}) == before
    assert (result["state"], item.selected_picture("posters")) == ("finished", None)


def make_tag(name: str) -> Any:
    """A tag of the double."""
    from sandbox.plex.model import TagValue

    return TagValue(name)


def test_undo_leaves_alone_what_was_edited_since(pair: Pair) -> None:
    scene, item = pair.both("New", tags=["Sun"])
    pair.sync(scene)
    item.fields["title"] = "Somebody's"
    item.tags["genre"].append(make_tag("Holiday"))
    (run,) = pair.plugin.operation("history_list")["runs"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    pair.plugin.operation("history_undo", plan_id=undo["plan_id"])
    assert (undo["conflict"], item.title, item.tag_names("genre")) == (1, "Somebody's", ["Holiday"])


def test_rows_of_the_queue_are_listed_skipped_and_cleared(pair: Pair) -> None:
    scenes = [pair.scene(f"Title {each}", f"/data/{each}.mp4") for each in range(4)]
    pair.put(*scenes)
    listed = pair.plugin.operation("queue_list", state="waiting", page_size=3)
    assert (len(listed["entries"]), listed["count"]) == (3, 4)
    assert pair.plugin.operation("queue_remove", state="waiting", keys=[f"scene:{scenes[0]}"]) == {"count": 1}
    assert pair.plugin.operation("queue_remove", state="waiting") == {"count": 3}


def test_a_paused_queue_does_nothing_until_it_is_resumed(pair: Pair) -> None:
    scene, item = pair.both("New")
    assert pair.plugin.operation("queue_pause")["waiting_because"] == "Paused by hand."
    assert (pair.sync(scene)["ended"], item.title) == ("paused", "beach")
    pair.plugin.operation("queue_resume")
    pair.step()
    assert item.title == "New"


def test_the_status_names_the_job_of_stash_it_waits_for(pair: Pair) -> None:
    pair.put(pair.scene())
    running = {"id": "1", "status": "RUNNING", "description": "Scanning...", "progress": 0.5, "addTime": "x"}
    content = json.dumps({"data": {"jobQueue": [running]}})
    pair.plugin.stash.server.faults.add("answer", body="jobQueue", content=content, content_type="application/json")
    status = pair.plugin.operation("status")
    assert (status["behind"]["progress"], status["waiting_because"]) == (
        0.5,
        "Waiting behind Stash's own work: Scanning...",
    )


def test_rules_are_proposed_proven_and_kept(pair: Pair) -> None:
    scenes = [pair.scene(f"Title {each}", f"/media/a/{each}.mp4") for each in range(5)]
    for each in range(4):
        pair.item(f"/data/a/{each}.mp4")
    (best, *_) = pair.plugin.operation("paths_propose")["proposals"]
    assert (best["stash"], best["plex"], best["explains"]) == ("/media", "/data", 4)
    rules = [best, {"stash": "/media/a", "plex": "/data/a"}]
    measured = pair.plugin.operation("paths_measure", rules=rules)
    assert (measured["hits"], measured["total"], measured["misses"]) == (4, 5, ["/media/a/4.mp4"])
    assert "overlap" in measured["overlaps"][0]
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data", "ignore_case": True}])
    shown = pair.plugin.operation("paths_show")
    assert shown["rules"] == [{"stash": "/media", "plex": "/data", "ignore_case": True}]
    assert shown["plex_folders"] == ["/data"] and len(scenes) == 5


def test_new_rules_find_what_was_not_found(pair: Pair) -> None:
    scene = pair.scene("New", "/media/a/x.mp4")
    pair.set(skip_not_found=True, path_rules="/media => /data/nowhere")
    pair.item("/data/b/other.mp4")
    pair.sync(scene)
    item = pair.item("/data/a/y.mp4")
    item.media[0].parts[0].file = "/data/a/x.mp4"
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data"}])
    pair.step()
    assert item.title == "New"


def test_a_rule_into_no_library_holds_the_queue_until_it_is_corrected(pair: Pair) -> None:
    """A wrong mapping costs nobody an attempt."""
    scene, item = pair.scene("New", "/media/a/x.mp4"), pair.item("/data/a/x.mp4")
    pair.set(path_rules="/media => /nowhere")
    pair.sync(scene)
    paused, row = pair.plugin.operation("status")["queue"]["paused"], pair.row(scene)
    assert ("/media => /nowhere" in paused["reason"], row and row["attempts"]) == (True, 0)
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data"}])
    pair.step()
    assert item.title == "New"


def test_libraries_are_listed_with_what_to_enter_for_each(pair: Pair) -> None:
    pair.plex.state.add_section("Videos", "/more")
    pair.plex.state.add_section("Music", "/music", kind="artist")
    rows = pair.plugin.operation("libraries_list")["libraries"]
    assert [(row["name"], row["chosen"]) for row in rows] == [("Videos [1]", True), ("Videos [2]", True)]


@pytest.mark.parametrize(
    ("settings", "test", "state"),
    [
        ({}, "plex", "ok"),
        ({}, "libraries", "ok"),
        ({}, "paths", "ok"),
        ({"plex_token": "wrong"}, "plex", "failed"),
        ({"plex_token": "guest-token"}, "plex", "warning"),
        ({"plex_url": None}, "plex", "not_set_up"),
        ({"plex_library": "No such"}, "libraries", "failed"),
    ],
)
def test_setup_tests_tell_what_is_wrong(pair: Pair, settings: dict[str, Any], test: str, state: str) -> None:
    pair.set(**settings)
    (verdict,) = pair.plugin.operation("setup_tests", only=test)["tests"]
    assert verdict["state"] == state, verdict


@pytest.mark.parametrize(
    ("where", "state"), [("", "not_set_up"), ("stash", "ok"), ("plex", "failed"), ("page", "warning")]
)
def test_photos_are_fetched_as_plex_would(pair: Pair, where: str, state: str) -> None:
    pair.stock.add_performer("Ann Example", picture="ann")
    if where == "page":
        pair.plugin.stash.server.faults.add("html", path="/performer/")
    addresses = {"stash": pair.plugin.stash.url, "page": pair.plugin.stash.url, "plex": pair.plex.url}
    pair.set(photo_address=addresses.get(where))
    (verdict,) = pair.plugin.operation("setup_tests", only="photos")["tests"]
    assert verdict["state"] == state, verdict


def test_a_library_in_which_nothing_is_found_makes_the_rules_suspicious(pair: Pair) -> None:
    pair.set(path_rules="/media => /data/nowhere")
    pair.item("/data/other.mp4")
    pair.sync(*(pair.scene(f"Title {each}", f"/media/{each}.mp4") for each in range(12)))
    (notice,) = [each for each in pair.plugin.operation("heartbeat")["notices"] if each["key"] == "plex.paths"]
    assert "12 of 12 scenes" in notice["text"]


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
def test_a_scenes_page_tells_how_it_stands(
    pair: Pair, settings: dict[str, Any], path: str, fault: str, badge: str | None, words: str
) -> None:
    scene = pair.scene("New", path)
    pair.item()
    pair.set(**settings)
    if fault:
        pair.plex.server.faults.add(fault, path="/all[?].*id=" if fault == "server_error" else "/library")
    pair.sync(scene)
    found = pair.plugin.operation("scene_badge", scene_id=scene)
    assert found["badge"] == badge and words in found["message"]


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


def test_the_map_shows_both_sides_with_links(pair: Pair) -> None:
    scene, item = pair.both("New")
    lonely = pair.item("/data/lonely.mp4")
    pair.sync(scene)
    mapped = pair.plugin.operation("match_list", text="new")
    assert (mapped["count"], mapped["by_how"]) == (1, {"path": 1})
    assert mapped["matches"][0]["items"][0]["url"].startswith(f"{pair.plex.url}/web/index.html#!/server/")
    unmatched = pair.plugin.operation("plex_unmatched")
    assert [row["rating_key"] for row in unmatched["items"]] == [str(lonely.rating_key)]
    assert pair.plugin.operation("match_scene", scene_id=scene)["badge"] == "synced" and item.title == "New"


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        ("preview", {"scene_ids": []}, "1 to 20"),
        ("queue_list", {"state": "gone"}, "no state"),
        ("match_link", {"scene_id": 99, "rating_key": "1"}, "no scene 99"),
        ("paths_save", {"rules": [{"stash": "/a"}]}, "path rule"),
        ("match_scene", {}, "scene_id"),
    ],
)
def test_a_wrong_call_is_answered_with_a_sentence(pair: Pair, name: str, args: dict[str, Any], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        pair.plugin.operation(name, **args)
