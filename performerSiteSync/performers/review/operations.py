"""The operation behind the review: a plan by item, with the library's values beside every box's, and reasons.

All values come from the plan, the cache and Stash; no box is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.conversion import SourceOffer, fit_fields
from performers.boxes.links import find_links
from performers.boxes.record_cache import MERGED, CachedRecord, RecordCache
from performers.boxes.sources import read_sources
from performers.library.entities import (
    LISTS,
    SupportedFields,
    describe_row,
    list_fields,
    read_supported_fields,
    select_fields,
    select_objects,
)
from performers.library.kinds import ENTITY_KIND, PERFORMER
from performers.library.normalize import normalize_name, normalize_url
from performers.library.view import show_local
from performers.sync.plan import WrittenBefore, find_locks, is_equal, list_members
from performers.sync.provenance import NEVER_WRITTEN, read_written_before
from performers.sync.rules import FILL, FOLLOW, IGNORE, Rules, read_rules
from shared.arguments import ident, paging, takes
from shared.journal import Journal
from shared.journal.batch import split_batches
from shared.journal.queries import (
    count_open_by_field,
    count_open_changes,
    count_plan_changes,
    find_items,
    find_newest_open_plan,
    find_plan_to_review,
    list_changes_of_items,
    list_open_plans,
    list_sources,
)
from shared.page.paging import format_time, read_page
from shared.page.plan_review import FILTER, read_filter
from shared.page.run_view import describe_change, describe_undo
from shared.stash_box import Box
from shared.stash_box.addresses import make_page_url

if TYPE_CHECKING:
    from shared.runtime.call import Call

LOCKS = {
    "hand": "Locked by you.",
    "edited": "Changed by you.",
    "undone": "Undone by you.",
    "lost": "Left out: the state file was lost, and you may have cleared this before.",
}
UNASKED = "unasked"
NUMBERS: dict[str, Any] = {
    "count": 0,
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


class ReviewContext(NamedTuple):
    """Everything needed to show one item: boxes, rules, cached records, and earlier writes."""

    kind: str
    boxes: Sequence[Box]
    rules: Rules
    supported: SupportedFields
    answers: Mapping[str, Mapping[str, CachedRecord]]
    past: Mapping[int, WrittenBefore]


@takes(
    ident("plan_id", None, "the default is the newest plan of an update that is not empty"),
    ENTITY_KIND,
    *FILTER,
    *paging(),
)
def show_review(call: Call) -> dict[str, Any]:
    """Operation: return a page of a plan's items with their values in the library and at the boxes."""
    journal = Journal(call.store)
    plan_id = find_plan(call, journal)
    if plan_id is None:
        return NO_PLAN
    opened, selected = count_open_changes(journal, plan_id)
    plan, page = journal.find_plan(plan_id), read_page(call.args)
    heads, count = find_items(journal, plan_id, read_filter(call.args)._replace(is_left=True), page.size, page.offset)
    return {
        "plan_id": str(plan_id),
        "title": plan["title"],
        "state": plan["state"],
        "made_at": format_time(plan["created"]),
        "count": count,
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
    """Return the id of the plan to show: the named one, or the newest update plan, waiting ones first.

    A waiting preview of many is not replaced by that of one, which the button on its page makes.
    """
    if call.args["plan_id"] is not None:
        return int(call.args["plan_id"])
    many, one = list_plan_kinds(call)
    plan = find_newest_open_plan(journal, (many,)) or find_plan_to_review(journal, (many, one))
    return None if plan is None else int(plan["id"])


def list_plan_kinds(call: Call) -> tuple[str, str]:
    """Return the kinds of the plans of updates: of many performers or studios, and of one."""
    kind = call.args["kind"]
    return f"{kind}s", f"one_{kind}"


def list_waiting_plans(call: Call, journal: Journal) -> list[dict[str, Any]]:
    """Return the previews that wait for a person, the newest first."""
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
    """Return the items of one page; an item deleted in Stash is shown by its name."""
    rows = list_changes_of_items(journal, [head["id"] for head in heads])
    changes: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        changes.setdefault(row["item"], []).append({**describe_change(row), "is_note": row["action"] == "note"})
    by_kind = {kind: [head for head in heads if head["kind"] == kind] for kind in (PERFORMER, "studio")}
    shown = {head["id"]: show_plan_item(head, changes.get(head["id"], [])) for head in heads}
    for kind, heads_of_kind in by_kind.items():
        for batch in split_batches(heads_of_kind, len(heads)):  # an item that was applied in parts comes twice
            for head_id, parts in show_objects(call, kind, batch, changes).items():
                shown[head_id].update(parts)
    return list(shown.values())


def show_plan_item(head: Any, changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a plan item for the page with what the plan alone knows; `show_page` adds library and box values.

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
    """Return a changed field of an item that is not in Stash."""
    planned = [each for each in changes if each["field"] == field and not each["is_note"]]
    return {"field": field, "value": None, "offers": [], "policy": None, "lock": None, "why": "", "changes": planned}


def list_changed(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the fields of a plan item that have a planned change, each once."""
    return list(dict.fromkeys(each["field"] for each in changes if not each["is_note"]))


def show_objects(
    call: Call, kind: str, heads: Sequence[Any], changes: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[int, dict[str, Any]]:
    """Return library and box values of the items of one kind, by plan item, with one request to Stash."""
    numbers = {int(head["item_id"]): head["id"] for head in heads}
    more = "scene_count" if kind == PERFORMER else "scene_count parent_studio { id name }"
    rows = select_objects(call.stash, kind).read(numbers, f"{select_fields(call.stash, kind)} {more}")
    boxes = read_sources(call)
    links = {number: collect_links(rows.get(number), changes.get(head, ())) for number, head in numbers.items()}
    answers = {
        box.endpoint: RecordCache(call.store, kind).read(
            box.endpoint, [pair[1] for pairs in links.values() for pair in find_links(pairs, box)]
        )
        for box in boxes
    }
    supported, past = read_supported_fields(call.stash, kind), read_written_before(call.store, kind, list(numbers))
    context = ReviewContext(kind, boxes, read_rules(call.settings), supported, answers, past)
    order = [*list_fields(call.stash, kind), "parent_id", "image", "stash_ids"]
    return {
        numbers[number]: show_object(context, row, links[number], changes.get(numbers[number], ()), order)
        for number, row in rows.items()
    }


def collect_links(row: Mapping[str, Any] | None, changes: Iterable[Mapping[str, Any]]) -> list[Sequence[str]]:
    """Return the present links of an object and those its plan adds."""
    links: list[Sequence[str]] = [(each["endpoint"], each["stash_id"]) for each in (row or {}).get("stash_ids", ())]
    planned = [each["after"] for each in changes if each["field"] == "stash_ids" and each["action"] == "add"]
    return [*links, *(pair for pair in planned if tuple(pair) not in links)]


def show_object(
    context: ReviewContext,
    row: Mapping[str, Any],
    links: Sequence[Sequence[str]],
    changes: Sequence[Mapping[str, Any]],
    order: Sequence[str],
) -> dict[str, Any]:
    """Return a library object beside the values of all boxes."""
    present = {**describe_row(row, context.kind), "image": None}
    present["image"] = row["image_path"] if describe_row(row, context.kind)["image"] else None
    if context.kind != PERFORMER:
        present["parent_id"] = (row["parent_studio"] or {}).get("name")
    offers = [offer for box in context.boxes for offer in read_offers(context, box, links)]
    past = context.past.get(int(row["id"]), NEVER_WRITTEN)
    locks = find_locks(present, past)
    shown = []
    for field in order:
        planned = [each for each in changes if each["field"] == field and not each["is_note"]]
        given = [offer for offer in offers if list_values(field, offer)]
        if planned or any(is_different(field, present, offer) for offer in given):
            shown.append(show_field(context, field, present.get(field), given, planned, locks.get(field)))
    return {
        "local": show_local(context.kind, row),
        "sources": [source for box in context.boxes for source in show_sources(context, box, links)],
        "fields": shown,
    }


def read_offers(context: ReviewContext, box: Box, links: Sequence[Sequence[str]]) -> Iterable[SourceOffer]:
    """Yield the cached values of a box for an object's links, as the review compares them."""
    for pair in find_links(links, box):
        answer = context.answers[box.endpoint].get(pair[1])
        if answer is not None and answer.values:
            values = fit_fields(answer.values, context.supported)
            parent = values.pop("parent", None)
            yield SourceOffer(box.endpoint, box.name, {**values, **({"parent_id": parent[1]} if parent else {})})


def show_sources(context: ReviewContext, box: Box, links: Sequence[Sequence[str]]) -> Iterable[dict[str, Any]]:
    """Yield for the page the records that an item is linked to at a box, each with its state in the cache."""
    for pair in find_links(links, box):
        answer = context.answers[box.endpoint].get(pair[1])
        values = answer.values if answer else {}
        yield {
            "box": box.name,
            "endpoint": box.endpoint,
            "remote_id": pair[1],
            "state": answer.state if answer else UNASKED,
            "name": values.get("name"),
            "image": values.get("image"),
            "url": make_page_url(box, context.kind, answer.into if answer and answer.state == MERGED else pair[1]),
        }


def list_values(field: str, offer: SourceOffer) -> Any:
    """Return a source's value of a field, as a list for list fields."""
    return list(offer.values.get(field, ())) if field in LISTS else offer.values.get(field)


def is_different(field: str, present: Mapping[str, Any], offer: SourceOffer) -> bool:
    """Return True if a source has another value than the library; the review then shows the field."""
    if field in LISTS:
        identify = normalize_url if field == "urls" else normalize_name
        known = {identify(each) for each in [*(present.get(field) or ()), present["name"]]}
        return any(identify(each) not in known for each in list_members(field, offer) if each)
    return not is_equal(field, present.get(field), offer.values[field])


def show_field(
    context: ReviewContext,
    field: str,
    value: Any,
    offers: Sequence[SourceOffer],
    changes: Sequence[Mapping[str, Any]],
    lock: str | None,
) -> dict[str, Any]:
    """Return a field with value, offers, policy, lock and the reason for its treatment."""
    policy = context.rules.policy_of(field)
    return {
        "field": field,
        "value": value,
        "offers": [{"box": each.box, "endpoint": each.endpoint, "value": list_values(field, each)} for each in offers],
        "policy": policy,
        "lock": lock,
        "why": explain_field(field, value, policy, changes, lock),
        "changes": list(changes),
    }


def explain_field(field: str, value: Any, policy: str, changes: Sequence[Mapping[str, Any]], lock: str | None) -> str:
    """Return the sentence of the review why a field is written or not."""
    if changes:
        return " ".join(dict.fromkeys(each["reason"] for each in changes if each["reason"]))
    if lock:
        return LOCKS.get(lock, "It is locked.")
    if policy == IGNORE:
        return "Image Updates is off." if field == "image" else "A rule leaves this field alone."
    if value and policy == FILL:
        return "Only empty fields are filled."
    if value and policy == FOLLOW:
        return "Your own value is kept."
    if field == "parent_id":
        return "Not in Stash yet. The setting Create Parent Studios creates it."
    return "Nothing to write."
