"""Plans the merge of two library objects: gained values, moved relations, and what an undo cannot restore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.library.entities import ALIASES
from performers.library.kinds import PERFORMER, read_kind
from performers.library.normalize import normalize_name, normalize_url
from performers.library.view import read_locals
from performers.merge.backup import fetch_picture, find_row, list_kept
from performers.merge.relations import CHILDREN, Relations
from performers.merge.target import CUSTOM, KIND, MERGED, SUFFIX, TAGS
from shared.errors import UsageError
from shared.journal import Change, Item, Journal, add_member, set_field
from shared.page.arguments import read_number
from shared.stash_box import Box
from shared.stash_box.box import find_box_name
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

LISTS = (*ALIASES, "urls")
NEVER_TAKEN = ("name", "disambiguation", "ignore_auto_tag", CUSTOM)
SLOW = 200  # things moved one batch after the other


class MergePair(NamedTuple):
    """The source and the destination of a merge."""

    kind: str
    source: Mapping[str, Any]
    destination: Mapping[str, Any]

    @property
    def item(self) -> Item:
        """The merge as the journal knows it."""
        number = f"{self.source['id']}>{self.destination['id']}"
        return Item(self.kind + SUFFIX, number, f"{self.source['name']} into {self.destination['name']}")


def preview_merge(call: Call) -> dict[str, Any]:
    """The operation: a plan to look at, with what moves and what cannot be undone; nothing is written."""
    two = read_two(call)
    way = "stash" if two.kind == PERFORMER and call.stash.capabilities().has_performer_merge else "steps"
    held = Relations(call.stash, two.kind).find_all(int(two.source["id"]))
    moves = {what: len(ids) for what, ids in held.items()}
    changes = list(plan_merge(call, two))
    journal, title = Journal(call.store), f"Merge {two.item.label}"
    plan_id = journal.save_plan(changes, kind=KIND, title=title)
    people = read_locals(call.stash, two.kind, [int(two.source["id"]), int(two.destination["id"])])
    return {
        "plan_id": str(plan_id),
        "title": title,
        "source": people[int(two.source["id"])],
        "destination": people[int(two.destination["id"])],
        "moves": moves,
        "warnings": list(list_warnings(two, way, moves, read_boxes(call.stash))),
        "way": way,
    }


def read_two(call: Call) -> MergePair:
    """Both as they are now."""
    kind = read_kind(call.args)
    numbers = [read_number(call.args, name) for name in ("source", "destination")]
    if numbers[0] == numbers[1]:
        raise UsageError("Nobody can be merged with themselves. Choose two.")
    rows = [find_row(call, kind, number) for number in numbers]
    for number, row in zip(numbers, rows):
        if row is None:
            raise UsageError(f"Stash has no {kind} {number} any more.")
    return MergePair(kind, *(row for row in rows if row is not None))


def plan_merge(call: Call, two: MergePair) -> Iterator[Change]:
    """Return the changes of the destination and the merge itself."""
    yield Change(two.item, MERGED, "do", None, True, "user", f"{two.source['name']} goes, all it has moves.")
    for field in list_kept(call.stash, two.kind):
        if field in LISTS:
            yield from plan_list(two, field)
        elif field not in NEVER_TAKEN and is_empty(two.destination[field]) and not is_empty(two.source[field]):
            yield take(two, field, two.destination[field], two.source[field])
    yield from plan_parent(two)
    yield from plan_links(two)
    yield from plan_tags(two)
    yield from plan_custom_fields(two)
    picture = fetch_picture(call, two.source)
    if picture and not fetch_picture(call, two.destination):
        yield take(two, "image", None, Journal(call.store).blobs.put(picture))


def is_empty(value: Any) -> bool:
    """True if a value holds nothing to lose."""
    return value in (None, "", 0, False)


def take(two: MergePair, field: str, before: Any, after: Any) -> Change:
    """A value of the source for a field the destination has empty."""
    return set_field(two.item, field, before, after, source="user", reason=f"From {two.source['name']}.")


def plan_list(two: MergePair, field: str) -> Iterator[Change]:
    """Return the source's additional members; its name becomes an alias."""
    identify = normalize_url if field == "urls" else normalize_name
    names = [two.source["name"]] if field in ALIASES else []
    known = {identify(each) for each in two.destination[field] or ()}
    known.update([normalize_name(two.destination["name"])] if field in ALIASES else [])
    for member in [*names, *(two.source[field] or ())]:
        if identify(member) not in known:
            known.add(identify(member))
            yield add_member(two.item, field, member, source="user", reason=f"From {two.source['name']}.")


def plan_parent(two: MergePair) -> Iterator[Change]:
    """The parent site, unless that is the one that stays."""
    ours, theirs = (row.get("parent_studio") for row in (two.destination, two.source))
    if theirs and not ours and theirs["id"] != two.destination["id"]:
        yield take(two, "parent_id", None, theirs["id"])


def plan_links(two: MergePair) -> Iterator[Change]:
    """Ids at boxes where the destination has none."""
    taken = {link["endpoint"] for link in two.destination["stash_ids"]}
    for link in two.source["stash_ids"]:
        if link["endpoint"] not in taken:
            pair = [link["endpoint"], link["stash_id"]]
            yield add_member(two.item, "stash_ids", pair, source="user", reason=f"From {two.source['name']}.")


def plan_tags(two: MergePair) -> Iterator[Change]:
    """Tags the destination lacks."""
    known = {tag["id"] for tag in two.destination.get("tags", ())}
    for tag in two.source.get("tags", ()):
        if tag["id"] not in known:
            yield add_member(two.item, TAGS, tag["id"], source="user", reason=f"The tag {tag['name']}.")


def plan_custom_fields(two: MergePair) -> Iterator[Change]:
    """Custom fields the destination lacks."""
    ours, theirs = (dict(row.get(CUSTOM) or {}) for row in (two.destination, two.source))
    if set(theirs) - set(ours):
        yield take(two, CUSTOM, ours, {**theirs, **ours})


def list_warnings(two: MergePair, way: str, moves: Mapping[str, int], boxes: Sequence[Box]) -> Iterator[str]:
    """Return the warnings to show before a merge."""
    name = two.source["name"]
    yield (
        f"An undo brings {name} back with all it had, but under a new number: addresses of its page and what other "
        "programs keep under the old number do not come back, nor does the date it was created."
    )
    yield "What you change in between stays as you made it."
    for old, new in find_rival_links(two):
        box = find_box_name(boxes, old["endpoint"])
        yield f"Both have an id at {box}: {new['stash_id']} stays, {old['stash_id']} goes with {name}."
    total = sum(count for what, count in moves.items() if what != CHILDREN)
    if way == "steps" and total >= SLOW:
        yield f"This Stash cannot merge by itself: {total} things are moved in steps, which takes a while."


def find_rival_links(two: MergePair) -> Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Ids of the source where the destination has another one."""
    return [
        (old, new)
        for old in two.source["stash_ids"]
        for new in two.destination["stash_ids"]
        if old["endpoint"] == new["endpoint"] and old["stash_id"] != new["stash_id"]
    ]
