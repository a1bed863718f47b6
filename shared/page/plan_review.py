"""The operations of a plan's review: its items with their changes, narrowed by filters, and stored pictures."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import choice, ident, paging, takes, text
from shared.errors import UsageError
from shared.journal import Journal
from shared.journal.blobs import name_of
from shared.journal.queries import (
    ItemFilter,
    count_open_by_field,
    count_open_changes,
    find_change,
    find_items,
    list_changes_of_items,
    list_sources,
)
from shared.journal.schema import SIDES
from shared.page.paging import read_page
from shared.page.run_view import describe_change, describe_undo

if TYPE_CHECKING:
    from shared.runtime.call import Call

FILTER = (
    text("field", "", "only items with a change of this field"),
    text("source", "", "only items with a change from this source"),
    choice("only", ("conflict", "sources"), "", "only items in conflict, or with changes from several sources"),
    text("text", "", "searches the names of the items"),
)


@takes(ident("plan_id"), *FILTER, *paging())
def list_items(call: Call) -> dict[str, Any]:
    """Operation `plan_items`: return a plan and one page of its items, each with all of its changes."""
    journal = Journal(call.store)
    plan, page, wanted = journal.find_plan(call.args["plan_id"]), read_page(call.args), read_item_filter(call.args)
    heads, count = find_items(journal, plan["id"], wanted, page.size, page.offset)
    changes: dict[int, list[dict[str, Any]]] = {head["id"]: [] for head in heads}
    for row in list_changes_of_items(journal, changes):
        changes[row["item"]].append(describe_change(row))
    opened, selected = count_open_changes(journal, plan["id"])
    return {
        "plan_id": str(plan["id"]),
        "title": plan["title"],
        "state": plan["state"],
        "open": opened,
        "selected": selected,
        "undo": describe_undo(journal, plan),
        "fields": [each._asdict() for each in count_open_by_field(journal, plan["id"])],
        "sources": list_sources(journal, plan["id"]),
        "count": count,
        "items": [
            {"id": str(head["id"]), "outcome": head["outcome"], "changes": changes[head["id"]]} for head in heads
        ],
    }


def read_item_filter(args: Mapping[str, Any]) -> ItemFilter:
    """Return the filter for the items of a plan from an operation's arguments, which it declares with FILTER."""
    field, source, only = (args[name] for name in ("field", "source", "only"))
    return ItemFilter(field, source, only, args["text"].strip())


@takes(ident("change_id"), choice("side", tuple(SIDES)))
def show_picture(call: Call) -> dict[str, Any]:
    """Operation `change_picture`: return a stored picture, the value of a change before or after it."""
    journal = Journal(call.store)
    value = SIDES[call.args["side"]].read(find_change(journal, call.args["change_id"])[call.args["side"]])
    if name_of(value) is None:
        raise UsageError("This value is not a stored picture.")
    data = base64.b64encode(journal.blobs.get(value)).decode("ascii")
    return {"content_type": value.get("type") or "image/jpeg", "data": data}
