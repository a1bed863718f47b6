"""One update of performers or studios.

It refreshes the cached records of the linked ids, matches, then plans and applies piece by piece.
"""

from __future__ import annotations

from shared.counted_words import count_things

from shared.journal.run_details import tell_done
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.cache_lifetime import find_oldest_valid
from performers.boxes.debug_log import trace_entries
from performers.boxes.links import find_links
from performers.boxes.record_cache import clear_cache
from performers.boxes.refresh import Beat, refresh_from_box
from performers.identity.match import IdentityMatcher, IdentityMatches, find_lacking
from performers.library.entities import select_fields, select_objects
from performers.library.kinds import STUDIO
from performers.library.names import NameIndex
from performers.merge.resume import finish_merges
from performers.sync.entity_planner import EntityPlanner
from performers.sync.parent_studios import ParentStudioMaker, ParentStudios
from performers.sync.target import EntityTarget
from shared.errors import BundleError
from shared.journal import Run, open_run
from shared.journal.queries import count_items_with_conflict
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

PIECE = 200
ASKING_SHARE = 0.35  # of the progress bar
MATCHING_SHARE = 0.25
NAMED_RECORDS = 5  # objects without an answer that a run's remark names


class UpdateRequest(NamedTuple):
    """The objects, boxes and options of one update run."""

    kind: str
    run_kind: str
    ids: Sequence[int]
    boxes: Sequence[Box]
    is_dry: bool
    is_fresh: bool
    title: str
    done: str = ""  # the sentence of the history (`tell_done`)


def run_update(call: Call, request: UpdateRequest) -> dict[str, Any]:
    """Run one update for a task, an operation or the queue, and return its result for the page.

    It refreshes the cache, matches, plans, and applies unless dry.
    """
    if not request.is_dry:
        list(finish_merges(call))
    oldest = find_oldest_valid(call.settings, call.clock.now())
    clear_cache(call.store, oldest)
    done = tell_done(request.done)
    with open_run(
        call, EntityTarget(call), kind=request.run_kind, title=request.title, dry_run=request.is_dry, details=done
    ) as run:
        oldest = call.clock.now() if request.is_fresh else oldest
        problems, matches = ask_boxes(call, request, oldest, run.keep_alive)
        create_parent_studios(call, request, run)
        planner = sync_library(call, request, run, matches, oldest)
        for box in request.boxes:
            add_unanswered(problems, box.name, planner.unanswered[box.name], planner.outdated[box.name])
        run.add_problems(problems)
    return describe_update_run(call, request, run, problems)


def count_questions(run: Run, request: UpdateRequest) -> Iterator[str]:
    """Yield a sentence if items of a dry run's plan also have a conflict that waits for an answer.

    `describe_update_run` puts it into the message.
    """
    asked = count_items_with_conflict(run.journal, run.plan_id) if request.is_dry else 0
    if asked:
        subject = "1 of those planned has" if asked == 1 else f"{asked} of those planned have"
        yield f"{subject} a question beside it under Conflicts."


def describe_update_run(call: Call, request: UpdateRequest, run: Run, problems: Mapping[str, str]) -> dict[str, Any]:
    """Return the result of `run_update` for its task or operation; raise if it failed or no source answered."""
    summary = run.summary()
    message = " ".join([summary.sentence(), *count_questions(run, request)])
    is_useless = len(problems) == len(request.boxes) and not summary.items["changed"] + summary.items["unchanged"]
    if summary.is_failure or is_useless:
        raise BundleError(f"{request.title} failed. {message}")
    call.log.info(f"{request.title}: {message}")
    return {"message": message, "state": summary.result, "run": summary.to_json(), "problems": dict(problems)}


def add_unanswered(problems: dict[str, str], name: str, unanswered: Sequence[str], outdated: int) -> None:
    """Add to a box's problem whose records it did not answer for, and how many earlier answers were used.

    `run_update` calls it.
    """
    sentences = [problems[name]] if name in problems else []
    if unanswered and not sentences:
        more = len(unanswered) - NAMED_RECORDS
        names = [*unanswered[:NAMED_RECORDS], *([f"{more:,} more"] if more > 0 else [])]
        sentences.append(
            f"no usable answer for {len(unanswered):,} of the records: {', '.join(names)}. "
            "The log says why; the next run asks again."
        )
    if outdated:
        records = count_things(outdated, "record")
        sentences.append(f"The values of {records} come from an earlier answer of {name}; the next run asks again.")
    if sentences:
        problems[name] = " ".join(sentences)


