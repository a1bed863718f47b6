"""Queue work for performers and studios just created in Stash: they are matched and filled in together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from performers.boxes.sources import read_usable_sources
from performers.library.entities import select_objects
from performers.library.kinds import PERFORMER, STUDIO
from performers.sync.provenance import read_written_before
from performers.sync.update import UpdateRequest, run_update
from shared.capture.watch import CREATED, NewEntry, ObjectChange, Watch
from shared.errors import BundleError
from shared.queue.drain import EntryOutcome, park, try_later
from shared.queue.outbox import QueueEntry
from shared.queue.task import QueueWork
from shared.stash.library import PERFORMER as LIBRARY_PERFORMER
from shared.stash.library import STUDIO as LIBRARY_STUDIO

if TYPE_CHECKING:
    from shared.runtime.call import Call

BATCH = 40
FIRST_WAIT = 60.0
MOST_WAITS = 8
DONE = {kind: f"Filled in {{changes value}} of {{items new {kind}}}" for kind in (PERFORMER, STUDIO)}
TITLES = {PERFORMER: "New performers", STUDIO: "New studios"}


class NewObjects:
    """Updates a batch of created objects in one run per kind; when no source answers, all of them wait."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._trouble = ""

    def prepare(self, entries: Sequence[QueueEntry]) -> None:
        """Update the objects of all entries in a batch; the queue calls this before `work`."""
        self._trouble = ""
        if not self._call.settings.updateOnCreate:
            return
        for kind in (PERFORMER, STUDIO):
            numbers = self._find_new(kind, read_numbers(kind, entries))
            if not numbers:
                continue
            try:
                boxes = read_usable_sources(self._call)
                run_update(
                    self._call,
                    UpdateRequest(kind, f"one_{kind}", numbers, boxes, False, True, TITLES[kind], DONE[kind]),
                )
            except BundleError as error:  # all sources failed, or another run of this kind is running
                self._trouble = str(error)

    def work(self, entry: QueueEntry) -> EntryOutcome | None:
        """Return the outcome of one queue entry: done, try again later, or parked."""
        if not self._trouble:
            return None
        if entry.postponed >= MOST_WAITS:
            return park("sources", self._trouble)
        return try_later(FIRST_WAIT * 2.0**entry.postponed, self._trouble)

    def _find_new(self, kind: str, numbers: Sequence[int]) -> list[int]:
        """Return those that still exist and were not created by us."""
        present = select_objects(self._call.stash, kind).read(numbers, "") if numbers else {}
        made = read_written_before(self._call.store, kind, list(present))
        return [number for number in present if number not in made or not made[number].written]


def read_numbers(kind: str, entries: Iterable[QueueEntry]) -> list[int]:
    """Return the ids of one kind in the keys of queue entries, such as "performer:7"."""
    pairs = (entry.key.partition(":") for entry in entries)
    return [int(number) for word, _, number in pairs if word == kind]


def make_queue(call: Call) -> QueueWork:
    """Return the work of the drain task for this plugin, as named in the plugin's table."""
    arrivals, is_on = NewObjects(call), bool(call.settings.updateOnCreate)
    watches = [Watch(kind, make_entries, is_on=is_on, catches_up=False) for kind in (LIBRARY_PERFORMER, LIBRARY_STUDIO)]
    return QueueWork(arrivals.work, arrivals.prepare, BATCH, watches=watches)


def make_entries(change: ObjectChange) -> Iterator[NewEntry]:
    """Yield the entry for a new object."""
    if change.how == CREATED:
        yield NewEntry(f"{change.kind}:{change.id}")
