"""Schema files: a folder of *.graphql becomes a schema, whole or without some names."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from graphql import DocumentNode, GraphQLSchema, Source, build_ast_schema, parse

UPSTREAM_PLACES = ("graphql/schema", "schema", "")


def read_sdl(folder: Path) -> DocumentNode:
    """Return all schema files of a folder and its subfolders as one document; FileNotFoundError if there is none."""
    files = sorted(folder.rglob("*.graphql"))
    if not files:
        raise FileNotFoundError(f"no *.graphql below {folder}")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return parse(Source(text, str(folder)), no_location=True)


def read_upstream(place: Path) -> GraphQLSchema:
    """Return the schema of an upstream checkout, or of its schema folder, for `./dev schema-diff`."""
    folder = next((place / part for part in UPSTREAM_PLACES if (place / part).is_dir()), place)
    return build_ast_schema(read_sdl(folder), assume_valid=True, assume_valid_sdl=True)


def drop_names(document: DocumentNode, names: Collection[str]) -> DocumentNode:
    """Return the document without some types (`Name`), fields and values (`Type.field`), for an old box's schema."""
    kept = [_drop_members(node, names) for node in document.definitions if _name_of(node) not in names]
    return DocumentNode(definitions=tuple(kept))


def _drop_members(node: Any, names: Collection[str]) -> Any:
    changes = {
        part: tuple(member for member in getattr(node, part) if f"{_name_of(node)}.{_name_of(member)}" not in names)
        for part in ("fields", "values")
        if getattr(node, part, None)
    }
    return type(node)(**{**{key: getattr(node, key, None) for key in node.keys}, **changes}) if changes else node


def _name_of(node: Any) -> str:
    name = getattr(node, "name", None)
    return name.value if name else ""
