"""Takes into the queue what changed in Stash since the last look.

Nothing is kept of a save when it happens: Stash's own database knows what was saved and when. A look asks for what was
saved since the last one and compares it with what was known. Entries, what is known, and the time of the look are
written in one transaction, so a process that is killed at any moment has taken a change in or will find it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from shared.capture.compare import (
    SETTLE_SECONDS,
    Asked,
    Differences,
    FirstLook,
    LastLook,
    LookRows,
    advance,
    compare_rows,
)
from shared.capture.full_comparison import find_reason_to_compare, find_time_to_compare
from shared.capture.reader import OBJECTS_AT_ONCE, find_gone, iter_all_objects, look_at_all
from shared.capture.store import KnownObjects
from shared.capture.watch import DESTROYED, ObjectChange, Watch
from shared.stash.library import Row

if TYPE_CHECKING:
    from shared.queue.outbox import Outbox
    from shared.runtime.call_parts import CallParts
    from shared.stash import StashClient

FIRST_LOOK = LastLook(0.0, 0.0, "", 0, 0.0, 0.0, 0.0)
# So long a task waits for a comparison that it may not make yet; otherwise the next one makes it.
PATIENCE_SECONDS = 10.0


class Capture:
    """The looks of one process at the kinds that a plugin watches.

    `saved` names the object whose save started the process, such as `scene:5`: at a first look, where nothing is known
    yet, it counts as changed. A step of a page (`is_short`) leaves a comparison of a large library to a task, and says
    so in `needs_task`.
    """

    def __init__(
        self,
        call: CallParts,
        stash: StashClient,
        outbox: Outbox,
        watches: Sequence[Watch],
        *,
        saved: str = "",
        is_short: bool = False,
    ) -> None:
        self._call = call
        self._stash = stash
        self._outbox = outbox
        self._watches = watches
        self._saved = saved
        self._is_short = is_short
        self._next_look: float | None = 0.0
        self.needs_task = False

    def seconds_to_look(self) -> float | None:
        """Return in how many seconds a look makes sense, for the drain; None if nothing is known to be left."""
        return None if self._next_look is None else max(0.0, self._next_look - self._call.clock.now())

    def take_in(self, stay_alive: Callable[[], None]) -> None:
        """Look, and put an entry into the queue for all that changed; the drain begins with it.

        Raise a ServiceError if Stash does not answer. A comparison of a large library calls `stay_alive` again and
        again.
        """
        self._next_look = None
        watched = [KindCapture(self, self._call, watch) for watch in self._watches]
        for kind in watched:
            if not kind.watch.is_on and not kind.watch.catches_up:
                kind.known.forget_all()
        looking = [kind for kind in watched if kind.watch.is_on]
        if not looking:
            return
        began, monotonic = self._call.clock.now(), self._call.clock.monotonic()
        lasts = [(kind.watch, kind.last or FIRST_LOOK._replace(at=began)) for kind in looking]
        looks = look_at_all(self._stash, lasts, began, find_own_offset(began))
        asked = Asked(began, monotonic, self._call.clock.now())
        for kind, look in zip(looking, looks):
            kind.take_in(look, asked, stay_alive)

    # What the kinds need

    @property
    def stash(self) -> StashClient:
        """Return the client of the Stash that is looked at, for the comparisons of each kind."""
        return self._stash

    def find_saved_id(self, kind: str) -> int:
        """Return the id of the object whose save started the process, 0 if it is of another kind or unknown.

        A first look asks, because it counts only this object as changed.
        """
        name, _, number = self._saved.partition(":")
        return int(number) if name == kind and number.isdigit() else 0

    def leave_to_task(self, total: int) -> bool:
        """Return True if a step of a page is too short to compare so many objects; `KindCapture` asks."""
        is_left = self._is_short and total > OBJECTS_AT_ONCE
        self.needs_task = self.needs_task or is_left
        return is_left

    def look_again(self, moment: float) -> None:
        """Look once more at this moment, or later if something else asks for it; `KindCapture` calls it."""
        self._next_look = moment if self._next_look is None else max(self._next_look, moment)

    def put(self, watch: Watch, changes: Iterable[ObjectChange]) -> None:
        """Put the queue entries for some changes into the queue; `KindCapture` calls it."""
        for change in changes:
            for entry in watch.make_entries(change):
                self._outbox.put(entry.key, note=entry.note)


class KindCapture:
    """One kind of object during a look."""

    def __init__(self, capture: Capture, call: CallParts, watch: Watch) -> None:
        self._capture = capture
        self._call = call
        self.watch = watch
        self.known = KnownObjects(call.store, watch.kind.name)
        self.last = self.known.find_last_look()

    def take_in(self, look: LookRows, asked: Asked, stay_alive: Callable[[], None]) -> None:
        """Put what changed into the queue, from the rows saved lately or from a comparison of all objects.

        `Capture.take_in` calls it for each kind.
        """
        before = self.known.find([int(row["id"]) for row in look.rows])
        new = {int(row["id"]) for row in look.rows}.difference(before)
        reason = find_reason_to_compare(self.last, look, asked)
        if self.last is not None and not reason:
            due = find_time_to_compare(self.last, look, self.known.count(), new)
            if due is None or due > asked.began:
                found = compare_rows(self.watch, look.rows, before, asked)
                self._save(found, last=advance(self.last, look, found.known, asked))
                if due is not None and due - asked.began <= PATIENCE_SECONDS:
                    self._capture.look_again(due)
                return
            reason = "Some were deleted or imported."
        if not self._capture.leave_to_task(look.total):
            self._call.log.debug(f"All {self.watch.kind.plural} are compared with what was known of them. {reason}")
            self._compare_all(look, asked, stay_alive)

    def _compare_all(self, look: LookRows, looked: Asked, stay_alive: Callable[[], None]) -> None:
        first = None if self.last else FirstLook(self._capture.find_saved_id(self.watch.kind.name))
        started, after = self._call.clock.monotonic(), 0
        for asked, rows in iter_all_objects(self._capture.stash, self.watch, self._call.clock):
            stay_alive()
            number = int(rows[-1]["id"])
            self._compare_page(rows, asked, (after, number), first)
            after = number
        self._compare_page([], looked, (after, None), first)
        seconds = self._call.clock.monotonic() - started
        last = advance(self.last or FIRST_LOOK, look, {}, looked)
        newest_id, newest_at = self.known.find_newest()
        self.known.save_look(
            last._replace(newest_id=newest_id, newest_at=newest_at, compared_at=looked.began, compare_seconds=seconds)
        )

    def _compare_page(
        self, rows: Sequence[Row], asked: Asked, between: tuple[int, int | None], first: FirstLook | None
    ) -> None:
        """Compare one page of all objects with those known in its range of ids."""
        before = self.known.find_between(*between)
        found = compare_rows(self.watch, rows, before, asked, first)
        missing = set(before).difference(int(row["id"]) for row in rows)
        gone = find_gone(self._capture.stash, self.watch, missing)
        destroyed = [ObjectChange(self.watch.kind.name, number, DESTROYED, {}) for number in sorted(gone)]
        self._save(found._replace(changes=[*found.changes, *destroyed]), gone=gone)

    def _save(self, found: Differences, *, gone: Collection[int] = (), last: LastLook | None = None) -> None:
        with self._call.store.write():
            self._capture.put(self.watch, found.changes)
            self.known.save(found.known, gone)
            if last is not None:
                self.known.save_look(last)
        for updated_at in found.unsettled.values():
            self._capture.look_again(updated_at + SETTLE_SECONDS + 0.1)


def find_own_offset(now: float) -> str:
    """Return this machine's time zone at a moment, such as +02:00, to ask Stash for what was saved since then."""
    seconds = time.localtime(now).tm_gmtoff
    return f"{'-' if seconds < 0 else '+'}{abs(seconds) // 3600:02d}:{abs(seconds) % 3600 // 60:02d}"
