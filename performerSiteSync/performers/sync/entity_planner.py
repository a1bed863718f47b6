"""Plans pieces of the library from the cache: links, fields, pictures, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.conversion import LEFT_OUT, SourceOffer, fit_fields
from performers.boxes.links import find_links
from performers.boxes.record_cache import MERGED, RecordCache
from performers.identity.conflict_kinds import ABOUT_IDENTITY, ID_TWICE, NAME_TAKEN, SHARED
from performers.identity.conflict_kinds import MERGED as MERGED_PAIR
from performers.identity.conflict_store import (
    ConflictScope,
    IdentityConflict,
    close_conflicts,
    read_conflicts,
    replace_conflicts,
)
from performers.identity.decision_store import read_decisions
from performers.identity.evidence import IdentityMatch
from performers.identity.link_owners import LinkOwners
from performers.identity.link_state import LinkFacts, LinkState, add_matches, examine_links
from performers.identity.match import IdentityMatches
from performers.library.entities import describe_row, read_supported_fields, select_objects
from performers.library.names import NameIndex
from performers.sync.parent_studios import ParentStudios, fit_parent
from performers.sync.pictures import PictureFetcher
from performers.sync.plan import WrittenBefore, list_doubtful, note_seen, plan_entity
from performers.sync.provenance import NEVER_WRITTEN, LossOfState, SeenObject, read_written_before, remember_seen
from performers.sync.rules import IGNORE, read_rules
from performers.sync.taken_names import drop_collisions
from shared.journal import Change, Entry, Finding, Item
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

LEFT_AFTER_LOSS = (
    "Values are left out: the state file was lost, and you may have cleared them before. "
    "The Overview tab asks what to do."
)
PLANNED = (ID_TWICE, MERGED_PAIR, NAME_TAKEN, SHARED)  # the conflict types found while planning


class EntityPlanner:
    """Plans performers or studios piece by piece for one update run, and stores the conflicts it finds."""

    def __init__(self, call: Call, kind: str, boxes: Sequence[Box], matches: IdentityMatches, oldest: float) -> None:
        self._call = call
        self._kind = kind
        self._boxes = boxes
        self._matches = matches
        self._oldest = oldest
        self._answers = RecordCache(call.store, kind)
        self._supported = read_supported_fields(call.stash, kind)
        self._rules = read_rules(call.settings)
        self._names = NameIndex(call, kind)
        self._parent_studios = ParentStudios(call, self._names)
        self._successors = PlannedSuccessors()
        self._owners = LinkOwners(call, kind, boxes)
        self._loss = LossOfState(call.store)
        self._seen: list[SeenObject] = []
        self.pictures = PictureFetcher(call, boxes)
        self.unanswered: dict[str, list[str]] = {box.name: [] for box in boxes}  # objects by links without an answer
        self.outdated: Counter[str] = Counter()  # links whose answer is older than the run asked for, by box

    def plan_piece(self, rows: Sequence[Mapping[str, Any]]) -> tuple[list[Entry], dict[str, int]]:
        """Return the entries for some rows of Stash, and the number of items without any, by outcome.

        An update calls it piece by piece.
        """
        values = {int(row["id"]): describe_row(row, self._kind) for row in rows}
        known = [self._read_known(box, values) for box in self._boxes]
        past = read_written_before(self._call.store, self._kind, list(values))
        decided = read_decisions(self._call.store, self._kind, {*values, *list_sharers(known)})
        self._close_linked_conflicts(values)
        match_conflicts = self._read_match_conflicts(values)
        entries: list[Entry] = []
        conflicts: list[IdentityConflict] = []
        counted = {"unchanged": 0, "skipped": 0, "failed": 0}
        self._note_answers(values.values(), known)
        doubtful = self._loss.find_doubtful(self._kind, rows)
        for number, present in values.items():
            item = Item(self._kind, str(number), present["name"])
            before = past.get(number, NEVER_WRITTEN)
            state = drop_locked_links(examine_links(item, present["stash_ids"], known), before)
            matches = allow_matches(self._matches.links.get(number, {}), before)
            state = add_matches(item, known, matches, state)
            self._successors.add(item, state, known)
            planned = self._plan_fields(item, present, state, before, is_doubtful=number in doubtful)
            met = {each.key for each in conflicts}
            open_conflicts = [each for each in state.conflicts if each.key not in met and not each.is_settled(decided)]
            conflicts.extend(open_conflicts)
            doubts = [each for each in match_conflicts if each.item == number]
            entries_of_item = [*planned, *(each.finding for each in [*open_conflicts, *doubts])]
            if number in self._matches.failed:
                entries_of_item.append(Finding(item, "failed", self._matches.failed[number], "stash_ids"))
            entries.extend(entries_of_item)
            if not entries_of_item:
                counted["unchanged" if state.offers else "failed" if state.unanswered else "skipped"] += 1
        self._store_conflicts(list(values), conflicts)
        remember_seen(self._call.store, self._kind, self._seen)
        self._seen.clear()
        return entries, {outcome: number for outcome, number in counted.items() if number}

    def _note_answers(self, values: Collection[Mapping[str, Any]], known: Sequence[LinkFacts]) -> None:
        for facts in known:
            for present in values:
                for pair in find_links(present["stash_ids"], facts.box):
                    answer = facts.answers.get(pair[1])
                    if answer is None:
                        self.unanswered[facts.box.name].append(present["name"])
                    else:
                        self.outdated[facts.box.name] += answer.fetched < self._oldest

    def _plan_fields(
        self, item: Item, present: Mapping[str, Any], state: LinkState, before: WrittenBefore, *, is_doubtful: bool
    ) -> list[Entry]:
        fitted = [self._fit(offer, item, present) for offer in state.offers]
        planned = list(plan_entity(item, present, [offer for offer, _ in fitted], before, self._rules))
        lost = before.lost
        if is_doubtful and any(find_links(present["stash_ids"], box) for box in self._boxes):
            lost, planned = list_doubtful(planned), []
        self._note_seen(item, present, state, before, lost)
        problems = [problem for _, problem in fitted if problem][:1]
        free = drop_collisions(item, present, planned, self._names, state.conflicts)
        remarks = [remark for offer in state.offers for remark in find_left_out(item, offer)]
        remarks += [Finding(item, "skipped", LEFT_AFTER_LOSS)] if lost else []
        return [*state.entries, *self.pictures.fetch(free), *problems, *remarks]

    def _note_seen(
        self,
        item: Item,
        present: Mapping[str, Any],
        state: LinkState,
        before: WrittenBefore,
        lost: Mapping[str, Sequence[str]],
    ) -> None:
        """Note what this update has seen of an object with a record, if that is new."""
        seen = note_seen(present, before)
        if state.offers and (seen, lost) != (before.seen, before.lost):
            self._seen.append(SeenObject(int(item.id), seen, lost))

    def _close_linked_conflicts(self, values: Mapping[int, Mapping[str, Any]]) -> None:
        """Close conflicts of matching about objects that got a link to the box since."""
        boxes = {box.endpoint: box for box in self._boxes}
        conflicts = self._read_match_conflicts(values)
        keys = [each.key for each in conflicts if find_links(values[each.item]["stash_ids"], boxes[each.endpoint])]
        if keys:
            close_conflicts(self._call.store, keys)

    def _read_match_conflicts(self, numbers: Iterable[int]) -> list[IdentityConflict]:
        """Return the conflicts that matching found about these objects at the boxes of this run."""
        endpoints = [box.endpoint for box in self._boxes]
        return read_conflicts(self._call.store, ConflictScope(self._kind, list(numbers), endpoints, ABOUT_IDENTITY))

    def _store_conflicts(self, numbers: Sequence[int], conflicts: Sequence[IdentityConflict]) -> None:
        endpoints = [box.endpoint for box in self._boxes]
        scope = ConflictScope(self._kind, numbers, endpoints, PLANNED)
        replace_conflicts(self._call.store, scope, conflicts, self._call.clock.now())

    def _read_known(self, box: Box, values: Mapping[int, Mapping[str, Any]]) -> LinkFacts:
        ids = [pair[1] for present in values.values() for pair in find_links(present["stash_ids"], box)]
        matches = [self._matches.links.get(number, {}).get(box.endpoint) for number in values]
        answers = self._answers.read(box.endpoint, [*ids, *(match.remote_id for match in matches if match)])
        self._parent_studios.learn(box.endpoint, answers.values())
        merged = {answer.into for answer in answers.values() if answer.state == MERGED}
        objects = select_objects(self._call.stash, self._kind)
        owners = objects.find_linked(box.endpoint, sorted(merged), "name") if merged else {}
        return LinkFacts(
            box, answers, self._successors.join(box, owners, merged), self._owners.find(box, ids, len(values))
        )

    def _fit(self, offer: SourceOffer, item: Item, present: Mapping[str, Any]) -> tuple[SourceOffer, Finding | None]:
        values = fit_fields(offer.values, self._supported)
        problem = fit_parent(values, offer.endpoint, item, self._parent_studios)
        is_open = present.get("parent_id") is None and self._rules.policy_of("parent_id") != IGNORE
        return offer._replace(values=values), problem if is_open else None


class PlannedSuccessors:
    """The objects that a run links to the successors of their records.

    If several objects of the library become one record at the box, only the first is linked to it; the others are
    conflicts, in a preview as well, where Stash does not have the first one's link yet.
    """

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], list[Mapping[str, Any]]] = {}

    def join(
        self, box: Box, owners: Mapping[str, Sequence[Mapping[str, Any]]], successors: Iterable[str]
    ) -> dict[str, list[Mapping[str, Any]]]:
        """Return the owners of successor records in Stash with those of this run, for the planner's next piece."""
        found = {each: [*owners.get(each, ()), *self._owners.get((box.endpoint, each), ())] for each in successors}
        return {each: list({str(row["id"]): row for row in rows}.values()) for each, rows in found.items()}

    def add(self, item: Item, state: LinkState, known: Sequence[LinkFacts]) -> None:
        """Note the links that an object gets, for the objects that the planner meets after it."""
        for entry in state.entries:
            if isinstance(entry, Change) and entry.action == "add":
                endpoint, remote_id = entry.after
                row = {"id": item.id, "name": item.label}
                self._owners.setdefault((endpoint, remote_id), []).append(row)
                for facts in known:
                    if facts.box.endpoint == endpoint and remote_id in facts.owners:
                        facts.owners[remote_id].append(row)


