"""The tree of tags: read whole and compact, changed by a plan that removes parents before it adds others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import MOST, ident, idents, records, takes
from shared.journal import Entry, Item, add_member, remove_member
from shared.stash.sql import query_rows
from tagging.tags.tag_plan import save_tag_plan
from tagging.tags.target import PARENTS, TAG

if TYPE_CHECKING:
    from shared.runtime.call import Call

EDGES = "SELECT child_id, parent_id FROM tags_relations ORDER BY child_id, parent_id"

Edge = tuple[int, int]  # tag, parent
Parents = dict[int, set[int]]


class RefusedEdge(NamedTuple):
    """A parent that cannot be added to a tag, and why."""

    tag_id: int
    parent_id: int
    message: str


@takes()
def list_hierarchy(call: Call) -> dict[str, Any]:
    """Operation `hierarchy_get`: return all tags as [id, name, parent ids], sorted by name."""
    rows = read_tags_with_parents(call)
    tags = [[int(row["id"]), row["name"], [int(each["id"]) for each in row["parents"]]] for row in rows]
    return {"tags": tags, "count": len(tags)}


def read_tags_with_parents(call: Call) -> list[dict[str, Any]]:
    """Return all tags with their parents, sorted by name, for the operations of the Hierarchy tab.

    One SQL query reads the parents where Stash allows it: through GraphQL thousands of tags take seconds.
    """
    edges = query_rows(call.stash, EDGES, [], "reading the tag hierarchy")
    if edges is None:
        return call.stash.tags.page("name parents { id }", per_page=-1, sort="name").rows
    parents: dict[int, list[dict[str, int]]] = {}
    for child, parent in edges:
        parents.setdefault(int(child), []).append({"id": int(parent)})
    rows = call.stash.tags.page("name", per_page=-1, sort="name").rows
    return [{**row, "parents": parents.get(int(row["id"]), [])} for row in rows]


@takes(
    records(
        "changes", (ident("tag_id"), idents("add", (), "ids of parents"), idents("remove", (), "ids of parents")), MOST
    ),
)
def plan_hierarchy(call: Call) -> dict[str, Any]:
    """Operation `hierarchy_plan`: store a plan of the requested parents; return its id and the refused ones."""
    removed, added = read_edges(call.args["changes"])
    rows = read_tags_with_parents(call)
    names = {int(row["id"]): row["name"] for row in rows}
    parents = {int(row["id"]): {int(each["id"]) for each in row["parents"]} for row in rows}
    allowed, refused = check_edges(parents, names, removed, added)
    entries = list(plan_edges(names, parents, removed, allowed))
    shown = [refusal._asdict() for refusal in refused]
    done = "Changed {changes parent} of {items tag} in the hierarchy"
    return {**save_tag_plan(call, entries, "Changes of the tag hierarchy", done), "refused": shown}


def read_edges(given: Sequence[Mapping[str, Any]]) -> tuple[list[Edge], list[Edge]]:
    """Return the (tag, parent) pairs to remove and those to add in the argument `changes` of `plan_hierarchy`."""
    removed = [(row["tag_id"], each) for row in given for each in row["remove"]]
    added = [(row["tag_id"], each) for row in given for each in row["add"]]
    return list(dict.fromkeys(removed)), list(dict.fromkeys(added))


def check_edges(
    parents: Parents, names: Mapping[int, str], removed: Iterable[Edge], added: Sequence[Edge]
) -> tuple[list[Edge], list[RefusedEdge]]:
    """Return the pairs that `plan_hierarchy` can add after the removals, and those it refuses (gone, or a circle)."""
    parents_after = {tag: set(each) for tag, each in parents.items()}
    for tag, parent in removed:
        parents_after.get(tag, set()).discard(parent)
    allowed: list[Edge] = []
    refused: list[RefusedEdge] = []
    for tag, parent in added:
        if tag not in names or parent not in names:
            missing = tag if tag not in names else parent
            refused.append(RefusedEdge(tag, parent, f"Stash has no tag {missing} any more."))
        elif tag == parent or is_below(parent, tag, parents_after):
            message = f"{names[parent]} lies below {names[tag]} already; that would be a circle."
            refused.append(RefusedEdge(tag, parent, message))
        else:
            parents_after.setdefault(tag, set()).add(parent)
            allowed.append((tag, parent))
    return allowed, refused


def is_below(tag: int, other: int, parents: Mapping[int, Iterable[int]]) -> bool:
    """Return True if `other` is an ancestor of `tag`, for `check_edges`."""
    seen: set[int] = set()
    left = [tag]
    while left:
        for parent in parents.get(left.pop(), ()):
            if parent == other:
                return True
            if parent not in seen:
                seen.add(parent)
                left.append(parent)
    return False


def plan_edges(
    names: Mapping[int, str], parents: Parents, removed: Iterable[Edge], added: Iterable[Edge]
) -> Iterator[Entry]:
    """Yield the entries of `plan_hierarchy`, removals first.

    Stash checks each addition against the parents of that moment.
    """
    for tag, parent in sorted(edge for edge in removed if edge[1] in parents.get(edge[0], ())):
        yield remove_member(Item(TAG, str(tag), names[tag]), PARENTS, parent, reason=names.get(parent, ""))
    for tag, parent in sorted(edge for edge in added if edge[1] not in parents.get(edge[0], ())):
        yield add_member(Item(TAG, str(tag), names[tag]), PARENTS, parent, reason=names[parent])
