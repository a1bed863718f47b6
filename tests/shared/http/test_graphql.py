"""GraphQL over the seam."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import BadReply, GraphQLFailed, Refused, ServiceError, Unreachable, WrongService
from shared.http import Http, RetryPolicy, Service
from shared.http.graphql import post_graphql
from tests.harness.weather import Server, Weather, answer, reset, send, serve


def ask(server: Server, query: str = "{ me { name } }", **more: Any) -> dict[str, Any]:
    http = Http(Service("Box", server.url, url_setting="'Box URL'", retry=RetryPolicy(3, 0.001)))
    return post_graphql(http, query, {"id": "1"}, "asking who we are", **more)


def test_data_comes_back_and_variables_go_out() -> None:
    with serve(answer({"data": {"me": {"name": "Jo"}}})) as server:
        assert ask(server) == {"me": {"name": "Jo"}}
    assert server.seen[0].json == {"query": "{ me { name } }", "variables": {"id": "1"}}


@pytest.mark.parametrize(
    ("data", "tail"),
    [({"me": None, "you": 1}, r"\. Part of the answer is missing\."), ({"me": None}, r"\."), (None, r"\.")],
)
def test_errors_are_raised_with_whatever_came_beside_them(data: Any, tail: str) -> None:
    document = {"errors": [{"message": "no such tag."}, {"message": "no such tag."}, {"message": "odd"}], "data": data}
    sentence = rf"^Box reports an error while asking who we are: no such tag\.; odd{tail}$"
    with serve(answer(document)) as server, pytest.raises(GraphQLFailed, match=sentence) as caught:
        ask(server)
    assert (caught.value.data, len(caught.value.errors)) == (data, 3)


def test_a_field_that_is_not_there_is_named() -> None:
    document = {"errors": [{"message": 'Cannot query field "x" on type "Tag".'}], "data": None}
    with serve(answer(document, 422)) as server, pytest.raises(Refused, match='field "x" on type "Tag"') as caught:
        ask(server)
    assert caught.value.details == document


@pytest.mark.parametrize(
    ("sky", "kind"),
    [
        (answer([]), WrongService),
        (answer({"status": "OK"}), WrongService),
        (answer("hello"), WrongService),
        (answer({"data": None}), BadReply),
        (answer({"data": [1]}), BadReply),
        (send(b'{"data": {'), BadReply),
        (answer({"errors": ["odd"], "data": None}), GraphQLFailed),
    ],
)
def test_what_is_no_graphql_is_not_taken_for_an_empty_answer(sky: Weather, kind: type[ServiceError]) -> None:
    with serve(sky) as server, pytest.raises(ServiceError) as caught:
        ask(server)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "query", ["{ a }", "query Q { a }", "\n\tquery Q { mutation }", "fragment F on T { a } query { ...F }"]
)
def test_queries_are_repeated(query: str) -> None:
    with serve(reset, answer({"data": {}})) as server:
        assert ask(server, query) == {}
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "query", ["mutation { a }", "\n\t\tmutation M($a: ID!) { a }", "fragment F on T { a } mutation { ...F }"]
)
def test_mutations_are_not(query: str) -> None:
    with serve(reset) as server, pytest.raises(Unreachable):
        ask(server, query)
    assert len(server.seen) == 1


def test_a_mutation_that_may_be_repeated_is() -> None:
    with serve(reset, answer({"data": {}})) as server:
        ask(server, "mutation { a }", repeatable=True)
    assert len(server.seen) == 2
