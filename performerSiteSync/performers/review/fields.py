"""The parts of an item of a review that are the same for all kinds: links, records, fields and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from performers.boxes.links import find_links
from performers.boxes.record_cache import MERGED, CachedRecord
from performers.sync.rules import FILL, FOLLOW, IGNORE
from shared.stash_box import Box
from shared.stash_box.addresses import make_page_url

LOCKS = {
    "hand": "Locked by you.",
    "edited": "Changed by you.",
    "undone": "Undone by you.",
    "lost": "Left out: the state file was lost, and you may have cleared this before.",
}
UNASKED = "unasked"


class FieldOffer(NamedTuple):
    """A box's value of a field, as the review shows it.

    `before` is what it said at the baseline of a scene, `note` a remark such as a credited name.
    """

    box: str
    endpoint: str
    value: Any
    before: Any = None
    note: str = ""


def collect_links(row: Mapping[str, Any] | None, changes: Iterable[Mapping[str, Any]]) -> list[Sequence[str]]:
    """Return the present links of an object and those its plan adds; the review shows the records of all of them."""
    links: list[Sequence[str]] = [(each["endpoint"], each["stash_id"]) for each in (row or {}).get("stash_ids", ())]
    planned = [each["after"] for each in changes if each["field"] == "stash_ids" and each["action"] == "add"]
    return [*links, *(pair for pair in planned if tuple(pair) not in links)]


def list_planned(field: str, changes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the planned changes of a field, without notes, for the review."""
    return [each for each in changes if each["field"] == field and not each["is_note"]]


def show_sources(
    kind: str, boxes: Iterable[Box], answers: Mapping[str, Mapping[str, CachedRecord]], links: Sequence[Sequence[str]]
) -> Iterator[dict[str, Any]]:
    """Yield the records that an item is linked to, each with its state in the cache, for the review."""
    for box in boxes:
        for pair in find_links(links, box):
            answer = answers[box.endpoint].get(pair[1])
            values = answer.values if answer else {}
            yield {
                "box": box.name,
                "endpoint": box.endpoint,
                "remote_id": pair[1],
                "state": answer.state if answer else UNASKED,
                "name": values.get("name"),
                "image": values.get("image"),
                "url": make_page_url(box, kind, answer.into if answer and answer.state == MERGED else pair[1]),
            }


def show_field(
    field: str,
    value: Any,
    offers: Sequence[FieldOffer],
    changes: Sequence[Mapping[str, Any]],
    policy: str,
    lock: str | None,
) -> dict[str, Any]:
    """Return a field with value, offers, policy, lock and the reason for its treatment, for the review."""
    return {
        "field": field,
        "value": value,
        "offers": [each._asdict() for each in offers],
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
