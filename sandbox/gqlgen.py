"""GraphQL over HTTP as gqlgen serves it, the Go library that stash-box uses.

    endpoint = GraphQLEndpoint(schema, {"Query": {"me": find_me}})
    endpoint.answer(request, context)      # Response
    endpoint.name_operations(request)      # ("AllTags", "queryTags"): for faults and assertions

A document that does not fit the schema is HTTP 422 with `extensions.code`; what a resolver raises is HTTP 200 with
`errors` of message and path. A resolver is `resolve(parent, info, **arguments)`; without one, a field is read from
the parent's key, attribute or method of its name.
"""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, Callable, NamedTuple, Union

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    GraphQLUnionType,
    OperationDefinitionNode,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from sandbox.messages import HttpRequest, Response, UnknownRequest, json_response

Resolver = Callable[..., Any]
Resolvers = Mapping[str, Mapping[str, Resolver]]
REMEMBERED = 500
PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
VARIABLE = re.compile(r"Variable '\$(\w+)'(?: has invalid value at ([\w.]+))?")


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


Judged = Union[DocumentNode, "list[GraphQLError]"]


class GraphQLEndpoint:
    """Parses, validates (remembering the verdict per text) and executes.

    `failures`: what resolvers raise on purpose. Anything else a resolver raises is a bug of the double.
    """

    def __init__(
        self, schema: GraphQLSchema, resolvers: Resolvers, *, failures: tuple[type[Exception], ...] = (Exception,)
    ) -> None:
        self.schema = schema
        self._failures = failures
        self._known: OrderedDict[str, Judged] = OrderedDict()
        self._lock = threading.Lock()
        attach_resolvers(schema, resolvers)

    def answer(self, request: HttpRequest, context: object = None) -> Response:
        """Return the answer to a GraphQL request; the stash-box and ThePornDB doubles call this."""
        try:
            asked = read_body(request)
        except BadBody as bad:
            return bad.response
        document = self._judge(asked.query)
        if isinstance(document, list):
            return _refuse(document)
        operation = get_operation_ast(document, asked.operation or None)
        if operation is None:
            return _refuse([GraphQLError(f"operation {asked.operation} not found")])
        variables = get_variable_values(self.schema, operation.variable_definitions or (), asked.variables)
        if isinstance(variables, list):
            return _refuse([_name_variable(error) for error in variables])
        return self._execute(document, asked, context)

    def name_operations(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the operation's own name and its root fields; nothing if it is no GraphQL request."""
        try:
            asked = read_body(request)
            document = self._judge(asked.query)
        except BadBody:
            return ()
        if isinstance(document, list):
            return ()
        names = [name for node in document.definitions for name in _names_of(node)]
        return tuple(dict.fromkeys(names))

    def count_roots(self, request: HttpRequest) -> int:
        """Return the number of root fields a request asks for, each alias counted, for limits on aliases."""
        try:
            document = self._judge(read_body(request).query)
        except BadBody:
            return 0
        nodes = [] if isinstance(document, list) else document.definitions
        return sum(len(node.selection_set.selections) for node in nodes if isinstance(node, OperationDefinitionNode))

    def _execute(self, document: DocumentNode, asked: GraphQLRequest, context: object) -> Response:
        result = execute_sync(
            self.schema,
            document,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.operation or None,
        )
        if not result.errors:
            return json_response({"data": result.data})
        self._raise_bugs(result.errors)
        errors = [{"message": error.message, "path": error.path} for error in result.errors]
        return json_response({"errors": errors, "data": result.data})

    def _raise_bugs(self, errors: list[GraphQLError]) -> None:
        for error in errors:
            original = error.original_error
            if original is not None and not isinstance(original, self._failures):
                raise UnknownRequest(f"{'.'.join(map(str, error.path or ()))}: {original!r}") from original

    def _judge(self, query: str) -> Judged:
        with self._lock:
            known = self._known.get(query)
        if known is not None:
            return known
        verdict = self._examine(query)
        with self._lock:
            self._known[query] = verdict
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return verdict

    def _examine(self, query: str) -> Judged:
        try:
            document = parse(query)
        except GraphQLSyntaxError as error:
            return [error]
        return validate(self.schema, document) or document


def attach_resolvers(schema: GraphQLSchema, resolvers: Resolvers) -> None:
    """Attach resolvers to a schema's fields, for the stash-box doubles; names a trimmed schema lacks are left out."""
    for type_name, fields in resolvers.items():
        kind = schema.type_map.get(type_name)
        for name, resolver in fields.items():
            if isinstance(kind, GraphQLObjectType) and name in kind.fields:
                kind.fields[name].resolve = resolver
    for union in schema.type_map.values():
        if isinstance(union, GraphQLUnionType):
            union.resolve_type = _name_class


def _name_class(value: object, _info: object, _kind: object) -> str:
    """Return the GraphQL type of a union's member: the name of its record's class."""
    return type(value).__name__


def read_body(request: HttpRequest) -> GraphQLRequest:
    """Return query, variables and operation name of a POST with JSON, or of a GET."""
    if request.method == "GET" and "query" in request.query:
        return GraphQLRequest(request.parameter("query"), _read_variables(request), request.parameter("operationName"))
    if request.method != "POST" or not request.header("content-type").startswith("application/json"):
        raise BadBody(json_response({"errors": [{"message": "transport not supported"}], "data": None}, 400))
    try:
        body = request.json()
        return GraphQLRequest(
            str(body.get("query") or ""), body.get("variables") or {}, body.get("operationName") or ""
        )
    except (ValueError, AttributeError) as error:
        message = f"json request body could not be decoded: {error} body:{request.text}"
        raise BadBody(json_response({"errors": [{"message": message}], "data": None}, 400)) from None


def _read_variables(request: HttpRequest) -> dict[str, Any]:
    variables: dict[str, Any] = json.loads(request.parameter("variables") or "{}")
    return variables


def _refuse(errors: Iterable[GraphQLError]) -> Response:
    return json_response({"errors": [_describe(error) for error in errors], "data": None}, 422)


def _describe(error: GraphQLError) -> dict[str, object]:
    code = PARSE_FAILED if isinstance(error, GraphQLSyntaxError) else VALIDATION_FAILED
    places = [{"line": place.line, "column": place.column} for place in error.locations or ()]
    described: dict[str, object] = {"message": error.message}
    if error.path:
        described["path"] = error.path
    return {**described, "locations": places, "extensions": {"code": code}}


def _name_variable(error: GraphQLError) -> GraphQLError:
    """Put the variable's name, and the part of it that is wrong, into the path of an error about it."""
    found = VARIABLE.search(error.message)
    path = [found[1], *filter(None, (found[2] or "").split("."))] if found else []
    return GraphQLError(error.message, error.nodes, path=["variable", *path])


def _names_of(node: object) -> list[str]:
    if not isinstance(node, OperationDefinitionNode):
        return []
    own = [node.name.value] if node.name else []
    return own + [field.name.value for field in node.selection_set.selections if isinstance(field, FieldNode)]
