"""Whisparr is cleaned up when scenes are tagged; saving never waits for it. New downloads are scanned."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from typing import Any

import pytest
from missing.whisparr.folder_scan import split_folders

from sandbox.stash.jobs import Job
from sandbox.stashbox.model import Performer, Scene
from sandbox.whisparr.server import WhisparrDouble
from tests.missingScenes.conftest import Bench

LIBRARY = {"path": "/data", "excludeVideo": False, "excludeImage": False}


@pytest.fixture
def scenes(bench: Bench, mira: Performer) -> list[Scene]:
    return bench.add_scenes(4, mira)


@pytest.fixture
def untagged(bench: Bench) -> int:
    """Add a scene without stash ids to the library; return its number."""
    return int(bench.stash.scenes.create({"title": "New"})["id"])


@pytest.fixture
def switched_on(bench: Bench, whisparr: WhisparrDouble) -> None:
    bench.plugin.save_settings(enableAutoCleanup=True)


def drain(bench: Bench) -> None:
    """Wait until the drain that the listener started has worked the queue off."""
    bench.plugin.stash.services.jobs.wait_until_idle()


def tag(bench: Bench, local: int, scene: Scene) -> None:
    bench.stash.scenes.update(local, {"stash_ids": bench.links(scene.id)})


def run_cleanup(bench: Bench, **args: Any) -> Job:
    return bench.plugin.run_task("cleanup", **args)


def last_run(bench: Bench) -> Any:
    return bench.plugin.operation("history_list")["runs"][0]


def test_switched_off_a_save_asks_whisparr_nothing(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], untagged: int
) -> None:
    tag(bench, untagged, scenes[0])
    drain(bench)
    assert whisparr.server.traffic.total == 0


@pytest.mark.usefixtures("switched_on")
def test_a_save_without_stash_ids_asks_whisparr_nothing(bench: Bench, whisparr: WhisparrDouble, untagged: int) -> None:
    bench.stash.scenes.update(untagged, {"title": "Newer"})
    drain(bench)
    assert whisparr.server.traffic.total == 0


@pytest.mark.usefixtures("switched_on")
def test_a_tagged_scene_leaves_whisparr_for_good_and_keeps_its_file(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], untagged: int
) -> None:
    whisparr.state.add_movie(scenes[0].id, size_on_disk=1)
    tag(bench, untagged, scenes[0])
    drain(bench)
    (request,) = whisparr.server.traffic.requests(method="DELETE")
    assert (request.parameter("deleteFiles"), request.parameter("addImportExclusion")) == ("false", "true")
    assert whisparr.state.movies == {}


@pytest.mark.usefixtures("switched_on")
def test_unmonitoring_changes_nothing_else(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], untagged: int
) -> None:
    bench.plugin.save_settings(unmonitorOnly=True)
    movie = whisparr.state.add_movie(scenes[0].id, tags=[7], root_folder="/data/films", quality_profile_id=6)
    tag(bench, untagged, scenes[0])
    drain(bench)
    assert (movie.monitored, movie.tags, movie.root_folder, movie.quality_profile_id) == (False, [7], "/data/films", 6)


QUEUED = [
    {"status": "completed", "state": "importing", "left": 0},
    {"status": "completed", "state": "importBlocked", "left": 0},
    {"status": "downloading", "state": "downloading"},
    {"status": "queued", "state": "downloading"},
    {"status": "paused", "state": "downloading"},
    {"status": "delay", "state": "downloading"},
]


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize("record", QUEUED)
def test_what_is_in_whisparrs_queue_stays_until_its_download_has_ended(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], untagged: int, record: dict[str, Any]
) -> None:
    movie = whisparr.state.add_movie(scenes[0].id)
    whisparr.state.put_record(movie.id, **record)
    tag(bench, untagged, scenes[0])
    drain(bench)
    assert movie.id in whisparr.state.movies
    assert bench.plugin.operation("heartbeat")["pending"] == 1
    whisparr.state.records.clear()
    with contextlib.closing(sqlite3.connect(bench.plugin.state_dir / "state.sqlite3")) as db, db:
        db.execute("UPDATE outbox SET due = 0")
    assert bench.plugin.operation("heartbeat")["pending"] == 0
    assert movie.id not in whisparr.state.movies


@pytest.mark.parametrize("record", QUEUED)
def test_the_task_leaves_what_is_in_whisparrs_queue_to_a_later_run(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], record: dict[str, Any]
) -> None:
    bench.own(*scenes[:2])
    movies = [whisparr.state.add_movie(scene.id) for scene in scenes[:2]]
    whisparr.state.put_record(movies[0].id, **record)
    run_cleanup(bench)
    assert list(whisparr.state.movies) == [movies[0].id]
    assert (last_run(bench)["totals"]["changed"], last_run(bench)["totals"]["skipped"]) == (1, 1)


def test_a_scene_that_is_downloaded_after_the_preview_stays(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.own(scenes[0])
    movie = whisparr.state.add_movie(scenes[0].id)
    bench.plugin.run_task("cleanup_preview")
    whisparr.state.put_record(movie.id, status="downloading", state="downloading")
    plan = bench.plugin.operation("cleanup_preview")["plan_id"]
    bench.plugin.operation("plan_apply", plan_id=plan)
    assert list(whisparr.state.movies) == [movie.id]
    assert last_run(bench)["totals"]["conflict"] == 1


@pytest.mark.usefixtures("switched_on")
def test_a_scene_that_is_created_with_stash_ids_leaves_whisparr(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.plugin.operation("heartbeat")
    whisparr.state.add_movie(scenes[0].id)
    bench.stash.scenes.create({"title": "Identified", "stash_ids": bench.links(scenes[0].id)})
    drain(bench)
    assert whisparr.state.movies == {}


@pytest.mark.usefixtures("switched_on")
def test_with_whisparr_down_a_save_is_quick_and_succeeds(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], untagged: int
) -> None:
    bench.find("", "box")
    whisparr.server.faults.add("hang")
    started = time.monotonic()
    tag(bench, untagged, scenes[0])
    assert time.monotonic() - started < 20
    row = bench.stash.scenes.get(untagged, "stash_ids { stash_id }") or {}
    assert row["stash_ids"] == [{"stash_id": scenes[0].id}]


def test_the_dry_run_lists_and_writes_nothing(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    bench.own(*scenes[:2])
    for scene in scenes[:3]:
        whisparr.state.add_movie(scene.id)
    token = "dry"
    bench.plugin.run_task("cleanup_preview", run_token=token)
    assert len(whisparr.state.movies) == 3
    assert whisparr.server.traffic.requests(method="DELETE") == []
    assert "2 planned" in bench.plugin.operation("run_result", run_token=token)["run"]["message"]
    kept = bench.plugin.operation("cleanup_preview")
    assert (kept["count"], kept["limit"], kept["is_cut"]) == (2, 500, False)
    bench.plugin.operation("plan_apply", plan_id=kept["plan_id"])
    assert [movie.foreign_id for movie in whisparr.state.movies.values()] == [scenes[2].id]


def test_a_stash_that_refuses_the_quick_look_up_is_cleaned_up_by_filters(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.own(*scenes[:2])
    links = [{"endpoint": "https://another.example/graphql", "stash_id": scenes[2].id}]
    bench.stash.scenes.create({"title": "x", "stash_ids": links})
    for scene in scenes:
        whisparr.state.add_movie(scene.id)
    bench.refuse_sql()
    run_cleanup(bench)
    assert [movie.foreign_id for movie in whisparr.state.movies.values()] == [scenes[3].id]


def test_the_task_goes_on_past_a_failing_scene(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    bench.own(*scenes)
    movies = [whisparr.state.add_movie(scene.id) for scene in scenes]
    whisparr.server.faults.add("server_error", method="DELETE", path=f"/movie/{movies[1].id}")
    run_cleanup(bench)
    totals = last_run(bench)["totals"]
    assert (totals["changed"], totals["failed"]) == (3, 1)
    assert list(whisparr.state.movies) == [movies[1].id]


def test_a_scene_that_is_gone_meanwhile_counts_as_done(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.own(scenes[0])
    whisparr.state.add_movie(scenes[0].id)
    whisparr.server.faults.add("answer", method="DELETE", status=404, content="{}", content_type="application/json")
    run_cleanup(bench)
    assert (last_run(bench)["totals"]["changed"], last_run(bench)["totals"]["failed"]) == (1, 0)


def test_the_task_stops_at_its_limit(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    bench.own(*scenes)
    for scene in scenes:
        whisparr.state.add_movie(scene.id)
    run_cleanup(bench, limit=3)
    assert len(whisparr.state.movies) == 1


@pytest.mark.parametrize("unmonitor", [True, False])
def test_a_clean_up_can_be_taken_back(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], unmonitor: bool
) -> None:
    bench.plugin.save_settings(unmonitorOnly=unmonitor)
    bench.own(scenes[0])
    whisparr.state.add_movie(scenes[0].id, quality_profile_id=6)
    run_cleanup(bench)
    undo = bench.plugin.operation("history_undo", run_id=last_run(bench)["id"], preview=True)
    bench.plugin.operation("history_undo", plan_id=undo["plan_id"])
    (movie,) = whisparr.state.movies.values()
    assert (movie.foreign_id, movie.monitored, movie.quality_profile_id) == (scenes[0].id, True, 6)
    assert whisparr.state.exclusions == {}


def test_the_scan_task_starts_one_scan_with_the_users_defaults(bench: Bench) -> None:
    stash = bench.plugin.stash
    stash.services.configuration.change_general({"stashes": [LIBRARY]})
    stash.services.configuration.keep_scan_defaults({"scan": {"scanGenerateCovers": True}})
    bench.plugin.save_settings(scanPath="/data/unsorted, /data/more")
    stash.server.traffic.clear()
    bench.plugin.run_task("scan")
    (request,) = stash.server.traffic.requests("metadataScan")
    sent = request.json()["variables"]["input"]
    assert (sent["paths"], sent["scanGenerateCovers"]) == (["/data/unsorted", "/data/more"], True)


@pytest.mark.parametrize(
    ("text", "folders"),
    [
        ("/data/unsorted", ["/data/unsorted"]),
        ("/data/new, old", ["/data/new, old"]),
        ("/data/a, /data/b;/data/a\n/data/c,", ["/data/a", "/data/b", "/data/c"]),
        (r"D:\new, E:\more,\\nas\share", [r"D:\new", r"E:\more", r"\\nas\share"]),
        (" , ", []),
    ],
)
def test_several_folders_to_scan_are_separated_by_commas(text: str, folders: list[str]) -> None:
    assert split_folders(text) == folders


@pytest.mark.parametrize(
    ("stash_folder", "path", "is_inside"),
    [
        ("D:\\Media", "d:\\media\\New", True),
        ("D:\\Media", "\\\\?\\D:\\Media\\New", True),
        ("D:\\Media", "D:\\MediaToo", False),
        ("/data", "/Data/new", False),
    ],
)
def test_a_scan_path_is_compared_as_its_system_compares_paths(
    bench: Bench, stash_folder: str, path: str, is_inside: bool
) -> None:
    bench.plugin.stash.services.configuration.change_general({"stashes": [{"path": stash_folder}]})
    bench.plugin.save_settings(scanPath=path)
    bench.plugin.run_task("scan", run_token="scan")
    message = bench.plugin.operation("run_result", run_token="scan")["run"]["message"]
    assert ("in none of its folders" not in message) is is_inside


@pytest.mark.parametrize(("path", "words"), [("", "Scan Path"), ("/elsewhere", "in none of its folders (/data)")])
def test_a_scan_path_outside_the_library_is_an_error(bench: Bench, path: str, words: str) -> None:
    bench.plugin.stash.services.configuration.change_general({"stashes": [LIBRARY]})
    bench.plugin.save_settings(scanPath=path)
    bench.plugin.run_task("scan", run_token="scan")
    run = bench.plugin.operation("run_result", run_token="scan")["run"]
    assert run["state"] == "failed"
    assert words in run["message"]
