"""Operations that select a whole field of a plan, such as all pictures or all countries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import flag, ident, takes, text
from shared.errors import UsageError
from shared.journal import Journal
from shared.journal.queries import count_open_by_field, select_field

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(ident("plan_id"))
def list_fields_of_plan(call: Call) -> dict[str, Any]:
    """Operation `review_fields`: return the fields a plan changes, with the number of changes and of selected ones."""
    return show_fields(Journal(call.store), call.args["plan_id"])


@takes(ident("plan_id"), text("field"), flag("selected"))
def tick_field(call: Call) -> dict[str, Any]:
    """Operation `review_tick`: select or deselect every change of one field, and return the fields as the list does."""
    journal, plan_id = Journal(call.store), call.args["plan_id"]
    field = call.args["field"]
    if not select_field(journal, plan_id, field, call.args["selected"]):
        raise UsageError(f'The plan has nothing to tick for "{field}". Load the page again.')
    return show_fields(journal, plan_id)


def show_fields(journal: Journal, plan_id: int) -> dict[str, Any]:
    """Return the fields of a plan that have open changes, those with the most first.

    `list_fields_of_plan` and `tick_field` answer with it.
    """
    counts = count_open_by_field(journal, plan_id)
    return {"fields": [{"field": each.field, "count": each.open, "selected": each.selected} for each in counts]}
