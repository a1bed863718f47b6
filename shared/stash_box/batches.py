"""Sends many items in few requests. How many one request may hold is found by trying, and kept for a day."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Callable, TypeVar

from shared.errors import BadReply, GraphQLFailed, Refused, ServerFailed, ServiceError, TimedOut
from shared.runtime.clock import is_recent
from shared.stash_box.capabilities import SmallValues, make_key

if TYPE_CHECKING:
    from concurrent.futures import Future

MOST = 40
DAY = 86400.0
GROW_AFTER = 8  # requests that succeed before a larger one is tried
MAX_IN_FLIGHT = 2
MAX_SINGLE_FAILURES = 3  # single items that fail in a row before the box counts as broken

# Errors that a smaller request may avoid. 503 is not among them: then the box is not ready for any request.
MAYBE_TOO_LARGE = (Refused, ServerFailed, TimedOut, BadReply, GraphQLFailed)

T = TypeVar("T")
R = TypeVar("R")
InFlight = deque["tuple[Sequence[T], Future[R]]"]


class BatchSize:
    """The number of items that one box takes per request of one kind; found by trying and kept for a day."""

    def __init__(self, memory: SmallValues, endpoint: str, sort: str, now: float, most: int = MOST) -> None:
        self._memory = memory
        self._key = make_key(f"batch.{sort}", endpoint)
        self._now = now
        self._most = most
        self._good = 0
        self._before: tuple[int, int] | None = None
        self._is_item_to_blame = False
        kept = memory.get(self._key, {"at": float, "size": int, "limit": int})
        is_fresh = kept is not None and is_recent(kept["at"], now, DAY)
        self.current: int = kept["size"] if is_fresh else most
        self._limit: int = kept["limit"] if is_fresh else most

    def shrink(self, failed: int, error: ServiceError) -> None:
        """Note that a request of so many items failed; a size that the box refused outright is not tried again
        soon.

        The sending of batches calls it.
        """
        self._before = self._before or (self.current, self._limit)
        self.current = max(failed // 2, 1)
        self._good = 0
        if isinstance(error, Refused):
            self._limit = self.current
        self._keep()

    def note_success(self, taken: int) -> None:
        """Note that a request of so many items succeeded; after GROW_AFTER of these a larger one is tried.

        The sending of batches calls it.
        """
        if self._is_item_to_blame:
            self.restore()
        if taken < self.current:
            return
        self._good += 1
        if self._good >= GROW_AFTER:
            self._before = None
            self._grow()

    def blame_item(self) -> None:
        """Note that a request of one item failed; if the next succeeds, the item was the reason, not the size.

        `run_in_batches` calls it.
        """
        self._is_item_to_blame = True

    def restore(self) -> None:
        """Go back to the size before the failures, because the size was not their reason.

        The sending of batches calls it.
        """
        if self._before is not None:
            self.current, self._limit = self._before
            self._keep()
        self._before, self._is_item_to_blame, self._good = None, False, 0

    def _grow(self) -> None:
        self._good = 0
        if self.current < self._limit:
            self.current = min(self.current * 2, self._limit)
            self._keep()

    def _keep(self) -> None:
        self._memory.put(self._key, {"at": self._now, "size": self.current, "limit": self._limit})


def run_in_batches(
    items: Sequence[T], size: BatchSize, send: Callable[[Sequence[T]], R]
) -> Iterator[tuple[Sequence[T], R | ServiceError]]:
    """Yield pieces of the items with their replies; every request for many records or searches goes through here.

    A piece that fails is sent again in smaller ones; an item that fails alone is yielded with its error. Raise if no
    smaller piece can help; pieces yielded before stay valid.
    """
    position = failed_alone = 0
    while position < len(items):
        piece = items[position : position + size.current]
        result: R | ServiceError
        try:
            result = send(piece)
        except MAYBE_TOO_LARGE as error:
            if not can_smaller_help(error):
                raise
            if len(piece) > 1:
                size.shrink(len(piece), error)
                continue
            failed_alone += 1
            if failed_alone >= MAX_SINGLE_FAILURES or isinstance(error, Refused):
                size.restore()
                raise
            size.blame_item()
            result = error
        else:
            failed_alone = 0
            size.note_success(len(piece))
        yield piece, result
        position += len(piece)


def run_ahead(
    items: Sequence[T], size: BatchSize, send: Callable[[Sequence[T]], R], send_beside: Callable[[Sequence[T]], R]
) -> Iterator[tuple[Sequence[T], R | ServiceError]]:
    """Yield pieces and replies as `run_in_batches` does, with up to two further requests on their way.

    For thousands of items at boxes that reply slowly. `send_beside` runs in other threads. After the first failure the
    rest goes through `run_in_batches`.
    """
    from concurrent.futures import ThreadPoolExecutor  # late: most calls ask a box for little, and its import is long

    in_flight: InFlight[T, R] = deque()
    pool = ThreadPoolExecutor(MAX_IN_FLIGHT)
    start = 0
    try:
        while start < len(items) or in_flight:
            while start < len(items) and len(in_flight) <= MAX_IN_FLIGHT:  # one more waits, so that no thread is idle
                piece = items[start : start + size.current]
                in_flight.append((piece, pool.submit(send_beside, piece)))
                start += len(piece)
            if in_flight[0][1].exception() is not None:
                break
            piece, answer = in_flight.popleft()
            size.note_success(len(piece))
            yield piece, answer.result()
        good, failed, error = collect_replies(in_flight)
    finally:
        pool.shutdown(cancel_futures=True)
    yield from good
    if error is not None and not isinstance(error, MAYBE_TOO_LARGE):
        raise error
    yield from run_in_batches([*failed, *items[start:]], size, send)


def collect_replies(in_flight: InFlight[T, R]) -> tuple[list[tuple[Sequence[T], R]], list[T], BaseException | None]:
    """Return the replies that still arrived, the items without one, and the first error; `run_ahead` ends with it."""
    good: list[tuple[Sequence[T], R]] = []
    failed: list[T] = []
    errors: list[BaseException] = []
    for piece, answer in in_flight:
        error = None if answer.cancel() else answer.exception()
        if error is not None:
            errors.append(error)
        if answer.cancelled() or error is not None:
            failed += piece
        else:
            good.append((piece, answer.result()))
    return good, failed, errors[0] if errors else None


def can_smaller_help(error: ServiceError) -> bool:
    """Return True if a smaller request could succeed; a request that was never sent was not too large.

    The sending of batches asks.
    """
    return not isinstance(error, TimedOut) or error.may_have_happened
