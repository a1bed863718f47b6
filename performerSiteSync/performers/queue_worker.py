"""The queue worker of Performer/Site Sync: soon after saves in Stash it syncs what was created or linked there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from performers.library.kinds import PERFORMER, SCENE, STUDIO
from performers.scenes.new_links import LINKS, sync_linked_scenes
from performers.sync.new_performers import update_new_objects
from shared.capture.watch import CREATED, DESTROYED, NewEntry, ObjectChange, Watch
from shared.errors import BundleError
from shared.queue.drain import EntryOutcome, park, try_later
from shared.queue.outbox import QueueEntry
from shared.queue.task import QueueWork
from shared.stash import library

if TYPE_CHECKING:
    from shared.runtime.call import Call

BATCH = 40
FIRST_WAIT = 60.0
MOST_WAITS = 8


class ObjectSync:
    """Syncs a batch of queue entries in one run per kind; when a source does not answer, all entries of the kind wait.

    A scene waits only for its own boxes.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._troubles: dict[str, str] = {}  # by kind, or by the key of an entry

    def prepare(self, entries: Sequence[QueueEntry]) -> None:
        """Sync the objects of all entries in a batch; the queue calls this before `work`."""
        self._troubles = {}
        for kind in (PERFORMER, STUDIO, SCENE):
            numbers = read_numbers(kind, entries)
            if not numbers or not is_synced(self._call, kind):
                continue
            again = read_numbers(kind, (entry for entry in entries if entry.postponed))
            try:
                self._sync(kind, numbers, again)
            except BundleError as error:  # all sources failed, or another run of this kind is running
                self._troubles[kind] = str(error)

    def _sync(self, kind: str, numbers: Sequence[int], again: Sequence[int]) -> None:
        if kind == SCENE:
            waiting = sync_linked_scenes(self._call, numbers)
            self._troubles.update({f"{SCENE}:{number}": reason for number, reason in waiting.items()})
            return
        trouble = update_new_objects(self._call, kind, numbers, again)
        if trouble:
            self._troubles[kind] = trouble

    def work(self, entry: QueueEntry) -> EntryOutcome | None:
        """Return the outcome of one queue entry, for the queue: done, try again later, or parked."""
        trouble = self._troubles.get(entry.key, self._troubles.get(entry.key.partition(":")[0]))
        if trouble is None:
            return None
        if entry.postponed >= MOST_WAITS:
            return park("sources", trouble)
        return try_later(FIRST_WAIT * 2.0**entry.postponed, trouble)


def is_synced(call: Call, kind: str) -> bool:
    """Return True if the settings say that new objects of a kind, or newly linked scenes, are synced.

    The queue's worker asks.
    """
    return bool(call.settings.sceneOnLink if kind == SCENE else call.settings.updateOnCreate)


def read_numbers(kind: str, entries: Iterable[QueueEntry]) -> list[int]:
    """Return the ids of one kind in the keys of queue entries, such as "performer:7"; the queue's worker calls it."""
    pairs = (entry.key.partition(":") for entry in entries)
    return [int(number) for word, _, number in pairs if word == kind]


def make_queue(call: Call) -> QueueWork:
    """Return the plugin's work for the queue, which `drain` and the heartbeat carry out; the entry table names it."""
    sync, is_on = ObjectSync(call), is_synced(call, PERFORMER)
    created = [
        Watch(kind, make_new_object_entries, is_on=is_on, catches_up=False)
        for kind in (library.PERFORMER, library.STUDIO)
    ]
    linked = Watch(
        library.SCENE, make_linked_scene_entries, fields=LINKS, is_on=is_synced(call, SCENE), catches_up=False
    )
    return QueueWork(sync.work, sync.prepare, BATCH, watches=[*created, linked])


def make_new_object_entries(change: ObjectChange) -> Iterator[NewEntry]:
    """Yield the queue entry of a performer or studio that Stash has newly created; the capture calls it."""
    if change.how == CREATED:
        yield NewEntry(f"{change.kind}:{change.id}")


def make_linked_scene_entries(change: ObjectChange) -> Iterator[NewEntry]:
    """Yield the queue entry of a scene that was created with links, or whose links were changed.

    The capture calls it.
    """
    if change.how != DESTROYED and change.row["stash_ids"]:
        yield NewEntry(f"{change.kind}:{change.id}")
