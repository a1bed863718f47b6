"""A time that runs ahead, for a simulation of months: all plugin processes read how far from one file.

A process that would sleep moves the time on for all instead, so a task that waits half a day for Plex takes seconds.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
import time
from pathlib import Path

MOVING = threading.Lock()
SHORT = 0.2  # seconds that are really slept: processes wait for each other


class ShiftedTime:
    """The seconds by which the time runs ahead, kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> float:
        """Return the seconds; 0 without a file."""
        try:
            return float(self._path.read_text() or 0)
        except FileNotFoundError:
            return 0.0

    def advance(self, seconds: float) -> None:
        """Let the time jump for everybody; back, if the seconds are negative."""
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with MOVING:  # several threads of a process wait for boxes at the same time
            draft.write_text(repr(self.read() + seconds))
            draft.replace(self._path)

    def now(self) -> float:
        """Return the shifted time in seconds since 1970."""
        return time.time() + self.read()


def shift_time(path: Path) -> None:
    """Let the clock of this plugin's process follow the file; a plugin's process calls this before its entry."""
    from shared.runtime.clock import Clock  # late: the path is set only in a plugin's process

    shifted = ShiftedTime(path)
    slept = [0.0]

    def sleep(_: Clock, seconds: float) -> None:
        if seconds <= SHORT:
            time.sleep(max(seconds, 0.0))
            return
        shifted.advance(seconds)
        slept[0] += seconds

    def monotonic(_: Clock) -> float:
        return (
            time.monotonic() + slept[0]
        )  # a deadline counts the process's own waits, not the days that pass meanwhile

    for name, method in {"now": lambda _: shifted.now(), "monotonic": monotonic, "sleep": sleep}.items():
        setattr(Clock, name, method)


def main(entry: str) -> None:
    """Be a plugin's process whose clock is shifted: python shifted_time.py ENTRY."""
    sys.path.insert(0, str(Path(entry).parent))
    shift_time(Path(os.environ["SHIFTED_TIME"]))
    runpy.run_path(entry, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1])
