"""Cleans up one scene in Whisparr after it was saved in Stash; the queue worker of the plugin calls it."""

from __future__ import annotations

from missing.whisparr.cleanup.plan import name_cleanup
from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.whisparr.cleanup.plan import plan_removal
from missing.whisparr.cleanup.target import KIND, make_target
from missing.whisparr.instances import iter_settings, read_key
from shared.capture.watch import NewEntry, ObjectChange
from shared.journal import open_run
from shared.queue.drain import EntryOutcome, try_later
from shared.queue.outbox import QueueEntry
from shared.settings import Settings
from shared.whisparr.model import WhisparrScene

if TYPE_CHECKING:
    from shared.runtime.call import Call

DAY = 86400.0
FIRST_WAIT, LONGEST_WAIT = 120.0, 3600.0
WAITS_FOR_DOWNLOAD = "It is in Whisparr's queue, and stays in Whisparr until its download has ended."


def cleans_up(settings: Settings) -> bool:
    """Return True if scenes are to be taken out of Whisparr as soon as they are in the library.

    The queue's worker asks.
    """
    return bool(settings.enableAutoCleanup and settings.whisparrUrl)


def make_entries(change: ObjectChange) -> Iterator[NewEntry]:
    """Yield the queue entry of a scene whose links to boxes were added or changed; the capture calls it."""
    if change.row.get("stash_ids"):
        yield NewEntry(f"scene:{change.id}")


def clean_one(call: Call, entry: QueueEntry) -> EntryOutcome | None:
    """Take the saved scene of one queue entry out of Whisparr, under all its stash ids; the queue's worker calls it.

    Return None when done. While the scene is in Whisparr's queue, return when to try again: without the scene, its
    download would be an orphan.
    """
    settings = call.settings
    if not cleans_up(settings):
        return None
    row = call.stash.scenes.get(int(entry.key.partition(":")[2]), "stash_ids { stash_id }")
    ids = list(dict.fromkeys(str(link["stash_id"]) for link in (row or {}).get("stash_ids") or ()))
    if not ids:
        return None
    target = make_target(call)
    wanted: list[tuple[str, WhisparrScene]] = []
    is_loading = False
    for each in iter_settings(settings):
        whisparr = target.find_client(each)
        scenes = [scene for scene in map(whisparr.find_scene, ids) if scene]
        found = [scene for scene in scenes if scene.monitored or not settings.unmonitorOnly]
        wanted += [(read_key(each), scene) for scene in found]
        is_loading = is_loading or any(whisparr.read_queue(scene.id) for scene in found)
    if not wanted:
        return None
    if is_loading:
        call.log.info(f"{wanted[0][1].title or wanted[0][1].stash_id}: {WAITS_FOR_DOWNLOAD}")
        return try_later(min(FIRST_WAIT * 2.0**entry.postponed, LONGEST_WAIT), WAITS_FOR_DOWNLOAD)
    occasion = "after saves in Stash"
    title, done = f"Cleaned up Whisparr {occasion}", name_cleanup(settings.unmonitorOnly, f" {occasion}")
    with open_run(call, target, kind=KIND, title=title, reuse_for=DAY, keep_empty=False, details=done) as run:
        for key, scene in wanted:
            run.work(plan_removal(scene, only_unmonitor=settings.unmonitorOnly, is_in_queue=False, key=key))
    return None
