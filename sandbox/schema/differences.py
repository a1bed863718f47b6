"""Compares a double's schema, which is a subset, with the real one: names, arguments, types, nullability, defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_scalar_type,
    print_ast,
)


class Difference(NamedTuple):
    """One name of the double's schema that the real schema lacks or defines differently, or requires."""

    where: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.where}: here {self.ours}, upstream {self.theirs}"


def compare_schemas(ours: GraphQLSchema, theirs: GraphQLSchema) -> list[Difference]:
    """Return every difference, for `./dev schema-diff`; none if our schema is a true subset of the real one."""
    found: list[Difference] = []
    for name, kind in sorted(ours.type_map.items()):
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind):
            found += _compare_types(name, kind, theirs.type_map.get(name))
    return found


def list_names(schema: GraphQLSchema) -> set[str]:
    """Return every type, field, argument and value of a schema, which `./dev schema-diff` counts."""
    names: set[str] = set()
    for name, kind in schema.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        names |= {name, *(f"{name}.{value}" for value in _values_of(kind))}
        for field_name, field in _fields_of(kind).items():
            names.add(f"{name}.{field_name}")
            names |= {f"{name}.{field_name}.{argument}" for argument in getattr(field, "args", ())}
    return names


def _compare_types(name: str, ours: GraphQLNamedType, theirs: GraphQLNamedType | None) -> Iterator[Difference]:
    if theirs is None:
        yield Difference(name, _kind_of(ours), "nothing")
        return
    if _kind_of(ours) != _kind_of(theirs):
        yield Difference(name, _kind_of(ours), _kind_of(theirs))
        return
    for extra in sorted(_values_of(ours) - _values_of(theirs)):
        yield Difference(f"{name}.{extra}", "present", "nothing")
    yield from _compare_members(name, _fields_of(ours), _fields_of(theirs))
    if isinstance(ours, GraphQLInputObjectType):
        yield from _find_left_out(name, _fields_of(ours), _fields_of(theirs))


def _compare_members(where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Difference]:
    for name, field in ours.items():
        path = f"{where}.{name}"
        other = theirs.get(name)
        if other is None:
            yield Difference(path, str(field.type), "nothing")
            continue
        if str(field.type) != str(other.type):
            yield Difference(path, str(field.type), str(other.type))
        if _default_of(field) != _default_of(other):
            yield Difference(path, f"default {_default_of(field)}", f"default {_default_of(other)}")
        arguments, others = getattr(field, "args", {}), getattr(other, "args", {})
        yield from _compare_members(path, arguments, others)
        yield from _find_left_out(path, arguments, others)


def _find_left_out(where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the required arguments and input fields of the real server that the double lacks."""
    for name, field in theirs.items():
        if name not in ours and str(field.type).endswith("!") and _default_of(field) == "none":
            yield Difference(f"{where}.{name}", "nothing", f"{field.type} (required)")


def _kind_of(kind: GraphQLNamedType) -> str:
    return (
        type(kind).__name__.replace("GraphQL", "").replace("ObjectType", " object").replace("Type", "").strip().lower()
    )


def _fields_of(kind: GraphQLNamedType) -> Mapping[str, Any]:
    if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
        fields: Mapping[str, Any] = kind.fields
        return fields
    return {}


def _values_of(kind: GraphQLNamedType) -> set[str]:
    """Return enum values, union members or implemented interfaces."""
    if isinstance(kind, GraphQLEnumType):
        return set(kind.values)
    if isinstance(kind, GraphQLUnionType):
        return {member.name for member in kind.types}
    if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
        return {interface.name for interface in kind.interfaces}
    return set()


def _default_of(field: Any) -> str:
    """Return the default value as written; some servers write booleans with a capital letter."""
    node = field.ast_node and getattr(field.ast_node, "default_value", None)
    text = print_ast(node) if node else "none"
    return text.lower() if text.lower() in ("true", "false") else text
