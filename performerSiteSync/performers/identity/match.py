"""Matches unlinked performers and studios with records: by ids in URLs, by other boxes, by search; in bulk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.conversion import BoxRecord
from performers.boxes.links import find_links
from performers.boxes.page_addresses import find_ids_in
from performers.boxes.record_cache import GONE, RecordCache
from performers.boxes.search import SearchCache, is_address, search_box
from performers.boxes.sources import open_source
from performers.identity.conflict_kinds import ABOUT_IDENTITY, TAKEN, URL
from performers.identity.conflict_store import ConflictScope, IdentityConflict, add_conflict, replace_conflicts
from performers.identity.decision_store import (
    IDENTITY,
    LINKED,
    NEVER,
    NOT,
    Decisions,
    PersonDecision,
    read_decisions,
    store_decision,
)
from performers.identity.evidence import IdentityDoubt, IdentityMatch, LibraryRecord, match_record
from performers.library.entities import list_fields, select_objects
from performers.library.kinds import PERFORMER
from performers.library.view import show_remote
from shared.errors import ServiceError
from shared.stash_box import TPDB, Box, StashBoxClient

if TYPE_CHECKING:
    from shared.runtime.call import Call

PIECE = 200
URLS_ASKED = 2  # per object
COMPARED_FIELDS = ("name", "disambiguation", "alias_list", "aliases", "urls", "url", "birthdate", "gender")
CHOSEN = "You chose it."
TAKEN_AWAY = "Somebody took this link away in Stash."

Ask = Callable[[Box, Sequence[str]], str]


class IdentityMatches(NamedTuple):
    """The links that can be made, by item and endpoint, and by item why a box could not be searched for it."""

    links: dict[int, dict[str, IdentityMatch]]
    failed: dict[int, str]


class UnlinkedEntity(NamedTuple):
    """A library object that lacks a link, with the links it has and those of its parent studio."""

    local: LibraryRecord
    links: Sequence[Sequence[str]]
    parent_links: Sequence[Sequence[str]]

    def at(self, box: Box, records: Iterable[Mapping[str, Any]]) -> LibraryRecord:
        """Return the object's values for comparison at a box, with those of other boxes' linked records.

        The matcher calls it.
        """
        known = self.local
        for values in records:
            urls = tuple(dict.fromkeys([*known.urls, *values.get("urls", ())]))
            birthdate = known.birthdate or str(values.get("birthdate") or "")
            known = known._replace(
                urls=urls, birthdate=birthdate, gender=known.gender or str(values.get("gender") or "")
            )
        return known._replace(parents=tuple(pair[1] for pair in find_links(self.parent_links, box)))


class IdentityMatcher:
    """Finds links for performers or studios that lack one, for `run_update`.

    Doubtful ones are stored as conflicts, not linked.
    """

    def __init__(
        self, call: Call, kind: str, boxes: Sequence[Box], problems: dict[str, str], beat: Callable[[], None]
    ) -> None:
        self._call = call
        self._kind = kind
        self._boxes = boxes
        self._problems = problems
        self._beat = beat
        self._clients: dict[str, StashBoxClient] = {}
        self._trusts_names = bool(call.settings.nameSearch)
        self._names: dict[int, str] = {}
        self._removed: set[tuple[int, str, str]] = set()  # links that an update made and a person removed
        self.found: dict[int, dict[str, IdentityMatch]] = {}
        self._failed: dict[int, str] = {}

    def match(
        self, numbers: Sequence[int], ask: Ask, oldest: float, report: Callable[[float], None]
    ) -> IdentityMatches:
        """Return the links to make for these performers or studios, for `run_update`.

        `ask` fills the record cache, `report` gets the share done.
        """
        done = 0
        try:
            for rows in select_objects(self._call.stash, self._kind).stream(numbers, self._select(), size=PIECE):
                self._match_piece([self._describe(row) for row in rows], ask, oldest)
                done += len(rows)
                report(done / len(numbers))
        finally:
            for client in self._clients.values():
                client.close()
        self._resolve_claims()
        return IdentityMatches(self.found, self._failed)

    def _select(self) -> str:
        stash = self._call.stash
        fields = [name for name in list_fields(stash, self._kind) if name in COMPARED_FIELDS]
        links = "stash_ids { endpoint stash_id }"
        return f"{' '.join(fields)} {links}" + (f" parent_studio {{ {links} }}" if self._kind != PERFORMER else "")

    def _describe(self, row: Mapping[str, Any]) -> UnlinkedEntity:
        urls = row.get("urls") or ([row["url"]] if row.get("url") else [])
        aliases = row.get("alias_list") or row.get("aliases") or ()
        texts = [str(row.get(name) or "") for name in ("birthdate", "gender")]
        parent = row.get("parent_studio") or {}
        words = (row["name"], str(row.get("disambiguation") or ""))
        local = LibraryRecord(self._kind, int(row["id"]), *words, tuple(aliases), tuple(urls), *texts)
        return UnlinkedEntity(local, read_pairs(row), read_pairs(parent))

    def _match_piece(self, entities: Sequence[UnlinkedEntity], ask: Ask, oldest: float) -> None:
        decided = read_decisions(self._call.store, self._kind, [each.local.number for each in entities])
        doubts: list[IdentityConflict] = []
        for is_first in (True, False):  # a match at one box may add facts that decide at another
            round_entities = [each for each in entities if is_first or each.local.number in self.found]
            for box in self._boxes:
                if box.name not in self._problems:
                    unmatched = [each for each in round_entities if self._needs_match(each, box, decided)]
                    rest = self._match_directly(unmatched, box, decided, ask, doubts)
                    self._search(rest, box, decided, oldest, doubts)
        self._check_owners([each.local for each in entities], doubts)
        latest = {(each.item, each.endpoint): each for each in doubts if not self._is_matched(each)}
        self._store_conflicts(entities, list(latest.values()), decided)

    def _needs_match(self, entity: UnlinkedEntity, box: Box, decided: Decisions) -> bool:
        number = entity.local.number
        if find_links(entity.links, box) or box.endpoint in self.found.get(number, {}):
            return False
        is_refused = decided.find(self._kind, number, IDENTITY, box.endpoint) == NEVER
        return not is_refused or bool(decided.find_chosen(self._kind, number, box.endpoint))

    def _match_directly(
        self, entities: Sequence[UnlinkedEntity], box: Box, decided: Decisions, ask: Ask, doubts: list[IdentityConflict]
    ) -> list[UnlinkedEntity]:
        """Match by ids that URLs name, and return the objects left over."""
        reasons = {each: self._find_ids_in_urls(each, box, decided) for each in entities}
        reasons = {each: ids for each, ids in reasons.items() if ids}
        wanted = sorted({remote_id for ids in reasons.values() for remote_id in ids})
        problem = ask(box, wanted) if wanted else ""
        if problem:
            self._problems[box.name] = problem
            return []
        answers = RecordCache(self._call.store, self._kind).read(box.endpoint, wanted)
        successors = sorted({answer.into for answer in answers.values() if answer.into})
        if successors:
            ask(box, successors)
        settled = set()
        for entity, ids in reasons.items():
            live = {
                answers[each].into or each: (BoxRecord(answers[each].into or each, answers[each].values), reason)
                for each, reason in ids.items()
                if each in answers and answers[each].state != GONE
            }
            if len(live) == 1:
                ((remote_id, (_, reason)),) = live.items()
                is_chosen = bool(decided.find_chosen(self._kind, entity.local.number, box.endpoint))
                match = IdentityMatch(remote_id, reason, is_chosen)
                self.found.setdefault(entity.local.number, {})[box.endpoint] = match
            elif live:
                doubt = IdentityDoubt(
                    URL, "Its links lead to several records.", [(one, [why]) for one, why in live.values()]
                )
                doubts.append(self._make_conflict(entity.local, box, doubt))
            settled.update([entity.local.number] if live else [])
        return [each for each in entities if each.local.number not in settled]

    def _find_ids_in_urls(self, entity: UnlinkedEntity, box: Box, decided: Decisions) -> dict[str, str]:
        number = entity.local.number
        chosen = decided.find_chosen(self._kind, number, box.endpoint)
        if chosen:
            return dict.fromkeys(chosen, CHOSEN)
        reasons = {
            each: f"Your link {url} leads there."
            for each, url in find_ids_in(entity.local.urls, box, self._kind).items()
        }
        for other in self._boxes:
            for values in self._read_remote(entity, other) if other.endpoint != box.endpoint else ():
                for each, url in find_ids_in(values.get("urls", ()), box, self._kind).items():
                    reasons.setdefault(each, f"{other.name} links to {url}.")
        allowed = self._drop_excluded(number, box, reasons, decided)
        return {each: why for each, why in reasons.items() if each in allowed}

    def _read_remote(self, entity: UnlinkedEntity, box: Box) -> Iterator[Mapping[str, Any]]:
        match = self.found.get(entity.local.number, {}).get(box.endpoint)
        ids = [pair[1] for pair in find_links(entity.links, box)] + ([match.remote_id] if match else [])
        for answer in RecordCache(self._call.store, self._kind).read(box.endpoint, ids).values() if ids else ():
            yield answer.values

    def _gather_values(self, entity: UnlinkedEntity, box: Box) -> LibraryRecord:
        """Return all known values of an object that is looked for at a box."""
        others = [other for other in self._boxes if other.endpoint != box.endpoint]
        return entity.at(box, [values for other in others for values in self._read_remote(entity, other)])

    def _drop_excluded(self, number: int, box: Box, ids: Iterable[str], decided: Decisions) -> set[str]:
        """Return the ids that neither a decision nor a removed link of ours excludes; note such removals."""
        decisions = {each: decided.find(self._kind, number, IDENTITY, box.endpoint, each) for each in ids}
        self._removed |= {(number, box.endpoint, each) for each, result in decisions.items() if result == LINKED}
        return {each for each, result in decisions.items() if result not in (NOT, LINKED)}

    def _store_removals(self) -> None:
        """Store a decision for each link of ours that a person removed, so that it is not made again."""
        for number, endpoint, remote_id in sorted(self._removed):
            about = (self._kind, number, endpoint, IDENTITY, remote_id)
            decision = PersonDecision(*about, NOT, self._names.get(number, ""), "", TAKEN_AWAY)
            store_decision(self._call.store, decision, self._call.clock.now())
        self._removed.clear()

    def _search(
        self,
        entities: Sequence[UnlinkedEntity],
        box: Box,
        decided: Decisions,
        oldest: float,
        doubts: list[IdentityConflict],
    ) -> None:
        """Search by name, and by URLs for objects that the name does not decide."""
        known = [self._gather_values(each, box) for each in entities]
        wanted = {each: [each.name] for each in known if self._is_worth_searching(each)}
        rest = self._match_candidates(wanted, box, decided, oldest, doubts)
        if box.kind != TPDB and box.name not in self._problems:
            links = {each: list(filter(is_address, each.urls))[:URLS_ASKED] for each in rest}
            wanted = {each: urls for each, urls in links.items() if urls}
            self._match_candidates(wanted, box, decided, oldest, doubts)

    def _is_worth_searching(self, local: LibraryRecord) -> bool:
        """Return True if a search can lead to a link: names are trusted, or other evidence exists."""
        return self._trusts_names or bool(local.birthdate or local.urls or local.disambiguation or local.parents)

    def _match_candidates(
        self,
        wanted: Mapping[LibraryRecord, Sequence[str]],
        box: Box,
        decided: Decisions,
        oldest: float,
        doubts: list[IdentityConflict],
    ) -> list[LibraryRecord]:
        searches = SearchCache(self._call.store, self._kind, box.endpoint)
        terms = [term for each in wanted.values() for term in each]
        failed = self._ask_for(searches, box, terms, oldest)
        known = searches.read(terms)
        undecided = []
        for local, searched in wanted.items():
            self._failed.update((local.number, failed[term]) for term in searched if term in failed)
            hits = [hit for term in searched for hit in known.get(term, ())]
            allowed = self._drop_excluded(local.number, box, [hit.remote_id for hit in hits], decided)
            hits = [hit for hit in hits if hit.remote_id in allowed]
            result = match_record(local, hits, self._trusts_names)
            if isinstance(result, IdentityMatch):
                self.found.setdefault(local.number, {})[box.endpoint] = result
            elif result is not None:
                doubts.append(self._make_conflict(local, box, result))
            else:
                undecided.append(local)
        return undecided

    def _ask_for(self, searches: SearchCache, box: Box, terms: Iterable[str], oldest: float) -> dict[str, str]:
        """Search the box for stale terms, and return by term why it has no answer."""
        stale = searches.find_stale(terms, oldest)
        if not stale:
            return {}
        try:
            failed = search_box(self._find_client(box), searches, self._kind, stale, self._call.clock.now(), self._beat)
        except ServiceError as error:
            self._problems[box.name] = str(error)
            self._call.log.error(f"{box.name} is not searched any more in this run: {error}")
            return {}
        return {term: f"{box.name} could not be searched for {term}: {reason}" for term, reason in failed.items()}

    def _find_client(self, box: Box) -> StashBoxClient:
        if box.endpoint not in self._clients:
            self._clients[box.endpoint] = open_source(self._call, box)
        return self._clients[box.endpoint]

    def _check_owners(self, entities: Sequence[LibraryRecord], doubts: list[IdentityConflict]) -> None:
        """Turn matches into conflicts if another library object is linked to the record already."""
        for box in self._boxes:
            matches = {each: self.found.get(each.number, {}).get(box.endpoint) for each in entities}
            wanted = {match.remote_id for match in matches.values() if match}
            objects = select_objects(self._call.stash, self._kind)
            owners = objects.find_linked(box.endpoint, sorted(wanted), "name") if wanted else {}
            for local, match in matches.items():
                rivals = owners.get(match.remote_id, []) if match else []
                if match and rivals:
                    del self.found[local.number][box.endpoint]
                    doubts.append(
                        self._explain_taken(local, box, match, [(int(row["id"]), row["name"]) for row in rivals])
                    )
        self._names.update({each.number: each.name for each in entities if self.found.get(each.number)})

    def _explain_taken(
        self, local: LibraryRecord, box: Box, match: IdentityMatch, rivals: Sequence[tuple[int, str]]
    ) -> IdentityConflict:
        names = ", ".join(f"{name} ({number})" for number, name in rivals)
        answer = RecordCache(self._call.store, self._kind).read(box.endpoint, [match.remote_id]).get(match.remote_id)
        candidate = BoxRecord(match.remote_id, answer.values if answer else {})
        message = f"{box.name}'s record is on {names} already. {match.reason} They may be duplicates."
        doubt = IdentityDoubt(TAKEN, message, [(candidate, [match.reason])], [number for number, _ in rivals])
        return self._make_conflict(local, box, doubt)

    def _resolve_claims(self) -> None:
        """Turn several unlinked objects with the same record into conflicts."""
        boxes = {box.endpoint: box for box in self._boxes}
        claims: dict[tuple[str, str], list[int]] = {}
        for number, matches in self.found.items():
            for endpoint, match in matches.items():
                claims.setdefault((endpoint, match.remote_id), []).append(number)
        for (endpoint, _), numbers in claims.items():
            for number in numbers if len(numbers) > 1 else ():
                rivals = [(each, self._names[each]) for each in numbers if each != number]
                local = LibraryRecord(self._kind, number, self._names[number])
                conflict = self._explain_taken(local, boxes[endpoint], self.found[number].pop(endpoint), rivals)
                add_conflict(self._call.store, conflict, self._call.clock.now())

    def _make_conflict(self, local: LibraryRecord, box: Box, doubt: IdentityDoubt) -> IdentityConflict:
        remote = [
            show_remote(self._kind, box, one.remote_id, one.values, why, one.scene_count)
            for one, why in doubt.candidates
        ]
        about = (self._kind, local.number, local.name, doubt.what, box.endpoint)
        others = [{"id": number, "evidence": []} for number in doubt.rivals]
        return IdentityConflict(*about, f"{box.name}: {doubt.message}", "", remote, others)

    def _is_matched(self, conflict: IdentityConflict) -> bool:
        return conflict.endpoint in self.found.get(conflict.item, {})

    def _store_conflicts(
        self, entities: Sequence[UnlinkedEntity], doubts: Sequence[IdentityConflict], decided: Decisions
    ) -> None:
        self._store_removals()
        endpoints = [box.endpoint for box in self._boxes if box.name not in self._problems]
        scope = ConflictScope(self._kind, [each.local.number for each in entities], endpoints, ABOUT_IDENTITY)
        found = [each for each in doubts if not each.is_settled(decided)]
        replace_conflicts(self._call.store, scope, found, self._call.clock.now())


def read_pairs(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the links in a row of Stash as pairs of endpoint and id, for matching."""
    return tuple((link["endpoint"], link["stash_id"]) for link in row.get("stash_ids") or ())


def find_lacking(rows: Iterable[Mapping[str, Any]], boxes: Collection[Box]) -> list[int]:
    """Return the ids of rows without a link to one of the boxes; `run_update` tries to match these."""
    pairs = [(int(row["id"]), read_pairs(row)) for row in rows]
    return [number for number, links in pairs if not all(find_links(links, box) for box in boxes)]
