"""Whisparr beside the list: statuses, adds, and what each of its troubles says."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Performer, Scene
from sandbox.stashbox.server import StashBox
from sandbox.whisparr.model import MetadataScene
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import GraphQLFailed
from tests.missingScenes.conftest import Bench

ADDED = {"changed": 1, "unchanged": 0, "failed": 0}


@pytest.fixture
def scenes(bench: Bench, mira: Performer) -> list[Scene]:
    return bench.add_scenes(5, mira)


def ask_statuses(bench: Bench, *scenes: Scene, **args: Any) -> Any:
    ids = [scene.id for scene in scenes]
    return bench.plugin.operation("whisparr_status", endpoint=bench.box.endpoint, scene_ids=ids, **args)


def add(bench: Bench, scene: Scene, **args: Any) -> Any:
    sent = {"id": scene.id, "title": scene.title}
    return bench.plugin.operation("whisparr_add", endpoint=bench.box.endpoint, scene=sent, **args)


def posts(whisparr: WhisparrDouble) -> list[Any]:
    return [request.json() for request in whisparr.server.traffic.requests(path="/movie$", method="POST")]


def test_an_add_is_one_post_with_everything_chosen(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    bench.plugin.save_settings(whisparrSearchOnAdd=True, whisparrTags="Missing-Scenes")
    reply = add(bench, scenes[0])
    assert reply["message"] == "Added."
    (post,) = posts(whisparr)
    assert post["foreignId"] == scenes[0].id
    assert (post["title"], post["qualityProfileId"], post["rootFolderPath"]) == ("Scene 0", 4, "/data/scenes")
    assert (post["tags"], post["addOptions"]["searchForMovie"]) == ([7], True)
    assert reply["status"]["kind"] == "waiting"


def test_a_scene_that_is_there_already_is_a_success(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.state.add_movie(scenes[0].id, size_on_disk=1)
    reply = add(bench, scenes[0])
    assert (reply["message"], reply["status"]["text"]) == ("Already in Whisparr.", "Downloaded")


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("whisparrRootFolder", "/elsewhere", ["Root Folder", "/elsewhere", "/data/scenes, /data/films"]),
        ("whisparrQualityProfile", 99, ["Quality Profile ID", "99", "4 (HD-1080p), 6 (Ultra-HD)"]),
    ],
)
def test_a_wrong_choice_is_named_with_the_valid_ones(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], setting: str, value: Any, named: list[str]
) -> None:
    bench.plugin.save_settings(**{setting: value})
    with pytest.raises(GraphQLFailed) as error:
        add(bench, scenes[0])
    assert all(each in str(error.value) for each in named)


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [("whisparrRootFolder", "/elsewhere", "/data/scenes"), ("whisparrQualityProfile", 99, "HD-1080p")],
)
def test_a_wrong_choice_stops_at_the_plan(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], setting: str, value: Any, named: str
) -> None:
    plan_id = bench.plan_adds(*scenes)["plan_id"]
    bench.plugin.save_settings(**{setting: value})
    with pytest.raises(GraphQLFailed, match=named):
        bench.plan_adds(*scenes)
    started = bench.operate("plan_apply", plan_id=plan_id)
    bench.plugin.wait_for(started["job_id"])
    run = bench.operate("run_result", run_token=started["run_token"])["run"]
    assert (run["state"], named in run["message"], len(posts(whisparr))) == ("failed", True, 1)


def test_a_scene_that_whisparr_does_not_monitor_is_said_where_the_person_looks(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.state.know([MetadataScene(scene.id, "Scene", studio_id="studio-1") for scene in scenes])
    whisparr.state.exclude("studio-1", kind="studio")
    whisparr.state.behavior.always_excluded_tag = True
    reply = add(bench, scenes[0])
    assert ("does not monitor it" in reply["message"], reply["has_remark"]) == (True, True)
    run = bench.apply_plan(bench.plan_adds(*scenes[1:])["plan_id"])
    assert [reason.startswith("4 scenes: Added, but") for reason in run["reasons"]] == [True]


def test_an_exclusion_of_the_studio_is_reported(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    whisparr.state.know([MetadataScene(scenes[0].id, "Scene 0", studio_id="studio-1")])
    whisparr.state.exclude("studio-1", kind="studio")
    with pytest.raises(GraphQLFailed, match="exclusion"):
        add(bench, scenes[0])


def test_an_excluded_scene_is_added_only_on_request(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.state.exclude(scenes[0].id)
    assert add(bench, scenes[0])["is_excluded"] is True
    assert posts(whisparr) == []
    assert add(bench, scenes[0], force=True)["message"] == "Added."


def test_scenes_of_other_boxes_are_never_offered(
    bench: Bench, other: StashBox, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.configure(bench.box, names=["FansDB"])
    page = bench.find(bench.add_local("performer", "M", scenes[0].performers[0].performer_id))
    assert page["box"]["has_whisparr"] is False
    assert "StashDB only" in page["box"]["whisparr_hint"]
    assert ask_statuses(bench, *scenes)["state"] == "unsupported"
    with pytest.raises(Exception, match="FansDB cannot be added"):
        add(bench, scenes[0])
    assert whisparr.server.traffic.total == 0


def test_a_wanted_scene_of_a_box_that_is_gone_has_no_status_and_is_no_error(
    bench: Bench, other: StashBox, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    reply = bench.operate("whisparr_status", endpoint=other.endpoint, scene_ids=[scenes[0].id])
    assert (reply["state"], "does not have any more" in reply["message"]) == ("unsupported", True)


def test_a_performer_page_asks_whisparr_three_times_and_never_for_everything(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer, scenes: list[Scene]
) -> None:
    for scene in scenes[:2]:
        whisparr.state.add_movie(MetadataScene(scene.id, "x", performer_ids=(mira.id,)))
    ask_statuses(bench, *scenes)
    whisparr.server.traffic.clear()
    reply = ask_statuses(bench, *scenes, entity_type="performer", stash_ids=[mira.id])
    assert whisparr.server.traffic.total == 3
    assert all(request.path != "/api/v3/movie" for request in whisparr.server.traffic.requests())
    assert [status["kind"] for status in reply["statuses"].values()] == ["waiting"] * 2 + ["none"] * 3
    assert set(reply["movie_ids"]) == {scene.id for scene in scenes[:2]}


def test_numbers_that_the_page_knows_save_a_request(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer, scenes: list[Scene]
) -> None:
    for scene in scenes[:3]:
        whisparr.state.add_movie(MetadataScene(scene.id, "x", performer_ids=(mira.id,)))
    entity = {"entity_type": "performer", "stash_ids": [mira.id]}
    known = ask_statuses(bench, *scenes, **entity)["movie_ids"]
    whisparr.server.traffic.clear()
    refreshed = ask_statuses(bench, *scenes[:3], **entity, known=known)
    assert (whisparr.server.traffic.total, refreshed["movie_ids"]) == (2, known)
    assert [status["kind"] for status in refreshed["statuses"].values()] == ["waiting"] * 3


def test_a_known_number_of_a_scene_that_was_added_anew_is_looked_up_again(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    old = whisparr.state.add_movie(scenes[0].id)
    known = ask_statuses(bench, scenes[0])["movie_ids"]
    del whisparr.state.movies[old.id]
    new = whisparr.state.add_movie(scenes[0].id)
    entity = {"entity_type": "performer", "stash_ids": ["p"]}
    reply = ask_statuses(bench, scenes[0], known=known, **entity)
    assert reply["movie_ids"] == {scenes[0].id: new.id}


def test_a_page_without_performer_looks_each_scene_up_once(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer
) -> None:
    scenes = bench.add_scenes(25, mira)
    for scene in scenes[:3]:
        whisparr.state.add_movie(scene.id)
    first = ask_statuses(bench, *scenes)
    second = ask_statuses(bench, *scenes)
    assert (first["pending"], second["pending"]) == (5, 0)
    assert [status["kind"] for status in second["statuses"].values()].count("none") == 22
    whisparr.server.traffic.clear()
    assert ask_statuses(bench, *scenes)["statuses"] == second["statuses"]
    assert whisparr.server.traffic.total == 2
    add(bench, scenes[3])
    assert ask_statuses(bench, scenes[3])["statuses"][scenes[3].id]["kind"] == "waiting"


@pytest.mark.parametrize(
    ("record", "kind", "percent", "detail"),
    [
        ({"left": 536_870_912}, "downloading", 75.0, ""),
        ({"size": 0, "left": 0}, "downloading", 0.0, ""),
        (
            {"status": "completed", "state": "importBlocked", "left": 0, "messages": [("R", ["No files found"])]},
            "stalled",
            None,
            "No files found",
        ),
        ({"status": "paused"}, "stalled", None, "paused in the download client"),
        ({"status": "failed", "state": "failed"}, "stalled", None, "the download failed"),
        ({"status": "delay", "state": None, "health": None}, "queued", None, None),
    ],
)
def test_the_queue_decides_the_status(
    bench: Bench,
    whisparr: WhisparrDouble,
    scenes: list[Scene],
    record: dict[str, Any],
    kind: str,
    percent: float | None,
    detail: str | None,
) -> None:
    movie = whisparr.state.add_movie(scenes[0].id)
    whisparr.state.put_record(movie.id, **record)
    status = ask_statuses(bench, scenes[0])["statuses"][scenes[0].id]
    assert (status["kind"], status["percent"]) == (kind, percent)
    assert detail is None or status["detail"] == detail


def test_a_file_beats_the_queue(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    movie = whisparr.state.add_movie(scenes[0].id, size_on_disk=1)
    whisparr.state.put_record(movie.id)
    status = ask_statuses(bench, scenes[0])["statuses"][scenes[0].id]
    assert (status["text"], status["is_upgrading"]) == ("Downloaded", True)


def test_without_whisparr_nothing_is_offered(bench: Bench, scenes: list[Scene]) -> None:
    assert ask_statuses(bench, *scenes)["state"] == "off"


@pytest.mark.parametrize(
    ("program", "words"),
    [("v2", "Whisparr v2 (2.0.0.548)"), ("radarr", "Radarr"), ("sonarr", "Sonarr")],
)
def test_another_program_is_called_by_its_name_and_gets_nothing(
    bench: Bench, scenes: list[Scene], program: str, words: str
) -> None:
    double = WhisparrDouble(program)
    with double.server:
        bench.plugin.save_settings(whisparrUrl=double.url, whisparrApiKey=double.state.api_key)
        with pytest.raises(Exception) as error:
            add(bench, scenes[0])
        assert words in str(error.value)
        assert "v3 is needed" in str(error.value)
        (test,) = bench.plugin.operation("setup_tests", only="whisparr")["tests"]
        assert words in test["message"]
        assert {request.path for request in double.server.traffic.requests()} <= {"/api/v3/system/status"}


def make_trouble(whisparr: WhisparrDouble, kind: str, bench: Bench) -> None:
    if kind == "key":
        bench.plugin.save_settings(whisparrApiKey="another-key-for-tests")
    elif kind == "down":
        whisparr.server.stop()
    elif kind == "starting":
        whisparr.state.behavior.is_starting = True
    else:
        whisparr.state.behavior.metadata_down = True


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("key", "did not accept the key"),
        ("down", "connection was refused"),
        ("starting", "starting"),
        ("metadata", "metadata service does not answer"),
    ],
)
def test_each_trouble_has_a_text_of_its_own(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene], kind: str, words: str
) -> None:
    make_trouble(whisparr, kind, bench)
    with pytest.raises(GraphQLFailed, match=words):
        add(bench, scenes[0])


def test_when_whisparr_is_down_no_card_says_it_is_not_there(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.server.stop()
    reply = ask_statuses(bench, *scenes)
    assert reply["state"] == "failed"
    assert {(status["kind"], status["can_add"]) for status in reply["statuses"].values()} == {("unknown", False)}


def test_a_forgotten_url_base_is_learned(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    whisparr.state.behavior.url_base = "/whisparr"
    assert add(bench, scenes[0])["message"] == "Added."
    whisparr.server.traffic.clear()
    add(bench, scenes[1])
    assert all(request.path.startswith("/whisparr/") for request in whisparr.server.traffic.requests())


def test_adding_many_counts_every_outcome_and_a_second_run_adds_nothing(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer
) -> None:
    scenes = bench.add_scenes(40, mira)
    whisparr.state.know(MetadataScene(scene.id, scene.title or "") for scene in scenes[:37])
    for scene in scenes[:2]:
        whisparr.state.add_movie(scene.id)
    made = bench.plan_adds(*scenes)
    assert made["count"] == 40
    run = bench.apply_plan(made["plan_id"])
    totals = run["totals"]
    assert (totals["changed"], totals["unchanged"], totals["failed"]) == (35, 2, 3)
    failed = bench.plugin.operation("history_changes", run_id=run["id"], outcome="failed")["changes"]
    assert all("does not know this scene" in change["message"] for change in failed)
    again = bench.apply_plan(bench.plan_adds(*scenes[:37])["plan_id"])
    assert (again["totals"]["changed"], again["totals"]["unchanged"]) == (0, 37)
    assert len(whisparr.state.movies) == 37


def test_a_cancelled_add_stops_after_the_present_scene_and_goes_on_later(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer
) -> None:
    scenes = bench.add_scenes(12, mira)
    made = bench.plan_adds(*scenes)
    whisparr.server.faults.add("slow", seconds=600, path="/movie$", method="POST", after=3)
    started = bench.plugin.operation("plan_apply", plan_id=made["plan_id"])
    whisparr.server.traffic.wait_until(
        lambda log: sum(each.request.method == "POST" and each.status == 201 for each in log) >= 3
    )
    bench.stop_job(started["job_id"])
    bench.plugin.wait_for(started["job_id"])
    whisparr.server.faults.clear()
    assert 3 <= len(whisparr.state.movies) < 12
    run = bench.apply_plan(made["plan_id"])
    assert len(whisparr.state.movies) == 12
    assert run["totals"]["changed"] == 12
    assert len(posts(whisparr)) == 12


def test_undoing_adds_removes_what_the_plugin_added_and_nothing_else(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.state.add_movie(scenes[0].id)
    run = bench.apply_plan(bench.plan_adds(*scenes)["plan_id"])
    assert run["undoable"] == 4
    undo = bench.plugin.operation("history_undo", run_id=run["id"], preview=True)
    apply_undo = bench.plugin.operation("history_undo", plan_id=undo["plan_id"])
    bench.plugin.wait_for(apply_undo["job_id"])
    assert [movie.foreign_id for movie in whisparr.state.movies.values()] == [scenes[0].id]
    assert whisparr.state.exclusions == {}


def test_an_excluded_scene_says_so_on_its_card_without_a_request_of_its_own(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.state.exclude(scenes[0].id)
    bench.plugin.operation("heartbeat")
    whisparr.server.traffic.clear()
    statuses = ask_statuses(bench, *scenes)["statuses"]
    assert [statuses[scene.id]["is_excluded"] for scene in scenes[:2]] == [True, False]
    assert not [request for request in whisparr.server.traffic.requests() if "exclusions" in request.path]
    add(bench, scenes[0], force=True)
    bench.plugin.operation("whisparr_exclude", endpoint=bench.box.endpoint, scene={"id": scenes[1].id})
    statuses = ask_statuses(bench, *scenes)["statuses"]
    assert [statuses[scene.id]["is_excluded"] for scene in scenes[:2]] == [False, True]


def test_excluded_scenes_are_left_out_of_many(bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]) -> None:
    whisparr.state.exclude(scenes[0].id)
    made = bench.plan_adds(*scenes)
    assert (made["count"], made["excluded"], made["whisparr"]["profile_name"]) == (4, 1, "HD-1080p")
    assert bench.apply_plan(made["plan_id"])["totals"]["skipped"] == 1


def test_the_whole_wanted_list_is_added_without_what_is_there(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    cards = [{"id": scene.id, "title": scene.title} for scene in scenes]
    bench.operate("mark_scenes", list="wanted", is_on=True, endpoint=bench.box.endpoint, scenes=cards[:4])
    bench.own(scenes[0])
    whisparr.state.add_movie(scenes[1].id)
    run = bench.apply_plan(bench.operate("whisparr_plan", endpoint=bench.box.endpoint, list="wanted")["plan_id"])
    assert (run["totals"]["seen"], run["totals"]["changed"], run["totals"]["unchanged"]) == (3, 2, 1)


def test_setup_tests_and_plans_make_no_tags_in_whisparr(
    bench: Bench, whisparr: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.plugin.save_settings(whisparrTags="Brand-New")
    bench.operate("setup_tests", only="whisparr")
    plan_id = bench.plan_adds(scenes[0])["plan_id"]
    assert whisparr.server.traffic.requests(path="/tag$", method="POST") == []
    bench.apply_plan(plan_id)
    assert len(whisparr.server.traffic.requests(path="/tag$", method="POST")) == 1


def test_the_setup_test_says_how_scenes_are_added(bench: Bench, whisparr: WhisparrDouble) -> None:
    (test,) = bench.plugin.operation("setup_tests", only="whisparr")["tests"]
    assert test["state"] == "ok"
    assert "to /data/scenes, profile HD-1080p" in test["message"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("whisparrQualityProfile", "4"), ("whisparrRootFolder", "/data/films"), ("whisparrTags", "missing-scenes")],
)
def test_settings_offer_what_whisparr_has(bench: Bench, whisparr: WhisparrDouble, key: str, value: str) -> None:
    choices = bench.plugin.operation("setting_choices", key=key)["choices"]
    assert value in [choice["value"] for choice in choices]


def test_the_box_test_names_the_account(bench: Bench) -> None:
    (test,) = bench.plugin.operation("setup_tests", only="boxes")["tests"]
    assert (test["state"], test["message"]) == ("ok", "StashDB answers, signed in as sandbox.")
