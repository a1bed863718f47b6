"""Time as an argument: code that waits gets a `Clock`, so that tests do not wait. Stored times survive a set clock."""

from __future__ import annotations

import time

# Two processes may read the clock in another order than they write. A clock that was set differs by more.
TOLERANCE = 5.0


class Clock:
    """The real time; tests hand in a subclass that only counts."""

    def now(self) -> float:
        """Return the seconds since 1970, for all stored times; they jump when the clock is set."""
        return time.time()

    def monotonic(self) -> float:
        """Return the seconds since the machine started, for deadlines and waits.

        They never jump and are the same for every process.
        """
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; return at once for zero or less.

        Every pause of the plugins goes through it, so that tests need not wait.
        """
        if seconds > 0:
            time.sleep(seconds)


SYSTEM_CLOCK = Clock()


def find_end_of_past(now: float) -> float:
    """Return the latest time of something that happened, for queries: later times are from before the clock was set."""
    return now + TOLERANCE


def is_future(moment: float, now: float) -> bool:
    """Return True if something that happened has a time in the future: the clock was set back since.

    The functions that compare stored times ask.
    """
    return moment > find_end_of_past(now)


def is_recent(moment: float, now: float, seconds: float) -> bool:
    """Return True if something happened less than this time ago; False if the clock was set back since.

    Whoever reads cached answers or stored times asks.
    """
    return now - moment < seconds and not is_future(moment, now)


def seconds_until(due: float, set_at: float, now: float) -> float:
    """Return the seconds until a stored time; 0 if it was stored in the future: the clock was set back since.

    The queue's waits ask. Where `set_at` is not known, pass `due` minus the longest delay: the latest that it can
    have been.
    """
    return 0.0 if is_future(set_at, now) else max(0.0, due - now)
