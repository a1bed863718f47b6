"""A GraphQL endpoint of a double, executed by graphql-core.

    endpoint = GraphQLEndpoint(schema, {"Query": {"me": find_me}})
    endpoint.answer(request, context)      # Response
    endpoint.name_operations(request)      # ("AllTags", "queryTags"): for faults and assertions

A document or variable that does not fit the schema is HTTP 422 with `extensions.code`, or 400 for a client that wants
`application/graphql-response+json`; what a resolver raises is HTTP 200 with `errors` of message, path and place. A
resolver is `resolve(parent, info, **arguments)`; without one, a field is read from the parent's key, attribute or
method of its name.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Callable, Union

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
)

from sandbox.gqlgen.body import MODERN, PLAIN, BadBody, GraphQLRequest, choose_kind, read_body
from sandbox.gqlgen.documents import (
    ErrorEntry,
    InvalidDocument,
    Path,
    check_document,
    choose_operation,
    locate,
    read_variables,
)
from sandbox.messages import HttpRequest, Response, UnknownRequest, json_response

Resolver = Callable[..., Any]
Resolvers = Mapping[str, Mapping[str, Resolver]]
REMEMBERED = 500
Judged = Union[DocumentNode, InvalidDocument]


class ArgumentError(Exception):
    """An argument that does not fit its scalar; `path` leads from the field to it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class GraphQLEndpoint:
    """Parses, validates (remembering the verdict per text) and executes.

    `failures`: what resolvers raise on purpose. Anything else a resolver raises is a bug of the double.
    """

    def __init__(
        self, schema: GraphQLSchema, resolvers: Resolvers, *, failures: tuple[type[Exception], ...] = (Exception,)
    ) -> None:
        self.schema = schema
        self._failures = (*failures, ArgumentError)
        self._known: OrderedDict[str, Judged] = OrderedDict()
        self._lock = threading.Lock()
        attach_resolvers(schema, resolvers)

    def answer(self, request: HttpRequest, context: object = None) -> Response:
        """Return the answer to a GraphQL request; the stash-box and ThePornDB doubles call this."""
        kind = choose_kind(request.header("accept"), for_any=PLAIN)
        try:
            asked = read_body(request)
            document = self._read_document(asked.query)
            operation = choose_operation(document, asked.operation)
            variables = read_variables(self.schema, operation, asked.variables)
        except BadBody as bad:
            return bad.response
        except InvalidDocument as invalid:
            return _respond(kind, {"errors": list(invalid.errors), "data": None}, 400 if kind == MODERN else 422)
        if request.method == "GET" and operation.kind is not OperationType.QUERY:
            refusal = {"message": "GET requests only allow query operations"}
            return _respond(kind, {"errors": [refusal], "data": None}, 406)
        return _respond(kind, self._execute(document, asked._replace(variables=variables), context))

    def name_operations(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the operation's own name and its root fields; nothing if it is no GraphQL request.

        Faults and the log of requests use it.
        """
        try:
            document = self._read_document(read_body(request).query)
        except (BadBody, InvalidDocument):
            return ()
        names = [name for node in document.definitions for name in _names_of(node)]
        return tuple(dict.fromkeys(names))

    def count_roots(self, request: HttpRequest) -> int:
        """Return the number of root fields a request asks for, each alias counted, for limits on aliases."""
        try:
            nodes = self._read_document(read_body(request).query).definitions
        except (BadBody, InvalidDocument):
            return 0
        return sum(len(node.selection_set.selections) for node in nodes if isinstance(node, OperationDefinitionNode))

    def _execute(self, document: DocumentNode, asked: GraphQLRequest, context: object) -> dict[str, Any]:
        result = execute_sync(
            self.schema,
            document,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.operation or None,
        )
        if not result.errors:
            return {"data": result.data}
        self._raise_bugs(result.errors)
        return {"errors": [_describe(error) for error in result.errors], "data": result.data}

    def _raise_bugs(self, errors: list[GraphQLError]) -> None:
        for error in errors:
            original = error.original_error
            if original is not None and not isinstance(original, self._failures):
                raise UnknownRequest(f"{'.'.join(map(str, error.path or ()))}: {original!r}") from original

    def _read_document(self, query: str) -> DocumentNode:
        with self._lock:
            known = self._known.get(query)
        verdict = known or self._examine(query)
        with self._lock:
            self._known[query] = verdict
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        if isinstance(verdict, InvalidDocument):
            raise InvalidDocument(*verdict.errors)
        return verdict

    def _examine(self, query: str) -> Judged:
        try:
            return check_document(self.schema, query)
        except InvalidDocument as invalid:
            return invalid


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


def _describe(error: GraphQLError) -> ErrorEntry:
    """Return an error of a resolver as `errors` lists it; one of an argument has the argument's path, and no place."""
    if isinstance(error.original_error, ArgumentError):
        return {"message": error.message, "path": [*(error.path or ()), *error.original_error.path]}
    return {"message": error.message, "path": error.path, "locations": locate(error)}


def _respond(kind: str, value: object, status: int = 200) -> Response:
    return json_response(value, status).with_type(kind)


def _names_of(node: object) -> list[str]:
    if not isinstance(node, OperationDefinitionNode):
        return []
    own = [node.name.value] if node.name else []
    return own + [field.name.value for field in node.selection_set.selections if isinstance(field, FieldNode)]
