"""Helpers for changing and deleting objects of any kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database
from sandbox.stash.write.fields import read_ids
from sandbox.stash.write.hooked import show_sent

Given = Mapping[str, Any]
BULK_LISTS = frozenset(
    [
        "aliases",
        "alias_list",
        "urls",
        "tag_ids",
        "performer_ids",
        "gallery_ids",
        "group_ids",
        "movie_ids",
        "parent_ids",
        "child_ids",
    ]
)


def bulk_list(given: Given, name: str) -> tuple[list[Any], str] | None:
    """Return a list change as (values, mode), from the plain form or the bulk form; None if it was not sent.

    A plain null empties the list, a null bulk change is ignored.
    Updates of objects with lists call it.
    """
    if name not in given:
        return None
    value = given[name]
    if isinstance(value, Mapping):
        return list(value.get("ids") or value.get("values") or ()), str(value["mode"])
    return list(value or ()), "SET"


def touch(context: Context, db: Database, table: str, row_id: int, values: Given) -> None:
    """Set columns of one row and the time of its change, even if nothing is different; all updates end in this."""
    now = context.services.library.timestamp()
    db.update(table, row_id, {**values, "updated_at": now})


def update_many(
    context: Context, trigger: str, given: Given, apply: Callable[[Database, int, Given], None]
) -> list[int] | None:
    """Carry out a bulk update in one transaction, then run the hooks object by object; return the ids.

    Nothing to do is answered with null.
    Bulk mutations call it.
    """
    ids = read_ids("ids", given.get("ids"))
    changes = {name: value for name, value in given.items() if value is not None or name not in BULK_LISTS}
    with context.services.library.write() as db:
        for each in ids:
            apply(db, each, changes)
    for each in ids:
        context.fire(trigger, each, show_sent(given), given)
    return ids or None


def destroy_rows(
    context: Context, kind: str, ids: Sequence[Any], given: Any, check: Callable[[Database, int], None]
) -> bool:
    """Delete objects in one transaction, then run the hooks; return True. The mutations that delete call it."""
    numbers = read_ids("ids" if len(ids) != 1 else "id", ids)
    with context.services.library.write() as db:
        for number in numbers:
            check(db, number)
            delete_row(db, f"{kind}s", number)
    for number in numbers:
        context.fire(f"{kind.capitalize()}.Destroy.Post", number, given)
    return True


def delete_row(db: Database, table: str, row_id: int) -> None:
    """Delete one object, or raise if it is not there; the mutations that destroy call this."""
    if not db.run(f"DELETE FROM {table} WHERE id = ?", (row_id,)).rowcount:
        raise StashFailure(f"id {row_id} does not exist in {table}")


def anything_goes(_: Database, __: int) -> None:
    """Allow every deletion: the check for kinds that may always be deleted; `destroy_rows` gets it."""
