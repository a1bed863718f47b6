"""The Stash releases the double can play: their schemas, and a test for behavior that came with a release."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLSchema,
    NameNode,
    Node,
    StringValueNode,
    build_ast_schema,
)

from sandbox.schema.sdl import read_sdl

SDL = Path(__file__).parent / "sdl"
LATEST = "0.31"
DATED = DirectiveNode(name=NameNode(value="deprecated"), arguments=())
COMPARED = ("0.25", "0.28", "0.30")  # later names came after the newest upstream checkout seen
MARKS = ("since", "gone", "dated")
LISTS = ("definitions", "fields", "arguments", "values", "types", "operation_types")
NodeT = TypeVar("NodeT", bound=Node)
Release = tuple[int, ...]


@dataclass(frozen=True)
class Profile:
    """One release of Stash."""

    name: str
    version: str
    hash: str
    build_time: str
    app_schema: int

    def has(self, release: str) -> bool:
        """Return True if this Stash is the given release or a later one; mutations and the server ask."""
        return parse_release(self.name) >= parse_release(release)

    @property
    def schema(self) -> GraphQLSchema:
        """Return the GraphQL schema of this release, as far as the double serves it."""
        return build_schema(self.name)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("0.25", "v0.25.1", "cd51b5ef8", "2024-03-12 21:46:41", 54),
        Profile("0.28", "v0.28.1", "bc6b8e2aa", "2025-03-20 01:11:32", 70),
        Profile("0.30", "v0.30.1", "b2f1bd4e3", "2025-12-21 21:31:41", 75),
        Profile("0.31", "v0.31.1", "4de2351c0", "2026-04-13 02:14:00", 85),
    )
}


def find_profile(name: str) -> Profile:
    """Return the profile of a release such as `0.30`; an unknown name raises with the known ones."""
    if name not in PROFILES:
        raise ValueError(f"no Stash profile {name!r}; known: {', '.join(PROFILES)}")
    return PROFILES[name]


def parse_release(text: str) -> Release:
    """Return `0.30` as a tuple that compares."""
    return tuple(int(part) for part in text.split("."))


@functools.cache
def build_schema(name: str) -> GraphQLSchema:
    """Return the schema of one release, without names that came later or were gone by then."""
    return build_ast_schema(trim_document(read_document(), parse_release(name)))


@functools.lru_cache(maxsize=1)
def read_document() -> DocumentNode:
    """Return all schema files as one document, with the directives `@since`, `@gone` and `@dated`."""
    return read_sdl(SDL)


def trim_document(node: NodeT, release: Release) -> NodeT:
    """Return a copy of a definition as that release had it; `build_schema` calls it."""
    changes: dict[str, Any] = {}
    for name in LISTS:
        children = getattr(node, name, None)
        if isinstance(children, tuple) and children and not isinstance(node, DirectiveNode):
            changes[name] = tuple(trim_document(child, release) for child in children if is_present(child, release))
    directives = getattr(node, "directives", None)
    if directives:
        changes["directives"] = _translate_marks(directives, release)
    if not changes:
        return node
    values = {key: getattr(node, key, None) for key in node.keys}
    return type(node)(**{**values, **changes})


def is_present(node: Node, release: Release) -> bool:
    """Return True if that release had this definition; `trim_document` asks."""
    since = _read_mark(node, "since")
    gone = _read_mark(node, "gone")
    return (since is None or release >= since) and (gone is None or release < gone)


def _translate_marks(directives: tuple[DirectiveNode, ...], release: Release) -> tuple[DirectiveNode, ...]:
    kept = [mark for mark in directives if mark.name.value not in MARKS]
    dated = [mark for mark in directives if mark.name.value == "dated" and release >= _release_of(mark)]
    return tuple(kept) + ((DATED,) if dated else ())


def _read_mark(node: Node, name: str) -> Release | None:
    marks = [mark for mark in getattr(node, "directives", None) or () if mark.name.value == name]
    return _release_of(marks[0]) if marks else None


def _release_of(mark: DirectiveNode) -> Release:
    value = (mark.arguments or ())[0].value
    if not isinstance(value, StringValueNode):
        raise TypeError(f"@{mark.name.value} needs a release in quotes")
    return parse_release(value.value)