def ask_boxes(call: Call, request: UpdateRequest, oldest: float, beat: Beat) -> tuple[dict[str, str], IdentityMatches]:
    """Refresh the cache from all boxes, for `run_update`.

    Return the problems by box name and the new links that can be made.
    """
    problems: dict[str, str] = {}
    wanted, lacking = collect_ids(call, request)
    for number, box in enumerate(request.boxes):
        problem = refresh_from_box(call, request.kind, box, wanted[box.endpoint], oldest, beat)
        if problem:
            problems[box.name] = problem
            call.log.error(f"{box.name} is left out of this run: {problem}")
        call.progress(ASKING_SHARE * (number + 1) / len(request.boxes))
    return problems, find_matches(call, request, lacking, problems, oldest, beat)


def find_matches(
    call: Call, request: UpdateRequest, lacking: Sequence[int], problems: dict[str, str], oldest: float, beat: Beat
) -> IdentityMatches:
    """Match a run's objects that lack a link, at the boxes that answer, and return the new links.

    `ask_boxes` calls it.
    """

    def ask(box: Box, ids: Sequence[str]) -> str:
        return refresh_from_box(call, request.kind, box, ids, oldest, beat)

    def report(share: float) -> None:
        call.progress(ASKING_SHARE + MATCHING_SHARE * share)

    return IdentityMatcher(call, request.kind, request.boxes, problems, beat).match(lacking, ask, oldest, report)


def collect_ids(call: Call, request: UpdateRequest) -> tuple[dict[str, list[str]], list[int]]:
    """Return for a run the linked record ids by endpoint, and the ids of objects that lack a link.

    `ask_boxes` calls it.
    """
    wanted: dict[str, list[str]] = {box.endpoint: [] for box in request.boxes}
    lacking: list[int] = []
    objects = select_objects(call.stash, request.kind)
    for rows in objects.stream(request.ids, "stash_ids { endpoint stash_id }", size=PIECE):
        links = [(link["endpoint"], link["stash_id"]) for row in rows for link in row["stash_ids"]]
        for box in request.boxes:
            wanted[box.endpoint].extend(pair[1] for pair in find_links(links, box))
        lacking.extend(find_lacking(rows, request.boxes))
    return wanted, lacking


def create_parent_studios(call: Call, request: UpdateRequest, run: Run) -> None:
    """Create the parents that a run's studios lack, if the setting createParents is on; `run_update` calls it."""
    if request.kind != STUDIO or not call.settings.createParents:
        return
    parents = ParentStudios(call, NameIndex(call, STUDIO))
    maker = ParentStudioMaker(
        call, parents, lambda box, ids: refresh_from_box(call, STUDIO, box, ids, 0.0, run.keep_alive)
    )
    for box in request.boxes:  # the next box may name the same parents
        run.work(maker.plan(request.ids, [box]))
        parents.forget()


def sync_library(
    call: Call, request: UpdateRequest, run: Run, matches: IdentityMatches, oldest: float
) -> EntityPlanner:
    """Plan and write a run's objects piece by piece, for `run_update`.

    Return the planner with its counts of records, by box.
    """
    fields, done = select_fields(call.stash, request.kind), 0
    planner, begun = EntityPlanner(call, request.kind, request.boxes, matches, oldest), ASKING_SHARE + MATCHING_SHARE
    for rows in select_objects(call.stash, request.kind).stream(request.ids, fields, size=PIECE):
        entries, counted = planner.plan_piece(rows)
        trace_entries(call, entries)
        done += len(rows)
        reached = begun + (1 - begun) * done / max(len(request.ids), 1)
        run.work(entries, until=reached)
        for outcome, number in counted.items():
            run.count(outcome, number)
        call.progress(reached)
    planner.pictures.close()
    return planner
