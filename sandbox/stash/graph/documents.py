"""Documents for one release of Stash; its double parses and validates each text once."""

from __future__ import annotations

import functools

from graphql import DocumentNode

from sandbox.gqlgen.documents import Operation, check_document, choose_operation
from sandbox.stash.profiles import build_schema


def read_operation(release: str, text: str, name: str = "") -> Operation:
    """Return the operation to run; raise InvalidDocument if Stash would not run it."""
    return choose_operation(read_document(release, text), name)


@functools.lru_cache(maxsize=1000)
def read_document(release: str, text: str) -> DocumentNode:
    """Return the parsed and validated document; it is cached per text and release. GraphQL requests begin with it."""
    return check_document(build_schema(release), text)
