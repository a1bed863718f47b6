"""Getting a scene that Whisparr has: search now, why it waits, its releases, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from missing.whisparr.progress.plan import SceneFacts, find_reasons

from sandbox.stashbox.model import Performer, Scene
from sandbox.whisparr.model import IndexerRelease, Movie
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import GraphQLFailed
from shared.whisparr.model import QueueRecord, WhisparrScene
from tests.missingScenes.conftest import Bench

HOUR = 3600.0


@pytest.fixture
def scene(bench: Bench, mira: Performer) -> Scene:
    return bench.add_scenes(1, mira)[0]


@pytest.fixture
def movie(whisparr: WhisparrDouble, scene: Scene) -> Movie:
    return whisparr.state.add_movie(scene.id)


def ask(bench: Bench, name: str, scene: Scene, **args: Any) -> Any:
    return bench.operate(name, endpoint=bench.box.endpoint, scene_id=scene.id, **args)


def reasons_of(bench: Bench, scene: Scene) -> dict[str, Any]:
    return {each["key"]: each for each in ask(bench, "whisparr_explain", scene)["reasons"]}


def search(bench: Bench, *scenes: Scene, **args: Any) -> Any:
    ids = [each.id for each in scenes]
    return bench.operate("whisparr_search", endpoint=bench.box.endpoint, scene_ids=ids, **args)


def test_a_search_is_one_command_for_all_scenes_that_lack_a_file(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer
) -> None:
    scenes = bench.add_scenes(4, mira)
    movies = [whisparr.state.add_movie(each.id) for each in scenes[:3]]
    movies[0].monitored, movies[2].size_on_disk = False, 1
    answer = search(bench, *scenes)
    assert (answer["count"], answer["left_out"]) == (2, 2)
    (command,) = whisparr.server.traffic.requests(path="/command$", method="POST")
    assert command.json() == {"name": "MoviesSearch", "movieIds": [movies[0].id, movies[1].id]}
    assert bench.operate("whisparr_command", command_id=answer["command_id"])["state"] == "running"
    whisparr.state.advance(3)
    ended = bench.operate("whisparr_command", command_id=answer["command_id"])
    assert ended == {"state": "done", "message": "Completed search for 2 movies. 2 reports downloaded."}


def test_numbers_that_the_page_knows_save_the_look_ups_of_a_search(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    search(bench, scene, known={scene.id: movie.id})
    assert [each.path for each in whisparr.server.traffic.requests(path="/movie$")] == []


def test_a_number_that_belongs_to_another_scene_now_is_not_searched_for(
    bench: Bench, whisparr: WhisparrDouble, scene: Scene
) -> None:
    other = whisparr.state.add_movie("0a0d9ec1-1111-4222-8333-444455556666")
    with pytest.raises(GraphQLFailed, match="nothing to search for"):
        search(bench, scene, known={scene.id: other.id})
    assert whisparr.state.commands == {}


def test_a_search_that_whisparr_has_forgotten_is_told(bench: Bench, whisparr: WhisparrDouble) -> None:
    assert bench.operate("whisparr_command", command_id=99)["state"] == "gone"


SCENE = WhisparrScene(7, "uuid", "Up the hill", True, False, True, False, "", 4, "/data", ())
LOADING = QueueRecord(
    1, 7, "downloading", "downloading", "ok", 100, 50, None, "2026-01-01", "", (), "Some.Release", "client"
)
BLOCKED = (("R", ("No files", "Bad path")),)


def explain(facts: SceneFacts) -> dict[str, Any]:
    known = facts._replace(profiles=facts.profiles or {4: "HD"})
    return {reason.key: reason for reason in find_reasons(known)}


@pytest.mark.parametrize(
    ("change", "key", "level", "words", "action"),
    [
        ({"monitored": False}, "unmonitored", "problem", "does not monitor it", "monitor"),
        ({"profile_id": 99}, "profile", "problem", "quality profile 99 does not exist", ""),
        ({}, "unsearched", "warning", "has never searched", "search"),
        ({"last_search": "2023-11-14"}, "searched", "info", "last searched 2023-11-14", "releases"),
        ({"is_available": False, "released": "2027-01-01"}, "unreleased", "info", "not released yet: 2027-01-01", ""),
        ({"is_new": True}, "new", "info", "just added", ""),
        ({"has_file": True, "file_path": "/data/a.mkv"}, "file", "ok", "/data/a.mkv", "scan"),
    ],
)
def test_a_scene_is_told_what_it_waits_for_and_the_way_out(
    change: dict[str, Any], key: str, level: str, words: str, action: str
) -> None:
    reason = explain(SceneFacts(SCENE._replace(**change)))[key]
    assert (reason.level, words in reason.text, reason.action) == (level, True, action)


@pytest.mark.parametrize(
    ("record", "level", "words"),
    [
        ({}, "info", "is downloading in client: 50 %"),
        ({"status": "warning", "error": "stalled with no connections"}, "problem", "stalled with no connections"),
        ({"status": "completed", "state": "importBlocked", "messages": BLOCKED}, "problem", "No files; Bad path"),
        ({"status": "completed", "state": "importPending"}, "info", "is being imported"),
        ({"status": "delay", "state": ""}, "info", "until 2026-01-01 (delay)"),
    ],
)
def test_the_messages_of_the_queue_are_reasons(record: dict[str, Any], level: str, words: str) -> None:
    reason = explain(SceneFacts(SCENE, records=[LOADING._replace(**record)]))["queue"]
    assert (reason.level, words in reason.text) == (level, True)


def test_the_dialog_has_whisparrs_warnings_and_the_way_to_an_absent_scene(
    bench: Bench, whisparr: WhisparrDouble, scene: Scene
) -> None:
    assert reasons_of(bench, scene)["absent"]["action"] == "add"
    whisparr.state.exclude(scene.id)
    assert reasons_of(bench, scene)["excluded"]["level"] == "problem"
    whisparr.state.add_movie(scene.id)
    found = reasons_of(bench, scene)
    assert ("No indexers available" in found["health"]["text"], found["unsearched"]["action"]) == (True, "search")


def test_monitoring_a_scene_can_be_undone(bench: Bench, movie: Movie, scene: Scene) -> None:
    movie.monitored = False
    run = ask(bench, "whisparr_monitor", scene)["run"]
    assert movie.monitored is True
    bench.undo(run["id"])
    assert movie.monitored is False


def test_releases_are_listed_best_first_and_without_the_keys_of_the_indexers(
    bench: Bench, movie: Movie, scene: Scene
) -> None:
    assert ask(bench, "whisparr_releases", scene) == {"releases": [], "searched_at": None}
    answer = ask(bench, "whisparr_releases", scene, look=True)
    best, worst = answer["releases"]
    assert (best["quality"], best["seeders"], best["rejections"]) == ("WEBDL-1080p", 12, [])
    assert worst["rejections"] == ["SDTV is not wanted in profile", "Not enough seeders: 0. Minimum seeders: 1"]
    assert "indexer-key" not in str(answer)
    assert ask(bench, "whisparr_releases", scene) == answer
    assert "indexer-key" not in "\n".join(bench.plugin.stash.services.logbook.messages())


@pytest.mark.parametrize("number", [0, 1])
def test_a_release_is_grabbed_also_one_that_whisparr_rejects(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene, number: int
) -> None:
    release = ask(bench, "whisparr_releases", scene, look=True)["releases"][number]
    answer = ask(bench, "whisparr_grab", scene, release=release["key"])
    assert (answer["status"]["kind"], len(whisparr.state.records)) == ("downloading", 1)
    events = ask(bench, "whisparr_explain", scene)["events"]
    assert [(each["text"], each["title"]) for each in events] == [("Grabbed", release["title"])]


def test_a_release_that_is_not_mapped_to_the_scene_is_grabbed_for_it(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    whisparr.state.releases[scene.id] = [IndexerRelease("Odd.Name", "guid-1", is_mapped=False)]
    (release,) = ask(bench, "whisparr_releases", scene, look=True)["releases"]
    assert ask(bench, "whisparr_grab", scene, release=release["key"])["status"]["kind"] == "downloading"


def test_a_release_that_whisparr_has_forgotten_must_be_looked_for_again(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    release = ask(bench, "whisparr_releases", scene, look=True)["releases"][0]
    whisparr.state.advance(1_900)
    with pytest.raises(GraphQLFailed, match="Look for releases again"):
        ask(bench, "whisparr_grab", scene, release=release["key"])
    with pytest.raises(GraphQLFailed, match="Look for releases again"):
        ask(bench, "whisparr_grab", scene, release="unknown")


def test_an_indexer_that_does_not_hand_out_a_release_is_told(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    release = ask(bench, "whisparr_releases", scene, look=True)["releases"][0]
    whisparr.state.behavior.indexer_down = True
    with pytest.raises(GraphQLFailed, match="did not hand out"):
        ask(bench, "whisparr_grab", scene, release=release["key"])
    assert whisparr.state.records == {}


def test_rejected_and_missing_releases_are_a_reason(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    whisparr.state.releases[scene.id] = [IndexerRelease("Small", "guid-1", rejections=("Too small",))]
    ask(bench, "whisparr_releases", scene, look=True)
    assert "rejects the only release: Too small" in reasons_of(bench, scene)["offers"]["text"]
    whisparr.state.releases[scene.id] = []
    ask(bench, "whisparr_releases", scene, look=True)
    assert "have no release" in reasons_of(bench, scene)["offers"]["text"]


def test_the_task_of_slow_indexers_ends_with_the_same_list(bench: Bench, movie: Movie, scene: Scene) -> None:
    bench.task("releases", endpoint=bench.box.endpoint, scene_id=scene.id)
    assert len(ask(bench, "whisparr_releases", scene)["releases"]) == 2


def test_a_failed_search_for_releases_is_an_error_and_no_empty_list(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    whisparr.server.faults.add("server_error", path="/release")
    with pytest.raises(GraphQLFailed, match="Whisparr"):
        ask(bench, "whisparr_releases", scene, look=True)
    movie.known.date = ""
    with pytest.raises(GraphQLFailed, match="no release date"):
        ask(bench, "whisparr_releases", scene, look=True)
    assert "offers" not in reasons_of(bench, scene)


def test_a_card_says_when_and_why_its_last_download_failed(
    bench: Bench, whisparr: WhisparrDouble, movie: Movie, scene: Scene
) -> None:
    whisparr.state.search(movie)
    whisparr.state.fail(next(iter(whisparr.state.records.values())), "The password is unknown")
    answer = bench.operate("whisparr_status", endpoint=bench.box.endpoint, scene_ids=[scene.id])
    detail = answer["statuses"][scene.id]["detail"]
    assert ("the last download failed" in detail, "The password is unknown" in detail) == (True, True)
    assert reasons_of(bench, scene)["failed"]["action"] == "releases"


def test_a_poll_of_an_open_page_reads_only_the_new_failed_downloads(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer
) -> None:
    scenes = bench.add_scenes(2, mira)
    movies = [whisparr.state.add_movie(each.id) for each in scenes]
    for movie in movies:
        movie.last_search = whisparr.state.now()
    whisparr.state.note(movies[0].id, "downloadFailed", "First", message="The password is unknown")

    def poll() -> list[bool]:
        ids = [each.id for each in scenes]
        statuses = bench.operate("whisparr_status", endpoint=bench.box.endpoint, scene_ids=ids)["statuses"]
        return ["the last download failed" in str(statuses[each]["detail"]) for each in ids]

    def list_spans() -> list[float]:
        asked = whisparr.server.traffic.requests(path="/history/since")
        dates = [datetime.fromisoformat(each.parameter("date").replace("Z", "+00:00")) for each in asked]
        return [round((whisparr.state.now() - each.timestamp()) / HOUR) for each in dates]

    assert poll() == [True, False]
    assert poll() == [True, False]
    whisparr.state.note(movies[1].id, "downloadFailed", "Second", message="The disk is full")
    assert poll() == [True, True]
    assert list_spans() == [30 * 24, 0, 0]
