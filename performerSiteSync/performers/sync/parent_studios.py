"""Finds the library studio for a box's parent studio: by its id there, then by name, then by alias.

A studio never becomes its own parent or ancestor; such a parent becomes a conflict instead of a write.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.links import find_links
from performers.boxes.record_cache import CachedRecord, RecordCache
from performers.boxes.remote_items import PARENT, RemoteGroup, make_remote_item
from performers.library.entities import find_linked_by_id, select_objects
from performers.library.kinds import STUDIO
from performers.library.names import NameIndex
from performers.sync.plan import note_conflict
from shared.journal import Change, Finding, Item, set_field
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_LEVELS = 5

Ask = Callable[[Box, Sequence[str]], str]


class ParentStudio(NamedTuple):
    """A parent studio as a box names it."""

    endpoint: str
    id: str
    name: str


class ParentMatch(NamedTuple):
    """The library studio that is the parent, or the problem that prevents a match."""

    number: int | None = None
    problem: str = ""


class ParentStudios:
    """Finds parent studios in the library for the planner; reads names and parents once, when they are needed."""

    def __init__(self, call: Call, names: NameIndex) -> None:
        self._call = call
        self._names = names
        self._linked: dict[tuple[str, str], list[int]] = {}
        self._parents: dict[int, int] | None = None

    def learn(self, endpoint: str, answers: Iterable[CachedRecord]) -> None:
        """Look up in one request which library studios have the parent ids in these records.

        Planner and maker call it.
        """
        ids = {answer.values["parent"][0] for answer in answers if "parent" in answer.values}
        unknown = [each for each in sorted(ids) if (endpoint, each) not in self._linked]
        rows = find_linked_by_id(self._call.stash, STUDIO, endpoint, unknown)
        self._linked.update({(endpoint, each): [int(row["id"]) for row in rows.get(each, ())] for each in unknown})

    def find(self, number: int, parent: ParentStudio) -> ParentMatch:
        """Return the library studio that is the parent, for `fit_parent` and `ParentStudioMaker`.

        `number` is the sub-studio, 0 if it does not exist yet.
        """
        candidates = self._linked.get((parent.endpoint, parent.id), [])
        if not candidates:
            candidates = [holder.number for holder in self._names.find(parent.name)][:1]
        if len(candidates) != 1:
            names = f"{len(candidates)} of your sites are linked to the network {parent.name}; keep one link."
            return ParentMatch(problem=names) if candidates else ParentMatch()
        (candidate,) = candidates
        if candidate == number:
            return ParentMatch(
                problem=f"Its network {parent.name} has the same name or link, so it cannot be a site of yours."
            )
        if number and self._is_below(candidate, number):
            return ParentMatch(problem=f"Its network {parent.name} is one of its own parts in Stash.")
        return ParentMatch(candidate)

    def forget(self) -> None:
        """Drop what was read, after `create_parent_studios` has created some."""
        self._linked.clear()
        self._names.forget()
        self._parents = None

    def _is_below(self, number: int, above: int) -> bool:
        parents = self._read_parents()
        seen: set[int] = set()
        while number in parents and number not in seen:
            seen.add(number)
            number = parents[number]
            if number == above:
                return True
        return False

    def _read_parents(self) -> dict[int, int]:
        if self._parents is None:
            objects = select_objects(self._call.stash, STUDIO)
            rows = (row for rows in objects.stream(objects.ids(), "parent_studio { id }", size=1000) for row in rows)
            self._parents = {int(row["id"]): int(row["parent_studio"]["id"]) for row in rows if row["parent_studio"]}
        return self._parents


def fit_parent(values: dict[str, Any], endpoint: str, item: Item, parents: ParentStudios) -> Finding | None:
    """Replace the box's parent in `values` by the library's id, and return a note if there is none that fits.

    `EntityPlanner` calls it.
    """
    remote = values.pop("parent", None)
    if remote is None:
        return None
    found = parents.find(int(item.id), ParentStudio(endpoint, *remote))
    values.update({"parent_id": str(found.number)} if found.number else {})
    return note_conflict(item, found.problem, endpoint) if found.problem else None


class ParentStudioMaker:
    """Plans the creation of parent studios that the library lacks, the highest first."""

    def __init__(self, call: Call, parents: ParentStudios, ask: Ask) -> None:
        self._call = call
        self._parent_studios = parents
        self._ask = ask
        self._answers = RecordCache(call.store, STUDIO)

    def plan(self, ids: Sequence[int], boxes: Sequence[Box]) -> Iterator[Change]:
        """Yield a creation for each missing parent of these studios, from the cached records.

        An update of studios calls it.
        """
        wanted = self._collect(ids, boxes)
        for box in boxes:
            levels = [level for level in self._climb(box, wanted[box.endpoint]) if level]
            names: set[str] = set()
            for parent in (parent for level in reversed(levels) for parent in level.values()):
                if parent.name not in names:
                    names.add(parent.name)
                    item = make_remote_item(RemoteGroup(PARENT, STUDIO, box.endpoint), parent.id, parent.name)
                    reason = f"The network of sites of yours at {box.name}."
                    yield set_field(item, "created", None, True, source=box.endpoint, reason=reason)

    def _collect(self, ids: Sequence[int], boxes: Sequence[Box]) -> dict[str, list[str]]:
        """Return by endpoint the remote ids of studios that have no parent in Stash yet."""
        found: dict[str, list[str]] = {box.endpoint: [] for box in boxes}
        fields = "parent_studio { id } stash_ids { endpoint stash_id }"
        for rows in select_objects(self._call.stash, STUDIO).stream(ids, fields):
            for row in (row for row in rows if not row["parent_studio"]):
                links = [(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]]
                for box in boxes:
                    found[box.endpoint].extend(pair[1] for pair in find_links(links, box))
        return found

    def _climb(self, box: Box, ids: Collection[str]) -> Iterator[Mapping[str, ParentStudio]]:
        """Yield level by level the parents that the library does not have."""
        seen: set[str] = set()
        for _ in range(MOST_LEVELS):
            answers = self._answers.read(box.endpoint, ids).values()
            self._parent_studios.learn(box.endpoint, answers)
            named = [
                ParentStudio(box.endpoint, *answer.values["parent"]) for answer in answers if "parent" in answer.values
            ]
            level = {
                each.id: each
                for each in named
                if each.id not in seen and self._parent_studios.find(0, each) == ParentMatch()
            }
            if not level:
                return
            yield level
            seen.update(level)
            self._ask(box, list(level))
            ids = list(level)
