"""Questions about the schema itself, answered by graphql-core."""

from __future__ import annotations

from typing import Any

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode, execute_sync

from sandbox.stash.graph.documents import Operation
from sandbox.stash.graph.selections import Selected

INTROSPECTION = ("__schema", "__type")


def introspect(schema: GraphQLSchema, operation: Operation, selected: Selected, variables: dict[str, Any]) -> Any:
    """The answer to one `__schema` or `__type` field."""
    definition = operation.definition
    alone = OperationDefinitionNode(
        operation=definition.operation,
        name=definition.name,
        variable_definitions=definition.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=selected.nodes),
    )
    document = DocumentNode(definitions=(alone, *operation.fragments.values()))
    result = execute_sync(schema, document, variable_values=variables)
    if result.errors or result.data is None:
        raise result.errors[0] if result.errors else ValueError("introspection gave no answer")
    return result.data[selected.key]
