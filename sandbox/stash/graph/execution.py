"""Runs a plan level by level: each field is resolved once for all objects of a level, so a long list costs few queries.

A resolver gets the request's context, the objects of the level and the arguments, and returns one value per object.
Objects of entity types (scenes, tags, …) are their ids; everything else is a mapping, read by field name unless a
resolver is registered.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable, Generic, TypeVar

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    get_named_type,
)

from sandbox.gqlgen.documents import ErrorEntry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.graph.introspection import INTROSPECTION, introspect
from sandbox.stash.graph.selections import TYPENAME, ObjectPlan, Selected, SelectionPlanner

ContextT = TypeVar("ContextT")
Json = Any
Resolver = Callable[[Any, Sequence[Any], Mapping[str, Any]], Sequence[Any]]
Loader = Callable[[Any, Sequence[int], Sequence[str]], Mapping[int, Sequence[Any]]]


def show_float(value: float) -> float:
    """Return a Float as JSON: a whole number without a fraction.

    The executor writes floats so.
    """
    return int(value) if value == int(value) else value


CONVERT: dict[str, Callable[[Any], Any]] = {"ID": str, "Boolean": bool, "Float": show_float}


@dataclass(frozen=True)
class EntityType:
    """A type whose objects are ids: the SQL of its plain fields and how rows are loaded."""

    columns: Mapping[str, str]
    load: Loader


@dataclass
class Registry:
    """The resolvers of fields, by type and field name."""

    entities: dict[str, EntityType] = field(default_factory=dict)
    resolvers: dict[tuple[str, str], Resolver] = field(default_factory=dict)

    def resolver(self, *places: str) -> Callable[[Resolver], Resolver]:
        """Return a decorator that registers a function for fields named `Type.field`."""

        def register(function: Resolver) -> Resolver:
            for place in places:
                parent, _, name = place.partition(".")
                self.resolvers[parent, name] = function
            return function

        return register

    def merge(self, other: Registry) -> None:
        """Take over all resolvers of another registry; `registry.py` joins those of all modules this way."""
        self.entities.update(other.entities)
        self.resolvers.update(other.resolvers)


class BrokenDouble(Exception):
    """A bug of the double: its schema promises a value that it does not have."""


class Execution(Generic[ContextT]):
    """One run of one operation."""

    def __init__(self, registry: Registry, planner: SelectionPlanner, context: ContextT) -> None:
        self.registry = registry
        self.planner = planner
        self.context = context

    def run(self) -> tuple[dict[str, Json] | None, list[ErrorEntry]]:
        """Run the operation and return its data and errors; the GraphQL endpoint calls this."""
        plan = self.planner.plan_operation()
        data: dict[str, Json] = {}
        errors: list[ErrorEntry] = []
        is_void = False
        for selected in plan.fields:
            try:
                data[selected.key] = self._resolve_field(plan.type, selected, [None])[0]
            except (StashFailure, sqlite3.Error) as error:
                errors.append({"message": str(error), "path": [selected.key]})
                data[selected.key] = None
                is_void = is_void or isinstance(selected.type, GraphQLNonNull)
        return (None if is_void else data), errors

    def _resolve_field(self, parent: GraphQLObjectType, selected: Selected, objects: Sequence[Any]) -> Sequence[Json]:
        if selected.name == TYPENAME:
            return [parent.name] * len(objects)
        if selected.name in INTROSPECTION:
            planner = self.planner
            return [introspect(planner.schema, planner.operation, selected, planner.variables)]
        resolver = self.registry.resolvers.get((parent.name, selected.name))
        if resolver:
            values = resolver(self.context, objects, selected.args)
        elif objects and isinstance(objects[0], Mapping):
            values = [each[selected.name] for each in objects]
        else:
            raise BrokenDouble(f"nobody resolves {parent.name}.{selected.name}")
        return self.complete(selected.type, selected, values)

    def complete(self, wanted: GraphQLOutputType, selected: Selected, values: Sequence[Any]) -> Sequence[Json]:
        """Return the values of one field as JSON, for all objects at once."""
        if isinstance(wanted, GraphQLNonNull):
            result = self.complete(wanted.of_type, selected, values)
            if None in values:
                raise BrokenDouble(f"{selected.name} is null, but {wanted} promises a value")
            return result
        if isinstance(wanted, GraphQLList):
            return self._complete_lists(wanted.of_type, selected, values)
        if isinstance(wanted, (GraphQLScalarType, GraphQLEnumType)):
            convert = CONVERT.get(wanted.name)
            return [value if value is None else convert(value) for value in values] if convert else values
        return self._complete_objects(selected, values)

    def _complete_lists(self, wanted: GraphQLOutputType, selected: Selected, values: Sequence[Any]) -> Sequence[Json]:
        flat = [item for items in values if items for item in items]
        done = iter(self.complete(wanted, selected, flat))
        return [items if items is None else list(itertools.islice(done, len(items))) for items in values]

    def _complete_objects(self, selected: Selected, values: Sequence[Any]) -> Sequence[Json]:
        plan = self.planner.plan_below(selected)
        if plan is None:
            raise BrokenDouble(f"{get_named_type(selected.type)} is neither a scalar nor an object")
        present = [value for value in values if value is not None]
        if not present:
            return values
        if plan.type.name in self.registry.entities:
            made = self._build_entities(plan, list(dict.fromkeys(present)))
            return [None if value is None else made[value] for value in values]
        built = iter(self._build_objects(plan, present))
        return [None if value is None else next(built) for value in values]

    def _build_entities(self, plan: ObjectPlan, ids: list[int]) -> dict[int, dict[str, Json]]:
        entity = self.registry.entities[plan.type.name]
        plain = [each for each in plan.fields if each.name in entity.columns]
        columns = list(dict.fromkeys(entity.columns[each.name] for each in plain))
        loaded = entity.load(self.context, ids, columns) if columns else {}
        places = {column: place for place, column in enumerate(columns)}
        answers = []
        for each in plan.fields:
            if each.name in entity.columns:
                place = places[entity.columns[each.name]]
                values: Sequence[Any] = [loaded[row_id][place] for row_id in ids]
                answers.append(self.complete(each.type, each, values))
            elif each.name == "id":
                answers.append(list(map(str, ids)))
            else:
                answers.append(self._resolve_field(plan.type, each, ids))
        return dict(zip(ids, _zip_objects(plan, answers)))

    def _build_objects(self, plan: ObjectPlan, objects: Sequence[Any]) -> list[dict[str, Json]]:
        return _zip_objects(plan, [self._resolve_field(plan.type, each, objects) for each in plan.fields])


def _zip_objects(plan: ObjectPlan, answers: Sequence[Sequence[Json]]) -> list[dict[str, Json]]:
    keys = [each.key for each in plan.fields]
    if len(keys) == 1:
        key = keys[0]
        return [{key: value} for value in answers[0]]
    return [dict(zip(keys, row)) for row in zip(*answers)]
