"""The update: refresh the cache for the linked ids of the library, then plan and apply batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.cache_lifetime import find_oldest_valid
from performers.boxes.conversion import SourceOffer, fit_shape
from performers.boxes.debug_log import trace_entries
from performers.boxes.links import find_links
from performers.boxes.record_cache import MERGED, RecordCache, clear_cache
from performers.boxes.refresh import Beat, refresh_from_box
from performers.boxes.sources import read_usable
from performers.identity.conflict_kinds import ABOUT_IDENTITY, ID_TWICE, NAME_TAKEN
from performers.identity.conflict_kinds import MERGED as MERGED_PAIR
from performers.identity.conflict_store import (
    ConflictScope,
    IdentityConflict,
    close_conflicts,
    read_conflicts,
    replace_conflicts,
)
from performers.identity.decision_store import read_decided
from performers.identity.evidence import IdentityMatch
from performers.identity.link_state import LinkFacts, LinkState, add_matches, judge_links
from performers.identity.match import CHOSEN, IdentityMatcher, IdentityMatches, find_lacking
from performers.library.entities import NO_LINK, describe_row, read_shape, select_fields, select_objects
from performers.library.kinds import PERFORMER, STUDIO, read_kind
from performers.library.names import NameIndex
from performers.merge.resume import finish_merges
from performers.sync.parent_studios import ParentStudioMaker, ParentStudios, fit_parent
from performers.sync.pictures import PictureFetcher
from performers.sync.plan import WrittenBefore, plan_entity
from performers.sync.provenance import NOTHING, read_past
from performers.sync.rules import IGNORE, read_rules
from performers.sync.taken_names import drop_collisions
from performers.sync.target import EntityTarget
from shared.errors import BundleError, UsageError
from shared.journal import Entry, Finding, Item, Run, open_run
from shared.page.arguments import read_flag, read_number, read_numbers
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

PIECE = 200
ASKING_SHARE = 0.35  # of the progress bar
MATCHING_SHARE = 0.25
PLANNED = (ID_TWICE, MERGED_PAIR, NAME_TAKEN)  # conflicts that planning finds
QUESTIONS = """SELECT count(DISTINCT i.id) FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.plan = ? AND i.outcome = '' AND r.outcome = 'conflict'"""
TITLES = {PERFORMER: "Update performers", STUDIO: "Update sites"}


class UpdateRequest(NamedTuple):
    """The objects to update, and the options."""

    kind: str
    run_kind: str
    ids: Sequence[int]
    boxes: Sequence[Box]
    is_dry: bool
    is_fresh: bool
    title: str


def update_performers(call: Call) -> dict[str, Any]:
    """The task: all performers, or the ones that are named."""
    return update(call, read_wish(call, PERFORMER))


def update_studios(call: Call) -> dict[str, Any]:
    """The task: all sites, or the ones that are named."""
    return update(call, read_wish(call, STUDIO))


def update_one(call: Call) -> dict[str, Any]:
    """Update exactly this performer or studio with fresh answers; the button on its page calls this."""
    kind = read_kind(call.args)
    number = read_number(call.args, "id")
    row = select_objects(call.stash, kind).get(number, "name")
    if row is None:
        raise UsageError(f"Stash has no {kind} {number} any more.")
    return update_item(call, kind, number, f"Update {row['name']}")


def update_single(call: Call) -> dict[str, Any]:
    """The task of Stash's list, which cannot ask for whom: called with an `id` it does what the button does."""
    if not call.args.get("id"):
        raise UsageError(
            "Open the performer or studio in Stash and press its button Sync from boxes: a task has no page."
        )
    return update_one(call)


def update_item(call: Call, kind: str, number: int, title: str, source: str = "") -> dict[str, Any]:
    """Request the records of one object and write them, or plan them in a dry run."""
    boxes = read_usable(call, source or str(call.args.get("source") or ""))
    return update(
        call, UpdateRequest(kind, f"one_{kind}", [number], boxes, read_flag(call.args, "dry_run"), True, title)
    )


