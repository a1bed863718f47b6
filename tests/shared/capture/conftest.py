"""A Stash and a plugin that looks at it, both with a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from sandbox.stash.server import SandboxStash, StashOptions
from sandbox.stash.stocking import Stock
from shared.capture.capture import Capture
from shared.capture.watch import NewEntry, Watch
from shared.queue.outbox import Outbox
from shared.stash import StashAddress, StashClient
from shared.stash.library import SCENE
from shared.state.store import Store
from tests.harness.clock import CountingClock
from tests.harness.state import StandInCall

START = 1_790_000_000.0


class Onlooker:
    """A Stash with scenes, and a plugin that looks for changes of them."""

    def __init__(self, stash: SandboxStash, clock: CountingClock, folder: Path) -> None:
        self.double = stash
        self.clock = clock
        self.stash = StashClient(StashAddress(stash.url))
        self.stock = Stock(stash.services.library)
        self.call = StandInCall(folder, clock)
        self.outbox = Outbox(self.call.store)
        self.watch = Watch(SCENE, lambda change: [NewEntry(f"{change.how}:{change.id}")])

    @property
    def store(self) -> Store:
        """The plugin's state file."""
        return self.call.store

    def add_scene(self, title: str = "New") -> int:
        """Add a scene now."""
        self.clock.advance(1)
        return int(self.stash.scenes.create({"title": title})["id"])

    def save(self, scene: int, **values: object) -> None:
        """Save a scene now."""
        self.clock.advance(1)
        self.stash.scenes.update(scene, values or {"title": f"saved at {self.clock.now()}"})

    def delete(self, scene: int) -> None:
        """Delete a scene now."""
        self.clock.advance(1)
        self.stash.scenes.destroy(scene)

    def look(self, saved: str = "", *, is_short: bool = False) -> set[str]:
        """Look until all is settled, as a drain does; return the keys that were put into the queue."""
        capture = Capture(self.call, self.stash, self.outbox, [self.watch], saved=saved, is_short=is_short)
        while (seconds := capture.seconds_to_look()) is not None:
            self.clock.sleep(seconds)
            capture.take_in(lambda: None)
        return self.take_entries()

    def take_entries(self) -> set[str]:
        """Return the keys in the queue and empty it."""
        self.outbox.ensure_tables()
        with self.store.write() as db:
            keys = {row[0] for row in db.execute("SELECT key FROM outbox")}
            db.execute("DELETE FROM outbox")
        return keys

    def count_requests(self) -> int:
        """Return how many requests Stash got since the last call."""
        count = len(self.double.server.traffic.requests(path="/graphql"))
        self.double.server.traffic.clear()
        return count


@pytest.fixture
def onlooker(tmp_path: Path) -> Iterator[Onlooker]:
    clock = CountingClock(START)
    options = StashOptions(now=lambda: datetime.fromtimestamp(clock.wall, timezone.utc))
    with SandboxStash(options) as stash:
        found = Onlooker(stash, clock, tmp_path)
        yield found
        found.stash.close()
        found.store.close()
