"""Plans one performer or studio from its values, the boxes' values and our earlier writes. Pure.

A value is filled in or, where the policy says so, kept as current as its source. What a person typed, changed, cleared
or removed stays: only the policy "overwrite" replaces a value that no update wrote. No source ever erases a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from performers.boxes.conversion import SourceOffer
from performers.library.entities import ALIASES, LISTS
from performers.library.normalize import normalize_name, normalize_url
from performers.sync.rules import IGNORE, OVERWRITE, REPLACING, Rules
from shared.journal import Change, Entry, Finding, Item, add_member, set_field

DATES = ("birthdate", "death_date", "career_start", "career_end", "date")
PICTURE = "image"
HAND, EDITED, UNDONE, LOST = "hand", "edited", "undone", "lost"
NOT_NOTED = ("stash_ids", "favorite")
NO_FIELDS: Mapping[str, Sequence[str]] = {}


class WrittenBefore(NamedTuple):
    """Our earlier writes (a value per field, or members of a list), locks, undone values, and what updates have seen.

    `seen` has the fields that had a value in the library at an earlier update, and the members that a list had.
    `lost` has the fields and members that were left out after a loss of the state file: a person may have cleared them.
    """

    written: Mapping[str, Sequence[Any]]
    locked: frozenset[str]
    undone: frozenset[str] = frozenset()
    seen: Mapping[str, Sequence[str]] = NO_FIELDS
    lost: Mapping[str, Sequence[str]] = NO_FIELDS


def plan_entity(
    item: Item, present: Mapping[str, Any], offers: Sequence[SourceOffer], past: WrittenBefore, rules: Rules
) -> Iterator[Entry]:
    """Yield the changes of fields and lists for one performer or studio; `EntityPlanner` calls this."""
    fields = list(dict.fromkeys(name for offer in offers for name in offer.values))
    final_name = present["name"]
    for field in fields:
        if field in past.locked or rules.policy_of(field) == IGNORE or field not in present:
            continue
        given = sort_offers(field, offers, rules)
        if field in LISTS:
            continue
        change = plan_value(item, field, present[field], given, past, rules)
        if change is not None:
            final_name = change.after if field == "name" else final_name
            yield change
    for field in LISTS:
        is_open = field in present and field not in past.locked and is_still_ours(field, present[field], past)
        if is_open and rules.policy_of(field) != IGNORE:
            if field in ALIASES and normalize_name(final_name) != normalize_name(present["name"]):
                yield from keep_name_as_alias(item, field, present)
            yield from plan_members(item, field, {**present, "name": final_name}, offers, past)


def sort_offers(field: str, offers: Sequence[SourceOffer], rules: Rules) -> list[SourceOffer]:
    """Return the offers that have the field, the one to follow first; the planning of values starts with it."""
    order = [normalize_name(name) for name in rules.orders.get(field, ())]
    given = [offer for offer in offers if field in offer.values]
    rank = {name: number for number, name in enumerate(order)}
    return sorted(given, key=lambda offer: rank.get(normalize_name(offer.box), len(order)))


def plan_value(
    item: Item, field: str, value: Any, given: Sequence[SourceOffer], past: WrittenBefore, rules: Rules
) -> Change | None:
    """Return the change of a field to its first source's value, or None if it stays; `plan_entity` calls this."""
    if not given:
        return None
    if field == PICTURE and value:
        return follow_picture(item, given[0], past, rules)
    wanted = given[0].values[field]
    if is_equal(field, value, wanted) or not may_set(field, value, past, rules):
        return None
    return set_field(item, field, value, wanted, source=given[0].endpoint, reason=explain_sources(field, given))


def follow_picture(item: Item, offer: SourceOffer, past: WrittenBefore, rules: Rules) -> Change | None:
    """Return the change to a source's newer picture, or None; `PictureFetcher` then checks that ours is still there."""
    ours, wanted = past.written.get(PICTURE, ()), offer.values[PICTURE]
    known = ours[0].get("url") if ours and isinstance(ours[0], Mapping) else None
    if rules.policy_of(PICTURE) not in REPLACING or known in (None, wanted):
        return None
    return set_field(item, PICTURE, ours[0], wanted, source=offer.endpoint, reason=f"{offer.box} has another picture.")


def may_set(field: str, value: Any, past: WrittenBefore, rules: Rules) -> bool:
    """Return True if the plan of a performer or studio may write a field; `plan_value` asks.

    It may fill one that no person emptied, replace our own value, and overwrite where the rules say so.
    """
    ours = past.written.get(field, ())
    if field in past.lost:
        return False
    if is_empty(value):
        return not ours and field not in past.undone and field not in past.seen
    if ours:
        return rules.policy_of(field) in REPLACING and is_ours(value, ours)
    return rules.policy_of(field) == OVERWRITE and field not in past.undone


