"""Fills empty descriptions and missing aliases of linked tags from the box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import Argument, Choice, ListOf, takes, text
from shared.journal import Entry, Item, add_member, set_field
from shared.stash.links import find_ids
from shared.stash_box import Box
from shared.tag_matching import LocalTags, fold
from tagging.links.box_tags import read_box_tags
from tagging.links.requirements import choose_linkable
from tagging.tags.local_tags import choose_tag_fields, read_local_tags
from tagging.tags.tag_plan import save_tag_plan
from tagging.tags.target import ALIASES, DESCRIPTION, clean_aliases, make_tag_item

if TYPE_CHECKING:
    from shared.runtime.call import Call

FIELDS = (DESCRIPTION, ALIASES)


@takes(text("endpoint", ""), Argument("fields", ListOf(Choice(FIELDS), ", ".join(FIELDS)), FIELDS))
def plan_backfill(call: Call) -> dict[str, Any]:
    """Operation `backfill_plan`: store a plan that gives linked tags the box's description and aliases they lack.

    Existing texts stay. Returns the plan's id, its number of entries, and how many aliases another tag has already.
    """
    box = choose_linkable(call)
    fields = call.args["fields"] or FIELDS
    remote, index = read_box_tags(call.store, box.endpoint), LocalTags(read_local_tags(call.stash))
    rows = call.stash.tags.linked_rows(choose_tag_fields(call.stash, "description"), box.endpoint)
    entries: list[Entry] = []
    taken: set[str] = set()
    left_out = 0
    for row in rows:
        known = [remote[each] for each in find_ids(row["stash_ids"], box.endpoint) if each in remote][:1]
        for tag in known:
            missing = [each for each in clean_aliases(row["name"], [tag.name, *tag.aliases]) if lacks_alias(each, row)]
            free = [each for each in missing if not index.find_holders(each) and fold(each) not in taken]
            aliases = free if ALIASES in fields else []
            left_out += len(missing) - len(free) if ALIASES in fields else 0
            taken.update(map(fold, aliases))
            description = tag.description if DESCRIPTION in fields and not row["description"] else ""
            entries += plan_gaps(make_tag_item(row), description, aliases, box)
    done = f"Filled {{changes gap}} of {{items tag}} from {box.name}"
    return {**save_tag_plan(call, entries, f"Gaps filled from {box.name}", done), "aliases_left_out": left_out}


def lacks_alias(alias: str, row: Mapping[str, Any]) -> bool:
    """Return True if a tag does not have this alias yet, for `plan_backfill`; case is ignored as Stash does."""
    return fold(alias) not in {fold(each) for each in row["aliases"]}


def plan_gaps(item: Item, description: str, aliases: Iterable[str], box: Box) -> Iterator[Entry]:
    """Yield the entries of `plan_backfill` for one tag: a description, unless it is empty, and aliases."""
    if description:
        yield set_field(item, DESCRIPTION, "", description, source=box.endpoint)
    for alias in aliases:
        yield add_member(item, ALIASES, alias, source=box.endpoint)
