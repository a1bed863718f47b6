"""Lists that belong to an object: related ids, aliases, URLs, links to stash-boxes, custom fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, NamedTuple

from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database, LibraryFile

FIELD_NAME_LIMIT = 64
GO_TYPES = {"list": "[]interface {}", "dict": "map[string]interface {}"}


class JoinTable(NamedTuple):
    """A table of two ids."""

    table: str
    owner: str
    other: str


def change_ids(db: Database, link: JoinTable, owner_id: int, ids: Sequence[int], mode: str = "SET") -> None:
    """Set, add or remove an object's related ids, for the mutations; an unknown id fails on its foreign key."""
    table, owner, other = link
    if mode == "SET":
        db.run(f"DELETE FROM {table} WHERE {owner} = ?", (owner_id,))
    if mode == "REMOVE":
        db.run_many(f"DELETE FROM {table} WHERE {owner} = ? AND {other} = ?", [(owner_id, each) for each in ids])
        return
    insert = f"INSERT INTO {table} ({owner}, {other}) VALUES (?, ?) ON CONFLICT ({owner}, {other}) DO NOTHING"
    for each in ids:
        db.run(insert, (owner_id, each))


def apply_strings(old: Sequence[str], values: Sequence[str] | None, mode: str) -> list[str]:
    """Return the list of aliases or URLs after the change; values are trimmed. Mutations call it."""
    trimmed = [value.strip() for value in values or ()]
    if mode == "SET":
        return trimmed
    if mode == "ADD":
        return [*old, *dict.fromkeys(value for value in trimmed if value not in old)]
    return [value for value in old if value not in trimmed]


def read_strings(db: Database, kind: str, what: str, owner_id: int) -> list[str]:
    """Return aliases or URLs as stored, for mutations."""
    order = "position" if what == "url" else "rowid"
    sql = f"SELECT {what} FROM {kind}_{_plural(what)} WHERE {kind}_id = ? ORDER BY {order}"
    return db.column(sql, (owner_id,))


def replace_aliases(db: Database, kind: str, owner_id: int, aliases: Sequence[str]) -> None:
    """Replace an object's aliases by these, for the mutations that create and update."""
    db.run(f"DELETE FROM {kind}_aliases WHERE {kind}_id = ?", (owner_id,))
    for alias in aliases:
        db.run(f"INSERT INTO {kind}_aliases ({kind}_id, alias) VALUES (?, ?)", (owner_id, alias))


def replace_urls(db: Database, kind: str, owner_id: int, urls: Sequence[str]) -> None:
    """Replace an object's URLs by these, for the mutations that create and update."""
    db.run(f"DELETE FROM {kind}_urls WHERE {kind}_id = ?", (owner_id,))
    db.run_many(
        f"INSERT INTO {kind}_urls ({kind}_id, position, url) VALUES (?, ?, ?)",
        [(owner_id, place, url) for place, url in enumerate(urls)],
    )


def _plural(what: str) -> str:
    return "aliases" if what == "alias" else "urls"


def replace_stash_ids(library: LibraryFile, db: Database, kind: str, owner_id: int, given: Any) -> None:
    """Replace an object's links to stash-boxes by these; without `updated_at` they date from now."""
    table = f"{kind}_stash_ids"
    db.run(f"DELETE FROM {table} WHERE {kind}_id = ?", (owner_id,))
    seen: set[tuple[str, str]] = set()
    for entry in given or ():
        pair = (entry["endpoint"], entry["stash_id"])
        if pair in seen:
            continue
        seen.add(pair)
        updated = read_time(entry.get("updated_at")) or show_moment(library.now())
        sql = f"INSERT INTO {table} ({kind}_id, endpoint, stash_id, updated_at) VALUES (?, ?, ?, ?)"
        db.run(sql, (owner_id, *pair, updated))


def read_time(value: Any) -> str | None:
    """Return an RFC 3339 time as given; anything else is refused. Links with a time are read so."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError as error:
        raise StashFailure(f'parsing time "{value}" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse') from error
    if moment.tzinfo is None:
        raise StashFailure(
            f'parsing time "{value}" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "" as "Z07:00"'
        )
    return show_moment(moment)


def show_moment(moment: datetime) -> str:
    """Return a moment in UTC, with its fraction of a second, for the times of links."""
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def change_custom_fields(db: Database, kind: str, owner_id: int, given: Mapping[str, Any] | None) -> None:
    """Change an object's custom fields: `full` replaces, `partial` adds and overwrites, `remove` removes."""
    given = given or {}
    table = f"{kind}_custom_fields"
    if given.get("full") is not None:
        db.run(f"DELETE FROM {table} WHERE {kind}_id = ?", (owner_id,))
    values = given.get("full") if given.get("full") is not None else given.get("partial")
    both = [name for name in given.get("remove") or () if name in (values or {})]
    if both:
        raise StashFailure(f'custom field name "{both[0]}" cannot be in both values and delete keys')
    for name, value in (values or {}).items():
        check_custom_field(name, value)
        db.run(f"REPLACE INTO {table} ({kind}_id, field, value) VALUES (?, ?, ?)", (owner_id, name, value))
    for name in given.get("remove") or ():
        db.run(f"DELETE FROM {table} WHERE {kind}_id = ? AND field = ?", (owner_id, name))


def check_custom_field(name: str, value: Any) -> None:
    """Refuse a custom field whose name is long or untidy, or whose value is no scalar.

    `change_custom_fields` calls it.
    """
    if not name:
        raise StashFailure("field name cannot be empty")
    if len(name.encode()) > FIELD_NAME_LIMIT:
        raise StashFailure(f"field name must be less than {FIELD_NAME_LIMIT + 1} characters")
    if name.strip() != name:
        raise StashFailure("field name cannot have leading or trailing whitespace")
    if isinstance(value, (list, dict)) or value is None:
        shown = GO_TYPES.get(type(value).__name__, "<nil>")
        raise StashFailure(f'getting SQL value for field "{name}": unsupported custom field value type: {shown}')
