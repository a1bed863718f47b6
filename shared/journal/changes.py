"""The types of a plan, and the pure decisions about them: what to do with a row, given the present value."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Union, runtime_checkable

from shared.errors import BundleError
from shared.journal.blobs import name_of

Json = Any

SET, ADD, REMOVE, DO, NOTE = "set", "add", "remove", "do", "note"

PENDING, INTENT = "", "intent"
CHANGED, UNCHANGED, SKIPPED, CONFLICT, FAILED = "changed", "unchanged", "skipped", "conflict", "failed"
REMARKED = (FAILED, CONFLICT, CHANGED)  # rows of a changed item that are worth a remark, the worst first
OUTCOMES = (CHANGED, UNCHANGED, SKIPPED, CONFLICT, FAILED)

# An item with rows of several outcomes counts as the first of these that occurs: a written one is never called failed.
_PRECEDENCE = (PENDING, INTENT, CHANGED, FAILED, CONFLICT, UNCHANGED, SKIPPED)


class Item(NamedTuple):
    """The object of a change; `label` is for people, so items are equal if kind and id are."""

    kind: str
    id: str
    label: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and (self.kind, self.id) == (other.kind, other.id)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.kind, self.id))


class Change(NamedTuple):
    """One field, or one member of a list field.

    `set`: from `before` to `after`. `add`: `after` becomes a member. `remove`: `before` stops being one. `do`: an act
    whose effect can be read back as `after` (an added movie, a merged tag; None when the item is gone).
    """

    item: Item
    field: str
    action: str
    before: Json
    after: Json
    source: str = ""
    reason: str = ""
    is_undo: bool = False  # it takes back a change of an earlier run
    can_undo: bool = True  # False for a change that the other program cannot take back, such as a merge of tags


class Finding(NamedTuple):
    """An item that planning looked at and leaves as it is: a conflict, or a reason to skip it."""

    item: Item
    outcome: str
    message: str
    field: str = ""
    source: str = ""
    is_told_once: bool = False  # True: the planner takes the matter as known from now on, so no later run tells it


Entry = Union[Change, Finding]
Work = Sequence["tuple[Item, Sequence[Change]]"]
Result = Union[BundleError, Mapping[str, BundleError], str, None]
Written = Mapping[Item, Result]


class Target(Protocol):
    """The part of a plugin that reads and writes the items of one kind of run; the journal calls it."""

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return the present values; leave out items that are gone. Raise if it cannot know them.

        The journal calls it before it writes, and when it looks for the outcome of a killed process.
        """

    def write(self, work: Work) -> Written:
        """Write the changes and return the result of each item; the journal calls it when it applies or undoes.

        None or a sentence means that it is done. An error concerns the whole item; errors by field (of a list field by
        `name_member`) concern only these, the rest is done.
        """


@runtime_checkable
class SettlingTarget(Protocol):
    """A target that keeps records of its own about writes, which a killed process leaves unfinished."""

    def settle_items(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Finish these records and return the present values, as `read` does, but without what others wrote.

        The journal calls it instead of `read` when it looks for the outcome of writes of a killed process.
        """


class RowOutcome(NamedTuple):
    """The decision about a row, or its outcome; PENDING means that it is to be written.

    A message is a remark, which totals count, unless it only tells how an ordinary write came to be known.
    """

    outcome: str
    message: str = ""
    is_remark: bool = True


def set_field(item: Item, field: str, before: Json, after: Json, *, source: str = "", reason: str = "") -> Change:
    """Return the change that gives a field another value; the planners of all plugins make changes with it."""
    return Change(item, field, SET, before, after, source, reason)


def add_member(item: Item, field: str, member: Json, *, source: str = "", reason: str = "") -> Change:
    """Return the change that adds a member to a list field; the planners of all plugins call it."""
    return Change(item, field, ADD, None, member, source, reason)


def remove_member(item: Item, field: str, member: Json, *, source: str = "", reason: str = "") -> Change:
    """Return the change that removes a member from a list field; the planners of all plugins call it."""
    return Change(item, field, REMOVE, member, None, source, reason)


def name_member(field: str, member: Json) -> str:
    """Return the key by which a target reports a failed member of a list field."""
    return f"{field} {json.dumps(member, sort_keys=True)}"


def find_error(errors: Mapping[str, BundleError], change: Change) -> BundleError | None:
    """Return the error of a change within a target's result for its item, or None; the journal reads results so."""
    found = errors.get(change.field)
    if found is None and change.action in (ADD, REMOVE):
        found = errors.get(name_member(change.field, change.after if change.action == ADD else change.before))
    return found


def decide_row(change: Change, present: Mapping[str, Json] | None) -> RowOutcome:
    """Return the decision about a row before it is written, given the item's present values (None if the item is
    gone).

    `apply_batch`, `settle_row` and `count_conflicting` call it.
    """
    if present is None and change.action != DO:
        return RowOutcome(FAILED, "It is no longer there.")
    value = (present or {}).get(change.field)
    if change.action in (ADD, REMOVE):
        return _decide_member(change, value)
    if is_same_value(value, change.after):
        return RowOutcome(UNCHANGED)
    if change.action == SET and not is_same_value(value, change.before):
        return RowOutcome(CONFLICT, f"It was changed meanwhile and is now {shorten_value(value)}.")
    return RowOutcome(PENDING)


def settle_row(change: Change, present: Mapping[str, Json] | None) -> RowOutcome:
    """Return the outcome of a row whose process died, given the present values; PENDING if it was not written.

    `settle_intents` calls it.
    """
    verdict = decide_row(change, present)
    if verdict.outcome == UNCHANGED:
        return RowOutcome(CHANGED, "Written just before the run was interrupted.", is_remark=False)
    return verdict


def combine_outcomes(outcomes: Iterable[str]) -> str:
    """Return the outcome of an item from those of its rows: changed if one was written, otherwise the worst one.

    The journal saves it.
    """
    return min(outcomes, key=_PRECEDENCE.index)


def find_remark(outcome: str, rows: Collection[RowOutcome]) -> str | None:
    """Return the worst outcome among the rows of a changed item that has a message; None if there is nothing to say.

    The journal counts it.
    """
    if outcome != CHANGED:
        return None
    told = {row.outcome for row in rows if row.message and row.is_remark}
    return next((each for each in REMARKED if each in told), None)


def reverse_change(change: Change, reason: str) -> Change:
    """Return the change that takes this one back; `plan_undo` makes its plan of these."""
    action = {ADD: REMOVE, REMOVE: ADD}.get(change.action, change.action)
    return change._replace(action=action, before=change.after, after=change.before, reason=reason)


def is_same_value(one: Json, other: Json) -> bool:
    """Return True if two values are equal as JSON; stored bytes are equal if their content is.

    The journal compares so.
    """
    if name_of(one) or name_of(other):
        return name_of(one) == name_of(other)
    return bool(json.loads(json.dumps(one)) == json.loads(json.dumps(other)))


def shorten_value(value: Json) -> str:
    """Return a value in at most 80 characters, for messages and the debug log."""
    text = "empty" if value in (None, "", []) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:79] + "…"


def _decide_member(change: Change, value: Json) -> RowOutcome:
    members = [] if value is None else value
    if not isinstance(members, (list, tuple)):
        return RowOutcome(CONFLICT, f"It is not a list but {shorten_value(value)}.")
    is_adding = change.action == ADD
    member = change.after if is_adding else change.before
    is_there = any(is_same_value(member, one) for one in members)
    return RowOutcome(UNCHANGED if is_there == is_adding else PENDING)
