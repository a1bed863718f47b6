"""Plans pieces of the library's scenes from the stored records: links, fields, covers, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.links import find_links
from performers.boxes.record_cache import FOUND, MERGED, RecordCache
from performers.boxes.remote_items import CAST, RemoteGroup, make_remote_item
from performers.identity.conflict_kinds import DOUBTED, ID_TWICE, SHARED, TAKEN
from performers.identity.conflict_kinds import MERGED as MERGED_PAIR
from performers.identity.conflict_store import ConflictScope, IdentityConflict, replace_conflicts
from performers.identity.decision_store import NEVER, Decisions, read_decisions
from performers.identity.evidence import IdentityMatch
from performers.identity.link_state import LinkFacts, LinkState, add_matches, examine_links
from performers.library.covers import CoverIndex
from performers.library.entities import HAS_PICTURE, describe_row, find_linked_by_id
from performers.library.kinds import PERFORMER, SCENE, STUDIO
from performers.scenes.cast import CastIndex, ResolvedOffer, Stranger, list_strangers
from performers.scenes.found_links import ScenePrints, choose_links
from performers.scenes.found_records import FoundRecords
from performers.scenes.plan import ScenePlan, find_settled, list_differing, note_seen_fields, plan_scene
from performers.scenes.record import fit_date
from performers.scenes.record_store import BaselineMove, SceneRecords
from performers.sync.entity_planner import LEFT_AFTER_LOSS, PlannedSuccessors, drop_locked_links, find_left_out
from performers.sync.pictures import PictureFetcher
from performers.sync.plan import WrittenBefore, list_doubtful
from performers.sync.provenance import NEVER_WRITTEN, LossOfState, SeenObject, read_written_before, remember_seen
from performers.sync.rules import IGNORE, read_rules
from shared.bundle.link_doubts import LinkDoubt, LinkDoubts
from shared.journal import Change, Entry, Finding, Item, set_field
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings

PLANNED = (DOUBTED, ID_TWICE, MERGED_PAIR, SHARED)  # the conflict types found while planning scenes
SWITCHES = {PERFORMER: "sceneCreatePerformers", STUDIO: "sceneCreateStudios"}

Ask = Callable[[str, Box, Sequence[str]], str]  # kind, box and ids of records to have in the cache of records


class PlanOptions(NamedTuple):
    """The choices for a run of scenes beside following the boxes."""

    fills: bool  # also what the library lacks
    takes_organized: bool
    tells_differences: bool  # a note for a scene that differs from a box and keeps its values
    finds_links: bool = False  # also links to boxes that have the scene's files


def read_options(settings: Settings, fills: bool | None = None, finds_links: bool | None = None) -> PlanOptions:
    """Return the options for tasks and the queue; an argument that is not None stands in place of its setting."""
    return PlanOptions(
        bool(settings.sceneFill if fills is None else fills),
        bool(settings.sceneOrganized),
        tells_differences=False,
        finds_links=may_find_links(settings, finds_links),
    )


def may_find_links(settings: Settings, is_wanted: bool | None = None) -> bool:
    """Return True if the setting, or `is_wanted` in its place, asks for links by fingerprints, and no rule forbids."""
    wanted = settings.sceneOtherBoxes if is_wanted is None else is_wanted
    return bool(wanted) and read_rules(settings).policy_of("stash_ids") != IGNORE


@dataclass
class PieceNotes:
    """The rows that planning a piece of scenes reads and notes: answers, earlier writes, and records to store after."""

    known: Sequence[LinkFacts]
    past: Mapping[int, WrittenBefore]
    decided: Decisions
    moves: dict[str, dict[str, BaselineMove]]
    found: Mapping[str, Mapping[int, IdentityMatch]]  # by endpoint and scene
    conflicts: list[IdentityConflict] = field(default_factory=list)
    seen: list[SeenObject] = field(default_factory=list)


class SceneFieldPlanner:
    """Plans scenes piece by piece for one run, and stores conflicts and baselines on the way."""

    def __init__(
        self,
        call: Call,
        boxes: Sequence[Box],
        holders: Mapping[str, Mapping[str, list[int]]],
        options: PlanOptions,
        ask: Ask,
        doubts: LinkDoubts,
    ) -> None:
        self._call = call
        self._boxes = boxes
        self._holders = holders  # the scenes by box and record, where several have the same record
        self._options = options
        self._ask = ask
        self._doubts = doubts
        self._rules = read_rules(call.settings)
        self._records = {box.endpoint: SceneRecords(call.store, box.endpoint) for box in boxes}
        self._finders = [FoundRecords(call.store, box) for box in boxes if options.finds_links]
        self._cast = CastIndex(call.stash)
        self._successors = PlannedSuccessors()
        self._loss = LossOfState(call.store)
        self._has_partial_dates = call.stash.capabilities().has_partial_dates
        self._kinds = [kind for kind, name in SWITCHES.items() if getattr(call.settings, name)]
        self._created: dict[Stranger, bool] = {}
        takes_covers = self._rules.policy_of("image") != IGNORE
        self._covers = CoverIndex(call.stash) if takes_covers else None
        self.pictures = PictureFetcher(call, boxes)
        self.differing: Counter[str] = (
            Counter()
        )  # fields in which the library differs from the first box, for a baseline
        self.scenes_differing = 0

    def plan_piece(self, rows: Sequence[Mapping[str, Any]]) -> tuple[list[Entry], Counter[str]]:
        """Return the entries for some rows of Stash, and the number of items without any, by outcome.

        A sync of scenes calls it piece by piece.
        """
        counted: Counter[str] = Counter()
        taken = [row for row in rows if self._options.takes_organized or not row["organized"]]
        counted["skipped"] += len(rows) - len(taken)
        values = self._describe(taken)
        found_links = {each.endpoint: each.read(values) for each in self._finders}
        decided = read_decisions(self._call.store, SCENE, values)
        known = [self._read_known(box, values, found_links.get(box.endpoint, {})) for box in self._boxes]
        known = [each._replace(doubts=self._find_doubts(each.box, values, decided)) for each in known]
        past = read_written_before(self._call.store, SCENE, list(values))
        doubtful = self._loss.find_doubtful(SCENE, taken) if self._options.fills else set()
        piece = PieceNotes(known, past, decided, {box.endpoint: {} for box in self._boxes}, found_links)
        states = {number: self._examine(number, present, piece) for number, present in values.items()}
        self._cast.prepare([offer for state in states.values() for offer in state.offers])
        found = {number: [self._resolve(offer) for offer in state.offers] for number, state in states.items()}
        entries: list[Entry] = list(self._create_strangers([one for offers in found.values() for one in offers]))
        for number, state in states.items():
            item = Item(SCENE, str(number), values[number]["name"])
            scene = ScenePlan(
                item,
                values[number],
                past.get(number, NEVER_WRITTEN),
                self._rules,
                self._options.fills,
                self._list_creatable(),
            )
            planned = self._plan_one(scene, state, found[number], piece, is_doubtful=number in doubtful)
            entries.extend(planned)
            if not planned:
                counted["unchanged" if state.offers else "failed" if state.unanswered else "skipped"] += 1
        self._store(list(values), piece)
        return entries, counted

    def _describe(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
        numbers = [int(row["id"]) for row in rows]
        # While covers are left alone it does not matter which scenes have one.
        coverless = self._covers.find_coverless(numbers) if self._covers else ()
        images = {number: None if number in coverless else HAS_PICTURE for number in numbers}
        return {int(row["id"]): {**describe_row(row, SCENE), "image": images[int(row["id"])]} for row in rows}

    def _examine(self, number: int, present: Mapping[str, Any], piece: PieceNotes) -> LinkState:
        """Return the state of a scene's links, and note its conflicts."""
        item, past = Item(SCENE, str(number), present["name"]), piece.past.get(number, NEVER_WRITTEN)
        state = drop_locked_links(examine_links(item, present["stash_ids"], piece.known), past)
        chosen = choose_links(ScenePrints(item, present["stash_ids"], past, piece.decided), piece.known, piece.found)
        state = add_matches(item, piece.known, chosen.matches, state)
        state.conflicts.extend(chosen.conflicts)
        self._successors.add(item, state, piece.known)
        met = {each.key for each in piece.conflicts}
        conflicts = [each for each in state.conflicts if each.key not in met and not each.is_settled(piece.decided)]
        piece.conflicts.extend(conflicts)
        return state._replace(conflicts=conflicts)

    def _plan_one(
        self,
        scene: ScenePlan,
        state: LinkState,
        found: Sequence[ResolvedOffer],
        piece: PieceNotes,
        *,
        is_doubtful: bool,
    ) -> list[Entry]:
        """Return the entries of one scene, and note its new baselines."""
        planned, lost = list(plan_scene(scene, found)), scene.past.lost
        if is_doubtful:
            lost, planned = list_doubtful(planned), []
        seen = note_seen_fields(scene.present, scene.past)
        if state.offers and (seen, lost) != (scene.past.seen, scene.past.lost):
            piece.seen.append(SeenObject(int(scene.item.id), seen, lost))
        self._move_baselines(scene, found, planned, piece)
        remarks: list[Entry] = [remark for offer in state.offers for remark in find_left_out(scene.item, offer)]
        remarks += [Finding(scene.item, "skipped", LEFT_AFTER_LOSS)] if lost else []
        entries = [*state.entries, *self.pictures.fetch(planned), *remarks]
        entries += [each.finding for each in state.conflicts]
        differing = list_differing(scene, found)
        self.differing.update(differing)
        self.scenes_differing += bool(differing)
        if self._options.tells_differences and differing and not entries:
            entries.append(Finding(scene.item, "skipped", "A stash-box says something else here; your values stay."))
        return entries

    def _move_baselines(
        self, scene: ScenePlan, found: Sequence[ResolvedOffer], planned: Collection[Entry], piece: PieceNotes
    ) -> None:
        """Note the new baselines of a scene's records, of the fields in which the library has what the box says."""
        for facts in piece.known:
            for one in (each for each in found if each.offer.endpoint == facts.box.endpoint):
                for _, remote_id in find_links(scene.present["stash_ids"], facts.box):
                    answer = facts.answers.get(remote_id)
                    if answer is None or not answer.values:
                        continue
                    base = answer.before or {}
                    moved = find_settled(scene, one.offer, planned, answer.values, base)
                    if moved != base:
                        piece.moves[facts.box.endpoint][remote_id] = BaselineMove(answer.values, moved)

    def _read_known(
        self, box: Box, values: Mapping[int, Mapping[str, Any]], found: Mapping[int, IdentityMatch]
    ) -> LinkFacts:
        ids = [pair[1] for present in values.values() for pair in find_links(present["stash_ids"], box)]
        offered = {match.remote_id for match in found.values()}
        answers = self._records[box.endpoint].read([*ids, *sorted(offered)])
        new = offered | {answer.into for answer in answers.values() if answer.state == MERGED}
        owners = find_linked_by_id(self._call.stash, SCENE, box.endpoint, sorted(new), "name: title") if new else {}
        shared = {each: self._holders[box.endpoint][each] for each in ids if each in self._holders[box.endpoint]}
        holders = {
            each: [{"id": str(one), "name": f"scene {one}"} for one in numbers] for each, numbers in shared.items()
        }
        return LinkFacts(box, answers, self._successors.join(box, owners, new), holders)

    def _find_doubts(
        self, box: Box, values: Mapping[int, Mapping[str, Any]], decided: Decisions
    ) -> dict[tuple[str, str], LinkDoubt]:
        """Return the doubts about the links of a piece, without those that a person does not want to hear again."""
        found: dict[tuple[str, str], LinkDoubt] = {}
        for number, present in values.items():
            for _, remote_id in find_links(present["stash_ids"], box):
                doubt = self._doubts.find(box.endpoint, remote_id, number)
                if doubt and decided.find(SCENE, number, DOUBTED, box.endpoint, remote_id) != NEVER:
                    found[str(number), remote_id] = doubt
        return found

    def _resolve(self, offer: Any) -> ResolvedOffer:
        values = fit_date(offer.values, has_partial_dates=self._has_partial_dates)
        return self._cast.resolve(offer._replace(values=values))

    def _list_creatable(self) -> frozenset[str]:
        return frozenset(stranger.member for stranger, is_ready in self._created.items() if is_ready)

    def _create_strangers(self, found: Sequence[ResolvedOffer]) -> Iterator[Change]:
        """Yield the creation of performers and studios that the library lacks, once in a run, where it is allowed."""
        new = [each for each in list_strangers(found, self._kinds) if each not in self._created]
        for box in self._boxes:
            for kind in self._kinds:
                here = [each for each in new if (each.kind, each.endpoint) == (kind, box.endpoint)]
                if not here:
                    continue
                self._ask(kind, box, [each.id for each in here])
                answers = RecordCache(self._call.store, kind).read(box.endpoint, [each.id for each in here])
                for stranger in here:
                    answer = answers.get(stranger.id)
                    is_ready = answer is not None and answer.state == FOUND and bool(answer.values.get("name"))
                    self._created[stranger] = is_ready
                    if is_ready:
                        item = make_remote_item(RemoteGroup(CAST, kind, box.endpoint), stranger.id, stranger.name)
                        reason = f"It is in a scene of yours at {box.name}."
                        yield set_field(item, "created", None, True, source=box.endpoint, reason=reason)

    def _store(self, numbers: Sequence[int], piece: PieceNotes) -> None:
        store, endpoints = self._call.store, [box.endpoint for box in self._boxes]
        scope = ConflictScope(SCENE, numbers, endpoints, (*PLANNED, TAKEN) if self._finders else PLANNED)
        replace_conflicts(store, scope, piece.conflicts, self._call.clock.now())
        remember_seen(store, SCENE, piece.seen)
        for endpoint, moves in piece.moves.items():
            self._records[endpoint].move_baselines(moves)