def is_empty(value: Any) -> bool:
    """Return True if the library has no value here; all plans ask it."""
    return value in (None, "", 0)


def is_ours(value: Any, ours: Sequence[Any]) -> bool:
    """Return True if the value is exactly one that an earlier sync wrote; `may_set` asks."""
    return any(str(value) == str(each) for each in ours)


def explain_sources(field: str, given: Sequence[SourceOffer]) -> str:
    """Return a change's reason: which source the value is from, and which sources differ; `plan_value` calls it."""
    first = given[0]
    losers = [offer for offer in given[1:] if not is_equal(field, offer.values[field], first.values[field])]
    if not losers or field == "image":
        return f"From {first.box}."
    return f"From {first.box}; " + ", ".join(f"{each.box} says {each.values[field]}" for each in losers) + "."


def plan_members(
    item: Item, field: str, present: Mapping[str, Any], offers: Sequence[SourceOffer], past: WrittenBefore
) -> Iterator[Change]:
    """Yield the new members of a list for the plan; a member that a person removed stays away."""
    identify = normalize_url if field == "urls" else normalize_name
    before = [*past.written.get(field, ()), *past.seen.get(field, ()), *past.lost.get(field, ())]
    known = {identify(each) for each in [*(present[field] or ()), *before]}
    if field in ALIASES:
        known.add(identify(present["name"]))
    for offer in offers:
        for member in list_members(field, offer):
            if identify(member) and identify(member) not in known:
                known.add(identify(member))
                yield add_member(item, field, member, source=offer.endpoint, reason=f"From {offer.box}.")


def keep_name_as_alias(item: Item, field: str, present: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the change that makes the replaced name an alias, for a plan that changes the name.

    `plan_entity` calls it.
    """
    if normalize_name(present["name"]) not in map(normalize_name, present[field] or ()):
        yield add_member(item, field, present["name"], reason="It was the name until now.")


def list_members(field: str, offer: SourceOffer) -> Iterable[str]:
    """Return a source's members of a list, for plan and review; its name for the object counts as an alias."""
    members = [str(each).strip() for each in offer.values.get(field, ())]
    return [*members, str(offer.values.get("name", ""))] if field in ALIASES else members


def find_locks(present: Mapping[str, Any], past: WrittenBefore) -> dict[str, str]:
    """Return by field why it belongs to the person, for locks list and review: by hand, undone, edited, or lost."""
    found = dict.fromkeys(sorted(past.locked), HAND)
    for field in (each for each in [*past.written, *sorted(past.undone), *past.seen, *past.lost] if each in present):
        if not is_still_ours(field, present[field], past):
            found.setdefault(field, UNDONE if field in past.undone else LOST if field in past.lost else EDITED)
    return found


def is_still_ours(field: str, value: Any, past: WrittenBefore) -> bool:
    """Return True if no person edited a field since our last write; a list only counts as edited after an undo."""
    ours = past.written.get(field, ())
    if field in LISTS:
        return field not in past.undone or all(member in (value or ()) for member in ours)
    if field in past.lost:
        return False
    if field == PICTURE:
        return bool(value)
    if ours:
        return is_ours(value, ours)
    return field not in past.undone and not (is_empty(value) and field in past.seen)


def is_equal(field: str, one: Any, other: Any) -> bool:
    """Return True if two values are the same to a person, for plan and review; a date equals its year."""
    if field in DATES and one and other:
        return str(one).startswith(str(other))  # a less precise date is no other date
    if isinstance(one, str) and isinstance(other, str):
        return normalize_name(one) == normalize_name(other) if field != "name" else one.strip() == other.strip()
    return bool(one == other)


def note_conflict(item: Item, message: str, source: str = "") -> Finding:
    """Return a plan row that tells a person to decide something; parents and favorites are planned with it."""
    return Finding(item, "conflict", message, source=source)


def note_seen(present: Mapping[str, Any], past: WrittenBefore) -> dict[str, list[str]]:
    """Return what updates have seen of an object, with its present values; `EntityPlanner` stores it if it is new."""
    seen = {field: list(members) for field, members in past.seen.items()}
    for field, value in present.items():
        if field in LISTS:
            new = [each for each in value or () if each not in seen.get(field, ())]
            seen.update({field: [*seen.get(field, ()), *new]} if new else {})
        elif field not in NOT_NOTED and not is_empty(value):
            seen.setdefault(field, [])
    return seen


def list_doubtful(planned: Iterable[Entry]) -> dict[str, list[str]]:
    """Return the fields and members of planned changes, which a person may have cleared before the state was lost."""
    lost: dict[str, list[str]] = {}
    for each in planned:
        if isinstance(each, Change):
            lost.setdefault(each.field, []).extend([str(each.after)] if each.action == "add" else [])
    return lost
