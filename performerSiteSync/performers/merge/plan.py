"""Plans the merge of two library objects: gained values, moved relations, and what an undo cannot restore."""

from __future__ import annotations

from shared.journal.run_details import tell_done
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.library.entities import ALIASES
from performers.library.kinds import ENTITY_KIND, PERFORMER
from performers.library.normalize import normalize_name, normalize_url
from performers.library.view import read_locals
from performers.merge.backup import fetch_picture, find_row, list_create_fields
from performers.merge.live_links import DeadLink, LiveLinks
from performers.merge.relations import CHILDREN, Relations
from performers.merge.target import CUSTOM, KIND, MERGED, SUFFIX, TAGS
from shared.arguments import ident, takes
from shared.errors import UsageError
from shared.journal import Change, Item, Journal, add_member, remove_member, set_field
from shared.stash_box import Box, normalize_endpoint
from shared.stash_box.box import find_box_name
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

LISTS = (*ALIASES, "urls")
NEVER_TAKEN = ("name", "disambiguation", "ignore_auto_tag", CUSTOM)
SLOW = 200  # related objects; more than these take noticeably long to move in steps


class MergePair(NamedTuple):
    """The source and the destination of a merge."""

    kind: str
    source: Mapping[str, Any]
    destination: Mapping[str, Any]

    @property
    def item(self) -> Item:
        """Return the journal item of this merge; all its changes are of this item."""
        number = f"{self.source['id']}>{self.destination['id']}"
        return Item(self.kind + SUFFIX, number, f"{self.source['name']} into {self.destination['name']}")


@takes(ENTITY_KIND, ident("source"), ident("destination"))
def preview_merge(call: Call) -> dict[str, Any]:
    """Operation `merge_preview`: save a merge's plan, and return it with what moves and what an undo cannot restore."""
    pair = read_merge_pair(call)
    way = "stash" if pair.kind == PERFORMER and call.stash.capabilities().has_performer_merge else "steps"
    held = Relations(call.stash, pair.kind).find_all(int(pair.source["id"]))
    moves = {what: len(ids) for what, ids in held.items()}
    boxes = read_boxes(call.stash)
    live = LiveLinks(call, pair.kind, boxes)
    replaced = live.find_dead(pair.destination, pair.source)
    changes = list(plan_merge(call, pair, replaced))
    journal, title = Journal(call.store), f"Merge {pair.item.label}"
    warnings = list(list_warnings(pair, way, moves, boxes, replaced))
    details = {"undo_limits": warnings, **tell_done(f"Merged {pair.item.label}")}
    plan_id = journal.save_plan(changes, kind=KIND, title=title, details=details)
    dead = live.find_dead(pair.source, pair.destination)
    shown_objects = read_locals(call.stash, pair.kind, [int(pair.source["id"]), int(pair.destination["id"])])
    return {
        "plan_id": str(plan_id),
        "title": title,
        "source": shown_objects[int(pair.source["id"])],
        "destination": shown_objects[int(pair.destination["id"])],
        "moves": moves,
        "warnings": warnings,
        "reasons": [*explain_links(pair.source, replaced), *explain_links(pair.destination, dead)],
        "way": way,
    }


def explain_links(owner: Mapping[str, Any], dead: Sequence[DeadLink]) -> list[str]:
    """Return for each box why the link of its owner stays; the preview of a merge shows it."""
    return [f"{each.box}: the link of {owner['name']} stays. {each.reason}" for each in dead]


def read_merge_pair(call: Call) -> MergePair:
    """Return source and destination named by the arguments of `preview_merge`, as they are now.

    Raise if one is gone.
    """
    kind, numbers = call.args["kind"], [call.args["source"], call.args["destination"]]
    if numbers[0] == numbers[1]:
        raise UsageError("Nobody can be merged with themselves. Choose two.")
    rows = [find_row(call, kind, number) for number in numbers]
    for number, row in zip(numbers, rows):
        if row is None:
            raise UsageError(f"Stash has no {kind} {number} any more.")
    return MergePair(kind, *(row for row in rows if row is not None))


def plan_merge(call: Call, pair: MergePair, replaced: Sequence[DeadLink]) -> Iterator[Change]:
    """Yield the merge itself and the changes of the destination, for `preview_merge`."""
    yield Change(pair.item, MERGED, "do", None, True, "user", f"{pair.source['name']} goes, all it has moves.")
    for field in list_create_fields(call.stash, pair.kind):
        if field in LISTS:
            yield from plan_list(pair, field)
        elif field not in NEVER_TAKEN and is_empty(pair.destination[field]) and not is_empty(pair.source[field]):
            yield take_from_source(pair, field, pair.destination[field], pair.source[field])
    yield from plan_parent(pair)
    yield from plan_links(pair, replaced)
    yield from plan_tags(pair)
    yield from plan_custom_fields(pair)
    picture = fetch_picture(call, pair.source)
    if picture and not fetch_picture(call, pair.destination):
        yield take_from_source(pair, "image", None, Journal(call.store).blobs.put(picture))