def read_wish(call: Call, kind: str) -> UpdateRequest:
    """From the arguments: `ids`, `favorites`, `unlinked`, `source`, `dry_run`, `fresh`."""
    shelf, chosen = select_objects(call.stash, kind), read_numbers(call.args, "ids")
    where = shelf.favourites if read_flag(call.args, "favorites") else None
    where = NO_LINK if read_flag(call.args, "unlinked") else where
    boxes = read_usable(call, str(call.args.get("source") or ""))
    ids = shelf.ids(where) if chosen is None else chosen
    is_dry = read_flag(call.args, "dry_run")
    return UpdateRequest(kind, f"{kind}s", ids, boxes, is_dry, read_flag(call.args, "fresh"), TITLES[kind])


def update(call: Call, wish: UpdateRequest) -> dict[str, Any]:
    """Ask, plan, and unless it is a dry run apply; a box that fails does not stop the others."""
    if not wish.is_dry:
        list(finish_merges(call))
    oldest = find_oldest_valid(call.settings, call.clock.now())
    clear_cache(call.store, oldest)
    with open_run(call, EntityTarget(call), kind=wish.run_kind, title=wish.title, dry_run=wish.is_dry) as run:
        problems, matches = ask_boxes(call, wish, call.clock.now() if wish.is_fresh else oldest, run.keep_alive)
        make_networks(call, wish, run)
        for name, number in work_library(call, wish, run, matches).items():
            problems.setdefault(name, f"no answer for {number} of the records; the next run asks again.")
        run.details.update({"problems": problems} if problems else {})
    return describe_update_run(call, wish, run, problems)


def count_questions(run: Run, wish: UpdateRequest) -> Iterator[str]:
    """Count items that a preview plans and that also wait for an answer."""
    asked = run.journal.read(QUESTIONS, (run.plan_id,))[0][0] if wish.is_dry else 0
    if asked:
        told = "1 of those planned has" if asked == 1 else f"{asked} of those planned have"
        yield f"{told} a question beside it under Conflicts."


def describe_update_run(call: Call, wish: UpdateRequest, run: Run, problems: Mapping[str, str]) -> dict[str, Any]:
    """Return the result of the run with a sentence; if no source answered, raise."""
    summary = run.summary()
    told = [f"{name}: {message}" for name, message in problems.items()]
    told += list(count_questions(run, wish))
    message = " ".join([summary.sentence(), *told])
    is_useless = len(problems) == len(wish.boxes) and not summary.items["changed"] + summary.items["unchanged"]
    if summary.is_failure or is_useless:
        raise BundleError(f"{wish.title} failed. {message}")
    call.log.info(f"{wish.title}: {message}")
    state = "partial" if problems or summary.items["failed"] else "planned" if wish.is_dry else "finished"
    return {"message": message, "state": state, "run": summary.to_json(), "problems": problems}


def ask_boxes(call: Call, wish: UpdateRequest, oldest: float, beat: Beat) -> tuple[dict[str, str], IdentityMatches]:
    """Fill the cache and find who lacks a link; what went wrong, by box, and the links that can be made."""
    problems: dict[str, str] = {}
    wanted, lacking = collect_ids(call, wish)
    for number, box in enumerate(wish.boxes):
        problem = refresh_from_box(call, wish.kind, box, wanted[box.endpoint], oldest, beat)
        if problem:
            problems[box.name] = problem
            call.log.error(f"{box.name} is left out of this run: {problem}")
        call.progress(ASKING_SHARE * (number + 1) / len(wish.boxes))
    return problems, find_matches(call, wish, lacking, problems, oldest, beat)


def find_matches(
    call: Call, wish: UpdateRequest, lacking: Sequence[int], problems: dict[str, str], oldest: float, beat: Beat
) -> IdentityMatches:
    """Look for those without a link, at the boxes that answer."""

    def ask(box: Box, ids: Sequence[str]) -> str:
        return refresh_from_box(call, wish.kind, box, ids, oldest, beat)

    def report(share: float) -> None:
        call.progress(ASKING_SHARE + MATCHING_SHARE * share)

    return IdentityMatcher(call, wish.kind, wish.boxes, problems, beat).match(lacking, ask, oldest, report)


