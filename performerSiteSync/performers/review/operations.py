"""The operation behind the review: a plan by item, with the library's values beside every box's, and reasons.

All values come from the plan, the cache and Stash; no box is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_sources
from performers.library.kinds import SYNCED, SYNCED_KIND
from performers.review.objects import show_objects
from performers.review.scenes import show_scenes
from performers.library.kinds import SCENE
from shared.arguments import ident, paging, takes
from shared.journal import Journal
from shared.journal.batch import split_batches
from shared.journal.queries import (
    count_open_by_field,
    count_open_changes,
    count_plan_changes,
    count_planned_items,
    find_items,
    find_newest_open_plan,
    find_plan_to_review,
    list_changes_of_items,
    list_open_plans,
    list_sources,
)
from shared.page.paging import format_time, read_page
from shared.page.plan_review import FILTER, read_item_filter
from shared.page.run_view import describe_change, describe_undo

if TYPE_CHECKING:
    from shared.runtime.call import Call

NUMBERS: dict[str, Any] = {
    "count": 0,
    "planned": 0,
    "items": [],
    "open": 0,
    "selected": 0,
    "changes": 0,
    "fields": [],
    "sources": [],
    "source_names": {},
}
PLANS_SHOWN = 20
NO_PLAN: dict[str, Any] = {
    "plan_id": None,
    "title": "",
    "state": "",
    "made_at": None,
    "undo": None,
    "plans": [],
    **NUMBERS,
}


@takes(
    ident("plan_id", None, "the default is the newest plan of an update that is not empty"),
    SYNCED_KIND,
    *FILTER,
    *paging(),
)
def show_review(call: Call) -> dict[str, Any]:
    """Operation `review`: return a page of a plan's items with their values in the library and at the boxes."""
    journal = Journal(call.store)
    plan_id = find_plan(call, journal)
    if plan_id is None:
        return NO_PLAN
    opened, selected = count_open_changes(journal, plan_id)
    plan, page = journal.find_plan(plan_id), read_page(call.args)
    heads, count = find_items(
        journal, plan_id, read_item_filter(call.args)._replace(is_left=True), page.size, page.offset
    )
    return {
        "plan_id": str(plan_id),
        "title": plan["title"],
        "state": plan["state"],
        "made_at": format_time(plan["created"]),
        "count": count,
        "planned": count_planned_items(journal, plan_id),
        "items": show_items(call, journal, heads),
        "open": opened,
        "selected": selected,
        "changes": count_plan_changes(journal, plan_id),
        "undo": describe_undo(journal, plan),
        "plans": list_waiting_plans(call, journal),
        "fields": [each._asdict() for each in count_open_by_field(journal, plan_id)],
        "sources": list_sources(journal, plan_id),
        "source_names": {box.endpoint: box.name for box in read_sources(call)},
    }


def find_plan(call: Call, journal: Journal) -> int | None:
    """Return the id of the plan that the review shows: the named one, or the newest update plan, waiting ones first.

    A waiting preview of many is not replaced by that of one, which the button on its page makes.
    """
    if call.args["plan_id"] is not None:
        return int(call.args["plan_id"])
    many, one = list_plan_kinds(call)
    plan = find_newest_open_plan(journal, (many,)) or find_plan_to_review(journal, (many, one))
    return None if plan is None else int(plan["id"])


def list_plan_kinds(call: Call) -> tuple[str, str]:
    """Return the kinds of the plans of updates: of many objects of a kind, and of one; the review looks for these."""
    kind = call.args["kind"]
    return f"{kind}s", f"one_{kind}"


def list_waiting_plans(call: Call, journal: Journal) -> list[dict[str, Any]]:
    """Return the previews that wait for a person, the newest first; `show_review` offers them."""
    many, one = list_plan_kinds(call)
    return [
        {
            "plan_id": str(row["id"]),
            "title": row["title"],
            "made_at": format_time(row["created"]),
            "is_single": kind == one,
        }
        for kind in (many, one)
        for row in list_open_plans(journal, (kind,), PLANS_SHOWN)
    ]


def show_items(call: Call, journal: Journal, heads: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the items of one page of the review; an item deleted in Stash is shown by its name."""
    rows = list_changes_of_items(journal, [head["id"] for head in heads])
    changes: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        changes.setdefault(row["item"], []).append({**describe_change(row), "is_note": row["action"] == "note"})
    by_kind = {kind: [head for head in heads if head["kind"] == kind] for kind in SYNCED}
    shown = {head["id"]: show_plan_item(head, changes.get(head["id"], [])) for head in heads}
    for kind, heads_of_kind in by_kind.items():
        for batch in split_batches(heads_of_kind, len(heads)):  # an item that was applied in parts comes twice
            found = show_scenes(call, batch, changes) if kind == SCENE else show_objects(call, kind, batch, changes)
            for head_id, parts in found.items():
                shown[head_id].update(parts)
    return list(shown.values())


def show_plan_item(head: Any, changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a plan item for the review with what the plan alone knows; `show_items` adds library and box values.

    Nothing is added for an object that was deleted in Stash.
    """
    notes = [each["message"] for each in changes if each["is_note"] and each["message"]]
    return {
        "id": str(head["id"]),
        "item": {"kind": head["kind"], "id": head["item_id"], "label": head["label"]},
        "outcome": head["outcome"] or "planned",
        "message": " ".join(notes) or None,
        "local": None,
        "sources": [],
        "fields": [show_deleted_field(field, changes) for field in list_changed(changes)],
    }


def show_deleted_field(field: str, changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a changed field of an item that is not in Stash any more, for the review."""
    planned = [each for each in changes if each["field"] == field and not each["is_note"]]
    return {"field": field, "value": None, "offers": [], "policy": None, "lock": None, "why": "", "changes": planned}


def list_changed(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the fields of a plan item that have a planned change, each once, for the review."""
    return list(dict.fromkeys(each["field"] for each in changes if not each["is_note"]))
