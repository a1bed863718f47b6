"""Time as an argument: code that waits gets a `Clock`, so that tests do not wait."""

from __future__ import annotations

import time


class Clock:
    """The real time; tests hand in a subclass that only counts."""

    def now(self) -> float:
        """Return the seconds since 1970; they jump when the clock is set."""
        return time.time()

    def monotonic(self) -> float:
        """Return the seconds since the machine started; they never jump and are the same for every process."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; return at once for zero or less."""
        if seconds > 0:
            time.sleep(seconds)


SYSTEM_CLOCK = Clock()
