"""GraphQL over HTTP with the manners of Stash's server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]
ASK = "{ version { version } }"
PLAIN, MODERN = "application/json", "application/graphql-response+json"
ACCEPTED = [
    ("0.28", "*/*", PLAIN, 422),
    ("0.30", "*/*", MODERN, 400),
    ("0.30", "application/*", MODERN, 400),
    ("0.30", "text/html, application/json", PLAIN, 422),
    ("0.30", "application/graphql-response+json, application/json;q=0.9", MODERN, 400),
    ("0.30", "text/html", MODERN, 400),
]
BODIES = [
    ("xx", PLAIN, "json request body could not be decoded"),
    ('{"query": "{ version { version } }"}', "text/plain", "transport not supported"),
]


@pytest.mark.parametrize(("release", "accept", "kind", "status"), ACCEPTED)
def test_what_the_client_accepts_decides_how_a_refusal_looks(
    release: str, accept: str, kind: str, status: int, make_stash: MakeStash
) -> None:
    stash = make_stash(profile=release)
    answers = [stash.post(document, accept=accept) for document in (ASK, "{ nope }")]
    assert [answer.status_code for answer in answers] == [200, status]
    assert {answer.headers["content-type"] for answer in answers} == {kind}


@pytest.mark.parametrize(("body", "kind", "message"), BODIES)
def test_a_body_that_is_no_request_is_refused(body: str, kind: str, message: str, stash: RunningStash) -> None:
    answer = requests.post(f"{stash.url}/graphql", data=body, headers={"Content-Type": kind}, timeout=60)
    assert answer.status_code == 400
    assert message in answer.json()["errors"][0]["message"]


def test_a_query_may_come_in_the_address_but_no_mutation(stash: RunningStash) -> None:
    assert stash.get(f"/graphql?query={ASK}").json()["data"]["version"]["version"].startswith("v")
    assert stash.get("/graphql?query=mutation { reloadPlugins }").status_code == 406


def test_answers_are_compressed_on_request(stash: RunningStash) -> None:
    answer = stash.post("{ __schema { types { name fields { name } } } }", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert "Query" in answer.text


def test_an_error_in_one_field_leaves_the_others(stash: RunningStash) -> None:
    answer = stash.post('{ good: findTags { count } bad: findTag(id: "x") { id } }').json()
    assert answer["data"] == {"good": {"count": 0}, "bad": None}
    assert answer["errors"] == [{"message": 'strconv.Atoi: parsing "x": invalid syntax', "path": ["bad"]}]


def test_variables_are_checked_before_anything_runs(stash: RunningStash) -> None:
    create = "mutation($name: String!) { tagCreate(input: {name: $name}) { id } }"
    refused = stash.post(create, {"name": None})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["path"] == ["variable", "name"]


def test_a_variable_that_is_not_sent_counts_as_null_inside_of_an_input(stash: RunningStash) -> None:
    tag = stash.ask('mutation { tagCreate(input: {name: "A", description: "kept?"}) { id } }')["id"]
    update = "mutation($id: ID!, $text: String) { tagUpdate(input: {id: $id, description: $text}) { description } }"
    assert stash.ask(update, id=tag) == {"description": ""}


@pytest.mark.parametrize("options", [{"prefix": "/media/stash"}, {}])
def test_addresses_carry_the_path_of_a_proxy(options: dict[str, str], make_stash: MakeStash) -> None:
    stash = make_stash(**options)
    stash.stock.add_tag("A")
    forwarded = {} if options else {"X_Forwarded_Prefix": "/media/stash/"}
    path = stash.post("{ findTags { tags { image_path } } }", None, **forwarded).json()["data"]["findTags"]["tags"][0]
    assert "/media/stash/tag/1/image" in path["image_path"]


def test_below_a_path_there_is_nothing_beside_it(make_stash: MakeStash) -> None:
    stash = make_stash(prefix="/media/stash")
    assert stash.get("/healthz").status_code == 200
    assert requests.get(f"{stash.double.server.url}/healthz", timeout=60).status_code == 404


def test_faults_meet_operations_by_name(stash: RunningStash) -> None:
    stash.double.server.faults.add("server_error", operation="findTags", times=1)
    assert [stash.post("{ findTags { count } }").status_code for _ in range(2)] == [500, 200]
    assert stash.post(ASK).status_code == 200