def collect_ids(call: Call, wish: UpdateRequest) -> tuple[dict[str, list[str]], list[int]]:
    """The linked ids by box, and who lacks a link."""
    wanted: dict[str, list[str]] = {box.endpoint: [] for box in wish.boxes}
    lacking: list[int] = []
    shelf = select_objects(call.stash, wish.kind)
    for rows in shelf.stream(wish.ids, "stash_ids { endpoint stash_id }", size=PIECE):
        links = [(link["endpoint"], link["stash_id"]) for row in rows for link in row["stash_ids"]]
        for box in wish.boxes:
            wanted[box.endpoint].extend(pair[1] for pair in find_links(links, box))
        lacking.extend(find_lacking(rows, wish.boxes))
    return wanted, lacking


def make_networks(call: Call, wish: UpdateRequest, run: Run) -> None:
    """The networks that sites lack, if they are to be created."""
    if wish.kind != STUDIO or not call.settings.createParents:
        return
    networks = ParentStudios(call, NameIndex(call, STUDIO))
    maker = ParentStudioMaker(
        call, networks, lambda box, ids: refresh_from_box(call, STUDIO, box, ids, 0.0, run.keep_alive)
    )
    for box in wish.boxes:  # the next box may mean the same
        run.work(maker.plan(wish.ids, [box]))
        networks.forget()


def work_library(call: Call, wish: UpdateRequest, run: Run, matches: IdentityMatches) -> Counter[str]:
    """Plan and write piece by piece; what needs nothing is only counted. How many records had no answer, by box."""
    fields, done = select_fields(call.stash, wish.kind), 0
    planner, begun = EntityPlanner(call, wish, matches), ASKING_SHARE + MATCHING_SHARE
    for rows in select_objects(call.stash, wish.kind).stream(wish.ids, fields, size=PIECE):
        entries, counted = planner.plan_piece(rows)
        trace_entries(call, entries)
        run.work(entries)
        for outcome, number in counted.items():
            run.count(outcome, number)
        done += len(rows)
        call.progress(begun + (1 - begun) * done / max(len(wish.ids), 1))
    planner.pictures.close()
    return +planner.unanswered


