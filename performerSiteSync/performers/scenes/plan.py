"""Plans one scene from three sides: what a box said at the baseline, what it says now, and what the library has. Pure.

Only what the box changed since the baseline is proposed; `fills` also proposes what the library lacks. A value that
equals the box's earlier one came from the box, so the policy "follow" replaces it; any other value is a person's and
stays. A box that no longer has a value erases none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from performers.boxes.conversion import SourceOffer
from performers.library.normalize import normalize_url
from performers.library.scenes import CAST, FOLLOWED, NEW_STUDIO, STUDIO_ID, find_stranger
from performers.scenes.cast import ResolvedOffer
from performers.scenes.record import PERFORMERS
from performers.scenes.record import STUDIO as REMOTE_STUDIO
from performers.sync.plan import (
    PICTURE,
    WrittenBefore,
    follow_picture,
    is_empty,
    is_equal,
    is_ours,
    is_still_ours,
    sort_offers,
)
from performers.sync.rules import FILL, FOLLOW, IGNORE, OVERWRITE, REPLACING, Rules
from shared.journal import Change, Entry, Finding, Item, add_member, remove_member, set_field

MEMBERS = (CAST, "urls")
NAMES = {
    "title": "the title",
    "date": "the date",
    "code": "the studio code",
    "director": "the director",
    "details": "the details",
    STUDIO_ID: "the studio",
}
REMOTE_NAMES = {STUDIO_ID: REMOTE_STUDIO, CAST: PERFORMERS}  # fields that a box's record calls differently


class ScenePlan(NamedTuple):
    """Everything that planning one scene needs besides its offers; `creatable` are strangers that may be created."""

    item: Item
    present: Mapping[str, Any]
    past: WrittenBefore
    rules: Rules
    fills: bool = False
    creatable: Collection[str] = ()

    def is_open(self, field: str) -> bool:
        """Return True if rules and locks let a sync write the field; `plan_scene` and `is_settled` ask."""
        return field not in self.past.locked and self.rules.policy_of(field) != IGNORE


def plan_scene(scene: ScenePlan, found: Sequence[ResolvedOffer]) -> Iterator[Entry]:
    """Yield the changes of one scene, and what a person should know, for the planner; boxes in the user's order."""
    offers = [each.offer for each in found]
    labels = {member: label for each in reversed(found) for member, label in each.labels.items()}
    for field in (*FOLLOWED, PICTURE):
        given = sort_offers(field, offers, scene.rules)
        if given and scene.is_open(field):
            yield from plan_value(scene, field, given, labels)
    for field in MEMBERS:
        if scene.is_open(field) and is_still_ours(field, scene.present.get(field), scene.past):
            yield from plan_members(scene, field, offers, labels)


