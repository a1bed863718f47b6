"""Ticks for a whole field of a plan, such as all pictures or all countries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.journal import Journal
from shared.page.arguments import read_flag, read_number

if TYPE_CHECKING:
    from shared.runtime.call import Call

OPEN = """FROM journal_rows r JOIN journal_items i ON i.id = r.item
    WHERE i.plan = ? AND i.outcome = '' AND r.outcome = ''"""


def list_fields_of_plan(call: Call) -> dict[str, Any]:
    """The operation: which fields a plan would change, how often, and how many of these changes are ticked."""
    return show_fields(Journal(call.store), read_number(call.args, "plan_id"))


def tick_field(call: Call) -> dict[str, Any]:
    """The operation: tick every change of one field on or off; answers like the list."""
    journal, plan_id = Journal(call.store), read_number(call.args, "plan_id")
    field = str(call.args.get("field") or "")
    rows = journal.read(f"SELECT r.id {OPEN} AND r.field = ?", (plan_id, field))
    if not rows:
        raise UsageError(f'The plan has nothing to tick for "{field}". Load the page again.')
    journal.select(plan_id, read_flag(call.args, "selected"), rows=[row["id"] for row in rows])
    return show_fields(journal, plan_id)


def show_fields(journal: Journal, plan_id: int) -> dict[str, Any]:
    """The fields, those with the most changes first."""
    query = f"SELECT r.field, count(*) AS n, sum(r.selected) AS ticked {OPEN} GROUP BY r.field ORDER BY n DESC, r.field"
    rows = journal.read(query, (plan_id,))
    return {"fields": [{"field": row["field"], "count": row["n"], "selected": row["ticked"]} for row in rows]}
