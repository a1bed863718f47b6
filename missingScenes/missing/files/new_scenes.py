"""Compares scenes with the boxes soon after Stash has saved them; the queue's entries begin with PREFIX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from missing.files.comparison import compare_scenes
from missing.files.tasks import COMPARED
from shared.capture.watch import DESTROYED, NewEntry, ObjectChange
from shared.errors import EVERYTHING, ServiceError
from shared.queue.drain import EntryOutcome, try_later
from shared.queue.outbox import QueueEntry
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash_box import Box

PREFIX = "file"
AGAIN_SECONDS = 900.0


def compares_new_scenes(call: Call) -> bool:
    """Return True if new scenes are compared at once: the setting is on and all files were compared once.

    The queue's worker and `compare_batch` call it.
    """
    return bool(call.settings.compareNewFiles) and call.store.kv.get(COMPARED, float) is not None


def make_file_entries(change: ObjectChange) -> Iterator[NewEntry]:
    """Yield the queue entry of a scene that was created, or whose links to boxes were changed; the capture calls it."""
    if change.how != DESTROYED:
        yield NewEntry(f"{PREFIX}:{change.id}")


class NewSceneComparison:
    """Compares the scenes of a batch of queue entries with every box, many in one request."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._problem = ""
        self._failed: dict[str, str] = {}  # by endpoint: why the box is not asked again in this drain

    def compare_batch(self, entries: Sequence[QueueEntry]) -> None:
        """Ask the boxes about the scenes of these entries; the queue's worker calls it.

        A box that fails delays the entries, but no other work. If the user must change something first, the scenes are
        left to Compare Files: trying again would not help.
        """
        numbers = [
            int(number) for prefix, _, number in (each.key.partition(":") for each in entries) if prefix == PREFIX
        ]
        self._problem = ""
        if not numbers or not compares_new_scenes(self._call):
            return
        for box in read_boxes(self._call.stash):
            if box.has_key:
                self._problem = self._compare_with(box, numbers) or self._problem

    def _compare_with(self, box: Box, numbers: Sequence[int]) -> str:
        """Compare the scenes with one box; return why they must be compared later, empty if they need not."""
        if box.endpoint in self._failed:
            return self._failed[box.endpoint]
        try:
            compare_scenes(self._call, box, numbers)
        except ServiceError as error:
            if error.service == "Stash":
                raise
            reason = "" if error.reach == EVERYTHING else str(error)
            if not reason:
                self._call.log.warning(f"{box.name}: {error} Start Compare Files after that.")
            if error.stops_run:
                self._failed[box.endpoint] = reason
            return reason
        return ""

    def settle(self) -> EntryOutcome | None:
        """Return one outcome for all entries of the batch, for the queue.

        It is None if they are done, and a later try if a box failed.
        """
        return try_later(AGAIN_SECONDS, self._problem) if self._problem else None
