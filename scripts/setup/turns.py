"""Two commands started at once on a fresh checkout take turns with the set-up instead of breaking each other's."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from scripts.console import say
from scripts.places import CACHE

try:
    import fcntl
except ImportError:  # Windows has no such lock; there one person starts one command.
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def taking_turns() -> Iterator[None]:
    """Hold the lock on the set-up; it goes with the process that holds it, so none is ever left behind."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another ./dev is setting up; waiting for it …")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
