"""Fetches what is needed next while somebody else is waited for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Generic, TypeVar

from shared.runtime.clock import SYSTEM_CLOCK, Clock

MOST = 2  # on their way at once: they may be large pictures
HEAD_START = 0.006  # seconds for what is waited for to get on its way: only then there is time to spare

T = TypeVar("T")


class Prefetcher(Generic[T]):
    """What `fetch` gives for keys whose order was told before; it runs in a thread of its own, one key at a time."""

    def __init__(self, fetch: Callable[[str], T], clock: Clock = SYSTEM_CLOCK) -> None:
        self._fetch = fetch
        self._clock = clock
        self._line: deque[str] = deque()
        self._flying: dict[str, Future[T]] = {}
        self._pool = ThreadPoolExecutor(1)

    def schedule(self, keys: Iterable[str]) -> None:
        """These come next, in this order, and nothing else; the first one will be wanted at once."""
        for forgotten in self._flying.values():
            forgotten.cancel()
        self._flying.clear()
        self._line = deque(dict.fromkeys(keys))

    def fetch(self, key: str) -> T:
        """What `fetch` gave or raised for a key; what was expected before it was not needed."""
        if key not in self._line:
            return self._fetch(key)
        while self._line[0] != key:
            self._flying.pop(self._line.popleft(), None)
        self._line.popleft()
        flying = self._flying.pop(key, None)
        self._send_next()
        return self._fetch(key) if flying is None else flying.result()

    def _send_next(self) -> None:
        for key in islice(self._line, MOST):
            if key not in self._flying:
                self._flying[key] = self._pool.submit(self._fetch_later, key)

    def _fetch_later(self, key: str) -> T:
        self._clock.sleep(HEAD_START)
        return self._fetch(key)
