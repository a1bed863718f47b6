"""A budget of requests per host, kept by all processes together.

Every request takes the next free slot from one small SQLite file and sleeps until it comes: first come, first served,
no bursts, no polling. Times are the machine's monotonic clock, which every process shares and no user can set; after a
restart it begins anew, which a row notices by having been written "later" than now.

    limiter = RateLimiter(call.shared_dir, box.endpoint, find_rate(box.max_requests_per_minute))
    Service(..., limiter=limiter)
"""

from __future__ import annotations

import contextlib
import math
import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from shared.endpoints import split_url
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.state.files import make_private_folder, remove_file

if TYPE_CHECKING:
    from shared.http import Limiter

STASH_DEFAULT_RATE = 240  # requests a minute to a stash-box when nothing else is configured
MARGIN = 1.01  # room for late starts, so that a minute never sees one request more than allowed
TOO_LATE = 0.5  # a process that wakes up later than that gives its slot up
LONGEST_PAUSE = 3600.0
LOCK_SECONDS = 2.0
FILE_NAME = "ratelimit.sqlite3"

TABLE = "CREATE TABLE IF NOT EXISTS slots (host TEXT PRIMARY KEY, free_at REAL, paused_until REAL, touched REAL)"
READ = "SELECT free_at, paused_until, touched FROM slots WHERE host = ?"
WRITE = "INSERT OR REPLACE INTO slots (free_at, paused_until, touched, host) VALUES (?, ?, ?, ?)"


class Slots(NamedTuple):
    """The state of one host: the next free slot, the end of a pause, and the time of writing."""

    free_at: float = 0.0
    paused_until: float = 0.0
    touched: float = 0.0


class Turn(NamedTuple):
    """A slot, or the wait for one that was too long to be taken."""

    at: float
    wait: float


def find_rate(configured: int | None = None, cap: int | None = None) -> int:
    """Return the requests per minute: the number the user configured (0: Stash's default), at most `cap`."""
    rate = configured if configured and configured > 0 else STASH_DEFAULT_RATE
    return min(rate, cap) if cap and cap > 0 else rate


def forget_last_boot(slots: Slots, now: float) -> Slots:
    """Return a host's slots, or fresh ones if their times are from before the machine was restarted.

    The limiter calls it.
    """
    is_older_than_now = slots.touched <= now
    is_sane = max(slots.free_at, slots.paused_until) <= now + 2 * LONGEST_PAUSE
    return slots if is_older_than_now and is_sane else Slots()


def take_slot(slots: Slots, now: float, interval: float, longest: float) -> tuple[Slots, Turn]:
    """Return the next free slot, or the wait for it without taking it if that is longer than `longest`.

    The limiter calls it.
    """
    start = max(now, slots.free_at, slots.paused_until)
    wait = start - now
    free_at = start + interval if wait <= longest else slots.free_at
    return Slots(free_at, slots.paused_until, now), Turn(start, wait)


def pause(slots: Slots, now: float, seconds: float) -> Slots:
    """Return the slots with a pause of that length; slots already taken count as lost. `penalize` calls it."""
    until = max(slots.paused_until, now + min(max(seconds, 0.0), LONGEST_PAUSE))
    return Slots(slots.free_at, until, now)


