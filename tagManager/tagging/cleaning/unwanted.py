"""Unwanted tags: chosen by name, pattern or category of a box; excluded from scraping, taken off, and deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import Argument, Choice, ListOf, choice, flag, idents, paging, takes, text, texts
from shared.errors import ServiceError, UsageError
from shared.journal import Entry, Finding, Item, Journal
from shared.page.followed_task import queue_followed_task
from shared.page.paging import read_page
from shared.stash.links import find_ids
from shared.stash_box.configured import find_configured_box
from shared.tag_matching import Blacklist, fold
from shared.tag_matching.patterns import is_expression
from tagging.cleaning.deleted_tags import fetch_image, list_tag_fields, make_kept_values
from tagging.cleaning.exclusions import IN_STASH, NOWHERE, ON_BLACKLIST, plan_exclusions, read_exclusions
from tagging.cleaning.kinds import KINDS, TaggedKind, list_counters, list_kinds, name_favorite, stream_tagged
from tagging.cleaning.plan import Doomed, explain_stay, list_primary_tags, plan_deletion, plan_removals
from tagging.cleaning.target import KIND, TAG, WHOLE_TAG
from tagging.links.box_tags import RemoteTag, find_box_tags, read_box_tags, spell_as_stored
from tagging.tags.local_tags import Row, read_tag_rows
from tagging.task_plan import save_task_plan

if TYPE_CHECKING:
    from shared.runtime.call import Call

ALL_KINDS = tuple(kind.name for kind in KINDS)
REASON = "unwanted"
LOOKED_UP = 0.1  # of the progress bar
READ = 0.9
UNDO_LIMIT = "A tag that is created again has a new number in Stash. Filters that you saved with it must be set anew."
CHOSEN = (
    idents("tag_ids", (), "these tags"),
    text("endpoint", "", "the box of the categories"),
    texts("categories", (), "tags of these categories of the box, by their ids"),
    texts("patterns", (), "tags with these names, or that patterns such as /^unsure/ match"),
)
ACTIONS = (
    choice(
        "exclude", (IN_STASH, ON_BLACKLIST, NOWHERE), NOWHERE, "the list that keeps the tags from being added again"
    ),
    Argument("kinds", ListOf(Choice(ALL_KINDS), ", ".join(ALL_KINDS)), ALL_KINDS, "what the tags are taken off"),
    flag("delete", True, "deletes tags that nothing uses afterwards"),
)


class Unwanted(NamedTuple):
    """The unwanted tags of the library, the names under which boxes have them, and a person's patterns.

    `problems` says of the patterns that cannot be used why.
    """

    rows: Sequence[Row]
    names: Sequence[str]
    patterns: Sequence[str]
    problems: Mapping[str, str]

    @property
    def ids(self) -> list[int]:
        """Return the ids of the tags."""
        return [int(row["id"]) for row in self.rows]


@takes(*CHOSEN, *paging())
def find_unwanted(call: Call) -> dict[str, Any]:
    """Operation `unwanted_find`: return a page of the chosen tags with their uses by kind, and the totals."""
    page, found = read_page(call.args), choose_unwanted(call)
    counters = list_counters(call.stash)
    counted = call.stash.tags.read(found.ids, " ".join(["name child_count", name_favorite(call.stash), *counters]))
    shown = [describe_uses(row) for row in counted.values()]
    totals = {kind.name: sum(each["uses"].get(kind.name, 0) for each in shown) for kind in KINDS}
    left_out = [kind.name for kind in KINDS if kind not in list_kinds(call.stash)]
    return {
        "tags": shown[page.offset : page.offset + page.size],
        "count": len(shown),
        "totals": totals,
        "names": len(found.names) + len(found.patterns),
        "kinds_left_out": left_out,
        "problems": [{"text": pattern, "message": reason} for pattern, reason in found.problems.items()],
    }


def describe_uses(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tag with its number of uses by kind, for `unwanted_find`."""
    uses = {kind.name: row[kind.counter] for kind in KINDS if kind.counter in row}
    named = {
        "id": int(row["id"]),
        "name": row["name"],
        "favorite": row.get("favorite", False),
        "children": row["child_count"],
    }
    return {**named, "uses": uses}


@takes(*CHOSEN, *ACTIONS)
def start_unwanted(call: Call) -> dict[str, Any]:
    """Operation `unwanted_start`: queue the task `unwanted_plan`; return its job id and run token for the progress."""
    require_choice(call.args)
    args = {name: list(value) if isinstance(value, tuple) else value for name, value in call.args.items()}
    return queue_followed_task(call, "unwanted_plan", "looking for uses of unwanted tags", args)


@takes(*CHOSEN, *ACTIONS)
def plan_unwanted(call: Call) -> dict[str, Any]:
    """Task `unwanted_plan`: store a plan that excludes, takes off and deletes the chosen tags.

    The answer has no `plan_id` if there is nothing to do.
    """
    require_choice(call.args)
    found = choose_unwanted(call)
    call.progress(LOOKED_UP)
    title = "Unwanted tags" if len(found.rows) != 1 else f"Unwanted tag: {found.rows[0]['name']}"
    named = f"the unwanted tag {found.rows[0]['name']}" if len(found.rows) == 1 else "unwanted tags"
    return save_task_plan(
        call,
        plan_entries(call, found),
        kind=KIND,
        title=title,
        done=f"Cleaned up {named}: {{changes change}}",
        undo_limits=[UNDO_LIMIT] if call.args["delete"] else [],
        problems=found.problems,
    )


