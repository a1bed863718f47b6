"""The subscriptions: which events they send, and how often."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sandbox.stash.graph.selections import SelectionPlanner
from sandbox.stash.jobs import Job, show_job, show_precise_time
from sandbox.stash.logbook import LogLine
from sandbox.stash.services import Services

THROTTLE = 0.1
Tell = Callable[[Any], None]


class SubscriptionDocument(NamedTuple):
    """A subscription document, ready to be answered for each event."""

    name: str
    planner: SelectionPlanner


class Subscription(NamedTuple):
    """A running subscription."""

    end: Callable[[], None]


def open_subscription(services: Services, name: str, tell: Tell) -> Subscription:
    """Start to send a client the events of one subscription, and return it; the websocket calls this."""
    return Subscription(OPENERS[name](services, tell))


def watch_jobs(services: Services, tell: Tell) -> Callable[[], None]:
    """Send the events of `jobsSubscribe`, progress at most ten times a second; return a function that ends it."""
    throttle = Throttle(tell)
    end = services.jobs.subscribe(throttle.hear)

    def stop() -> None:
        end()
        throttle.stop()

    return stop


class Throttle:
    """Holds progress events back for a moment; a newer one replaces the one held."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._held: Job | None = None
        self._last = 0.0
        self._status = ""
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def hear(self, kind: str, job: Job) -> None:
        """Take an event of the job queue, which calls this, and send it now or within a tenth of a second."""
        with self._lock:
            wait = THROTTLE - (time.monotonic() - self._last)
            if kind != "UPDATE" or wait <= 0 or job.status != self._status:
                self._held = None
                self._send(kind, job)
                return
            self._held = job
            if self._timer is None:
                self._timer = threading.Timer(wait, self._flush)
                self._timer.daemon = True
                self._timer.start()

    def stop(self) -> None:
        """Drop the event that is held, when a subscription ends."""
        with self._lock:
            self._held = None
            if self._timer:
                self._timer.cancel()

    def _flush(self) -> None:
        with self._lock:
            self._timer = None
            if self._held is not None:
                job, self._held = self._held, None
                self._send("UPDATE", job)

    def _send(self, kind: str, job: Job) -> None:
        self._last, self._status = time.monotonic(), job.status
        self._tell({"type": kind, "job": show_job(job)})


def watch_scans(services: Services, tell: Tell) -> Callable[[], None]:
    """Send the events of `scanCompleteSubscribe`; return a function that ends it."""

    def hear() -> None:
        tell(True)

    services.scan_listeners.append(hear)
    return lambda: services.scan_listeners.remove(hear)


def watch_logs(services: Services, tell: Tell) -> Callable[[], None]:
    """Send the events of `loggingSubscribe`; return a function that ends it."""

    def hear(line: LogLine) -> None:
        tell([{"time": show_precise_time(line.at), "level": line.level.capitalize(), "message": line.message}])

    return services.logbook.subscribe(hear)


OPENERS: dict[str, Callable[[Services, Tell], Callable[[], None]]] = {
    "jobsSubscribe": watch_jobs,
    "scanCompleteSubscribe": watch_scans,
    "loggingSubscribe": watch_logs,
}
