"""The operation of the Completeness tab: its table, sorted and paged."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from missing.completeness.library_counts import choose_objects
from missing.completeness.store import read_progress
from shared.arguments import choice, flag, paging, takes, text
from shared.page.paging import format_time, read_page
from shared.stash_box import Box
from shared.stash_box.box import find_box_name
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

SORTS = {
    "share": "owned * 1.0 / max(total, 1)",
    "missing": "total - owned",
    "total": "total",
    "name": "name COLLATE NOCASE",
}
KINDS = ("performer", "studio")
_WHERE = """
    FROM completeness WHERE (:kind = '' OR kind = :kind) AND (:text = '' OR name LIKE '%' || :text || '%')
    AND (NOT :favorites OR favorite)
"""


@takes(
    choice("kind", KINDS, ""),
    choice("sort", tuple(SORTS), "missing"),
    flag("descending"),
    text("text", ""),
    flag("favorites"),
    *paging(50),
)
def list_completeness(call: Call) -> dict[str, Any]:
    """Operation `list_completeness`: return one page of the saved counts and the progress of a running task."""
    args, page = call.args, read_page(call.args)
    filters = {name: args[name] for name in ("kind", "text", "favorites")}
    order = f"{SORTS[args['sort']]} {'DESC' if args['descending'] else 'ASC'}, name, local_id"
    store = call.store
    rows = store.read(
        f"SELECT * {_WHERE} ORDER BY {order} LIMIT :size OFFSET :offset",
        {**filters, "size": page.size, "offset": page.offset},
    )
    progress = read_progress(store)
    boxes = read_boxes(call.stash)
    return {
        "rows": make_completeness_rows(call, rows, boxes),
        "count": store.read("SELECT count(*)" + _WHERE, filters)[0][0],
        "checked_at": format_time(store.read("SELECT max(checked) FROM completeness")[0][0]),
        "running": progress is not None,
        "progress": progress,
    }


def make_completeness_rows(call: Call, rows: Sequence[sqlite3.Row], boxes: Sequence[Box]) -> list[dict[str, Any]]:
    """Return saved counts as the page shows them, each with the portrait or logo that Stash has."""
    pictures = {kind: read_pictures(call, kind, rows) for kind in KINDS}
    return [{**make_completeness_row(row, boxes), "image": pictures[row["kind"]].get(row["local_id"])} for row in rows]


def read_pictures(call: Call, kind: str, rows: Sequence[sqlite3.Row]) -> dict[int, str]:
    """Return by number the addresses of the pictures of a table's performers or studios.

    `make_completeness_rows` adds them.
    """
    numbers = sorted({row["local_id"] for row in rows if row["kind"] == kind})
    found = choose_objects(call.stash, kind).read(numbers, "image_path") if numbers else {}
    return {number: str(row["image_path"]) for number, row in found.items() if row["image_path"]}


def make_completeness_row(row: sqlite3.Row, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return a row of the table `completeness` as the page shows it; `names` are box names by endpoint."""
    total, owned = row["total"], row["owned"]
    return {
        "kind": row["kind"],
        "id": str(row["local_id"]),
        "name": row["name"],
        "favorite": bool(row["favorite"]),
        "endpoint": row["endpoint"],
        "box": find_box_name(boxes, row["endpoint"]),
        "total": total,
        "owned": owned,
        "share": round(owned / total, 4) if total else None,
        "checked_at": format_time(row["checked"]),
        "message": row["message"] or None,
    }
