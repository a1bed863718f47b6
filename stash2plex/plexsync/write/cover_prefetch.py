"""Downloads the covers of the next scenes in a second thread while Plex is busy with the one before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Generic, TypeVar

from shared.runtime.clock import SYSTEM_CLOCK, Clock

MAX_PENDING = 2  # downloads at once; pictures may be large
HEAD_START = 0.006  # seconds by which the request to Plex is sent earlier

T = TypeVar("T")


class Prefetcher(Generic[T]):
    """Calls `fetch` for announced keys ahead of time, one at a time, in a thread; PicturePlanner uses it."""

    def __init__(self, fetch: Callable[[str], T], clock: Clock = SYSTEM_CLOCK) -> None:
        self._fetch = fetch
        self._clock = clock
        self._order: deque[str] = deque()
        self._futures: dict[str, Future[T]] = {}
        self._pool = ThreadPoolExecutor(1)

    def schedule(self, keys: Iterable[str]) -> None:
        """Announce the keys of the pictures that are planned next, in this order; earlier announcements are dropped."""
        for future in self._futures.values():
            future.cancel()
        self._futures.clear()
        self._order = deque(dict.fromkeys(keys))

    def fetch(self, key: str) -> T:
        """Return the result for a key, or raise its error. Announced keys before it are skipped.

        Plans of pictures call it.
        """
        if key not in self._order:
            return self._fetch(key)
        while self._order[0] != key:
            self._futures.pop(self._order.popleft(), None)
        self._order.popleft()
        future = self._futures.pop(key, None)
        self._send_next()
        return self._fetch(key) if future is None else future.result()

    def _send_next(self) -> None:
        for key in islice(self._order, MAX_PENDING):
            if key not in self._futures:
                self._futures[key] = self._pool.submit(self._fetch_later, key)

    def _fetch_later(self, key: str) -> T:
        self._clock.sleep(HEAD_START)
        return self._fetch(key)
