"""Resolvers made of SQL: one query for all objects of a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Callable

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import EntityType, Resolver
from sandbox.stash.library import Database

Args = Mapping[str, Any]


def entity(table: str, columns: Mapping[str, str]) -> EntityType:
    """Return a type whose objects are the ids of a table, for the registry of resolvers."""

    def load(context: Context, ids: Sequence[int], wanted: Sequence[str]) -> dict[int, Sequence[Any]]:
        sql = f"SELECT {table}.id, {', '.join(wanted)} FROM {table} WHERE {table}.id IN (:ids)"
        return {row[0]: row[1:] for row in context.db.rows_for(sql, ids)}

    return EntityType(columns, load)


def texts(table: str, names: str) -> dict[str, str]:
    """Return the fields of a type for text columns: Stash answers "" for a null."""
    return {name: f"COALESCE({table}.{name}, '')" for name in names.split()}


def plain(table: str, names: str) -> dict[str, str]:
    """Return the fields of a type for columns that are answered as stored.

    The tables of types name it.
    """
    return {name: f"{table}.{name}" for name in names.split()}


def date(table: str, name: str) -> str:
    """Return the SQL of a type's field for a date with its precision (0 day, 1 month, 2 year)."""
    return f"NULLIF(substr({table}.{name}, 1, 10 - 3 * COALESCE({table}.{name}_precision, 0)), '')"


def group_values(rows: Sequence[tuple[Any, ...]], ids: Sequence[int]) -> list[list[Any]]:
    """Return the second column of each owner's rows, in the order of the ids, for resolvers of lists."""
    found: dict[int, list[Any]] = {}
    for owner, value in rows:
        found.setdefault(owner, []).append(value)
    return [found.get(each, []) for each in ids]


def lists(sql: str) -> Resolver:
    """Return a resolver for a list per object, from rows of (owner, value); the SQL says `IN (:ids)`."""

    def resolve(context: Context, ids: Sequence[int], _: Args) -> list[list[Any]]:
        return group_values(context.db.rows_for(sql, ids), ids)

    return resolve


def records(sql: str, names: str) -> Resolver:
    """Return a resolver for a list of mappings per object, from rows of (owner, values …)."""
    keys = names.split()

    def resolve(context: Context, ids: Sequence[int], _: Args) -> list[list[Any]]:
        rows = [(row[0], dict(zip(keys, row[1:]))) for row in context.db.rows_for(sql, ids)]
        return group_values(rows, ids)

    return resolve


def values(sql: str, default: Any = None) -> Resolver:
    """Return a resolver for one value per object, from rows of (owner, value)."""

    def resolve(context: Context, ids: Sequence[int], _: Args) -> list[Any]:
        found: dict[int, Any] = {row[0]: row[1] for row in context.db.rows_for(sql, ids)}
        return [found.get(each, default) for each in ids]

    return resolve


def counts(table: str, key: str) -> Resolver:
    """Return a resolver for the number of rows of a table that belong to each object."""
    return values(f"SELECT {key}, COUNT(*) FROM {table} WHERE {key} IN (:ids) GROUP BY {key}", 0)


def nothing(value: Any) -> Resolver:
    """Return a resolver with one value for all objects, for kinds that never exist in the double."""

    def resolve(_: Context, ids: Sequence[int], __: Args) -> list[Any]:
        return [value] * len(ids)

    return resolve


def counts_below(table: str, key: str, item: str, children: str) -> Resolver:
    """Return a resolver for counts that include descendants down to `depth`; `children` selects (parent, child)."""
    counted = f"COUNT(DISTINCT {item})" if table.startswith("(") else "COUNT(*)"
    direct = values(f"SELECT {key}, {counted} FROM {table} WHERE {key} IN (:ids) GROUP BY {key}", 0)

    def resolve(context: Context, ids: Sequence[int], args: Args) -> list[int]:
        depth = args.get("depth") or 0
        if not depth:
            return list(direct(context, ids, args))
        pairs = descend(context.db, ids, children, depth)
        parts = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
        counted = f"SELECT p.root, COUNT(DISTINCT t.{item}) FROM pairs p JOIN {table} t ON t.{key} = p.item"
        linked = f"WITH pairs(root, item) AS ({parts}) {counted} GROUP BY p.root"
        found: dict[int, int] = dict(context.db.rows(linked, (encode_pairs(pairs),)))
        return [found.get(each, 0) for each in ids]

    return resolve


def encode_pairs(pairs: Sequence[tuple[int, int]]) -> str:
    """Return pairs of numbers as JSON, for SQL that reads them as a table; `counts_below` calls it."""
    return "[" + ",".join(f"[{left},{right}]" for left, right in pairs) + "]"


def descend(db: Database, ids: Sequence[int], children: str, depth: int) -> list[tuple[int, int]]:
    """Return (root, descendant) pairs, each root being its own descendant; depth -1 is all the way down.

    `counts_below` calls it.
    """
    pairs = {(each, each) for each in ids}
    level = pairs
    steps = 0
    while level and steps != depth:
        below = dict(enumerate(level))
        found = db.rows_for(children, {item for _, item in below.values()})
        by_parent: dict[int, list[int]] = {}
        for parent, child in found:
            by_parent.setdefault(parent, []).append(child)
        level = {(root, child) for root, item in below.values() for child in by_parent.get(item, ())} - pairs
        pairs |= level
        steps += 1
    return list(pairs)


def image_urls(kind: str, table: str, path: str = "image", column: str = "image_blob") -> Resolver:
    """Return a resolver for the address of an object's picture, or that of the default picture."""
    sql = f"SELECT id, updated_at, {column} IS NULL FROM {table} WHERE id IN (:ids)"

    def resolve(context: Context, ids: Sequence[int], _: Args) -> list[str]:
        rows = {row[0]: row[1:] for row in context.db.rows_for(sql, ids)}
        return [
            context.url(f"/{kind}/{each}/{path}?t={unix_time(rows[each][0])}{_default(rows[each][1])}") for each in ids
        ]

    return resolve


def _default(is_missing: bool) -> str:
    return "&default=true" if is_missing else ""


def unix_time(text: str) -> int:
    """Return a stored timestamp as seconds since 1970.

    Addresses of pictures and scenes contain it.
    """
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def custom_fields(kind: str) -> Resolver:
    """Return a resolver for the custom fields of each object as a map."""
    sql = f"SELECT {kind}_id, field, value FROM {kind}_custom_fields WHERE {kind}_id IN (:ids) ORDER BY field"

    def resolve(context: Context, ids: Sequence[int], _: Args) -> list[dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for owner, name, value in context.db.rows_for(sql, ids):
            found.setdefault(owner, {})[name] = value
        return [found.get(each, {}) for each in ids]

    return resolve


def root(find: Callable[[Context, Args], Any]) -> Resolver:
    """Return a resolver for a root field from a function that is called once per request."""

    def resolve(context: Context, objects: Sequence[Any], args: Args) -> list[Any]:
        return [find(context, args) for _ in objects]

    return resolve
