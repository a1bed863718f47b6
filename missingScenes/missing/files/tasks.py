"""The task Compare Files: it asks every box about the scenes that have no link to it, by their fingerprints."""

from __future__ import annotations

from shared.counted_words import count_things

from typing import TYPE_CHECKING, Any

from missing.files.comparison import compare_all
from missing.files.store import count_groups
from shared.arguments import takes
from shared.errors import BundleError, ServiceError
from shared.runtime.clock import is_recent
from shared.stash_box.configured import NO_USABLE_BOX, read_boxes, select_usable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call
    from shared.stash_box import Box

PROGRESS = "files.progress"
COMPARED = "files.compared"  # when the last complete comparison began; without it, nothing is compared by itself
SILENCE_SECONDS = 600.0


class ComparisonProgress:
    """The progress over all boxes, shown in Stash's task list, and saved for a page that is opened meanwhile."""

    def __init__(self, call: Call, boxes: int) -> None:
        self._call = call
        self._boxes = boxes
        self.done = 0

    def show(self, share: float) -> None:
        """Report which share of the scenes was compared with the present box; the comparison calls it."""
        reached = (self.done + share) / max(self._boxes, 1)
        self._call.progress(reached)
        self._call.store.kv.put(PROGRESS, {"share": reached, "at": self._call.clock.now()})


@takes()
def compare_files(call: Call) -> dict[str, Any]:
    """Task Compare Files: ask each box, by fingerprints, about all scenes without a link to it, and save its matches.

    The result's `message` is a sentence with their numbers. Answers of the last 30 days hold, so a task that was
    interrupted continues. If a box fails, the others are asked.
    """
    began, boxes = call.clock.now(), select_usable(read_boxes(call.stash), call.log)
    if not boxes:
        raise BundleError(NO_USABLE_BOX)
    progress = ComparisonProgress(call, len(boxes))
    progress.show(0.0)
    try:
        problems = compare_with_boxes(call, boxes, progress)
    finally:
        call.store.kv.delete(PROGRESS)
    counts = count_groups(call.store)
    message = f"Files that are scenes of a stash-box: {counts['sure']} for sure, {counts['probable']} probably."
    if problems:
        told = " ".join(dict.fromkeys(problems.values()))
        raise BundleError(f"{told} Start the task again to continue. So far: {message}")
    call.store.kv.put(COMPARED, began)
    call.log.info(message)
    return {"message": message}


def compare_with_boxes(call: Call, boxes: Sequence[Box], progress: ComparisonProgress) -> dict[str, str]:
    """Compare with each box, for Compare Files; return by name why boxes failed.

    An error of Stash itself ends the task.
    """
    problems: dict[str, str] = {}
    for box in boxes:
        try:
            unlinked, asked = compare_all(call, box, progress.show)
            call.log.info(f"{box.name}: {count_things(unlinked, 'scene')} without a link, {asked} asked about.")
        except ServiceError as error:
            if error.service == "Stash":
                raise
            problems[box.name] = str(error)
        progress.done += 1
    return problems


def read_progress(call: Call) -> float | None:
    """Return the share of Compare Files that is done, None if it does not run; a silent one counts as killed.

    The page shows it.
    """
    saved = call.store.kv.get(PROGRESS, {"share": float, "at": float})
    is_alive = saved is not None and is_recent(saved["at"], call.clock.now(), SILENCE_SECONDS)
    return float(saved["share"]) if saved is not None and is_alive else None