class RateLimiter:
    """The budget for one host."""

    def __init__(
        self, folder: str, url: str, per_minute: int = STASH_DEFAULT_RATE, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        self._host = split_url(url if "://" in url else f"http://{url}").netloc.rpartition("@")[2].lower()
        self._interval = 60.0 / per_minute * MARGIN
        self._clock = clock
        self._file = SlotFile(os.path.join(folder, FILE_NAME))

    def take_turn(self, longest: float = math.inf) -> float:
        """Wait for a turn and return 0; return the wait at once, without waiting, if it is longer than `longest`.

        The HTTP client calls this.
        """
        end = self._clock.monotonic() + longest
        while True:
            turn = self._take_slot(end)
            if turn.wait <= 0:
                return 0.0
            if self._clock.monotonic() + turn.wait > end:
                return turn.wait
            self._clock.sleep(turn.wait)
            if self._may_start(turn):
                return 0.0

    def is_paused(self) -> bool:
        """Return True if the host asked for a pause that is not over, so that a wait is not due to the limit.

        The HTTP client asks.
        """
        now = self._clock.monotonic()
        return forget_last_boot(self._file.read(self._host), now).paused_until > now

    def penalize(self, seconds: float) -> None:
        """Let no process send a request to this host for so many seconds; the HTTP client calls this after a 429."""
        self._change(lambda slots, now: (pause(slots, now, seconds), Turn(now, 0.0)))

    def _take_slot(self, end: float) -> Turn:
        return self._change(lambda slots, now: take_slot(slots, now, self._interval, end - now))

    def _may_start(self, turn: Turn) -> bool:
        slots = self._file.read(self._host)
        return slots.paused_until <= turn.at and self._clock.monotonic() <= turn.at + TOO_LATE

    def _change(self, change: Callable[[Slots, float], tuple[Slots, Turn]]) -> Turn:
        def apply(slots: Slots) -> tuple[Slots, Turn]:
            now = self._clock.monotonic()  # inside the transaction: waiting for the lock takes time
            return change(forget_last_boot(slots, now), now)

        return self._file.change(self._host, apply)


class FailFastLimiter:
    """The budget of another limiter for a caller that fails instead of waiting longer than `most` seconds."""

    def __init__(self, limiter: Limiter, most: float) -> None:
        self._limiter = limiter
        self._most = most

    def take_turn(self, longest: float = math.inf) -> float:
        """Wait for a turn and return 0; return the wait at once if it is longer than `longest` or `most`.

        The HTTP client calls it.
        """
        return self._limiter.take_turn(min(longest, self._most))

    def is_paused(self) -> bool:
        """Return True if the host asked for a pause that is not over; the HTTP client asks."""
        return self._limiter.is_paused()

    def penalize(self, seconds: float) -> None:
        """Let no process send a request to this host for so many seconds; the HTTP client calls it after a 429."""
        self._limiter.penalize(seconds)


def take_over_old_file(path: str) -> None:
    """Move the limiter's file of earlier versions, one folder deeper, to `path`, unless there is a file already.

    `SlotFile` calls it. Of several processes one moves the file, because a hard link fails where a file stands
    already. Where hard links are impossible, the requests sent so far are forgotten.
    """
    folder, name = os.path.split(path)
    old_folder = os.path.join(folder, "shared")
    old = os.path.join(old_folder, name)
    if os.path.exists(path) or not os.path.exists(old):
        return
    with contextlib.suppress(OSError):
        os.link(old, path)
        remove_file(old)
        os.rmdir(old_folder)


class SlotFile:
    """One row per host; a broken file is replaced, and without a file every process keeps rows of its own."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._own: dict[str, Slots] = {}
        self._is_made = False

    def change(self, host: str, apply: Callable[[Slots], tuple[Slots, Turn]]) -> Turn:
        """Replace the row of a host by the result of `apply`, while no other process can change it; return the turn.

        The limiter calls it.
        """
        for _ in range(2):
            with contextlib.suppress(sqlite3.Error, OSError):
                return self._change_in_file(host, apply)
            self._make_anew()
        self._own[host], turn = apply(self._own.get(host, Slots()))
        return turn

    def read(self, host: str) -> Slots:
        """Return the row of a host; the limiter reads it."""
        with contextlib.suppress(sqlite3.Error), self._open() as db:
            return Slots(*(db.execute(READ, (host,)).fetchone() or ()))
        return self._own.get(host, Slots())

    def _change_in_file(self, host: str, apply: Callable[[Slots], tuple[Slots, Turn]]) -> Turn:
        if not self._is_made:
            make_private_folder(os.path.dirname(self._path))
            take_over_old_file(self._path)
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            if not self._is_made:
                db.execute(TABLE)
                self._is_made = True
            slots, turn = apply(Slots(*(db.execute(READ, (host,)).fetchone() or ())))
            db.execute(WRITE, (*slots, host))
            db.execute("COMMIT")
        return turn

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=LOCK_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = OFF")  # losing the last slot in a power cut costs nothing
            yield db
        finally:
            db.close()

    def _make_anew(self) -> None:
        """Throw the file away when it is no database; leave it when it is only locked or cannot be written."""
        self._is_made = False
        try:
            with self._open() as db:
                db.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                remove_file(self._path)