class EntityPlanner:
    """Plans pieces of the library from the cache."""

    def __init__(self, call: Call, wish: UpdateRequest, matches: IdentityMatches) -> None:
        self._call = call
        self._wish = wish
        self._matches = matches
        self._answers = RecordCache(call.store, wish.kind)
        self._shape = read_shape(call.stash, wish.kind)
        self._rules = read_rules(call.settings)
        self._names = NameIndex(call, wish.kind)
        self._networks = ParentStudios(call, self._names)
        self.pictures = PictureFetcher(call, wish.boxes)
        self.unanswered: Counter[str] = Counter()

    def plan_piece(self, rows: Sequence[Mapping[str, Any]]) -> tuple[list[Entry], dict[str, int]]:
        """The entries of a piece, and how many items have none."""
        values = {int(row["id"]): describe_row(row, self._wish.kind) for row in rows}
        known = [self._read_known(box, values) for box in self._wish.boxes]
        past = read_past(self._call.store, self._wish.kind, list(values))
        decided = read_decided(self._call.store, self._wish.kind, list(values))
        doubts = self._read_doubts(values)
        entries: list[Entry] = []
        conflicts: list[IdentityConflict] = []
        counted = {"unchanged": 0, "skipped": 0, "failed": 0}
        self._count_unanswered(values.values(), known)
        for number, present in values.items():
            item = Item(self._wish.kind, str(number), present["name"])
            before = past.get(number, NOTHING)
            standing = drop_locked_links(judge_links(item, present["stash_ids"], known), before)
            matches = allow_matches(self._matches.links.get(number, {}), before)
            standing = add_matches(item, known, matches, standing)
            planned = self._plan_fields(item, present, standing, before)
            open_ones = [each for each in standing.conflicts if not each.is_settled(decided)]
            conflicts.extend(open_ones)
            mine = [*planned, *(each.finding for each in [*open_ones, *doubts.get(number, ())])]
            if number in self._matches.failed:
                mine.append(Finding(item, "failed", self._matches.failed[number], "stash_ids"))
            entries.extend(mine)
            if not mine:
                counted["unchanged" if standing.offers else "failed" if standing.unanswered else "skipped"] += 1
        self._keep_conflicts(list(values), conflicts)
        return entries, {outcome: number for outcome, number in counted.items() if number}

    def _count_unanswered(self, values: Iterable[Mapping[str, Any]], known: Sequence[LinkFacts]) -> None:
        for one in known:
            links = (pair[1] for present in values for pair in find_links(present["stash_ids"], one.box))
            self.unanswered.update({one.box.name: sum(each not in one.answers for each in links)})

    def _plan_fields(
        self, item: Item, present: Mapping[str, Any], standing: LinkState, before: WrittenBefore
    ) -> list[Entry]:
        fitted = [self._fit(offer, item, present) for offer in standing.offers]
        planned = plan_entity(item, present, [offer for offer, _ in fitted], before, self._rules)
        problems = [problem for _, problem in fitted if problem][:1]
        free = drop_collisions(item, present, planned, self._names, standing.conflicts)
        return [*standing.entries, *self.pictures.fetch(free), *problems]

    def _read_doubts(self, values: Mapping[int, Mapping[str, Any]]) -> dict[int, list[IdentityConflict]]:
        """Return the doubts of matching within the boxes of this run, without objects linked meanwhile."""
        boxes = {box.endpoint: box for box in self._wish.boxes}
        found: dict[int, list[IdentityConflict]] = {}
        linked = []
        for each in read_conflicts(
            self._call.store, ConflictScope(self._wish.kind, list(values), list(boxes), ABOUT_IDENTITY)
        ):
            if find_links(values[each.item]["stash_ids"], boxes[each.endpoint]):
                linked.append(each.key)
            else:
                found.setdefault(each.item, []).append(each)
        if linked:
            close_conflicts(self._call.store, linked)
        return found

    def _keep_conflicts(self, numbers: Sequence[int], conflicts: Sequence[IdentityConflict]) -> None:
        endpoints = [box.endpoint for box in self._wish.boxes]
        scope = ConflictScope(self._wish.kind, numbers, endpoints, PLANNED)
        replace_conflicts(self._call.store, scope, conflicts, self._call.clock.now())

    def _read_known(self, box: Box, values: Mapping[int, Mapping[str, Any]]) -> LinkFacts:
        ids = [pair[1] for present in values.values() for pair in find_links(present["stash_ids"], box)]
        matches = [self._matches.links.get(number, {}).get(box.endpoint) for number in values]
        answers = self._answers.read(box.endpoint, [*ids, *(match.remote_id for match in matches if match)])
        self._networks.learn(box.endpoint, answers.values())
        merged = {answer.into for answer in answers.values() if answer.state == MERGED}
        shelf = select_objects(self._call.stash, self._wish.kind)
        owners = shelf.find_linked(box.endpoint, sorted(merged), "name") if merged else {}
        return LinkFacts(box, answers, owners)

    def _fit(self, offer: SourceOffer, item: Item, present: Mapping[str, Any]) -> tuple[SourceOffer, Finding | None]:
        values = fit_shape(offer.values, self._shape)
        problem = fit_parent(values, offer.endpoint, item, self._networks)
        is_open = present.get("parent_id") is None and self._rules.policy_of("parent_id") != IGNORE
        return offer._replace(values=values), problem if is_open else None


def drop_locked_links(standing: LinkState, past: WrittenBefore) -> LinkState:
    """Without changes of the links there are, when a person locked them or took such a change back."""
    is_locked = "stash_ids" in past.locked or "stash_ids" in past.undone
    return standing._replace(entries=[each for each in standing.entries if not is_locked or isinstance(each, Finding)])


def allow_matches(matches: Mapping[str, IdentityMatch], past: WrittenBefore) -> Mapping[str, IdentityMatch]:
    """Return the new links that locks and undone links allow."""
    is_locked = "stash_ids" in past.locked
    return {endpoint: each for endpoint, each in matches.items() if not is_locked or each.reason == CHOSEN}
