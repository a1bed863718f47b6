"""The job queue: strictly one job at a time, the last ten finished ones remembered."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

from sandbox.stash.graph.failures import StashFailure, StashPanic
from sandbox.stash.logbook import Logbook

REMEMBERED = 10
PATIENCE = 20
LIVE = ("READY", "RUNNING", "STOPPING")
Listener = Callable[[str, "Job"], None]


@dataclass
class Job:
    """One job as the API shows it; `progress` None is indefinite."""

    id: int
    description: str
    added: datetime
    status: str = "READY"
    progress: float | None = 0.0
    sub_tasks: list[str] = field(default_factory=list)
    started: datetime | None = None
    ended: datetime | None = None
    error: str | None = None

    @property
    def is_live(self) -> bool:
        """Return True while the job waits or runs."""
        return self.status in LIVE


@dataclass
class QueuedJob:
    """A job and its work."""

    job: Job
    work: Callable[[Handle], None]


class Handle:
    """The queue as a running job sees it: report progress, ask whether to stop."""

    def __init__(self, queue: JobQueue, job: Job) -> None:
        self._queue = queue
        self.job = job

    def report(self, fraction: float | None) -> None:
        """Set the job's progress, None for indefinite; the job's work calls this."""
        self._queue.update(self.job, fraction)

    def is_stopping(self) -> bool:
        """Return True if the job was cancelled and should end.

        The work of a job asks.
        """
        return self.job.status == "STOPPING"


class JobQueue:
    """Runs jobs in a thread of its own, in the order they came."""

    def __init__(self, logbook: Logbook, now: Callable[[], datetime]) -> None:
        self._logbook = logbook
        self._now = now
        self._queue: list[QueuedJob] = []
        self._finished: list[Job] = []
        self._last = 0
        self._polls: Counter[tuple[int, int]] = Counter()
        self._listeners: list[Listener] = []
        self._changed = threading.Condition(threading.RLock())
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="sandbox-jobs", daemon=True)
        self._thread.start()

    def add(self, description: str, work: Callable[[Handle], None]) -> int:
        """Queue a job of Stash, such as a task or a scan, and return its id."""
        with self._changed:
            self._last += 1
            entry = QueuedJob(Job(self._last, description, self._now()), work)
            self._queue.append(entry)
            self._tell("ADD", entry.job)
            self._changed.notify_all()
            return entry.job.id

    def find(self, job_id: int) -> Job | None:
        """Return a copy of a waiting, running or lately ended job, for `findJob` and tests; None for any other id."""
        with self._changed:
            every = [entry.job for entry in self._queue] + self._finished
            return next((replace(job) for job in every if job.id == job_id), None)

    def notice_wait(self, waiting: int, wanted: int) -> None:
        """Stop a running job that polls `findJob` for a job queued behind it, and raise with the reason."""
        with self._changed:
            states = {entry.job.id: entry.job.status for entry in self._queue}
            if states.get(waiting) not in ("RUNNING", "STOPPING") or states.get(wanted) != "READY":
                return
            self._polls[waiting, wanted] += 1
            if self._polls[waiting, wanted] < PATIENCE:
                return
        self.stop(waiting)
        failure = f"sandbox: job {waiting} waits for job {wanted}, which cannot start before job {waiting} ends"
        self._logbook.add("error", failure)
        raise StashFailure(failure)

    def queued(self) -> list[Job]:
        """Return the waiting and running jobs, for `jobQueue` and tests."""
        with self._changed:
            return [replace(entry.job) for entry in self._queue]

    def stop(self, job_id: int) -> None:
        """Cancel a job, for `stopJob`; an unknown id has no effect."""
        with self._changed:
            for entry in [each for each in self._queue if each.job.id == job_id]:
                self._cancel(entry)
            self._changed.notify_all()

    def stop_all(self) -> None:
        """Cancel every job, for `stopAllJobs`."""
        for job in self.queued():
            self.stop(job.id)

    def update(self, job: Job, fraction: float | None) -> None:
        """Set a job's progress, for its handle, and tell the listeners."""
        with self._changed:
            job.progress = None if fraction is None else min(max(fraction, 0.0), 1.0)
            self._tell("UPDATE", job)
            self._changed.notify_all()

    def wait_for(self, job_id: int, seconds: float = 60.0) -> Job:
        """Wait until a job ends, for tests; TimeoutError if it does not, LookupError if the queue forgot it."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._is_live(job_id), seconds):
                raise TimeoutError(f"job {job_id} did not end: {self.find(job_id)}")
            found = self.find(job_id)
        if found is None:
            raise LookupError(f"job {job_id} is forgotten or never was")
        return found

    def wait_until_idle(self, seconds: float = 60.0) -> None:
        """Wait until nothing is queued; for tests."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._queue, seconds):
                raise TimeoutError(f"still queued: {self.queued()}")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call a function on every change, for subscriptions; return a function that ends that."""
        with self._changed:
            self._listeners.append(listener)

        def end() -> None:
            with self._changed:
                self._listeners.remove(listener)

        return end

    def close(self) -> None:
        """Cancel every job of Stash and end the thread, when the double stops."""
        self.stop_all()
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self._thread.join(10)

    def _run(self) -> None:
        while entry := self._next():
            self._execute(entry)
            with self._changed:
                self._bury(entry)
                self._changed.notify_all()

    def _next(self) -> QueuedJob | None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._is_closing)
            if self._is_closing:
                return None
            entry = self._queue[0]
            entry.job.status = "RUNNING"
            entry.job.started = self._now()
            self._tell("UPDATE", entry.job)
            return entry

    def _execute(self, entry: QueuedJob) -> None:
        try:
            entry.work(Handle(self, entry.job))
        except StashPanic as panic:
            self._logbook.add("error", f"panic in job {entry.job.id} - {entry.job.description}: {panic}")
            entry.job.status = "FAILED"
        except (StashFailure, sqlite3.Error) as error:
            self._logbook.add("error", f"task failed due to error: {error}")
            entry.job.error = str(error)
            entry.job.status = "FAILED"

    def _cancel(self, entry: QueuedJob) -> None:
        if entry.job.status == "READY":
            entry.job.status = "CANCELLED"
            self._bury(entry)
        elif entry.job.status == "RUNNING":
            entry.job.status = "STOPPING"
            self._tell("UPDATE", entry.job)

    def _bury(self, entry: QueuedJob) -> None:
        job = entry.job
        if job.status == "STOPPING":
            job.status = "CANCELLED"
        elif job.status == "RUNNING":
            job.status = "FINISHED"
        job.ended = job.ended or (self._now() if job.started else None)
        self._queue.remove(entry)
        self._finished = [*self._finished, job][-REMEMBERED:]
        self._tell("REMOVE", job)

    def _tell(self, kind: str, job: Job) -> None:
        for listener in list(self._listeners):
            listener(kind, replace(job))

    def _is_live(self, job_id: int) -> bool:
        return any(entry.job.id == job_id for entry in self._queue)


def show_job(job: Job) -> dict[str, object]:
    """Return a job as Stash's GraphQL shows it, for queries and subscriptions."""
    return {
        "id": job.id,
        "status": job.status,
        "subTasks": job.sub_tasks or None,
        "description": job.description,
        "progress": job.progress,
        "startTime": show_precise_time(job.started),
        "endTime": show_precise_time(job.ended),
        "addTime": show_precise_time(job.added),
        "error": job.error,
    }


def show_precise_time(moment: datetime | None) -> str | None:
    """Return the time of a job or log line with fractions of a second, as Go writes it.

    Jobs and log lines show it.
    """
    return None if moment is None else moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
