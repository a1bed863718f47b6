"""The fields a document asks for, with fragments and directives applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    get_named_type,
    is_abstract_type,
    is_object_type,
)

from sandbox.gqlgen.documents import Operation, coerce_value
from sandbox.gqlgen.literals import MISSING, read_literal

TYPENAME = "__typename"


@dataclass(frozen=True)
class Selected:
    """One field asked for: its key in the answer, its arguments and what is asked below it."""

    key: str
    name: str
    args: Mapping[str, Any]
    type: GraphQLOutputType
    below: tuple[SelectionSetNode, ...]
    nodes: tuple[FieldNode, ...]


@dataclass(frozen=True)
class ObjectPlan:
    """Everything asked of one object type."""

    type: GraphQLObjectType
    fields: tuple[Selected, ...]


@dataclass
class SelectionPlanner:
    """Plans the selections of one request."""

    schema: GraphQLSchema
    operation: Operation
    variables: dict[str, Any]
    plans: dict[tuple[str, tuple[int, ...]], ObjectPlan] = field(default_factory=dict)

    def plan_operation(self) -> ObjectPlan:
        """Return the plan of the operation's root object; the executor reads objects by such plans."""
        root = self.schema.get_root_type(self.operation.kind)
        if root is None:
            raise TypeError(f"the schema has no {self.operation.kind.value}")
        return self.plan_object(root, (self.operation.definition.selection_set,))

    def plan_below(self, selected: Selected) -> ObjectPlan | None:
        """Return the plan of the objects a field holds, None for a scalar."""
        bare = get_named_type(selected.type)
        return self.plan_object(bare, selected.below) if is_object_type(bare) else None

    def plan_object(self, parent: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> ObjectPlan:
        """Return the plan of one object type under these selection sets; `plan_operation` and `plan_below` call it."""
        cached = (parent.name, tuple(id(each) for each in sets))
        if cached not in self.plans:
            found: dict[str, list[FieldNode]] = {}
            for each in sets:
                self._collect(parent, each.selections, found)
            fields = tuple(self._select(parent, key, nodes) for key, nodes in found.items())
            self.plans[cached] = ObjectPlan(parent, fields)
        return self.plans[cached]

    def _collect(
        self, parent: GraphQLObjectType, nodes: Iterable[SelectionNode], found: dict[str, list[FieldNode]]
    ) -> None:
        for node in nodes:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                if condition is None or self._applies(parent, condition.name.value):
                    self._collect(parent, node.selection_set.selections, found)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.operation.fragments[node.name.value]
                if self._applies(parent, fragment.type_condition.name.value):
                    self._collect(parent, fragment.selection_set.selections, found)

    def _applies(self, parent: GraphQLObjectType, name: str) -> bool:
        if parent.name == name:
            return True
        other = self.schema.type_map[name]
        return is_abstract_type(other) and self.schema.is_sub_type(_abstract(other), parent)

    def _is_included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            wanted = bool(read_literal((directive.arguments or ())[0].value, self.variables))
            if wanted is (directive.name.value == "skip"):
                return False
        return True

    def _select(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        first = nodes[0]
        name = first.name.value
        definition = parent.fields.get(name)
        if definition is None:
            return Selected(key, name, {}, self.schema.type_map["String"], (), tuple(nodes))  # type: ignore[arg-type]
        below = tuple(node.selection_set for node in nodes if node.selection_set)
        return Selected(key, name, self._read_args(definition, first), definition.type, below, tuple(nodes))

    def _read_args(self, definition: GraphQLField, node: FieldNode) -> dict[str, Any]:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        args: dict[str, Any] = {}
        for name, argument in definition.args.items():
            value = read_literal(given[name], self.variables) if name in given else MISSING
            if value is not MISSING:
                args[name] = coerce_value(argument.type, value, (name,))
            elif argument.default_value is not Undefined:
                args[name] = argument.default_value
        return args


def _abstract(named: Any) -> GraphQLAbstractType:
    return named  # type: ignore[no-any-return]
