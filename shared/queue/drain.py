"""Works off the outbox: as a task until nothing is due, or as one bounded step of an open page.

Errors differ in reach. An error of one entry costs it an attempt, and the others go on. If a service is down, no entry
pays: the breaker opens and everything waits. A wrong setting pauses the queue with the reason. A bug makes its entry a
dead letter. Every claim, end and pause is one transaction, so the process may be killed at any instant.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import EVERYTHING, SERVICE, BundleError, Busy, Conflict, RateLimited, ServiceError, StateError
from shared.queue.outbox import STEP, Outbox, QueueEntry
from shared.runtime.call_parts import CallParts
from shared.runtime.clock import TOLERANCE
from shared.runtime.log import Log
from shared.runtime.redact import mask_secrets
from shared.state.lease import Lease

if TYPE_CHECKING:
    from shared.capture.capture import Capture

STASH = "Stash"

PATIENCE = 20.0
LONG_OUTAGE = 4
SLICE = 1.0
STEP_PATIENCE = 45.0
LOGGED_FAILURES = 20


class EntryOutcome(NamedTuple):
    """The outcome of one entry. Workers return None (done), `park(...)` or `try_later(...)`; errors are classified."""

    kind: str
    reason: str = ""
    message: str = ""
    delay: float | None = None


DONE = EntryOutcome("done")


def finish_as(way: str) -> EntryOutcome:
    """Return the outcome of a worker that has done its entry in a way that the result counts, such as "sent".

    The workers of the queues call it.
    """
    return EntryOutcome("done", way)


def park(reason: str, message: str) -> EntryOutcome:
    """Return the outcome of a worker that lets the entry rest until its key changes or the user retries it.

    The workers of the queues call it.
    """
    return EntryOutcome("park", reason, message)


def try_later(seconds: float, message: str) -> EntryOutcome:
    """Return the outcome of a worker that tries the entry again after this time, without costing an attempt.

    The workers of the queues call it.
    """
    return EntryOutcome("later", "", message, seconds)


Worker = Callable[[QueueEntry], "EntryOutcome | None"]
Prepare = Callable[[Sequence[QueueEntry]], None]


class DrainResult(NamedTuple):
    """The counts of a drain and the reason for its end.

    `ended` is "empty", "waiting" (rows are due later, or the service is down), "paused", "budget", "busy" (another one
    is at it), "outdated" (the settings changed) or "stopped" (Stash itself does not answer); `message` is the reason
    for the user, if there is one.
    `done_as` counts the ways in which the worker had done entries.
    """

    ended: str
    message: str
    done: int
    parked: int
    retried: int
    postponed: int
    failed: int
    left: int
    done_as: Mapping[str, int] = {}


def run_drain(
    call: CallParts,
    outbox: Outbox,
    worker: Worker,
    *,
    budget: float | None = None,
    prepare: Prepare | None = None,
    batch_size: int = 1,
    may_wait: Callable[[], bool] | None = None,
    is_outdated: Callable[[], bool] | None = None,
    capture: Capture | None = None,
) -> DrainResult:
    """Work off the outbox and return the counts: all of it, or for a budget in seconds as a step of a page.

    `capture` puts into the outbox what changed in Stash. `worker` does one entry; `prepare` may first read what a whole
    batch needs. When the service is down or rows are due soon, a task waits for 20 seconds in all, or as long as
    `may_wait` returns True: no other task is in Stash's queue. It ends early when `is_outdated` returns True: the
    settings changed.
    """
    drain = _Drain(call, outbox, worker)
    drain.budget, drain.prepare, drain.batch_size, drain.may_wait = budget, prepare, batch_size, may_wait
    drain.is_outdated, drain.capture = is_outdated, capture
    return drain.run()


class _Drain:
    """One drain: the loop over claimed entries."""

    budget: float | None = None
    prepare: Prepare | None = None
    may_wait: Callable[[], bool] | None = None
    is_outdated: Callable[[], bool] | None = None
    capture: Capture | None = None
    batch_size = 1

    def __init__(self, call: CallParts, outbox: Outbox, worker: Worker) -> None:
        self._call = call
        self._clock = call.clock
        self._outbox = outbox
        self._worker = worker
        self._counts = dict.fromkeys(("done", "parked", "retried", "postponed", "failed"), 0)
        self._ways: Counter[str] = Counter()
        self._started = call.clock.monotonic()
        self._clock_offset = call.clock.now() - self._started
        self._waited = 0.0
        self._stopped_by = ""
        self._pause_ends = 0

    def run(self) -> DrainResult:
        lease = self._outbox.lease(STEP if self.budget is not None else "")
        try:
            try:
                self._begin(lease)
            except Busy as busy:
                return self._report("busy", str(busy))
            ended = self._loop(lease)
        finally:
            lease.release()
        if ended == "empty":
            self._call.store.shrink()
        return self._report(ended, self._stopped_by or self._outbox.describe_trouble())

    def _begin(self, lease: Lease) -> None:
        """Acquire the lease. A task waits for a step of a page to end, because steps are short; a step never waits."""
        give_up_at = self._clock.monotonic() + (STEP_PATIENCE if self.budget is None else 0.0)
        while True:
            try:
                self._outbox.begin(lease)
                return
            except Busy as busy:
                if busy.holder_note != STEP or self._clock.monotonic() >= give_up_at:
                    raise
            self._clock.sleep(SLICE)

    def _loop(self, lease: Lease) -> str:
        while not self._is_over_budget():
            lease.renew()
            self._call.store.require_same_schema()
            self._notice_set_clock()
            if self.is_outdated is not None and self.is_outdated():
                return "outdated"
            self._take_in(lease)
            entries = self._claim(lease)
            if entries:
                self._work_on(entries, lease)
                self._show_progress()
            elif not self._stopped_by and not self._wait() and self._outbox.finish(lease):
                return self._describe_end()
            if self._stopped_by:
                return "stopped"
        return "budget"

    def _notice_set_clock(self) -> None:
        """Make entries due that would wait too long because the clock was set back while the drain runs."""
        offset = self._clock.now() - self._clock.monotonic()
        if offset < self._clock_offset - TOLERANCE:
            self._outbox.forget_future_times()
        self._clock_offset = offset

    def _take_in(self, lease: Lease) -> None:
        """Put what changed in Stash into the queue, at the start and when late saves have settled."""
        if self.capture is None or self.capture.seconds_to_look() != 0:
            return
        try:
            self.capture.take_in(lease.renew)
        except ServiceError as error:
            self._stopped_by = mask_secrets(str(error))

    def _claim(self, lease: Lease) -> list[QueueEntry]:
        breaker = self._outbox.breaker
        if self._outbox.seconds_to_try() > 0:
            return []
        self._pause_ends = self._outbox.pause.count_ends()
        entries = self._outbox.claim(lease, 1 if self._outbox.is_in_trouble() else self.batch_size)
        if entries and not breaker.may_try():
            self._outbox.give_back(entries)
            return []
        return entries

    def _work_on(self, entries: Sequence[QueueEntry], lease: Lease) -> None:
        prepared = self._prepare(entries)
        if prepared.kind in ("down", "setup", "stop"):
            self._settle(entries[0], prepared)
            self._outbox.give_back(entries[1:])
        elif prepared.kind == "done":
            self._work_on_prepared(entries, lease)
        elif len(entries) == 1:
            self._settle(entries[0], prepared)
        else:  # one entry makes the batch fail: find it by trying each alone
            for entry in entries:
                self._work_on([entry], lease)

    def _prepare(self, entries: Sequence[QueueEntry]) -> EntryOutcome:
        prepare = self.prepare
        return DONE if prepare is None else try_work(lambda: prepare(entries), self._call.log)

    def _work_on_prepared(self, entries: Sequence[QueueEntry], lease: Lease) -> None:
        for number, entry in enumerate(entries, 1):
            outcome = try_work(lambda entry=entry: self._worker(entry), self._call.log)  # type: ignore[misc]
            self._settle(entry, outcome)
            lease.renew()
            if outcome.kind in ("down", "setup", "stop") or self._is_over_budget():
                self._outbox.give_back(entries[number:])
                return

    def _settle(self, entry: QueueEntry, outcome: EntryOutcome) -> None:
        outbox, kind = self._outbox, outcome.kind
        if kind in ("done", "park", "later", "retry", "fail"):
            outbox.settle_success()
        if kind == "done":
            outbox.done(entry)
            self._ways.update([outcome.reason] if outcome.reason else [])
        elif kind == "park":
            outbox.park(entry, outcome.reason, outcome.message)
        elif kind == "retry":
            kind = "retry" if outbox.retry(entry, outcome.reason, outcome.message) else "given up"
        elif kind in ("fail", "bug"):
            outbox.fail(entry, outcome.reason, outcome.message)
        elif kind in ("later", "busy"):
            outbox.postpone(entry, outcome.message, outcome.delay)
        else:
            self._settle_trouble(entry, outcome)
        if kind in ("fail", "bug", "given up"):
            self._log_failure(entry, outcome)
        self._count(kind)

    def _log_failure(self, entry: QueueEntry, outcome: EntryOutcome) -> None:
        if self._counts["failed"] < LOGGED_FAILURES:  # the queue's page lists them all
            self._call.log.warning(f"{entry.key} was given up: {outcome.message}")

    def _settle_trouble(self, entry: QueueEntry, outcome: EntryOutcome) -> None:
        """Give back an entry that met trouble of the whole service, and open the breaker, pause or stop."""
        if outcome.kind == "down":
            breaker = self._outbox.breaker
            breaker.fail(outcome.message, outcome.delay)
            # Due with the next probe, behind all others: if this entry alone causes the failure, the others go first.
            self._outbox.postpone(entry, outcome.message, breaker.seconds_to_probe())
            return
        if outcome.kind == "setup":
            ends, is_probed = self._pause_ends, outcome.delay is None
            self._outbox.pause.hold(outcome.message, outcome.reason, ends=ends, is_probed=is_probed)
            self._outbox.postpone(entry, outcome.message, 0.0)  # the next probe tries another entry
            return
        self._outbox.give_back([entry])
        self._stopped_by = outcome.message

    def _wait(self) -> bool:
        """Sleep a little if the next try is near enough to wait for; return False if the drain should end."""
        to_look = self.capture.seconds_to_look() if self.capture is not None else None
        if to_look is not None and self.budget is None:
            self._clock.sleep(min(SLICE, to_look))
            return True
        seconds = self._outbox.seconds_to_next()
        if self.budget is not None or seconds is None or seconds <= 0 or not self._is_worth_waiting(seconds):
            return False
        self._clock.sleep(min(SLICE, seconds))
        self._waited += min(SLICE, seconds)
        return True

    def _is_worth_waiting(self, seconds: float) -> bool:
        if self.may_wait is not None:
            return self.may_wait()
        outage = self._outbox.breaker.describe()
        return self._waited + seconds <= PATIENCE and (outage is None or outage["failures"] <= LONG_OUTAGE)

    def _is_over_budget(self) -> bool:
        return self.budget is not None and self._clock.monotonic() - self._started >= self.budget

    def _describe_end(self) -> str:
        if self._outbox.pause.describe():
            return "paused"
        return "empty" if self._outbox.next_due() is None else "waiting"

    def _count(self, kind: str) -> None:
        names = {
            "done": "done",
            "park": "parked",
            "retry": "retried",
            "fail": "failed",
            "bug": "failed",
            "given up": "failed",
        }
        self._counts[names.get(kind, "postponed")] += 1

    def _show_progress(self) -> None:
        worked = sum(self._counts.values())
        self._call.progress(worked / (worked + self._outbox.counts()["waiting"]))

    def _report(self, ended: str, message: str) -> DrainResult:
        left = self._outbox.counts()
        waiting = left["waiting"] + left["working"]
        return DrainResult(ended, message, left=waiting, done_as=dict(self._ways), **self._counts)


def try_work(action: Callable[[], EntryOutcome | None], log: Log) -> EntryOutcome:
    """Return the outcome of the action, or that of the error it raises; only a StateError is passed on.

    The drain calls the plugin's worker through it.
    """
    try:
        return action() or DONE
    except StateError:
        raise
    except BundleError as error:
        return classify_error(error)
    except Exception as error:  # broad except 3 of 3, the outbox worker: one entry's bug must not stop the others
        log.exception(error)
        return EntryOutcome("bug", "bug", mask_secrets(f"A bug of the plugin: {type(error).__name__}: {error}")[:500])


def classify_error(error: BundleError) -> EntryOutcome:
    """Return the outcome for an error: its entry pays an attempt, or the queue waits, pauses or stops.

    The drain calls it.
    """
    message, reason = mask_secrets(str(error)), error.code
    if error.stops_run and isinstance(error, ServiceError) and error.service == STASH:
        return EntryOutcome("stop", reason, message)
    if error.reach == EVERYTHING:
        return EntryOutcome("setup", reason, message, math.inf if error.needs_decision else None)
    if error.reach == SERVICE:
        return EntryOutcome("down", reason, message, error.retry_after if isinstance(error, RateLimited) else None)
    if isinstance(error, Busy):
        return EntryOutcome("busy", reason, message)
    return EntryOutcome("retry" if error.retryable or isinstance(error, Conflict) else "fail", reason, message)
