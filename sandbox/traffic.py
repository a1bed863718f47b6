"""The request log of a double, made for assertions and for waiting without sleeping."""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Callable

from sandbox.messages import HttpRequest

KEPT = 20_000


@dataclass
class Exchange:
    """A request and its response; `status` is 0 until the response is sent, and stays 0 if nothing was sent."""

    request: HttpRequest
    status: int = 0
    sent: int = 0
    ended: float = 0.0
    fault: str = ""

    def describe(self) -> dict[str, object]:
        """Return the exchange as a JSON value, for the control routes."""
        return {**self.request.describe(), "status": self.status, "sent": self.sent, "fault": self.fault}


class Traffic:
    """The last 20,000 requests, oldest first; `total` counts all."""

    def __init__(self) -> None:
        self.total = 0
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._changed = threading.Condition()

    def next_number(self) -> int:
        """Return the number of the next request, counted from 1, for the server of a double."""
        with self._changed:
            self.total += 1
            return self.total

    def note(self, request: HttpRequest) -> Exchange:
        """Log a request that has just come in; the double's HTTP server calls this."""
        exchange = Exchange(request)
        with self._changed:
            self._kept.append(exchange)
            self._changed.notify_all()
        return exchange

    def close(self, exchange: Exchange, status: int, sent: int) -> None:
        """Log how a request was answered; the double's HTTP server calls this."""
        with self._changed:
            exchange.status, exchange.sent, exchange.ended = status, sent, time.monotonic()
            self._changed.notify_all()

    def clear(self) -> None:
        """Empty the log, so that a test counts only the requests that follow."""
        with self._changed:
            self._kept.clear()
            self.total = 0

    def exchanges(self) -> list[Exchange]:
        """Return a copy of the log: each request with its answer, for tests."""
        with self._changed:
            return list(self._kept)

    def requests(self, operation: str = "", path: str = "", method: str = "") -> list[HttpRequest]:
        """Return the logged requests with this operation, this method and a path like this pattern, for tests."""
        return [
            exchange.request
            for exchange in self.exchanges()
            if (not operation or operation in exchange.request.operations)
            and (not path or re.search(path, exchange.request.path))
            and (not method or method == exchange.request.method)
        ]

    def wait_until(self, happened: Callable[[list[Exchange]], bool], seconds: float = 60.0) -> None:
        """Wait until the log shows something, for tests; TimeoutError when it does not in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: happened(list(self._kept)), seconds):
                raise TimeoutError(f"the log of {len(self._kept)} requests never showed it")

    def wait_for_requests(self, count: int, operation: str = "", seconds: float = 60.0) -> None:
        """Wait until this many requests (of this operation) have arrived, for tests."""

        def enough(log: list[Exchange]) -> bool:
            return sum(not operation or operation in exchange.request.operations for exchange in log) >= count

        self.wait_until(enough, seconds)
