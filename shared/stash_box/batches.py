"""Many items in few requests; how many a box takes at once is found by trying, and kept for a day."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, TypeVar

from shared.errors import BadReply, GraphQLFailed, Refused, ServerFailed, ServiceError, TimedOut
from shared.stash_box.capabilities import SmallValues, make_key

MOST = 40
DAY = 86400.0
GROW_AFTER = 8  # requests that went well, before more is tried again
IN_FLIGHT = 2
PATIENCE = 3  # single items that fail one after the other, before the box is taken to be broken

# Failures that asking for less at once may cure. 503 is none of them: the box is not ready, whatever is asked.
TOO_MUCH = (Refused, ServerFailed, TimedOut, BadReply, GraphQLFailed)

T = TypeVar("T")
R = TypeVar("R")
Flying = deque[tuple[Sequence[T], Future[R]]]


class BatchSize:
    """The number of items that one box takes in one request of one kind; kept for a day."""

    def __init__(self, memory: SmallValues, endpoint: str, sort: str, now: float, most: int = MOST) -> None:
        self._memory = memory
        self._key = make_key(f"batch.{sort}", endpoint)
        self._now = now
        self._most = most
        self._good = 0
        self._before: tuple[int, int] | None = None
        self._is_item_to_blame = False
        kept = memory.get(self._key)
        is_fresh = bool(kept) and 0 <= now - kept["at"] < DAY
        self.current: int = kept["size"] if is_fresh else most
        self._limit: int = kept["limit"] if is_fresh else most

    def shrink(self, failed: int, error: ServiceError) -> None:
        """So many at once were too many; what the box refused outright is not tried again soon."""
        self._before = self._before or (self.current, self._limit)
        self.current = max(failed // 2, 1)
        self._good = 0
        if isinstance(error, Refused):
            self._limit = self.current
        self._keep()

    def note_success(self, taken: int) -> None:
        """A request went well; after some more of these a larger one is tried."""
        if self._is_item_to_blame:
            self.restore()
        if taken < self.current:
            return
        self._good += 1
        if self._good >= GROW_AFTER:
            self._before = None
            self._grow()

    def blame_item(self) -> None:
        """One item alone failed; if another one works now, the size was not the reason."""
        self._is_item_to_blame = True

    def restore(self) -> None:
        """The size was not the reason: back to what was right before it was doubted."""
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
    """Yield pieces of the items with their replies; an error in place of a reply concerns one item that fails alone.

    Raises when no smaller piece can help; pieces handed out before stay valid.
    """
    position = failed_alone = 0
    while position < len(items):
        piece = items[position : position + size.current]
        result: R | ServiceError
        try:
            result = send(piece)
        except TOO_MUCH as error:
            if not may_be_cured(error):
                raise
            if len(piece) > 1:
                size.shrink(len(piece), error)
                continue
            failed_alone += 1
            if failed_alone >= PATIENCE or isinstance(error, Refused):
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
    """The same, with the next request on its way while an answer is awaited: for boxes that answer slowly.

    `send_beside` runs in other threads. After the first failure the rest goes one by one, as `run_in_batches` does it.
    """
    flying: Flying[T, R] = deque()
    pool = ThreadPoolExecutor(IN_FLIGHT)
    start = 0
    try:
        while start < len(items) or flying:
            while start < len(items) and len(flying) <= IN_FLIGHT:  # one waits, so that no thread does
                piece = items[start : start + size.current]
                flying.append((piece, pool.submit(send_beside, piece)))
                start += len(piece)
            if flying[0][1].exception() is not None:
                break
            piece, answer = flying.popleft()
            size.note_success(len(piece))
            yield piece, answer.result()
        good, failed, error = land(flying)
    finally:
        pool.shutdown(cancel_futures=True)
    yield from good
    if error is not None and not isinstance(error, TOO_MUCH):
        raise error
    yield from run_in_batches([*failed, *items[start:]], size, send)


def land(flying: Flying[T, R]) -> tuple[list[tuple[Sequence[T], R]], list[T], BaseException | None]:
    """Return the replies that still came, the items without one, and the first error."""
    good: list[tuple[Sequence[T], R]] = []
    failed: list[T] = []
    errors: list[BaseException] = []
    for piece, answer in flying:
        error = None if answer.cancel() else answer.exception()
        if error is not None:
            errors.append(error)
        if answer.cancelled() or error is not None:
            failed += piece
        else:
            good.append((piece, answer.result()))
    return good, failed, errors[0] if errors else None


def may_be_cured(error: ServiceError) -> bool:
    """True if a smaller request could succeed; a request that never went out was not too large."""
    return not isinstance(error, TimedOut) or error.may_have_happened
