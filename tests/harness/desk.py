"""An outbox whose time stands still, and one drainer at work on it."""

from __future__ import annotations

from pathlib import Path

from shared.queue.outbox import Outbox, QueueEntry
from shared.state.store import Store
from tests.harness.clock import CountingClock


class Desk:
    """An outbox, the lease of one drainer, and the clock both live by."""

    def __init__(self, directory: Path) -> None:
        self.clock = CountingClock()
        self.store = Store(str(directory / "state.sqlite3"), clock=self.clock)
        self.outbox = Outbox(self.store, jitter=lambda: 0.5)
        self.drainer = self.outbox.lease()

    def begin(self) -> None:
        """The drainer takes the lease, as one that Stash was asked for."""
        self.outbox.begin(self.drainer)

    def claim(self) -> QueueEntry:
        """The one entry that is due."""
        (entry,) = self.outbox.claim(self.drainer)
        return entry

    def row(self, key: str) -> dict[str, object]:
        """Everything the table knows about a key."""
        return dict(self.store.first("SELECT * FROM outbox WHERE key = ?", (key,)))
