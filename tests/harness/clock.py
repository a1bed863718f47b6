"""A clock that only counts: sleeping moves it on at once and is remembered."""

from __future__ import annotations

from shared.runtime.clock import Clock


class CountingClock(Clock):
    """Starts at any time you like; `slept` lists every wait."""

    def __init__(self, now: float = 1_700_000_000.0, monotonic: float = 5_000.0) -> None:
        self.wall = now
        self.ticks = monotonic
        self.slept: list[float] = []

    def now(self) -> float:
        return self.wall

    def monotonic(self) -> float:
        return self.ticks

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(max(seconds, 0.0))

    def advance(self, seconds: float) -> None:
        """Let time pass without anybody sleeping."""
        self.wall += seconds
        self.ticks += seconds
