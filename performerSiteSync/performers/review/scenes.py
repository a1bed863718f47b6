"""Scenes of a review: the library's values beside what every box says now and said at the baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.links import find_links
from performers.boxes.record_cache import CachedRecord
from performers.boxes.sources import read_sources
from performers.library.entities import HAS_PICTURE, describe_row, find_linked_by_id, select_fields, select_objects
from performers.library.kinds import PERFORMER, SCENE, STUDIO
from performers.library.normalize import normalize_url
from performers.library.scenes import CAST, FOLLOWED, NEW_STUDIO, STUDIO_ID, find_stranger, name_present
from performers.library.view import show_local
from performers.review.fields import FieldOffer, collect_links, list_planned, show_field, show_sources
from performers.scenes.cast import fold
from performers.scenes.record import STUDIO as REMOTE_STUDIO
from performers.scenes.record import read_cast
from performers.scenes.record_store import SceneRecords
from performers.sync.plan import WrittenBefore, find_locks, is_equal
from performers.sync.provenance import NEVER_WRITTEN, read_written_before
from performers.sync.rules import Rules, read_rules
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient

SHOWN = (*FOLLOWED, CAST, "urls", "image", "stash_ids")
KIND_OF_FIELD = {CAST: PERFORMER, STUDIO_ID: STUDIO, NEW_STUDIO: STUDIO}
NOT_HERE = "{name} (not in Stash)"

Answers = Mapping[str, Mapping[str, CachedRecord]]


class SceneReview(NamedTuple):
    """Everything needed to show the scenes of one page."""

    boxes: Sequence[Box]
    rules: Rules
    answers: Answers
    past: Mapping[int, WrittenBefore]
    names: LibraryNames


class LibraryNames:
    """The names in the library of the performers and studios on one page: by id, and by their id at a box."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[str, str], str] = {}
        self._by_link: dict[tuple[str, str, str], str] = {}

    def read(
        self, stash: StashClient, kind: str, numbers: Collection[int], linked: Mapping[str, Collection[str]]
    ) -> None:
        """Read the names of these objects of a kind, and of those with these ids at boxes, for the review of scenes."""
        rows = select_objects(stash, kind).read(sorted(numbers), "name") if numbers else {}
        self._by_id.update({(kind, str(number)): row["name"] for number, row in rows.items()})
        for endpoint, ids in linked.items():
            for remote_id, owners in find_linked_by_id(stash, kind, endpoint, sorted(ids), "name").items():
                self._by_link[(kind, endpoint, remote_id)] = owners[0]["name"]

    def name(self, kind: str, number: str) -> str:
        """Return the name of a library object for the review; one that is gone is shown by its number."""
        return self._by_id.get((kind, number), f"{kind} {number}")

    def name_remote(self, kind: str, endpoint: str, remote_id: str, name: str, own: Iterable[str]) -> str:
        """Return the library's name for a box's performer or studio `name`, for `name_values` of the review.

        It is that of the object with the link, else the one of `own`, the scene's names, that is equal. If neither is
        there, it is the box's name with "(not in Stash)".
        """
        linked = self._by_link.get((kind, endpoint, remote_id))
        named = next((each for each in own if fold(each) == fold(name)), None)
        return linked or named or NOT_HERE.format(name=name)


