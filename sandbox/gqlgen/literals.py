"""Values written into a document, as the JSON values they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)


class _Missing:
    """Stands for a variable that was not sent."""


MISSING = _Missing()


def read_literal(node: ValueNode, variables: Mapping[str, Any]) -> Any:
    """Return the JSON value of a literal; a variable not sent is MISSING, but null inside an object, as in gqlgen.

    Variables and arguments of the GraphQL doubles are read by it.
    """
    if isinstance(node, VariableNode):
        return variables.get(node.name.value, MISSING)
    if isinstance(node, ObjectValueNode):
        found = {field.name.value: read_literal(field.value, variables) for field in node.fields}
        return {name: None if value is MISSING else value for name, value in found.items()}
    if isinstance(node, ListValueNode):
        items = [read_literal(item, variables) for item in node.values]
        return [None if item is MISSING else item for item in items]
    if isinstance(node, IntValueNode):
        return int(node.value)
    if isinstance(node, FloatValueNode):
        return float(node.value)
    if isinstance(node, (StringValueNode, EnumValueNode, BooleanValueNode)):
        return node.value
    return None
