"""The queue worker of Missing Scenes: after saves in Stash it cleans up Whisparr and compares new files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.files.new_scenes import PREFIX, NewSceneComparison, compares_new_scenes, make_file_entries
from missing.whisparr.cleanup.queue_worker import clean_one, cleans_up, make_entries
from shared.capture.watch import NewEntry, ObjectChange, Watch
from shared.queue.task import QueueWork
from shared.stash.library import SCENE

if TYPE_CHECKING:
    from shared.queue.drain import EntryOutcome
    from shared.queue.outbox import QueueEntry
    from shared.runtime.call import Call

BATCH_SIZE = 40  # scenes in one request to a box


def make_queue(call: Call) -> QueueWork:
    """Return the plugin's work for the queue, which `drain` and the heartbeat carry out: what it watches, what it
    does.

    Both kinds of entries come from one watch, because Stash is looked at only once.
    """
    is_cleaning, is_comparing = cleans_up(call.settings), compares_new_scenes(call)
    comparison = NewSceneComparison(call)

    def make_all_entries(change: ObjectChange) -> Iterator[NewEntry]:
        if is_cleaning:
            yield from make_entries(change)
        if is_comparing:
            yield from make_file_entries(change)

    def work_on(entry: QueueEntry) -> EntryOutcome | None:
        return comparison.settle() if entry.key.startswith(f"{PREFIX}:") else clean_one(call, entry)

    fields, is_on = "stash_ids { endpoint stash_id }", is_cleaning or is_comparing
    watch = Watch(SCENE, make_all_entries, fields=fields, is_on=is_on, catches_up=False)
    return QueueWork(work_on, prepare=comparison.compare_batch, batch_size=BATCH_SIZE, watches=(watch,))
