"""Introspection, answered by graphql-core."""

from __future__ import annotations

from typing import Any

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    execute_sync,
    visit,
)

from sandbox.gqlgen.documents import Operation
from sandbox.stash.graph.selections import Selected

INTROSPECTION = ("__schema", "__type")
INPUTS = ("inputFields", "args")
ALL = ArgumentNode(name=NameNode(value="includeDeprecated"), value=BooleanValueNode(value=True))


class ShowDeprecated(Visitor):
    """Adds `includeDeprecated: true` to introspection fields; Stash shows deprecated inputs by default."""

    def enter_field(self, node: FieldNode, *_: object) -> FieldNode | None:
        """Return the field with the argument, None to leave it as it is; graphql-core calls this by its name."""
        if node.name.value not in INPUTS or node.arguments:
            return None
        return FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=(ALL,),
            directives=node.directives,
            selection_set=node.selection_set,
        )


def introspect(schema: GraphQLSchema, operation: Operation, selected: Selected, variables: dict[str, Any]) -> Any:
    """Return the answer to one `__schema` or `__type` field; the executor calls this."""
    definition = operation.definition
    alone = OperationDefinitionNode(
        operation=definition.operation,
        name=definition.name,
        variable_definitions=definition.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=selected.nodes),
    )
    document = visit(DocumentNode(definitions=(alone, *operation.fragments.values())), ShowDeprecated())
    result = execute_sync(schema, document, variable_values=variables)
    if result.errors or result.data is None:
        raise result.errors[0] if result.errors else ValueError("introspection gave no answer")
    return result.data[selected.key]