def list_sharers(known: Iterable[LinkFacts]) -> Iterator[int]:
    """Yield the objects with a record that another one has, too; the planner reads the decisions about them."""
    for facts in known:
        yield from (int(row["id"]) for rows in facts.holders.values() if len(rows) > 1 for row in rows)


def find_left_out(item: Item, offer: SourceOffer) -> Iterator[Finding]:
    """Yield a finding if values of the box's record were not taken; the planner adds it to the item's entries."""
    left_out = offer.values.get(LEFT_OUT)
    if left_out:
        yield Finding(
            item, "skipped", f"Left out of the record at {offer.box}: {'; '.join(left_out)}.", "", offer.endpoint
        )


def drop_locked_links(state: LinkState, past: WrittenBefore) -> LinkState:
    """Return the planner's link state without changes of links that a person locked or whose change was undone."""
    is_locked = "stash_ids" in past.locked or "stash_ids" in past.undone
    return state._replace(entries=[each for each in state.entries if not is_locked or isinstance(each, Finding)])


def allow_matches(matches: Mapping[str, IdentityMatch], past: WrittenBefore) -> Mapping[str, IdentityMatch]:
    """Return the new links the planner may add: all, or in locked links only those the person chose."""
    is_locked = "stash_ids" in past.locked
    return {endpoint: each for endpoint, each in matches.items() if not is_locked or each.is_chosen}