def plan_value(
    scene: ScenePlan, field: str, given: Sequence[SourceOffer], labels: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield the change of a field to its first source's value, or why the person's value stays.

    `plan_scene` calls it.
    """
    first, value = given[0], scene.present.get(field)
    wanted = first.values[field]
    if field == PICTURE and value:
        change = follow_picture(scene.item, first, scene.past, scene.rules)
        yield from [change] if change else []
    elif is_equal(field, value, wanted):
        return
    elif may_set(scene, field, value, first):
        yield from set_value(scene, field, first, explain(field, given, labels))
    elif is_changed(field, first) and not is_empty(value) and is_contested(scene, field, value, first):
        message = f"{first.box} changed {NAMES[field]}; yours is your own and stays."
        yield Finding(scene.item, "skipped", message, field, first.endpoint, is_told_once=True)


def may_set(scene: ScenePlan, field: str, value: Any, offer: SourceOffer) -> bool:
    """Return True if a plan of a scene may write a field; `plan_value` asks.

    It compares three values: the library's, the box's, and the box's at the baseline.
    """
    past, policy = scene.past, scene.rules.policy_of(field)
    ours = past.written.get(field, ())
    before = (offer.before or {}).get(field)
    if field in past.lost:
        return False
    if is_empty(value):
        is_left_empty = bool(ours) or field in past.undone or field in past.seen
        # A person who had no value while the box had one chose that; `fills` is the person's wish to change it.
        return not is_left_empty and (scene.fills or (is_changed(field, offer) and is_empty(before)))
    if policy not in REPLACING or field in past.undone:
        return False
    if is_ours(value, ours) or (is_changed(field, offer) and is_equal(field, before, value) and not is_empty(before)):
        return True
    return policy == OVERWRITE and (is_changed(field, offer) or scene.fills)


def is_changed(field: str, offer: SourceOffer) -> bool:
    """Return True if the box has another value than at the baseline; `plan_value` and `may_set` ask."""
    return offer.before is not None and not is_equal(field, offer.before.get(field), offer.values.get(field))


def is_contested(scene: ScenePlan, field: str, value: Any, offer: SourceOffer) -> bool:
    """Return True if a person's value stands against a change that the field's rule would take.

    `plan_value` then notes it.
    """
    return (
        field in NAMES
        and scene.rules.policy_of(field) in REPLACING
        and field not in scene.past.undone
        and not is_equal(field, (offer.before or {}).get(field), value)
    )


def set_value(scene: ScenePlan, field: str, offer: SourceOffer, reason: str) -> Iterator[Entry]:
    """Yield the change of a scene to a source's value, for `plan_value`.

    A studio that Stash lacks is created if that is allowed.
    """
    value, wanted = scene.present.get(field), offer.values[field]
    origin = {"source": offer.endpoint, "reason": reason}
    if field != STUDIO_ID or find_stranger(wanted) is None:
        yield set_field(scene.item, field, value, wanted, **origin)
    elif wanted in scene.creatable and is_empty(value):
        yield add_member(scene.item, NEW_STUDIO, wanted, **origin)
    else:
        yield note_stranger(scene.item, field, offer, reason)


def explain(field: str, given: Sequence[SourceOffer], labels: Mapping[str, str]) -> str:
    """Return a change's reason, for `plan_value`.

    It says whose value it is, the name behind a studio's id, and which boxes differ.
    """
    first = given[0]
    name = labels.get(f"studio {first.values[field]}", "") if field == STUDIO_ID else ""
    losers = [each.box for each in given[1:] if not is_equal(field, each.values[field], first.values[field])]
    others = f"; {', '.join(losers)} differs" if losers and field != PICTURE else ""
    return f"{name}: from {first.box}{others}." if name else f"From {first.box}{others}."


def plan_members(
    scene: ScenePlan, field: str, offers: Sequence[SourceOffer], labels: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield the members that boxes added since the baseline, and with "follow" the removal of those they took away.

    `plan_scene` calls it. Filling also adds those that the library lacks, with the policy "fill" only to an empty
    list, as Stash's Identify does with "merge". A member that was there at an earlier sync was removed by a person.
    """
    present = list(scene.present.get(field) or ())
    written = [*scene.past.written.get(field, ()), *scene.past.lost.get(field, ())]
    known = {identify(field, each) for each in [*present, *written]}
    removed = {identify(field, each) for each in scene.past.seen.get(field, ())}
    may_fill = may_fill_list(scene, field, present)
    for offer in offers:
        before = {identify(field, each) for each in (offer.before or {}).get(field, ())}
        for member in offer.values.get(field, ()):
            key = identify(field, member)
            if key in known or (key in before and (key in removed or not may_fill)):
                continue
            known.add(key)
            yield from add_or_note(scene, field, member, offer, labels)
    if scene.rules.policy_of(field) == FOLLOW:
        yield from remove_members(scene, field, present, offers)


def may_fill_list(scene: ScenePlan, field: str, present: Sequence[str]) -> bool:
    """Return True if members that boxes had at the baseline may be added; not to a list that a person has emptied.

    `plan_members` calls it.
    """
    is_emptied = not present and field in scene.past.seen
    return scene.fills and not is_emptied and (not present or scene.rules.policy_of(field) != FILL)


def add_or_note(
    scene: ScenePlan, field: str, member: str, offer: SourceOffer, labels: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield the change that adds a member, or a note about a performer whom Stash lacks; `plan_members` calls it."""
    name = labels.get(f"performer {member}", "")
    reason = f"{name}: from {offer.box}." if name and field == CAST else f"From {offer.box}."
    if field == CAST and find_stranger(member) and member not in scene.creatable:
        yield note_stranger(scene.item, field, offer, reason)
    else:
        yield add_member(scene.item, field, member, source=offer.endpoint, reason=reason)


def note_stranger(item: Item, field: str, offer: SourceOffer, reason: str) -> Finding:
    """Return the note that a performer or studio of a box is not in Stash, for the plan of a scene.

    `reason` begins with the name.
    """
    name = reason.partition(":")[0]
    word = "studio" if field == STUDIO_ID else "performer"
    message = f"The {word} {name} at {offer.box} is not in Stash, and the settings do not allow to create it."
    return Finding(item, "skipped", message, field, offer.endpoint)


def remove_members(
    scene: ScenePlan, field: str, present: Sequence[str], offers: Sequence[SourceOffer]
) -> Iterator[Entry]:
    """Yield the removal of present members that a box took away since the baseline and that no box still has.

    `plan_members` calls it.
    """
    there = {identify(field, each) for offer in offers for each in offer.values.get(field, ())}
    for member in present:
        key = identify(field, member)
        losers = [
            each for each in offers if key in {identify(field, one) for one in (each.before or {}).get(field, ())}
        ]
        if losers and key not in there and field in losers[0].values:
            reason = f"{losers[0].box} took it away."
            yield remove_member(scene.item, field, member, source=losers[0].endpoint, reason=reason)


def identify(field: str, member: Any) -> str:
    """Return the form in which members of a list are compared, by all plans and the review."""
    return normalize_url(str(member)) if field == "urls" else str(member)


def find_settled(
    scene: ScenePlan, offer: SourceOffer, entries: Collection[Entry], raw: Mapping[str, Any], base: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a record's new baseline, for the planner: a field moves on once the library has the box's value.

    It also moves on if the box has none, and once a person was told that the box changed what is their own: they are
    told once. `raw` and `base` are the record's values now and at the baseline, as they are stored.
    """
    moved = dict(base)
    here = [each for each in entries if isinstance(each, Change) or each.source == offer.endpoint]
    told = {each.field for each in here if isinstance(each, Finding) and each.is_told_once}
    open_fields = {STUDIO_ID if each.field == NEW_STUDIO else each.field for each in here}
    for field in (*FOLLOWED, PICTURE, *MEMBERS):
        name = REMOTE_NAMES.get(field, field)
        if raw.get(name) == base.get(name):
            continue
        if name not in raw:
            moved.pop(name, None)
        elif field in told or (field not in open_fields and is_settled(scene, field, offer)):
            moved[name] = raw[name]
    return moved


def is_settled(scene: ScenePlan, field: str, offer: SourceOffer) -> bool:
    """Return True if the library has a box's present value, so that later changes of the box start from it.

    `find_settled` calls it.
    """
    value, wanted = scene.present.get(field), offer.values.get(field)
    if field in MEMBERS:
        return scene.is_open(field)
    return is_equal(field, value, wanted)


def list_differing(scene: ScenePlan, found: Sequence[ResolvedOffer]) -> list[str]:
    """Return the fields in which the library differs from the first box that has them.

    The planner counts them for the report of the first pass.
    """
    differing = []
    for field in (*FOLLOWED, *MEMBERS):
        given = sort_offers(field, [each.offer for each in found], scene.rules)
        if not given:
            continue
        value, wanted = scene.present.get(field), given[0].values[field]
        if field in MEMBERS:
            present = {identify(field, each) for each in value or ()}
            differing += [field] if any(identify(field, each) not in present for each in wanted) else []
        elif not is_equal(field, value, wanted):
            differing.append(field)
    return differing


def note_seen_fields(present: Mapping[str, Any], past: WrittenBefore) -> dict[str, list[str]]:
    """Return the fields that had a value at any sync, and members of lists; what is gone later, a person removed.

    `SceneFieldPlanner` stores them.
    """
    filled = {field for field in (*FOLLOWED, PICTURE, *MEMBERS) if present.get(field)}
    seen: dict[str, list[str]] = {field: list(past.seen.get(field, ())) for field in sorted({*past.seen, *filled})}
    for field in filled.intersection(MEMBERS):
        seen[field] += [each for each in present[field] if each not in seen[field]]
    return seen
