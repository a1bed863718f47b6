"""POST /graphql: turn a request into an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graphql import OperationDefinitionNode, OperationType

from sandbox.gqlgen.body import MODERN, PLAIN, BadBody, GraphQLRequest, choose_kind, read_body
from sandbox.gqlgen.documents import INVALID, ErrorEntry, InvalidDocument, Operation, make_error, read_variables
from sandbox.messages import HttpRequest, Response
from sandbox.stash.context import Context
from sandbox.stash.graph.documents import read_document, read_operation
from sandbox.stash.graph.encoding import encode_text, print_value
from sandbox.stash.graph.execution import Execution
from sandbox.stash.graph.failures import NotAnswered, StashFailure
from sandbox.stash.graph.registry import REGISTRY
from sandbox.stash.graph.selections import SelectionPlanner
from sandbox.stash.profiles import Profile
from sandbox.stash.services import Services
from sandbox.stash.sessions import CookieSession
from sandbox.stash.subscriptions.events import SubscriptionDocument


def answer_graphql(services: Services, request: HttpRequest, base_url: str, session: CookieSession) -> Response:
    """Return the answer to a GraphQL request over HTTP; the server calls this for `/graphql`."""
    kind = _choose_kind(services.profile, request.header("accept"))
    refused = 400 if kind == MODERN else 422
    try:
        asked = read_body(request)
        operation = read_operation(services.profile.name, asked.query, asked.operation)
        variables = read_variables(services.profile.schema, operation, asked.variables)
        if request.method == "GET" and operation.kind is not OperationType.QUERY:
            return _refuse(kind, 406, {"message": "GET requests only allow query operations"})
        if operation.kind is OperationType.SUBSCRIPTION:
            return _refuse(kind, 400, make_error("subscriptions need a websocket", ""))
        return _respond(kind, _execute(services, operation, variables, request, base_url, session))
    except BadBody as bad:
        return bad.response
    except InvalidDocument as invalid:
        return _refuse(kind, refused, *invalid.errors)
    except NotAnswered:
        return Response(delivery="none")


def answer_script(services: Services, query: str, variables: Mapping[str, Any], session: CookieSession) -> Any:
    """Return the data for `gql.Do` of a script inside Stash; the plugin host calls this. Raises StashFailure."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = HttpRequest(0, "POST", "/graphql", {"content-type": PLAIN}, body, at=0.0, started=0.0)
    response = answer_graphql(services, request, "", session)
    if response.status != 200:
        asked = f"Query: {query}. Variables: {print_value(variables)}"
        raise StashFailure(f"graphQL query failed: {response.status} - {response.body.decode()}. {asked}")
    answer = json.loads(response.body)
    if answer.get("errors"):
        raise StashFailure(f"graphql error: {encode_text(answer['errors'], sorts_keys=True).decode()}")
    return answer["data"]


def _choose_kind(profile: Profile, accept: str) -> str:
    """Return the content type; since 0.29 clients that accept anything get the modern one, with 400 instead of 422."""
    return choose_kind(accept, for_any=MODERN) if profile.has("0.29") else PLAIN


def _execute(
    services: Services,
    operation: Operation,
    variables: dict[str, Any],
    request: HttpRequest,
    base_url: str,
    session: CookieSession,
) -> dict[str, Any]:
    planner = SelectionPlanner(services.profile.schema, operation, variables)
    is_query = operation.kind is OperationType.QUERY
    with services.library.read(is_snapshot=is_query) as db:
        context = Context(services, db, base_url, session, request.is_abandoned)
        data, errors = Execution(REGISTRY, planner, context).run()
    return {"errors": errors, "data": data} if errors else {"data": data}


def prepare_subscription(services: Services, payload: dict[str, Any]) -> SubscriptionDocument:
    """Return a subscription ready to run, checked like any other document; the websocket calls this."""
    operation = read_operation(services.profile.name, payload.get("query") or "", payload.get("operationName") or "")
    if operation.kind is not OperationType.SUBSCRIPTION:
        raise InvalidDocument(make_error("only subscriptions are served on a websocket", INVALID))
    variables = read_variables(services.profile.schema, operation, payload.get("variables") or {})
    planner = SelectionPlanner(services.profile.schema, operation, variables)
    return SubscriptionDocument(planner.plan_operation().fields[0].name, planner)


def render_event(services: Services, wanted: SubscriptionDocument, event: Any) -> dict[str, Any]:
    """Return the answer of a subscription to one event, for the Stash double's server."""
    with services.library.read() as db:
        data, errors = Execution(REGISTRY, wanted.planner, Context(services, db, "", event=event)).run()
    return {"errors": errors, "data": data} if errors else {"data": data}


def _refuse(kind: str, status: int, *errors: ErrorEntry) -> Response:
    return _respond(kind, {"errors": errors, "data": None}, status)


def _respond(kind: str, value: object, status: int = 200) -> Response:
    return Response(status, encode_text(value), (("Content-Type", kind), ("Cache-Control", "no-store")))


def name_graphql(release: str, request: HttpRequest) -> tuple[str, ...]:
    """Return the operation's own name and its root fields, for faults and assertions."""
    try:
        asked: GraphQLRequest = read_body(request)
        document = read_document(release, asked.query)
    except (BadBody, InvalidDocument, json.JSONDecodeError):
        return ()
    names: list[str] = []
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            names += [node.name.value] if node.name else []
            names += [name.value for each in node.selection_set.selections if (name := getattr(each, "name", None))]
    return tuple(dict.fromkeys(names))
