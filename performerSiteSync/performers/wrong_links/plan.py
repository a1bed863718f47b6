"""Plans which values of a scene are taken back, because they came from the record of a wrong link. Pure.

Only values go that a sync wrote from this box, that the wrong record has or had, and that are still there as written.
A value stays if another linked record has it as well, if its field is locked, or if a person changed it since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from performers.boxes.conversion import SourceOffer
from performers.library.entities import LISTS
from performers.library.scenes import CAST, STUDIO_ID
from performers.scenes.plan import identify
from performers.sync.plan import PICTURE, is_equal, is_ours
from performers.sync.provenance import WrittenValue
from shared.endpoints import normalize_endpoint
from shared.journal import Change, Entry, Finding, Item, Json, remove_member, set_field
from shared.journal.changes import is_same_value

COVER_STAYS = "Stash before 0.31 cannot remove a cover. Remove it on the scene's page."
KINDS_OF_FIELDS = {STUDIO_ID: "studio", CAST: "performer"}


class WrongLink(NamedTuple):
    """A wrong link of a scene; `new_id` is the record to which the scene is or will be linked instead, if any."""

    scene: int
    endpoint: str
    remote_id: str
    new_id: str = ""


class LinkedOffers(NamedTuple):
    """The offers of the records that a scene is linked to: by the wrong link, and by the right ones."""

    wrong: SourceOffer | None
    right: Sequence[SourceOffer]
    labels: Mapping[str, str]


class BroughtValues(NamedTuple):
    """Everything that planning one scene needs: its present values, our writes, and the changes that made them."""

    item: Item
    present: Mapping[str, Any]
    written: Sequence[WrittenValue]
    locked: Collection[str]
    changes: Sequence[Change]  # of all runs, the newest first
    offers: LinkedOffers
    can_remove_covers: bool


def plan_take_back(scene: BroughtValues) -> Iterator[Entry]:
    """Yield the changes that take a scene's values from the wrong record back; `plan_wrong_links` calls it per link."""
    wrong = scene.offers.wrong
    if wrong is None:
        return
    for mine in scene.written:
        is_from_box = normalize_endpoint(mine.source) == normalize_endpoint(wrong.endpoint)
        if not is_from_box or mine.field in scene.locked or not has_value(wrong, mine.field, mine.value):
            continue
        if not any(has_value(each, mine.field, mine.value, with_baseline=False) for each in scene.offers.right):
            yield from take_value_back(scene, mine, wrong)


def take_value_back(scene: BroughtValues, mine: WrittenValue, wrong: SourceOffer) -> Iterator[Entry]:
    """Yield the change that takes one value back, if the scene still has it as a sync wrote it.

    `plan_take_back` calls it.
    """
    field, origin = mine.field, {"source": wrong.endpoint, "reason": explain(scene, mine, wrong)}
    present = scene.present.get(field)
    if field in LISTS:
        if mine.value in (present or ()):
            yield remove_member(scene.item, field, mine.value, **origin)
        return
    earlier = find_earlier(scene, mine)
    if field == PICTURE and present and earlier is None and not scene.can_remove_covers:
        yield Finding(scene.item, "skipped", COVER_STAYS, field, wrong.endpoint)
    elif (field == PICTURE and present) or is_ours(present, [mine.value]):
        yield set_field(scene.item, field, mine.value, earlier, **origin)


def explain(scene: BroughtValues, mine: WrittenValue, wrong: SourceOffer) -> str:
    """Return a change's reason, with the name of a performer or studio, of whom the value has only the number.

    `take_value_back` calls it.
    """
    kind = KINDS_OF_FIELDS.get(mine.field)
    name = scene.offers.labels.get(f"{kind} {mine.value}", "") if kind else ""
    reason = f"It came from {wrong.box} through the wrong link."
    return f"{name}: {reason}" if name else reason


def has_value(offer: SourceOffer, field: str, value: Json, *, with_baseline: bool = True) -> bool:
    """Return True if a record has this value of a field, or had it at the baseline.

    The plan to take values back asks.
    """
    sides = (offer.values, (offer.before or {}) if with_baseline else {})
    if field in LISTS:
        return identify(field, value) in {identify(field, each) for side in sides for each in side.get(field, ())}
    wanted = value.get("url") if field == PICTURE and isinstance(value, Mapping) else value
    return any(side.get(field) is not None and is_equal(field, side[field], wanted) for side in sides)


def find_earlier(scene: BroughtValues, mine: WrittenValue) -> Json:
    """Return the value from before the wrong record's values, for `take_value_back`.

    It is a person's, or one that a right record has; None if there was none. Several runs may have written values of
    the box one after the other.
    """
    value = mine.value
    for change in scene.changes:
        if change.field != mine.field or change.action != "set":
            continue
        if change.source != mine.source or not is_same_value(change.after, value):
            break
        value = change.before
        if any(has_value(each, mine.field, value, with_baseline=False) for each in scene.offers.right):
            break
    return None if is_same_value(value, mine.value) else value
