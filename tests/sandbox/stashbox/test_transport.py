"""The double refuses, limits and errs as a stash-box does."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read

ID = "01693880-d0c0-7c88-87a6-d529d3ba2fe6"
FAVORITE = f'mutation{{favoriteStudio(id:"{ID}",favorite:true)}}'


def test_a_wrong_key_is_401_without_a_body(box: StashBox) -> None:
    reply = ask(box, "{me{name}}", key="wrong")
    assert (reply.status_code, reply.content) == (401, b"")


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ('{findScene(id:"01693880-d0c0-7c88-87a6-d529d3ba2fe6"){id}}', {"findScene": None}),
        ("{queryScenes(input:{}){count}}", None),
        ("{me{name}}", {"me": None}),
    ],
)
def test_without_a_key_everything_is_not_authorized_with_200(box: StashBox, query: str, data: object) -> None:
    reply = ask(box, query, key=None)
    assert (reply.status_code, reply.json()["data"]) == (200, data)
    assert reply.json()["errors"][0]["message"] == "not authorized"


def test_config_and_introspection_need_no_key(box: StashBox) -> None:
    reply = ask(box, '{getConfig{host_url} __type(name:"Query"){name}}', key=None)
    assert reply.json()["data"]["getConfig"]["host_url"] == box.server.url


def test_what_is_not_there_is_null_without_errors(box: StashBox) -> None:
    assert read(box, '{findScene(id:"01693880-d0c0-7c88-87a6-d529d3ba2fe6"){id}}') is None


@pytest.mark.parametrize("path", ["", "/", "/graphq1", "/api"])
def test_every_other_path_is_the_web_application(box: StashBox, path: str) -> None:
    reply = requests.post(box.server.url + path, json={}, timeout=60)
    assert reply.status_code == 200 and reply.headers["Content-Type"].startswith("text/html")


def test_a_trailing_slash_does_no_harm(box: StashBox) -> None:
    reply = requests.post(f"{box.endpoint}/", json={"query": "{getConfig{host_url}}"}, timeout=60)
    assert reply.json()["data"]


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{queryScenes(input:{}){nothing}}", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{queryScenes(input:{sort:SIZE}){count}}", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{findScenesByFullFingerprints(fingerprints:[]){id}}", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query($i:SceneQueryInput!){queryScenes(input:$i){count}}", {"i": None}, "GRAPHQL_VALIDATION_FAILED"),
        ("query($i:SceneQueryInput!){queryScenes(input:$i){count}}", {"i": {"x": 1}}, "GRAPHQL_VALIDATION_FAILED"),
        ("{queryScenes", {}, "GRAPHQL_PARSE_FAILED"),
    ],
)
def test_what_the_schema_does_not_allow_is_422(box: StashBox, query: str, variables: dict[str, Any], code: str) -> None:
    reply = ask(box, query, **variables)
    assert (reply.status_code, reply.json()["data"]) == (422, None)
    assert reply.json()["errors"][0]["extensions"]["code"] == code


def test_a_wrong_variable_is_named_by_its_path(box: StashBox) -> None:
    reply = ask(box, "query($i:SceneQueryInput!){queryScenes(input:$i){count}}", i={"sort": "SIZE"})
    assert reply.json()["errors"][0]["path"] == ["variable", "i", "sort"]


@pytest.mark.parametrize(
    ("given", "message", "path"),
    [
        (None, "cannot be null", []),
        ({"x": 1}, "unknown field", ["x"]),
        ({"sort": "SIZE"}, "SIZE is not a valid SceneSortEnum", ["sort"]),
        ({"page": "x"}, "cannot use string as Int", ["page"]),
        ({"tags": {"value": ["x"]}}, "must be defined", ["tags", "modifier"]),
        ({"fingerprints": {"value": [None], "modifier": "INCLUDES"}}, "cannot be null", ["fingerprints", "value", 0]),
        ("x", "must be a SceneQueryInput, not a string", []),
    ],
)
def test_a_wrong_variable_is_named_down_to_its_field(
    box: StashBox, given: object, message: str, path: list[object]
) -> None:
    reply = ask(box, "query($i:SceneQueryInput!){queryScenes(input:$i){count}}", i=given)
    error = {"message": message, "path": ["variable", "i", *path], "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}
    assert (reply.status_code, reply.json()) == (422, {"errors": [error], "data": None})


@pytest.mark.parametrize(
    ("body", "kind", "message", "answered"),
    [
        (b"{nonsense", "application/json", "json request body could not be decoded", "application/json"),
        (b"{}", "text/plain", "transport not supported", "text/plain; charset=utf-8"),
    ],
)
def test_a_body_that_is_no_request_is_400(box: StashBox, body: bytes, kind: str, message: str, answered: str) -> None:
    reply = requests.post(box.endpoint, data=body, headers={"Content-Type": kind}, timeout=60)
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, answered)
    assert reply.json()["errors"][0]["message"].startswith(message)


@pytest.mark.parametrize(
    ("accept", "kind", "refused"),
    [
        ("*/*", "application/json", 422),
        ("application/json", "application/json", 422),
        ("application/graphql-response+json, application/json", "application/graphql-response+json", 400),
    ],
)
def test_the_type_that_a_client_accepts_decides_on_the_status(
    box: StashBox, accept: str, kind: str, refused: int
) -> None:
    for query, status in (("{getConfig{host_url}}", 200), ("{nothing}", refused)):
        reply = requests.post(box.endpoint, json={"query": query}, headers={"Accept": accept}, timeout=60)
        assert (reply.status_code, reply.headers["Content-Type"]) == (status, kind)


@pytest.mark.parametrize(
    ("given", "status", "message"),
    [
        ({}, 422, "no operation provided"),
        ({"query": "{me{name}}", "variables": "{x"}, 400, "variables could not be decoded"),
        ({"query": FAVORITE}, 406, "GET requests only allow query operations"),
    ],
)
def test_a_get_may_only_ask(box: StashBox, given: dict[str, str], status: int, message: str) -> None:
    reply = requests.get(box.endpoint, params=given, timeout=60)
    assert (reply.status_code, reply.json()["errors"][0]["message"]) == (status, message)


def test_the_box_compresses_tiny_answers_too(box: StashBox) -> None:
    assert ask(box, "{me{name}}").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("query", "message", "path"),
    [
        ('{a:findTag(id:"no"){id}}', 'uuid: incorrect UUID length 2 in string "no"', ["a", "id"]),
        (f'{{findTag(id:"{ID.replace("-", "x")}"){{id}}}}', "uuid: incorrect UUID format in string", ["findTag", "id"]),
        (f'{{findTag(id:"z{ID[1:]}"){{id}}}}', "encoding/hex: invalid byte: U+007A 'z'", ["findTag", "id"]),
        (
            '{queryScenes(input:{tags:{value:["x"],modifier:INCLUDES}}){count}}',
            "uuid: incorrect UUID length 1",
            ["queryScenes", "input", "tags", "value", 0],
        ),
        (
            '{findScenesBySceneFingerprints(fingerprints:[[{hash:"zz",algorithm:PHASH}]]){id}}',
            "invalid fingerprint hash: strconv.ParseUint",
            ["findScenesBySceneFingerprints", "fingerprints", 0, 0, "hash"],
        ),
    ],
)
@pytest.mark.parametrize("key", ["", None], ids=["with a key", "without"])
def test_a_wrong_argument_is_named_down_to_its_value(
    box: StashBox, key: str | None, query: str, message: str, path: list[object]
) -> None:
    (error,) = ask(box, query, key=key).json()["errors"]
    assert error["message"].startswith(message) and error == {"message": error["message"], "path": path}


def test_an_id_that_is_none_fails_its_field_with_200(box: StashBox) -> None:
    reply = ask(box, '{findScene(id:"7"){id}}')
    assert reply.status_code == 200
    assert reply.json() == {
        "errors": [{"message": 'uuid: incorrect UUID length 1 in string "7"', "path": ["findScene", "id"]}],
        "data": {"findScene": None},
    }


@pytest.mark.parametrize(("status", "tells"), [(429, True), (429, False)])
def test_above_its_rate_the_box_answers_429(box: StashBox, status: int, tells: bool) -> None:
    box.quirks.requests_per_minute, box.quirks.tells_when = 2, tells
    replies = [ask(box, "{me{name}}") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, status]
    assert ("Retry-After" in replies[2].headers) is tells


def test_a_box_may_refuse_many_aliases(box: StashBox) -> None:
    box.quirks.most_aliases = 2
    assert ask(box, "{a:me{name} b:me{name}}").status_code == 200
    assert ask(box, "{a:me{name} b:me{name} c:me{name}}").status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        '{searchScenes(term:"x"){count}}',
        '{queryScenes(input:{code:{value:"x",modifier:EQUALS}}){count}}',
        "{queryScenes(input:{}){scenes{release_date}}}",
    ],
)
def test_an_old_box_does_not_know_newer_names(old_box: StashBox, box: StashBox, query: str) -> None:
    assert (ask(old_box, query).status_code, ask(box, query).status_code) == (422, 200)


def test_a_field_of_the_log_names_the_root_fields(box: StashBox) -> None:
    ask(box, "query Known { a: me { name } queryTagCategories { count } }")
    assert box.server.traffic.requests()[0].operations == ("Known", "me", "queryTagCategories")


def test_favorites_belong_to_the_user_of_the_key(box: StashBox, world: World) -> None:
    mira = world.add_performer("Mira")
    world.add_account("somebody", "other-key")
    assert read(box, "mutation($id:ID!){favoritePerformer(id:$id,favorite:true)}", id=mira.id) is True
    mine = read(box, "{queryPerformers(input:{is_favorite:true}){performers{name is_favorite}}}")
    theirs = ask(box, "{queryPerformers(input:{is_favorite:true}){count}}", key="other-key").json()
    assert mine["performers"] == [{"name": "Mira", "is_favorite": True}]
    assert theirs["data"]["queryPerformers"]["count"] == 0


def test_a_deleted_performer_cannot_become_a_favorite(box: StashBox, world: World) -> None:
    mira = world.add_performer("Mira")
    world.delete(mira)
    reply = ask(box, "mutation($id:ID!){favoritePerformer(id:$id,favorite:true)}", id=mira.id)
    assert "deleted, unable to make favorite" in reply.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("kind", "size", "mime"),
    [
        ("jpeg", "", "image/jpeg"),
        ("jpeg", "300", "image/jpeg"),
        ("png", "", "image/png"),
        ("png", "300", "image/webp"),
        ("svg", "300", "image/svg+xml"),
    ],
)
def test_images_come_in_sizes(box: StashBox, world: World, kind: str, size: str, mime: str) -> None:
    picture = world.add_picture(kind=kind)
    url = f"{box.server.url}/images/{picture.id}" + (f"?size={size}" if size else "")
    reply = requests.get(url, timeout=60)
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, mime) and reply.content


@pytest.mark.parametrize(
    ("name", "key", "status", "text"),
    [
        (ID, "", 404, "404 page not found\n"),
        ("logo", "", 400, 'uuid: incorrect UUID length 4 in string "logo"\n'),
        (ID, "wrong", 401, ""),
        (f"site/{ID}", "", 200, "<svg"),
    ],
)
def test_images_that_are_not_there(box: StashBox, name: str, key: str, status: int, text: str) -> None:
    headers = {"ApiKey": key} if key else {}
    reply = requests.get(f"{box.server.url}/images/{name}", headers=headers, timeout=60)
    assert reply.status_code == status and reply.text.startswith(text)


def test_a_size_that_is_no_number_is_refused_and_the_picture_follows(box: StashBox, world: World) -> None:
    reply = requests.get(f"{box.server.url}/images/{world.add_picture().id}?size=x", timeout=60)
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert reply.content.startswith(b'strconv.Atoi: parsing "x": invalid syntax\n\xff\xd8')


def test_a_bug_of_the_double_is_no_graphql_error(world: World) -> None:
    tagless = world.add_scene("Broken")
    tagless.tag_ids = ["not a tag"]
    with StashBox(world) as box:
        reply = ask(box, "{queryScenes(input:{}){scenes{tags{name}}}}")
        assert reply.status_code == 501 and "KeyError" in box.server.unknown[0]
