"""The wait of a drain for entries that are not due yet.

While Plex is down or answers with an error that concerns everything, the drain stays a visible task that asks Plex
again after each pause. When another job waits in
Stash's queue, the drain queues itself again behind it and ends, so that it never blocks Stash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ServiceError
from shared.queue.outbox import Outbox
from shared.queue.pause import LONGEST_PROBE_SECONDS
from shared.queue.start import start_drain

if TYPE_CHECKING:
    from shared.runtime.call import Call

LONGEST_WAIT = 20 * 60.0  # for one entry; longer than any wait while Plex is down
LONGEST_OUTAGE = 12 * 3600.0
JOB_CHECK_SECONDS = 5.0
SHORT_WAIT = 3.0


class DrainWait:
    """Decides for the queue worker whether a drain waits for entries that are due soon."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._outbox = Outbox(call.store)
        self._checked_at: float | None = None
        self._logged = ""

    def may_wait(self) -> bool:
        """Return True if the drain should go on waiting; the drain calls it about once a second."""
        seconds = self._outbox.seconds_to_next()
        if seconds is None or self._is_too_long(seconds) or self._is_down_too_long():
            return False
        return seconds <= SHORT_WAIT or self._is_next_job_absent()

    def _is_too_long(self, seconds: float) -> bool:
        return seconds > max(LONGEST_WAIT, LONGEST_PROBE_SECONDS if self._outbox.pause.is_by_error() else 0.0)

    def _is_down_too_long(self) -> bool:
        """Return True if Plex has been down or unusable for 12 hours: a task that only waits helps no more."""
        outage = self._outbox.find_outage()
        if not outage:
            self._logged = ""
            return False
        if self._logged != outage["message"]:
            self._logged = outage["message"]
            told = self._outbox.describe_trouble()
            self._call.log.info(f"{told} This task waits and goes on by itself; stopping it loses nothing.")
        return bool(self._call.clock.now() - outage["since"] > LONGEST_OUTAGE)

    def _is_next_job_absent(self) -> bool:
        now = self._call.clock.monotonic()
        if self._checked_at is not None and now - self._checked_at < JOB_CHECK_SECONDS:
            return True
        self._checked_at = now
        return self._requeue_behind_job() is None

    def _requeue_behind_job(self) -> str | None:
        """Return the job of Stash that waits, after queueing the drain again behind it; None if none waits.

        When Stash does not answer, it is shutting down: then the error's text is returned, and the drain ends.
        """
        try:
            waiting = [str(job["description"]) for job in self._call.stash.job_queue() if job["status"] == "READY"]
            if waiting:
                start_drain(self._call)
        except ServiceError as error:
            return str(error)
        return waiting[0] if waiting else None
