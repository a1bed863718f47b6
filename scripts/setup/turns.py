"""A lock for the set-up, so that two commands on a fresh checkout do not disturb each other."""

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
    """Hold the set-up lock while `./dev` installs; the system releases it with the process, so no lock file stays."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another ./dev is setting up; waiting for it …")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
