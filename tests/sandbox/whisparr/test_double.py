"""Behavior of the sandbox's Whisparr where a kinder one would hide mistakes."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.whisparr.model import MetadataScene
from sandbox.whisparr.server import WhisparrDouble

A, B = "0a0d9ec1-1111-4222-8333-444455556666", "0b0d9ec1-1111-4222-8333-444455556666"
ANN, ACME = "0c0d9ec1-1111-4222-8333-444455556666", "0d0d9ec1-1111-4222-8333-444455556666"


def ask(whisparr: WhisparrDouble, method: str, route: str, body: object = None, key: str = "whisparr-key") -> Any:
    headers = {"X-Api-Key": key}
    url = f"{whisparr.url}/api/v3/{route}"
    return requests.request(method, url, json=body, headers=headers, timeout=60, allow_redirects=False)


def new_scene(**changes: object) -> dict[str, object]:
    options = {"searchForMovie": True}
    body = {
        "foreignId": A,
        "title": "x",
        "qualityProfileId": 4,
        "rootFolderPath": "/data/scenes/",
        "addOptions": options,
    }
    return {**body, **changes}


def test_a_wrong_key_is_an_empty_401_without_a_version(whisparr: WhisparrDouble) -> None:
    answer = ask(whisparr, "GET", "system/status", key="wrong")
    assert (answer.status_code, answer.content) == (401, b"")
    assert "X-Application-Version" not in answer.headers


@pytest.mark.parametrize(
    "where", [{"params": {"apikey": "whisparr-key"}}, {"headers": {"Authorization": "Bearer whisparr-key"}}]
)
def test_a_key_may_come_in_three_places(whisparr: WhisparrDouble, where: dict[str, Any]) -> None:
    answer = requests.get(f"{whisparr.url}/api/v3/system/status", timeout=60, **where)
    assert answer.json()["version"] == answer.headers["X-Application-Version"] == "3.2.0.412"


def test_a_forgotten_url_base_is_a_307(whisparr: WhisparrDouble) -> None:
    whisparr.state.behavior.url_base = "/whisparr"
    answer = ask(whisparr, "POST", "movie?a=1", new_scene())
    assert (answer.status_code, answer.headers["Location"]) == (307, "/whisparr/api/v3/movie?a=1")
    assert whisparr.state.movies == {}


def test_starting_up_is_a_503_with_an_error_message(whisparr: WhisparrDouble) -> None:
    whisparr.state.behavior.is_starting = True
    assert "starting up" in ask(whisparr, "GET", "system/status").json()["errorMessage"]


@pytest.mark.parametrize(
    ("program", "name", "movies"), [("v2", "Whisparr", 404), ("radarr", "Radarr", 200), ("sonarr", "Sonarr", 404)]
)
def test_other_programs_answer_on_the_same_base(program: str, name: str, movies: int) -> None:
    with (double := WhisparrDouble(program)).server:
        assert ask(double, "GET", "system/status").json()["appName"] == name
        assert ask(double, "GET", "movie").status_code == movies
        assert ask(double, "GET", "lookup/scene?term=x").status_code == 404


def test_an_unknown_route_fails_loudly(whisparr: WhisparrDouble) -> None:
    assert ask(whisparr, "GET", "nonsense").status_code == 501


def test_nulls_are_left_out(whisparr: WhisparrDouble) -> None:
    whisparr.state.add_movie(A)
    shown = ask(whisparr, "GET", f"movie?stashId={A}").json()[0]
    assert "lastSearchTime" not in shown
    assert (shown["foreignId"], shown["hasFile"]) == (A, False)


def test_an_add_is_searched_for_only_after_its_disk_scan(whisparr: WhisparrDouble) -> None:
    added = ask(whisparr, "POST", "movie", new_scene())
    assert (added.status_code, added.json()["addOptions"]["searchForMovie"]) == (201, True)
    assert ask(whisparr, "GET", "queue/details").json() == []
    whisparr.state.advance(6)
    assert "addOptions" not in ask(whisparr, "GET", "movie/1").json()
    assert ask(whisparr, "GET", "queue/details").json()[0]["status"] == "downloading"


def test_a_download_goes_on_until_there_is_a_file(whisparr: WhisparrDouble) -> None:
    whisparr.state.search(whisparr.state.add_movie(A))
    whisparr.state.advance(60)
    half = ask(whisparr, "GET", "queue/details").json()[0]
    assert half["sizeleft"] == pytest.approx(half["size"] / 2, rel=0.05)
    whisparr.state.advance(61)
    assert ask(whisparr, "GET", "queue/details").json()[0]["trackedDownloadState"] == "importPending"
    whisparr.state.advance(10)
    assert (ask(whisparr, "GET", "queue/details").json(), ask(whisparr, "GET", "movie/1").json()["hasFile"]) == (
        [],
        True,
    )


@pytest.mark.parametrize(
    ("change", "name", "text"),
    [
        ({"foreignId": B}, "ForeignId", "This item has already been added"),
        ({"title": None}, "Title", "must not be empty"),
        ({"qualityProfileId": 1}, "QualityProfileId", "Quality Profile does not exist"),
        ({"rootFolderPath": "/x"}, "RootFolderPath", "Root folder '/x' does not exist"),
        ({"foreignId": "unknown"}, "StashDB", "A movie with this ID was not found"),
    ],
)
def test_a_wrong_add_is_told_line_by_line(
    whisparr: WhisparrDouble, change: dict[str, object], name: str, text: str
) -> None:
    whisparr.state.know([MetadataScene(A, "a"), MetadataScene(B, "b")])
    whisparr.state.add_movie(B)
    answer = ask(whisparr, "POST", "movie", new_scene(**change))
    assert (answer.status_code, answer.json()[0]["propertyName"]) == (400, name)
    assert text in answer.json()[0]["errorMessage"]


def test_an_unreadable_add_is_told_as_problem_details(whisparr: WhisparrDouble) -> None:
    answer = ask(whisparr, "POST", "movie", new_scene(qualityProfileId="four"))
    assert (answer.status_code, "$.qualityProfileId" in answer.json()["errors"]) == (400, True)


@pytest.mark.parametrize("kind", ["studio", "performer", "tag"])
def test_an_exclusion_around_a_scene_is_an_empty_list_and_excludes_it_too(whisparr: WhisparrDouble, kind: str) -> None:
    whisparr.state.know([MetadataScene(A, "a", studio_id=ACME, performer_ids=(ACME,), tag_ids=(ACME,))])
    whisparr.state.exclude(ACME, kind=kind)
    answer = ask(whisparr, "POST", "movie", new_scene())
    assert (answer.status_code, answer.json()) == (400, [])
    assert ask(whisparr, "GET", f"exclusions?stashId={A}").json()[0]["reason"] == f"{kind}Exclusion"


def test_with_an_exclusion_tag_the_scene_is_added_unmonitored(whisparr: WhisparrDouble) -> None:
    whisparr.state.know([MetadataScene(A, "a", studio_id=ACME)])
    whisparr.state.exclude(ACME, kind="studio")
    whisparr.state.behavior.always_excluded_tag = True
    answer = ask(whisparr, "POST", "movie", new_scene())
    assert (answer.status_code, answer.json()["monitored"]) == (201, False)


def test_adding_an_excluded_scene_lifts_its_exclusion_without_a_word(whisparr: WhisparrDouble) -> None:
    whisparr.state.exclude(A)
    assert ask(whisparr, "POST", "movie", new_scene()).status_code == 201
    assert whisparr.state.exclusions == {}


@pytest.mark.parametrize(("excluded", "comes_back"), [("false", True), ("true", False)])
def test_a_followed_performer_brings_deleted_scenes_back_unless_excluded(
    whisparr: WhisparrDouble, excluded: str, comes_back: bool
) -> None:
    whisparr.state.know([MetadataScene(A, "a", performer_ids=(ANN,))])
    whisparr.state.follow("performers", ANN)
    whisparr.state.add_movie(whisparr.state.catalogue[A])  # type: ignore[index]
    ask(whisparr, "DELETE", f"movie/1?addImportExclusion={excluded}")
    whisparr.state.advance(86_400)
    assert bool(whisparr.state.movies) is comes_back


def test_deleting_a_scene_leaves_its_download_as_an_unknown_one(whisparr: WhisparrDouble) -> None:
    whisparr.state.search(whisparr.state.add_movie(A))
    ask(whisparr, "DELETE", "movie/1")
    assert ask(whisparr, "GET", "queue").json()["totalRecords"] == 0
    assert "movieId" not in ask(whisparr, "GET", "queue/details").json()[0]


def test_deleting_what_is_gone_is_a_404_with_a_stack(whisparr: WhisparrDouble) -> None:
    answer = ask(whisparr, "DELETE", "movie/9")
    assert (answer.status_code, answer.json()["message"]) == (404, "Movie with ID 9 does not exist")


def test_one_unknown_id_breaks_the_editor_for_all(whisparr: WhisparrDouble) -> None:
    movie = whisparr.state.add_movie(A)
    answer = ask(whisparr, "PUT", "movie/editor", {"movieIds": [movie.id, 99], "monitored": False})
    assert (answer.status_code, movie.monitored) == (500, True)
    assert "Expected query to return 2 rows" in answer.json()["message"]


def test_the_editor_changes_only_what_it_is_told(whisparr: WhisparrDouble) -> None:
    movie = whisparr.state.add_movie(A, tags=[7])
    ask(whisparr, "PUT", "movie/editor", {"movieIds": [movie.id], "monitored": False})
    assert (movie.monitored, movie.tags, movie.root_folder) == (False, [7], "/data/scenes")
    ask(whisparr, "PUT", "movie/editor", {"movieIds": [movie.id], "tags": [8], "applyTags": "add"})
    assert movie.tags == [7, 8]


def test_a_put_wipes_what_it_leaves_out(whisparr: WhisparrDouble) -> None:
    movie = whisparr.state.add_movie(A, tags=[7])
    ask(whisparr, "PUT", "movie/1", {"qualityProfileId": 4, "path": "/data/scenes/x"})
    assert (movie.monitored, movie.tags, movie.root_folder) == (False, [], "")


def test_scenes_are_listed_by_performer_and_studio(whisparr: WhisparrDouble) -> None:
    whisparr.state.add_movie(MetadataScene(A, "a", studio_id=ACME))
    whisparr.state.add_movie(MetadataScene(B, "b", performer_ids=(ANN,)))
    assert ask(whisparr, "GET", f"movie/listByStudioForeignId?studioForeignId={ACME}").json() == [1]
    assert ask(whisparr, "GET", f"movie/listByPerformerForeignId?performerForeignId={ANN}").json() == [2]
    assert [row["id"] for row in ask(whisparr, "POST", "movie/bulk", [2, 77]).json()] == [2]


def test_the_queue_pages_by_ten(whisparr: WhisparrDouble) -> None:
    for _ in range(12):
        whisparr.state.put_record(1)
    page = ask(whisparr, "GET", "queue").json()
    assert (len(page["records"]), page["totalRecords"]) == (10, 12)


@pytest.mark.parametrize("term", [f"stash:{A}", f"stashid:{A}", f"https://stashdb.org/scenes/{A}"])
def test_a_lookup_takes_several_terms(whisparr: WhisparrDouble, term: str) -> None:
    whisparr.state.exclude(A)
    found = ask(whisparr, "GET", f"lookup/scene?term={term}").json()[0]
    assert (found["foreignId"], found["movie"]["id"], found["movie"]["isExcluded"]) == (A, 0, True)


def test_a_metadata_service_that_is_down_is_a_503_with_a_message(whisparr: WhisparrDouble) -> None:
    whisparr.state.behavior.metadata_down = True
    for method, route in (("GET", f"lookup/scene?term=stash:{A}"), ("POST", "movie")):
        answer = ask(whisparr, method, route, new_scene())
        assert (answer.status_code, sorted(answer.json())) == (503, ["description", "message"])


def test_a_command_is_worked_off_and_an_unknown_one_breaks(whisparr: WhisparrDouble) -> None:
    whisparr.state.add_movie(A)
    started = ask(whisparr, "POST", "command", {"name": "MoviesSearch", "movieIds": [1]}).json()
    whisparr.state.advance(3)
    assert ask(whisparr, "GET", f"command/{started['id']}").json()["status"] == "completed"
    assert whisparr.state.records
    assert ask(whisparr, "POST", "command", {"name": "Nonsense"}).status_code == 500


def test_a_label_is_checked_and_made_once(whisparr: WhisparrDouble) -> None:
    assert ask(whisparr, "POST", "tag", {"label": "no spaces"}).status_code == 400
    assert ask(whisparr, "POST", "tag", {"label": "Missing-Scenes"}).json() == {"id": 7, "label": "missing-scenes"}


def test_an_exclusion_is_made_once(whisparr: WhisparrDouble) -> None:
    body = {"foreignId": A, "movieTitle": "a", "type": "scene"}
    assert [ask(whisparr, "POST", "exclusions", body).status_code for _ in range(2)] == [201, 400]
    assert ask(whisparr, "DELETE", "exclusions/1").status_code == 200
    assert ask(whisparr, "DELETE", "exclusions/1").status_code == 404


def test_wanted_lists_what_has_no_file(whisparr: WhisparrDouble) -> None:
    whisparr.state.add_movie(A)
    whisparr.state.add_movie(B, size_on_disk=5)
    assert [row["foreignId"] for row in ask(whisparr, "GET", "wanted/missing").json()["records"]] == [A]


def test_the_double_is_steered_over_http_too(whisparr: WhisparrDouble) -> None:
    requests.post(f"{whisparr.url}/__whisparr/behavior", json={"is_starting": True}, timeout=60)
    assert ask(whisparr, "GET", "tag").status_code == 503
    before = whisparr.state.now()
    requests.post(f"{whisparr.url}/__whisparr/advance", json={"seconds": 500}, timeout=60)
    assert whisparr.state.now() - before >= 500
