"""GraphQL over the HTTP seam: an answer with errors is an error, whatever came beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shared.errors import BadReply, GraphQLFailed, WrongService
from shared.http.model import Request
from shared.http.request_label import shorten
from shared.runtime.redact import mask_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shared.http import Http, Json

SHOWN_ERRORS = 3
MUTATION = re.compile(r"(^|[}\n])\s*mutation\b")


def post_graphql(
    http: Http,
    query: str,
    variables: Mapping[str, Json] | None = None,
    operation: str = "",
    *,
    path: str = "",
    read_timeout: float | None = None,
    max_bytes: int | None = None,
    records: int | None = None,
    repeatable: bool | None = None,
    object_hook: Callable[[list[tuple[str, Json]]], Json] | None = None,
) -> dict[str, Any]:
    """Send a query or mutation and return its `data`; every GraphQL client calls this. `operation` follows "while".

    Queries are repeated when the connection fails, mutations only before they went out. GraphQLFailed carries `errors`
    and the partial `data`, for callers that can use half an answer. A request that the schema does not allow is
    Refused, and its message names the field.
    """
    is_query = MUTATION.search(query) is None
    reply = http.send(
        Request(
            "POST",
            path,
            json={"query": query, "variables": dict(variables or {})},
            operation=operation,
            repeatable=is_query if repeatable is None else repeatable,
            read_timeout=read_timeout,
            max_bytes=max_bytes,
            records=records,
            object_hook=object_hook,
        )
    )
    return _take_data(http, reply.data, operation)


def _take_data(http: Http, document: Json, operation: str) -> dict[str, Any]:
    name = http.service.name
    if not isinstance(document, dict) or not ("data" in document or "errors" in document):
        message = f"{name} answered, but not in GraphQL. Check {http.service.url_setting}."
        raise WrongService(message, service=name, operation=operation, status=200)
    data, errors = document.get("data"), document.get("errors")
    if errors:
        raise _make_failure(http, errors, data, operation)
    if not isinstance(data, dict):
        raise BadReply(f"{name} sent an answer without data.", service=name, operation=operation, status=200)
    return data


def _make_failure(http: Http, errors: Json, data: Json, operation: str) -> GraphQLFailed:
    rows: list[dict[str, object]] = [row if isinstance(row, dict) else {"message": str(row)} for row in errors]
    reasons = "; ".join(list(dict.fromkeys(str(row.get("message", "")) for row in rows))[:SHOWN_ERRORS])
    doing = f" while {operation}" if operation else ""
    beside = " Part of the answer is missing." if data and any(value is not None for value in data.values()) else ""
    message = f"{http.service.name} reports an error{doing}: {shorten(reasons)}.{beside}".replace("..", ".")
    return GraphQLFailed(
        mask_secrets(message),
        errors=rows,
        data=data,
        service=http.service.name,
        operation=operation,
    )
