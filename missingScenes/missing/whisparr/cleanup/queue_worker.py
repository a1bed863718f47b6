"""The queue worker that cleans up scenes after they were saved in Stash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.whisparr.cleanup.plan import plan_removal
from missing.whisparr.cleanup.target import KIND, make_target
from shared.capture.watch import NewEntry, ObjectChange, Watch
from shared.journal import open_run
from shared.queue.drain import EntryOutcome, try_later
from shared.queue.outbox import QueueEntry
from shared.queue.task import QueueWork
from shared.stash.library import SCENE

if TYPE_CHECKING:
    from shared.runtime.call import Call

DAY = 86400.0
FIRST_WAIT, LONGEST_WAIT = 120.0, 3600.0
WAITS_FOR_DOWNLOAD = "It is in Whisparr's queue, and stays in Whisparr until its download has ended."


def make_queue(call: Call) -> QueueWork:
    """Return the work of the queue: cleaning up one scene per entry, of those whose stash ids changed."""
    settings = call.settings
    is_on = bool(settings.enableAutoCleanup and settings.whisparrUrl)
    watch = Watch(SCENE, make_entries, fields="stash_ids { endpoint stash_id }", is_on=is_on, catches_up=False)
    return QueueWork(lambda entry: clean_one(call, entry), watches=(watch,))


def make_entries(change: ObjectChange) -> Iterator[NewEntry]:
    """Yield the queue entry of a scene whose links to boxes were added or changed."""
    if change.row.get("stash_ids"):
        yield NewEntry(f"scene:{change.id}")


def clean_one(call: Call, entry: QueueEntry) -> EntryOutcome | None:
    """Take the saved scene of one queue entry out of Whisparr, under all its stash ids; return None when done.

    While it is in Whisparr's queue, return when to try again: without the scene, its download would be an orphan.
    """
    settings = call.settings
    if not settings.enableAutoCleanup or not settings.whisparrUrl:
        return None
    row = call.stash.scenes.get(int(entry.key.partition(":")[2]), "stash_ids { stash_id }")
    ids = list(dict.fromkeys(str(link["stash_id"]) for link in (row or {}).get("stash_ids") or ()))
    if not ids:
        return None
    target = make_target(call)
    scenes = [scene for scene in map(target.whisparr.find_scene, ids) if scene]
    wanted = [scene for scene in scenes if scene.monitored or not settings.unmonitorOnly]
    if not wanted:
        return None
    if any(target.whisparr.read_queue(scene.id) for scene in wanted):
        call.log.info(f"{wanted[0].title or wanted[0].stash_id}: {WAITS_FOR_DOWNLOAD}")
        return try_later(min(FIRST_WAIT * 2.0**entry.postponed, LONGEST_WAIT), WAITS_FOR_DOWNLOAD)
    title = "Cleaned up Whisparr after saves in Stash"
    with open_run(call, target, kind=KIND, title=title, reuse_for=DAY, keep_empty=False) as run:
        for scene in wanted:
            run.work(plan_removal(scene, only_unmonitor=settings.unmonitorOnly, is_in_queue=False))
    return None
