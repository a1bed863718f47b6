"""How long a drain may keep its place in Stash's queue of jobs when there is nothing to do for the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ServiceError
from shared.outbox import Outbox

if TYPE_CHECKING:
    from shared.call import Call

LONGEST_WAIT = 120.0
LOOK_EVERY = 10.0
SHORT = 3.0
BUSY_STATES = ("READY",)


class Patience:
    """Waits for what is due soon, unless somebody else needs Stash's queue."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._outbox = Outbox(call.store)
        self._looked: float | None = None
        self._is_alone = True

    def may_wait(self) -> bool:
        """Whether to go on waiting; asked about once a second."""
        seconds = self._outbox.seconds_to_next()
        if seconds is None or seconds > LONGEST_WAIT:
            return False
        return seconds <= SHORT or self._look()

    def _look(self) -> bool:
        now = self._call.clock.monotonic()
        if self._looked is None or now - self._looked >= LOOK_EVERY:
            self._looked = now
            self._is_alone = self._ask()
        return self._is_alone

    def _ask(self) -> bool:
        """Whether no other job waits; a Stash that does not answer is going down, and so do we."""
        try:
            return not any(job["status"] in BUSY_STATES for job in self._call.stash.job_queue())
        except ServiceError:
            return False
