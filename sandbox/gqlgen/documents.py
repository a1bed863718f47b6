"""Documents and variables, accepted and refused as gqlgen does it, the Go library that Stash and stash-box use."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    is_required_input_field,
    parse,
    type_from_ast,
    validate,
)

from sandbox.gqlgen.literals import read_literal

Json = Any
ErrorEntry = dict[str, Any]
Path = tuple[Any, ...]
PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
INVALID = "GRAPHQL_VALIDATION_FAILED"
UNKNOWN_FIELD = re.compile(r'Expected value of type "(\w+)" not to include unknown field "(\w+)"')
MISSING_FIELD = re.compile(r'Expected value of type "(\w+)" to include required field "(\w+)"')


LARGEST = 2**63


class InvalidDocument(Exception):
    """A document or its variables that the server refuses before it executes anything."""

    def __init__(self, *errors: ErrorEntry) -> None:
        super().__init__("; ".join(str(error["message"]) for error in errors))
        self.errors = errors


class Operation(NamedTuple):
    """One operation of a validated document."""

    definition: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.definition.operation


def make_error(message: str, code: str, path: Path = (), locations: Json = None) -> ErrorEntry:
    """Return an entry of `errors` with an extension code, for the answers of the GraphQL doubles."""
    error: ErrorEntry = {"message": message}
    if path:
        error["path"] = list(path)
    if locations:
        error["locations"] = locations
    return {**error, "extensions": {"code": code}}


def choose_operation(document: DocumentNode, name: str = "") -> Operation:
    """Return the operation that a request asks for; raise InvalidDocument if the document has none of this name."""
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if not operations:
        raise InvalidDocument(make_error("no operation provided", INVALID))
    chosen = [each for each in operations if not name or (each.name and each.name.value == name)]
    if not chosen or (not name and len(operations) > 1):
        raise InvalidDocument(make_error(f"operation {name} not found", INVALID))
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    return Operation(chosen[0], fragments)


def check_document(schema: GraphQLSchema, text: str) -> DocumentNode:
    """Return the parsed document of a request; raise InvalidDocument if it does not fit the schema.

    The GraphQL doubles begin with it.
    """
    if not text.strip():
        raise InvalidDocument(make_error("no operation provided", INVALID))
    try:
        document = parse(text)
    except GraphQLSyntaxError as error:
        message = error.message.replace("Syntax Error: ", "").rstrip(".")
        raise InvalidDocument(make_error(message, PARSE_FAILED, (), locate(error))) from error
    errors = validate(schema, document)
    if errors:
        raise InvalidDocument(
            *(make_error(_word_refusal(schema, error.message), INVALID, (), locate(error)) for error in errors)
        )
    return document


def _word_refusal(schema: GraphQLSchema, message: str) -> str:
    """Return a validation error in the words of gqlgen, which clients look for to tell releases apart."""
    message = message.replace("'", '"')
    if unknown := UNKNOWN_FIELD.match(message):
        return f'Field "{unknown[2]}" is not defined by type "{unknown[1]}".'
    missing = MISSING_FIELD.match(message)
    wanted = schema.get_type(missing[1]) if missing else None
    if missing and isinstance(wanted, GraphQLInputObjectType):
        return (
            f'Field "{missing[1]}.{missing[2]}" of required type "{wanted.fields[missing[2]].type}" was not provided.'
        )
    return message


def locate(error: GraphQLError) -> list[dict[str, int]]:
    """Return the places of an error in the document, as `errors` lists them."""
    return [{"line": place.line, "column": place.column} for place in error.locations or ()]


def read_variables(schema: GraphQLSchema, operation: Operation, given: Mapping[str, Json]) -> dict[str, Json]:
    """Return the coerced variables: one that was not sent is absent, one sent as null is None.

    The GraphQL doubles call it.
    """
    values: dict[str, Json] = {}
    for definition in operation.definition.variable_definitions or ():
        name = definition.variable.name.value
        wanted = type_from_ast(schema, definition.type)
        if name in given:
            values[name] = coerce_value(wanted, given[name], ("variable", name))
        elif definition.default_value is not None:
            default = read_literal(definition.default_value, {})
            values[name] = coerce_value(wanted, default, ("variable", name))
        elif isinstance(wanted, GraphQLNonNull):
            raise _refuse("must be defined", ("variable", name))
    return values


def coerce_value(wanted: Any, value: Json, path: Path) -> Json:
    """Return a JSON value coerced to an input type, for variables; a value that does not fit raises InvalidDocument."""
    if isinstance(wanted, GraphQLNonNull):
        if value is None:
            raise _refuse("cannot be null", path)
        return coerce_value(wanted.of_type, value, path)
    if value is None:
        return None
    if isinstance(wanted, GraphQLList):
        items = value if isinstance(value, list) else [value]
        return [coerce_value(wanted.of_type, item, (*path, place)) for place, item in enumerate(items)]
    if isinstance(wanted, GraphQLInputObjectType):
        return _coerce_object(wanted, value, path)
    if isinstance(wanted, GraphQLEnumType):
        return _coerce_enum(wanted, value, path)
    return _coerce_scalar(wanted.name, value, path)


def _coerce_object(wanted: GraphQLInputObjectType, value: Json, path: Path) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _refuse(f"must be a {wanted.name}, not a {_go_kind(value)}", path)
    for name in value:
        if name not in wanted.fields and name != "__typename":
            raise _refuse("unknown field", (*path, name))
    values: dict[str, Json] = {}
    for name, field in wanted.fields.items():
        if name in value:
            values[name] = coerce_value(field.type, value[name], (*path, name))
        elif is_required_input_field(field):
            raise _refuse("must be defined", (*path, name))
    return values


def _coerce_enum(wanted: GraphQLEnumType, value: Json, path: Path) -> str:
    if isinstance(value, (bool, dict, list)):
        raise _refuse("enums must be ints or strings", path)
    if value not in wanted.values:
        raise _refuse(f"{value} is not a valid {wanted.name}", path)
    return str(value)


def _coerce_scalar(name: str, value: Json, path: Path) -> Json:
    convert = SCALARS.get(name)
    if convert is None:
        return value
    result = convert(value)
    if result is None:
        raise _refuse(f"cannot use {_go_kind(value, path)} as {name}", path)
    return result


def _as_int(value: Json) -> int | None:
    """Refuse every float, even a whole one: Go cannot parse it as an integer."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    try:
        return number if abs(number := int(value)) < LARGEST else None
    except ValueError:
        return None


def _as_float(value: Json) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _as_text(value: Json) -> str | None:
    if isinstance(value, str):
        return value
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return str(value) if is_number else None


def _as_flag(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None


SCALARS = {"Int": _as_int, "Float": _as_float, "String": _as_text, "ID": _as_text, "Boolean": _as_flag}


def _go_kind(value: Json, path: Path = ()) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and len(path) == len(("variable", "name")):
        return f"value {LARGEST - 1 if value >= LARGEST else 0}"
    if isinstance(value, bool):
        return "bool"
    return "map" if isinstance(value, dict) else "slice" if isinstance(value, list) else "string"


def _refuse(message: str, path: Path) -> InvalidDocument:
    return InvalidDocument(make_error(message, INVALID, path))