def require_choice(args: Mapping[str, Any]) -> None:
    """Raise a UsageError if no tag is chosen; a plan of nothing would look like a clean library."""
    if not args["tag_ids"] and not args["categories"] and not args["patterns"]:
        raise UsageError("Choose at least one tag, category or pattern.")


def choose_unwanted(call: Call) -> Unwanted:
    """Return the chosen tags of the library, and all names that have to be excluded to keep them away.

    The list and the plan of unwanted tags begin with it.
    """
    patterns = list(call.args["patterns"])
    remote = read_chosen_box_tags(call)
    names_there = {fold(tag.name) for tag in remote.values()}
    blacklist, ids, endpoint = Blacklist(patterns), set(call.args["tag_ids"]), call.args["endpoint"]

    def is_chosen(row: Row) -> bool:
        linked = find_ids(row.get("stash_ids"), endpoint) if remote else []
        in_category = bool(remote.keys() & set(linked)) or (not linked and fold(row["name"]) in names_there)
        return int(row["id"]) in ids or in_category or blacklist.matches(row["name"])

    rows = [row for row in read_tag_rows(call.stash) if is_chosen(row)]
    by_name = [each for each in patterns if not is_expression(each)]
    by_expression = Blacklist([each for each in patterns if is_expression(each)])
    chosen = [row for row in rows if not by_expression.matches(row["name"])]
    names = [
        *(name for row in chosen for name in list_names(call, row)),
        *(tag.name for tag in remote.values()),
        *by_name,
    ]
    problems = {each.pattern: each.reason for each in (*blacklist.problems, *by_expression.problems)}
    expressions = [each for each in patterns if is_expression(each) and each not in problems]
    return Unwanted(rows, list(dict.fromkeys(names)), expressions, problems)


def read_chosen_box_tags(call: Call) -> dict[str, RemoteTag]:
    """Return the box's tags of the chosen categories by id; empty if no category is chosen."""
    categories = set(call.args["categories"])
    if not categories:
        return {}
    box = find_configured_box(call.stash, call.args["endpoint"])
    found = {key: tag for key, tag in read_box_tags(call.store, box.endpoint).items() if tag.category_id in categories}
    if not found:
        raise UsageError(f"The stored tag list of {box.name} has no tags in these categories. Load the tag list again.")
    return found


def list_names(call: Call, row: Row) -> Iterator[str]:
    """Yield the names under which a box can bring a tag: its name, its aliases, and those of the linked box tags."""
    yield row["name"]
    yield from row["aliases"]
    for link in row.get("stash_ids") or ():
        endpoint = spell_as_stored(call.store, link["endpoint"])
        for found in find_box_tags(call.store, endpoint, [link["stash_id"]]).values():
            yield found.name


def plan_entries(call: Call, found: Unwanted) -> Iterator[Entry]:
    """Yield the entries of the plan: exclusions first, then objects, then the tags themselves."""
    place = call.args["exclude"]
    if place != NOWHERE:
        yield from plan_exclusions(place, read_exclusions(call, place), found.names, found.patterns)
    chosen = [kind for kind in list_kinds(call.stash) if kind.name in call.args["kinds"]]
    primary: Counter[int] = Counter()
    for number, kind in enumerate(chosen):
        yield from plan_kind(call, kind, found, primary)
        call.progress(LOOKED_UP + (READ - LOOKED_UP) * (number + 1) / len(chosen))
    if call.args["delete"]:
        yield from plan_deletions(call, found.ids, chosen, primary, REASON)


def plan_kind(call: Call, kind: TaggedKind, found: Unwanted, primary: Counter[int]) -> Iterator[Entry]:
    """Yield the changes that take the tags off all objects of a kind, and count markers whose primary tag it is."""
    reasons = {int(row["id"]): f"{row['name']}: {REASON}" for row in found.rows}
    if not reasons:
        return
    for rows in stream_tagged(call.stash, kind, reasons):
        primary.update(list_primary_tags(kind, rows, reasons))
        for row in rows:
            yield from plan_removals(kind, row, reasons)


def plan_deletions(
    call: Call, ids: Iterable[int], emptied: Sequence[TaggedKind], primary: Mapping[int, int], reason: str
) -> Iterator[Entry]:
    """Yield the deletion of each tag that nothing uses once the plan has taken it off the objects of these kinds."""
    counters = list_counters(call.stash)
    left = [each for each in counters if each not in {kind.counter for kind in emptied}]
    blobs = Journal(call.store).blobs
    fields = " ".join([list_tag_fields(call.stash), "child_count", *left])
    for rows in call.stash.tags.stream(ids, fields):
        for row in rows:
            number, uses_left = int(row["id"]), sum(row[name] for name in left)
            doomed = Doomed(number, make_kept_values(row), uses_left, primary.get(number, 0), row["child_count"])
            try:
                image = None if explain_stay(doomed) else fetch_image(call, row)
            except ServiceError as error:
                if error.stops_run:
                    raise
                because = f"Its picture cannot be read, so an undo could not bring it back. {error}"
                yield Finding(Item(TAG, str(number), row["name"]), "skipped", because, WHOLE_TAG, "user")
                continue
            yield from plan_deletion(doomed, blobs.put(*image) if image else None, reason)
