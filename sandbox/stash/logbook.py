"""The server's log: kept for the `logs` query and for tests to wait on."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

KEPT = 20_000
SHOWN = 30
SHOWN_LEVELS = ("info", "warning", "error")


class LogLine(NamedTuple):
    """One log line."""

    at: datetime
    level: str
    message: str


class Logbook:
    """The last log lines, newest last."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lines: deque[LogLine] = deque(maxlen=KEPT)
        self._changed = threading.Condition()
        self._listeners: list[Callable[[LogLine], None]] = []

    def add(self, level: str, message: str) -> None:
        """Write a line into Stash's log; plugins and the double itself log this way."""
        line = LogLine(self._now(), level, message)
        with self._changed:
            self._lines.append(line)
            self._changed.notify_all()
            listeners = list(self._listeners) if level in SHOWN_LEVELS else []
        for listener in listeners:
            listener(line)

    def subscribe(self, listener: Callable[[LogLine], None]) -> Callable[[], None]:
        """Call a function for every line the log page shows; return a function that ends that.

        The subscription to the log calls it.
        """
        with self._changed:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def lines(self, level: str = "") -> list[LogLine]:
        """Return the log lines of a level, or all, for tests."""
        with self._changed:
            return [line for line in self._lines if not level or line.level == level]

    def messages(self, level: str = "") -> list[str]:
        """Return the texts of the log lines of a level, or of all, for tests."""
        return [line.message for line in self.lines(level)]

    def recent(self) -> list[LogLine]:
        """Return the lines of Stash's log page: newest first, no debug lines."""
        return [line for line in reversed(self.lines()) if line.level in SHOWN_LEVELS][:SHOWN]

    def wait_for(self, part: str, seconds: float = 60.0) -> str:
        """Wait until a line contains this text; TimeoutError with the last lines when none does.

        Tests wait for lines of plugins so.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._find(part) is not None, seconds):
                last = "\n".join(line.message for line in list(self._lines)[-10:])
                raise TimeoutError(f"no log line contains {part!r}; the last ones:\n{last}")
            return self._find(part) or ""

    def _find(self, part: str) -> str | None:
        return next((line.message for line in self._lines if part in line.message), None)