def is_empty(value: Any) -> bool:
    """Return True if a value holds nothing that a merge could lose; `plan_merge` calls it."""
    return value in (None, "", 0, False)


def take_from_source(pair: MergePair, field: str, before: Any, after: Any) -> Change:
    """Return the change that fills an empty field of the destination with the source's value, for `plan_merge`."""
    return set_field(pair.item, field, before, after, source="user", reason=f"From {pair.source['name']}.")


def plan_list(pair: MergePair, field: str) -> Iterator[Change]:
    """Yield the source's additional members of a list, for `plan_merge`; the source's name becomes an alias."""
    identify = normalize_url if field == "urls" else normalize_name
    names = [pair.source["name"]] if field in ALIASES else []
    known = {identify(each) for each in pair.destination[field] or ()}
    known.update([normalize_name(pair.destination["name"])] if field in ALIASES else [])
    for member in [*names, *(pair.source[field] or ())]:
        if identify(member) not in known:
            known.add(identify(member))
            yield add_member(pair.item, field, member, source="user", reason=f"From {pair.source['name']}.")


def plan_parent(pair: MergePair) -> Iterator[Change]:
    """Yield the source's parent studio if the destination has none and is not itself that parent, for `plan_merge`."""
    kept, offered = (row.get("parent_studio") for row in (pair.destination, pair.source))
    if offered and not kept and offered["id"] != pair.destination["id"]:
        yield take_from_source(pair, "parent_id", None, offered["id"])


def plan_links(pair: MergePair, replaced: Sequence[DeadLink]) -> Iterator[Change]:
    """Yield the source's links to boxes where the destination has none, or one to a record that the box lacks.

    `plan_merge` calls it.
    """
    for each in replaced:
        yield remove_member(pair.item, "stash_ids", list(each.dead), source="user", reason=each.reason)
        yield add_member(pair.item, "stash_ids", list(each.live), source="user", reason=each.reason)
    taken = {normalize_endpoint(link["endpoint"]) for link in pair.destination["stash_ids"]}
    for link in pair.source["stash_ids"]:
        if normalize_endpoint(link["endpoint"]) not in taken:
            added = [link["endpoint"], link["stash_id"]]
            yield add_member(pair.item, "stash_ids", added, source="user", reason=f"From {pair.source['name']}.")


def plan_tags(pair: MergePair) -> Iterator[Change]:
    """Yield the source's tags that the destination lacks, for `plan_merge`."""
    known = {tag["id"] for tag in pair.destination.get("tags", ())}
    for tag in pair.source.get("tags", ()):
        if tag["id"] not in known:
            yield add_member(pair.item, TAGS, tag["id"], source="user", reason=f"The tag {tag['name']}.")


def plan_custom_fields(pair: MergePair) -> Iterator[Change]:
    """Yield the change that adds custom fields the destination lacks, for `plan_merge`."""
    kept, offered = (dict(row.get(CUSTOM) or {}) for row in (pair.destination, pair.source))
    if set(offered) - set(kept):
        yield take_from_source(pair, CUSTOM, kept, {**offered, **kept})


def list_warnings(
    pair: MergePair, way: str, moves: Mapping[str, int], boxes: Sequence[Box], replaced: Sequence[DeadLink]
) -> Iterator[str]:
    """Yield the warnings that the page shows before a merge."""
    name = pair.source["name"]
    yield (
        f"An undo brings {name} back with all it had, but under a new number: addresses of its page and what other "
        "programs keep under the old number do not come back, nor does the date it was created."
    )
    yield "What you change in between stays as you made it."
    for old, new in find_rival_links(pair):
        box = find_box_name(boxes, old["endpoint"])
        if old["stash_id"] not in [each.live[1] for each in replaced]:
            yield f"Both have an id at {box}: {new['stash_id']} stays, {old['stash_id']} goes with {name}."
    total = sum(count for what, count in moves.items() if what != CHILDREN)
    if way == "steps" and total >= SLOW:
        yield f"This Stash cannot merge by itself: {total} things are moved in steps, which takes a while."


def find_rival_links(pair: MergePair) -> Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return source and destination links that name different records of one box; a merge warns of these."""
    return [
        (old, new)
        for old in pair.source["stash_ids"]
        for new in pair.destination["stash_ids"]
        if normalize_endpoint(old["endpoint"]) == normalize_endpoint(new["endpoint"])
        and old["stash_id"] != new["stash_id"]
    ]
