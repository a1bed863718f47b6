"""The page's list of decisions: shows what a person decided about conflicts and duplicates, and takes one back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from performers.identity.decision_store import IDENTITY, LINKED
from performers.library.kinds import ANY_SYNCED, SYNCED
from shared.arguments import paging, takes, text
from shared.errors import UsageError
from shared.page.paging import format_time, read_page
from shared.stash_box import Box
from shared.stash_box.box import find_box_name
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(ANY_SYNCED, *paging())
def list_decisions(call: Call) -> dict[str, Any]:
    """Operation `decisions`: return a page of the person's decisions, the newest first."""
    page = read_page(call.args)
    kinds = [call.args["kind"]] if call.args["kind"] else list(SYNCED)
    where = "FROM decisions WHERE verdict <> ? AND kind IN (SELECT value FROM json_each(?))"
    given = (LINKED, json.dumps(kinds))
    count = call.store.first(f"SELECT count(*) AS n {where}", given)["n"]
    query = f"SELECT * {where} ORDER BY made DESC, key LIMIT ? OFFSET ?"
    rows = call.store.read(query, (*given, page.size, page.offset))
    boxes = read_boxes(call.stash)
    return {"count": count, "decisions": [show_decision(row, boxes) for row in rows]}


def show_decision(row: Any, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return one stored decision as the list of decisions shows it. `list_decisions` calls it."""
    return {
        "key": row["key"],
        "kind": row["kind"],
        "item": {"kind": row["kind"], "id": str(row["item"]), "label": row["label"]},
        "what": row["what"],
        "decision": row["verdict"],
        "endpoint": row["endpoint"],
        "box": find_box_name(boxes, row["endpoint"]),
        "remote_id": row["subject"] if row["what"] == IDENTITY else "",
        "name": row["name"],
        "reason": row["reason"],
        "made_at": format_time(row["made"]),
    }


@takes(text("key"))
def take_back_decision(call: Call) -> dict[str, Any]:
    """Operation `decision_take_back`: delete a decision, so that the next update may raise the question again."""
    with call.store.write() as db:
        count = db.execute("DELETE FROM decisions WHERE key = ?", (call.args["key"],)).rowcount
    if not count:
        raise UsageError("This decision was taken back already.")
    return {"message": "Taken back. The next update looks at it again."}
