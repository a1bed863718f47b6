"""The task that checks the links of all scenes: it asks the boxes as the sync does, and lists doubted links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import flag, takes
from shared.errors import ServiceError
from shared.counted_words import count_things
from shared.journal.run_details import describe_problems
from shared.page.followed_task import queue_followed_task
from shared.scene_scopes.scope import SceneScope
from shared.stash.links import find_ids
from shared.stash_box import Box
from shared.state.lease import Lease
from tagging.scene_links.cross_check import CrossChecks
from tagging.scene_links.evidence import LinkCase, judge_link, make_cases, needs_check
from tagging.scene_links.facts import forget_unlinked_facts
from tagging.scene_links.findings import CHECKED_KEY, make_row, save_findings
from tagging.scene_links.moved_prints import fetch_moved, read_moved
from tagging.scene_links.published import publish_doubts
from tagging.scene_links.linked_files import FIELDS, forget_linked, save_linked, stream_linked
from tagging.scenes.tasks import SceneSelection, SyncRequest, ask_boxes, find_problems, select_scenes

if TYPE_CHECKING:
    from shared.runtime.call import Call

ROWS_PER_READ = 500
ASKED, READ = 0.6, 0.75  # shares of the progress bar, the first as in the sync
AGAIN = flag("full", False, "asks the boxes again about all scenes and all fingerprints")


@takes(AGAIN)
def start_check(call: Call) -> dict[str, Any]:
    """Operation `doctor_start`: queue the task `doctor_check`; return its job id and run token for the progress."""
    return queue_followed_task(call, "doctor_check", "checking the links of scenes", {"full": call.args["full"]})


@takes(AGAIN)
def check_links(call: Call) -> dict[str, Any]:
    """Task `doctor_check`: ask the boxes about all linked scenes, and list the links that are probably wrong.

    It shares its questions with the sync of scene tags: what one of them asked, the other does not ask again. Only the
    fingerprints of doubted scenes are asked about once more. Nothing is changed in Stash. Return the numbers of doubted
    and of all links, a message about them, and the problems of boxes.
    """
    is_full = call.args["full"]
    request = SyncRequest(SceneScope(), "", 0, True, is_full or None, False, call.settings.syncStrategy)
    with Lease(call.store, "scene tag sync", what="The scene tag sync") as lease:
        selection = select_scenes(call, request)
        problems = find_problems(ask_boxes(call, request, selection, lease, needs_facts=True))
        unsubscribed = read_notices(call, selection.boxes, problems)
        read_library(call, selection, lease)
        for box in selection.boxes:
            forget_unlinked_facts(call.store, box.endpoint)
        found = asked = 0
        for number, box in enumerate(selection.boxes):

            def show_progress(done: int, box: Box = box, before: int = number) -> None:
                lease.renew()
                share = done / max(len(selection.of_box[box.endpoint]), 1)
                call.progress(READ + (1 - READ) * min(1.0, (before + share) / len(selection.boxes)))

            checks = CrossChecks(call, box, is_full=is_full)
            rows = find_doubts(call, box, checks, show_progress)
            save_findings(call.store, box.endpoint, rows)
            found, asked = found + len(rows), asked + checks.asked
            if checks.problem:
                problems.setdefault(box.name, checks.problem)
    links = sum(map(len, selection.of_box.values()))
    kept = {"problems": problems, "links": links, "asked": asked, "unsubscribed": unsubscribed}
    summary = {"at": call.clock.now(), **kept}
    call.store.kv.put(CHECKED_KEY, summary)
    publish_doubts(call)
    return report_check(call, found, links, problems)


def report_check(call: Call, found: int, links: int, problems: Mapping[str, str]) -> dict[str, Any]:
    """Log how many links are doubted, and return the task's result."""
    are = "is" if found == 1 else "are"
    message = f"{count_things(found, 'link')} of {links:,} {are} doubtful."
    call.log.info(message)
    told = " ".join([message, *describe_problems(problems)])
    return {"message": told, "found": found, "links": links, "problems": dict(problems)}


def read_notices(call: Call, boxes: Sequence[Box], problems: dict[str, str]) -> list[str]:
    """Ask each box for its notices about moved fingerprints; return the boxes whose user did not subscribe to them."""
    unsubscribed: list[str] = []
    for box in boxes:
        if box.name in problems:
            continue
        try:
            if not fetch_moved(call, box):
                unsubscribed.append(box.name)
        except ServiceError as error:
            problems[box.name] = str(error)
    return unsubscribed


def read_library(call: Call, selection: SceneSelection, lease: Lease) -> None:
    """Save the files of all linked scenes of the selection, so that scenes with the same link can be compared."""
    endpoints = [box.endpoint for box in selection.boxes]
    forget_linked(call.store, endpoints)
    done = 0
    for rows in call.stash.scenes.stream(selection.scene_ids, FIELDS, size=ROWS_PER_READ):
        for endpoint in endpoints:
            save_linked(
                call.store, endpoint, ((each, row) for row in rows for each in find_ids(row["stash_ids"], endpoint))
            )
        done += len(rows)
        lease.renew()
        call.progress(ASKED + (READ - ASKED) * done / max(len(selection.scene_ids), 1))


def find_doubts(
    call: Call, box: Box, checks: CrossChecks, show_progress: Callable[[int], None]
) -> list[tuple[object, ...]]:
    """Return the doubted links of a box as rows for the table of findings."""
    rows: list[tuple[object, ...]] = []
    moved = read_moved(call.store, box.endpoint)

    def judge(case: LinkCase) -> None:
        finding = judge_link(case)
        if finding is not None:
            rows.append(make_row(call.store, box.endpoint, case, finding))

    def list_suspects() -> Iterator[LinkCase]:
        done = 0
        for group in stream_linked(call.store, box.endpoint):
            for case in make_cases(group, moved):
                if needs_check(case):
                    yield case
                else:
                    judge(case)
            done += len(group)
            if done % ROWS_PER_READ < len(group):
                show_progress(done)

    for case in checks.run(list_suspects()):
        judge(case)
    return rows
