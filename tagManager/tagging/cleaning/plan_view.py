"""Shows the newest plan of a cleaning by tag, and selects all changes of a tag."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.arguments import flag, ident, paging, takes
from shared.journal import Journal
from shared.journal.queries import list_removed_members, select_removed_member
from shared.page.paging import read_page
from tagging.scenes.tag_writer import TAGS_FIELD

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(ident("plan_id"), *paging())
def list_cleaned_tags(call: Call) -> dict[str, Any]:
    """Operation `cleaning_tags`: return a page of the tags that a plan takes off, those of most objects first."""
    journal, page, plan_id = Journal(call.store), read_page(call.args), call.args["plan_id"]
    journal.find_plan(plan_id)
    rows, count = list_removed_members(journal, plan_id, TAGS_FIELD, page.size, page.offset)
    open_changes = {int(json.loads(row["before"])): row for row in rows}
    named = call.stash.tags.read(open_changes, "name")
    shown = [
        {
            "id": number,
            "name": named[number]["name"] if number in named else str(number),
            "objects": row["open"],
            "selected": row["selected"],
        }
        for number, row in open_changes.items()
    ]
    return {"tags": shown, "count": count}


@takes(ident("plan_id"), ident("tag_id"), flag("selected"))
def select_cleaned_tag(call: Call) -> dict[str, Any]:
    """Operation `cleaning_select`: select or deselect all removals of a tag; return the number of changed rows."""
    journal, plan_id = Journal(call.store), call.args["plan_id"]
    journal.find_plan(plan_id)
    changed = select_removed_member(journal, plan_id, TAGS_FIELD, call.args["tag_id"], call.args["selected"])
    return {"count": changed}
