"""Several Whisparrs: a list in the settings, each with its own adds, statuses, searches and clean-up."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from missing.whisparr.instances import WhisparrInstance, list_instances, read_more, write_rows

from sandbox.stashbox.model import Performer, Scene
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import GraphQLFailed, SettingError
from shared.settings import Settings
from tests.missingScenes.conftest import Bench

KEY = "another-whisparr-key"


@pytest.fixture
def scenes(bench: Bench, mira: Performer) -> list[Scene]:
    return bench.add_scenes(3, mira)


@pytest.fixture
def second(bench: Bench, whisparr: WhisparrDouble) -> Iterator[WhisparrDouble]:
    """Open another Whisparr, which has other profiles and folders, and enter it as "4K"."""
    double = WhisparrDouble()
    double.state.api_key = KEY
    double.state.profiles, double.state.root_folders = {9: "UHD"}, {1: "/uhd"}
    with double.server:
        bench.operate("whisparr_more_save", row=make_row(double))
        yield double


def make_row(double: WhisparrDouble, **changes: Any) -> dict[str, Any]:
    row = {"name": "4K", "url": double.url, "api_key": KEY, "profile": 9, "root_folder": "/uhd", "tags": ["uhd"]}
    return {**row, **changes}


def list_more(bench: Bench) -> list[Any]:
    rows: list[Any] = bench.operate("whisparr_more")["whisparrs"]
    return rows


def ask_statuses(bench: Bench, *scenes: Scene, **args: Any) -> Any:
    ids = [scene.id for scene in scenes]
    return bench.operate("whisparr_status", endpoint=bench.box.endpoint, scene_ids=ids, **args)


def test_the_list_shows_no_key_and_a_change_keeps_it(bench: Bench, second: WhisparrDouble) -> None:
    (row,) = list_more(bench)
    assert (row["name"], row["has_key"], KEY in str(row)) == ("4K", True, False)
    sent = {key: value for key, value in row.items() if key != "has_key"}
    (changed,) = bench.operate("whisparr_more_save", row={**sent, "name": "UHD"})["whisparrs"]
    assert (changed["name"], changed["has_key"], changed["key"]) == ("UHD", True, row["key"])
    assert KEY not in str(bench.operate("settings_get"))
    with pytest.raises(GraphQLFailed, match="Enter the API key again"):
        bench.operate("whisparr_more_save", row={**sent, "url": "http://elsewhere:6969"})
    assert bench.operate("whisparr_more_remove", key=row["key"]) == {"whisparrs": []}


def test_each_whisparr_is_tested_with_its_own_choices(bench: Bench, second: WhisparrDouble) -> None:
    row = make_row(second, key=list_more(bench)[0]["key"], api_key=None)
    answer = bench.operate("whisparr_more_test", row=row)
    assert (answer["state"], answer["profiles"], answer["folders"]) == (
        "ok",
        [{"value": "9", "label": "UHD"}],
        ["/uhd"],
    )
    (test,) = bench.operate("setup_tests", only="more_whisparrs")["tests"]
    assert (test["state"], "4K: Connected" in test["message"]) == ("ok", True)
    second.server.stop()
    assert bench.operate("whisparr_more_test", row=row)["state"] == "failed"
    (test,) = bench.operate("setup_tests", only="more_whisparrs")["tests"]
    assert (test["state"], '"4K"' in test["message"]) == ("failed", True)


def test_scenes_are_added_to_the_chosen_whisparr_and_the_undo_takes_them_from_it(
    bench: Bench, whisparr: WhisparrDouble, second: WhisparrDouble, scenes: list[Scene]
) -> None:
    key = list_more(bench)[0]["key"]
    sent = [{"id": scene.id, "title": scene.title} for scene in scenes]
    args = {"endpoint": bench.box.endpoint, "scenes": sent, "whisparr": key}
    options = bench.operate("whisparr_options", **args)
    assert [each["name"] for each in options["whisparrs"]] == ["Whisparr", "4K"]
    assert (options["chosen"]["profile"], options["folders"], options["count"]) == (9, ["/uhd"], 3)
    bench.operate("whisparr_choices", whisparr=key, profile=9, root_folder="/uhd", search=True)
    run = bench.apply_plan(bench.operate("whisparr_plan", **args)["plan_id"])
    assert (run["totals"]["changed"], run["title"]) == (3, 'Added 3 scenes to Whisparr "4K"')
    movies = list(second.state.movies.values())
    assert [(each.quality_profile_id, each.root_folder) for each in movies] == [(9, "/uhd")] * 3
    assert (movies[0].add_options or {})["searchForMovie"] is True
    assert whisparr.state.movies == {}
    bench.plugin.wait_for(bench.undo(run["id"])["job_id"])
    assert second.state.movies == {}


def test_a_card_shows_the_whisparr_that_is_furthest_and_keeps_the_numbers_apart(
    bench: Bench, whisparr: WhisparrDouble, second: WhisparrDouble, scenes: list[Scene]
) -> None:
    key = list_more(bench)[0]["key"]
    whisparr.state.add_movie(scenes[0].id)
    second.state.add_movie("0a0d9ec1-1111-4222-8333-444455556666")
    loading = second.state.add_movie(scenes[0].id)
    second.state.put_record(loading.id)
    answer = ask_statuses(bench, *scenes)
    first, other, _ = (answer["statuses"][scene.id] for scene in scenes)
    assert (first["kind"], first["whisparr"], first["whisparr_name"]) == ("downloading", key, 'Whisparr "4K"')
    assert (other["kind"], other["can_add"], other["whisparr"]) == ("none", True, "")
    assert answer["movie_ids"] == {scenes[0].id: 1, f"{scenes[0].id}@{key}": loading.id}
    again = ask_statuses(bench, scenes[0], known=answer["movie_ids"])
    assert again["statuses"][scenes[0].id]["kind"] == "downloading"
    found = bench.operate("whisparr_search", endpoint=bench.box.endpoint, scene_ids=[scenes[0].id], whisparr=key)
    assert (found["count"], len(second.state.commands), len(whisparr.state.commands)) == (1, 1, 0)


def test_a_second_whisparr_that_is_down_is_told_and_the_first_one_still_counts(
    bench: Bench, whisparr: WhisparrDouble, second: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.state.add_movie(scenes[0].id)
    second.server.stop()
    answer = ask_statuses(bench, *scenes)
    assert (answer["state"], '"4K"' in answer["message"]) == ("ok", True)
    assert [answer["statuses"][each.id]["kind"] for each in scenes] == ["waiting", "none", "none"]


def test_while_the_first_whisparr_is_down_nothing_can_be_added(
    bench: Bench, whisparr: WhisparrDouble, second: WhisparrDouble, scenes: list[Scene]
) -> None:
    whisparr.server.stop()
    answer = ask_statuses(bench, *scenes)
    assert answer["state"] == "failed"
    assert {each["can_add"] for each in answer["statuses"].values()} == {False}


def test_a_removed_whisparr_leaves_nothing_in_the_caches_and_the_others_keep_theirs(
    bench: Bench, scenes: list[Scene], whisparr: WhisparrDouble, second: WhisparrDouble
) -> None:
    know_box(second.state, bench.world.scenes.values())
    know_box(whisparr.state, bench.world.scenes.values())
    ask_statuses(bench, *scenes)
    bench.operate("heartbeat")  # reads the exclusions
    (row,) = list_more(bench)
    removed = row["key"]

    def find_traces() -> tuple[list[str], int]:
        with contextlib.closing(sqlite3.connect(bench.plugin.state_dir / "state.sqlite3")) as db:
            names = [name for (name,) in db.execute("SELECT name FROM kv WHERE name LIKE 'whisparr.%'")]
            ids = [each for (each,) in db.execute("SELECT scene_id FROM lookups")]
        return [each for each in [*names, *ids] if removed in each], len([*names, *ids])

    named, total = find_traces()
    assert named
    bench.operate("whisparr_more_remove", key=removed)
    assert find_traces() == ([], total - len(named))


def test_the_clean_up_goes_through_all_whisparrs_and_its_undo_too(
    bench: Bench, whisparr: WhisparrDouble, second: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.own(scenes[0])
    for double in (whisparr, second):
        double.state.add_movie(scenes[0].id, quality_profile_id=next(iter(double.state.profiles)))
    second.state.movies[1].root_folder = "/uhd"
    bench.task("cleanup")
    assert (whisparr.state.movies, second.state.movies) == ({}, {})
    bench.undo(bench.operate("history_list", page=1, page_size=1)["runs"][0]["id"])
    assert (len(whisparr.state.movies), len(second.state.movies)) == (1, 1)


def test_the_clean_up_asks_no_further_whisparr_once_its_limit_is_reached(
    bench: Bench, whisparr: WhisparrDouble, second: WhisparrDouble, scenes: list[Scene]
) -> None:
    bench.own(scenes[0])
    for double in (whisparr, second):
        double.state.add_movie(scenes[0].id)
    before = second.server.traffic.total
    bench.task("cleanup", limit=1)
    assert (whisparr.state.movies, second.server.traffic.total) == ({}, before)


@pytest.mark.parametrize("typed", ["{", '[{"key": "a"}]', '[{"key": "A@", "name": "x", "url": "y"}]', "7"])
def test_a_damaged_list_is_a_wrong_setting_and_no_bug(typed: str) -> None:
    with pytest.raises(SettingError, match="More Whisparrs"):
        read_more(Settings({"whisparrMore": typed}, {}, ()))


def test_a_list_is_read_as_it_was_written_and_settings_of_earlier_versions_have_none() -> None:
    rows = [WhisparrInstance("ab12", "4K", "http://w:1", "k", True, 9, "/uhd", ("uhd",), True)]
    assert read_more(Settings({"whisparrMore": write_rows(rows)}, {}, ())) == rows
    assert (write_rows([]), read_more(Settings({}, {}, ()))) == ("", [])
    assert list_instances(Settings({"whisparrUrl": "", **dict.fromkeys(WANTED), "whisparrTags": ()}, {}, ())) == []


WANTED = (
    "whisparrApiKey",
    "whisparrAnyCertificate",
    "whisparrQualityProfile",
    "whisparrRootFolder",
    "whisparrSearchOnAdd",
)
