"""How long a drain may keep its place in Stash's queue of jobs when there is nothing to do for the moment.

While Plex is away the drain stays a visible task that looks for Plex once a minute. Whoever else needs Stash's queue
goes first: the drain then ends and queues itself again behind them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ServiceError
from shared.queue.enqueue import PATIENT_BUDGET, ask_for_drain, name_drain
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from shared.runtime.call import Call

LONGEST_WAIT = 20 * 60.0  # for one row; longer than any pause while Plex is down
LONGEST_OUTAGE = 12 * 3600.0
LOOK_EVERY = 5.0
SHORT = 3.0
BUSY_STATES = ("READY",)


class DrainWait:
    """Waits for what is due soon, unless somebody else needs Stash's queue."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._outbox = Outbox(call.store)
        self._looked: float | None = None
        self._is_told = False

    def may_wait(self) -> bool:
        """Whether to go on waiting; asked about once a second."""
        seconds = self._outbox.seconds_to_next()
        if seconds is None or seconds > LONGEST_WAIT or self._is_hopeless():
            return False
        return seconds <= SHORT or self._may_stay()

    def _is_hopeless(self) -> bool:
        """Whether Plex has been away for so long that a task that only waits helps nobody."""
        outage = self._outbox.breaker.describe()
        if outage is None:
            self._is_told = False
            return False
        if not self._is_told:
            self._is_told = True
            self._call.log.info(
                f"{outage['message']} This task waits and goes on by itself; stopping it loses nothing."
            )
        return bool(self._call.clock.now() - outage["since"] > LONGEST_OUTAGE)

    def _may_stay(self) -> bool:
        now = self._call.clock.monotonic()
        if self._looked is not None and now - self._looked < LOOK_EVERY:
            return True
        self._looked = now
        return self._give_way() is None

    def _give_way(self) -> str | None:
        """Who needs Stash's queue, after this drain has queued itself behind them; None when nobody does.

        A Stash that does not answer is going down, and so do we.
        """
        try:
            waiting = [str(job["description"]) for job in self._call.stash.job_queue() if job["status"] in BUSY_STATES]
        except ServiceError as error:
            return str(error)
        if not waiting:
            return None
        name = name_drain(self._call)  # Stash puts words of its own before it
        if not any(name in each for each in waiting) and ask_for_drain(self._call, PATIENT_BUDGET):
            self._outbox.remember_ask()
        return waiting[0]
