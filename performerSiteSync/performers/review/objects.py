"""Performers and studios of a review: the library's values beside every box's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.conversion import SourceOffer, fit_fields
from performers.boxes.links import find_links
from performers.boxes.record_cache import CachedRecord, RecordCache
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
from performers.library.kinds import PERFORMER
from performers.library.normalize import normalize_name, normalize_url
from performers.library.view import show_local
from performers.review.fields import FieldOffer, collect_links, list_planned, show_field, show_sources
from performers.sync.plan import WrittenBefore, find_locks, is_equal, list_members
from performers.sync.provenance import NEVER_WRITTEN, read_written_before
from performers.sync.rules import Rules, read_rules
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call


class ReviewContext(NamedTuple):
    """Everything needed to show one item: boxes, rules, cached records, and earlier writes."""

    kind: str
    boxes: Sequence[Box]
    rules: Rules
    supported: SupportedFields
    answers: Mapping[str, Mapping[str, CachedRecord]]
    past: Mapping[int, WrittenBefore]


def show_objects(
    call: Call, kind: str, heads: Sequence[Any], changes: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[int, dict[str, Any]]:
    """Return library and box values of the items of one kind, by plan item, with one request to Stash.

    The review shows them; `show_items` calls it.
    """
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


def show_object(
    context: ReviewContext,
    row: Mapping[str, Any],
    links: Sequence[Sequence[str]],
    changes: Sequence[Mapping[str, Any]],
    order: Sequence[str],
) -> dict[str, Any]:
    """Return a library object beside the values of all boxes, for the review."""
    present = {**describe_row(row, context.kind), "image": None}
    present["image"] = row["image_path"] if describe_row(row, context.kind)["image"] else None
    if context.kind != PERFORMER:
        present["parent_id"] = (row["parent_studio"] or {}).get("name")
    offers = [offer for box in context.boxes for offer in read_offers(context, box, links)]
    past = context.past.get(int(row["id"]), NEVER_WRITTEN)
    locks = find_locks(present, past)
    shown = []
    for field in order:
        planned = list_planned(field, changes)
        given = [offer for offer in offers if list_values(field, offer)]
        if planned or any(is_different(field, present, offer) for offer in given):
            listed = [FieldOffer(each.box, each.endpoint, list_values(field, each)) for each in given]
            policy = context.rules.policy_of(field)
            shown.append(show_field(field, present.get(field), listed, planned, policy, locks.get(field)))
    return {
        "local": show_local(context.kind, row),
        "sources": list(show_sources(context.kind, context.boxes, context.answers, links)),
        "fields": shown,
    }


def read_offers(context: ReviewContext, box: Box, links: Sequence[Sequence[str]]) -> Iterable[SourceOffer]:
    """Yield a box's cached values of an object, for each of its links (endpoint, id) there, for `show_object`."""
    for pair in find_links(links, box):
        answer = context.answers[box.endpoint].get(pair[1])
        if answer is not None and answer.values:
            values = fit_fields(answer.values, context.supported)
            parent = values.pop("parent", None)
            yield SourceOffer(box.endpoint, box.name, {**values, **({"parent_id": parent[1]} if parent else {})})


def list_values(field: str, offer: SourceOffer) -> Any:
    """Return a source's value of a field, as a list for list fields; the review shows it."""
    return list(offer.values.get(field, ())) if field in LISTS else offer.values.get(field)


def is_different(field: str, present: Mapping[str, Any], offer: SourceOffer) -> bool:
    """Return True if a source has another value than the library; the review then shows the field."""
    if field in LISTS:
        identify = normalize_url if field == "urls" else normalize_name
        known = {identify(each) for each in [*(present.get(field) or ()), present["name"]]}
        return any(identify(each) not in known for each in list_members(field, offer) if each)
    return not is_equal(field, present.get(field), offer.values[field])