def show_scenes(
    call: Call, heads: Sequence[Any], changes: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[int, dict[str, Any]]:
    """Return library and box values of the scenes of a page, by plan item, for the review; no box is asked."""
    numbers = {int(head["item_id"]): head["id"] for head in heads}
    rows = call.stash.scenes.read(numbers, select_fields(call.stash, SCENE)) if numbers else {}
    boxes = read_sources(call)
    links = {number: collect_links(rows.get(number), changes.get(head, ())) for number, head in numbers.items()}
    answers = {
        box.endpoint: SceneRecords(call.store, box.endpoint).read(
            pair[1] for pairs in links.values() for pair in find_links(pairs, box)
        )
        for box in boxes
    }
    names = read_names(call.stash, answers, [each for head in numbers.values() for each in changes.get(head, ())])
    past = read_written_before(call.store, SCENE, list(numbers))
    review = SceneReview(boxes, read_rules(call.settings), answers, past, names)
    return {
        numbers[number]: show_scene(review, row, links[number], changes.get(numbers[number], ()))
        for number, row in rows.items()
    }


def read_names(stash: StashClient, answers: Answers, changes: Iterable[Mapping[str, Any]]) -> LibraryNames:
    """Return the names of all performers and studios that records and changes of a page of the review mention."""
    names = LibraryNames()
    naming = [each for each in changes if each["field"] in KIND_OF_FIELD]
    for kind in (PERFORMER, STUDIO):
        members = {side for each in naming if KIND_OF_FIELD[each["field"]] == kind for side in list_sides(each)}
        numbers = {int(each) for each in members if find_stranger(each) is None}
        linked = {
            endpoint: {each for answer in found.values() for each in list_remote_ids(kind, answer)}
            for endpoint, found in answers.items()
        }
        names.read(stash, kind, numbers, {endpoint: ids for endpoint, ids in linked.items() if ids})
    return names


def list_sides(change: Mapping[str, Any]) -> list[str]:
    """Return the values of a change of studio or performers: what it takes away, and what it gives.

    `read_names` calls it.
    """
    return [str(each) for each in (change["before"], change["after"]) if each]


def list_remote_ids(kind: str, answer: CachedRecord) -> list[str]:
    """Return the ids of a record's performers, or of its studio, now and at the baseline; `read_names` calls it."""
    found = [answer.values, answer.before or {}]
    if kind == PERFORMER:
        return [each.id for values in found for each in read_cast(values)]
    return [values[REMOTE_STUDIO][0] for values in found if values.get(REMOTE_STUDIO)]


def show_scene(
    review: SceneReview, row: Mapping[str, Any], links: Sequence[Sequence[str]], changes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a scene beside the values of all boxes, for the review."""
    present = describe_row(row, SCENE)
    # A scene always has a picture to show; whether it is a stored cover does not matter here.
    locks = find_locks({**present, "image": HAS_PICTURE}, review.past.get(int(row["id"]), NEVER_WRITTEN))
    own = name_present(row, present)
    offers = {box: list(read_offers(review, box, links, own)) for box in review.boxes}
    shown = []
    for field in SHOWN:
        planned = [name_change(review.names, each) for each in list_changes(field, changes)]
        given = [offer for box in review.boxes for found in offers[box] for offer in found.get(field, ())]
        if planned or any(is_different(field, own.get(field), offer.value) for offer in given):
            policy = review.rules.policy_of(field)
            shown.append(show_field(field, own.get(field), given, planned, policy, locks.get(field)))
    return {
        "local": show_local(SCENE, row),
        "sources": list(show_sources(SCENE, review.boxes, review.answers, links)),
        "fields": shown,
    }


def list_changes(field: str, changes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the planned changes of a field, for the review; the creation of a studio is a change of the studio."""
    more = list_planned(NEW_STUDIO, changes) if field == STUDIO_ID else []
    return [*list_planned(field, changes), *more]


def name_change(names: LibraryNames, change: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a change as the review shows it, with names in place of ids of performers and studios."""
    kind = KIND_OF_FIELD.get(change["field"])
    if kind is None:
        return change
    stranger = f"{change['reason'].partition(':')[0]} (new)"
    shown = {side: show_member(names, kind, change[side], stranger) for side in ("before", "after")}
    return {**change, **shown, "action": "set" if change["field"] == NEW_STUDIO else change["action"]}


def show_member(names: LibraryNames, kind: str, member: Any, stranger: str) -> Any:
    """Return the name of a member of a change, for the review; `stranger` is the text for one that the plan creates."""
    if not member:
        return member
    return stranger if find_stranger(str(member)) else names.name(kind, str(member))


def read_offers(
    review: SceneReview, box: Box, links: Sequence[Sequence[str]], own: Mapping[str, Any]
) -> Iterator[dict[str, list[FieldOffer]]]:
    """Yield by field what a box says about a scene, for each of its records there; the review compares it."""
    for pair in find_links(links, box):
        answer = review.answers[box.endpoint].get(pair[1])
        if answer is not None and answer.values:
            now = name_values(review.names, box, answer.values, own)
            before = name_values(review.names, box, answer.before or {}, own)
            note = ", ".join(each.label for each in read_cast(answer.values) if each.label != each.name)
            yield {field: [show_offer(box, field, value, before.get(field), note)] for field, value in now.items()}


def show_offer(box: Box, field: str, value: Any, before: Any, credited: str) -> FieldOffer:
    """Return what a box says about a field, with the value at the baseline if that was another one, for the review."""
    is_changed = field != "image" and before != value  # the address of a picture says nothing to a person
    return FieldOffer(box.name, box.endpoint, value, before if is_changed else None, credited if field == CAST else "")


def name_values(names: LibraryNames, box: Box, values: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's values with the library's names in place of the box's studio and performers, for the review."""
    shown = {field: values[field] for field in SHOWN if values.get(field) and field != CAST}
    if values.get(REMOTE_STUDIO):
        here = [own[STUDIO_ID]] if own.get(STUDIO_ID) else []
        remote_id, name = values[REMOTE_STUDIO]
        shown[STUDIO_ID] = names.name_remote(STUDIO, box.endpoint, remote_id, name, here)
    cast = [names.name_remote(PERFORMER, box.endpoint, each.id, each.name, own[CAST]) for each in read_cast(values)]
    return {**shown, **({CAST: cast} if cast else {})}


def is_different(field: str, present: Any, offered: Any) -> bool:
    """Return True if a box has another value than the library; the review then shows the field."""
    if field == "urls":
        known = {normalize_url(each) for each in present or ()}
        return any(normalize_url(each) not in known for each in offered)
    if field == CAST:
        return any(each not in (present or ()) for each in offered)
    return not is_equal(field, present, offered)
