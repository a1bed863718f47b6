"""Filters saved in Stash's lists: kept as the page sent them, in the page's own form, not in the API's."""

from __future__ import annotations

import json
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.find.relations import read_id
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.objects.batches import Args, root

SAVED_FILTERS = Registry()
PARTS = ("find_filter", "object_filter", "ui_options")
COLUMNS = f"id, mode, name, {', '.join(PARTS)}"
SHARED = {"GROUPS": ("GROUPS", "MOVIES"), "MOVIES": ("GROUPS", "MOVIES")}


def _show(row: tuple[Any, ...]) -> dict[str, Any]:
    number, mode, name, *parts = row
    kept = {part: json.loads(text) if text else None for part, text in zip(PARTS, parts)}
    return {"id": number, "mode": mode, "name": name, "filter": "", **kept}


def _find(context: Context, args: Args) -> dict[str, Any] | None:
    row = context.db.row(f"SELECT {COLUMNS} FROM saved_filters WHERE id = ?", (read_id(args["id"]),))
    return _show(row) if row else None


def _list(context: Context, args: Args) -> list[dict[str, Any]]:
    mode = args.get("mode")
    if mode is None:
        return [_show(row) for row in context.db.rows(f"SELECT {COLUMNS} FROM saved_filters")]
    modes = SHARED.get(mode, (mode, mode))
    sql = f"SELECT {COLUMNS} FROM saved_filters WHERE mode IN (?, ?) ORDER BY name ASC"
    return [_show(row) for row in context.db.rows(sql, modes)]


def _save(context: Context, args: Args) -> dict[str, Any]:
    given = args["input"]
    name = given["name"].strip()
    if not name:
        raise StashFailure("name must be non-empty")
    parts = {part: json.dumps(given.get(part)) for part in PARTS}
    values: dict[str, object] = {"mode": given["mode"], "name": name, **parts}
    with context.services.library.write() as db:
        if given.get("id") is None:
            number = db.insert("saved_filters", values)
        else:
            number = read_id(given["id"])
            db.update("saved_filters", number, values)
    return _show((number, *values.values()))


def _destroy(context: Context, args: Args) -> bool:
    number = read_id(args["input"]["id"])
    with context.services.library.write() as db:
        if not db.run("DELETE FROM saved_filters WHERE id = ?", (number,)).rowcount:
            raise StashFailure(f"id {number} does not exist in saved_filters")
    return True


SAVED_FILTERS.resolvers.update(
    {
        ("Query", "findSavedFilter"): root(_find),
        ("Query", "findSavedFilters"): root(_list),
        ("Mutation", "saveFilter"): root(_save),
        ("Mutation", "destroySavedFilter"): root(_destroy),
    }
)
