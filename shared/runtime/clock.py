"""Time as an argument: everything that waits is handed a `Clock`, so that no test has to wait."""

from __future__ import annotations

import time


class Clock:
    """The real time; tests hand in a subclass that only counts."""

    def now(self) -> float:
        """Return the seconds since 1970; they jump when the clock is set."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since the machine started; never jumps and is the same for every process."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; nothing happens for zero or less."""
        if seconds > 0:
            time.sleep(seconds)


SYSTEM_CLOCK = Clock()
