"""The query in an HTTP request, the content type of the answer, and requests that are refused before they are read."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sandbox.messages import HttpRequest, Response, json_response

PLAIN = "application/json"
MODERN = "application/graphql-response+json"
WILDCARDS = ("*/*", "application/*")


class GraphQLRequest(NamedTuple):
    """The body of a GraphQL request."""

    query: str
    variables: dict[str, Any]
    operation: str


class BadBody(Exception):
    """The body is no GraphQL request; carries the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def read_body(request: HttpRequest) -> GraphQLRequest:
    """Return query, variables and operation name of a POST with JSON, or of a GET; the GraphQL doubles call it."""
    if request.method == "GET":
        return GraphQLRequest(request.parameter("query"), _read_variables(request), request.parameter("operationName"))
    if request.method != "POST" or not request.header("content-type").startswith(PLAIN):
        refusal = json_response({"errors": [{"message": "transport not supported"}], "data": None}, 400)
        raise BadBody(refusal.with_type("text/plain; charset=utf-8"))
    try:
        body = request.json()
        return GraphQLRequest(
            str(body.get("query") or ""), body.get("variables") or {}, body.get("operationName") or ""
        )
    except (ValueError, AttributeError) as error:
        raise _refuse(f"json request body could not be decoded: {error} body:{request.text}") from None


def choose_kind(accept: str, for_any: str) -> str:
    """Return the content type of an answer; `for_any` is what a client gets that accepts every type."""
    if not accept:
        return PLAIN
    kinds = [part.split(";")[0].strip() for part in accept.split(",")]
    known = [kind for kind in kinds if kind in (*WILDCARDS, PLAIN, MODERN)]
    first = known[0] if known else MODERN
    return for_any if first in WILDCARDS else first


def _read_variables(request: HttpRequest) -> dict[str, Any]:
    try:
        variables: dict[str, Any] = json.loads(request.parameter("variables") or "{}")
    except ValueError:
        raise _refuse("variables could not be decoded") from None
    return variables


def _refuse(message: str) -> BadBody:
    return BadBody(json_response({"errors": [{"message": message}], "data": None}, 400))
