"""Drains that are killed and a Stash that is stopped at any moment: in the end Plex shows what Stash has."""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.plex.model import PlexMovie
from sandbox.plex.server import PlexDouble
from sandbox.stash.context import NOBODY
from sandbox.stash.plugins.host import PluginRun
from sandbox.stash.server import SandboxStash, StashOptions
from sandbox.stash.stocking import Stock
from tests.harness.installed import ROOT, InstalledPlugin, assemble, make_environment
from tests.harness.state import KILL
from tests.stash2plex.pair import Pair

KILLS = int(os.environ.get("DURABILITY_KILLS", "15"))
RESTARTS = int(os.environ.get("DURABILITY_RESTARTS", "5"))
LONGEST_LIFE = 1.2  # seconds; a drain with little to do lives longer, because it lets the last save settle
BULK = "mutation Bulk($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"
MERGE = "mutation Merge($input: SceneMergeInput!) { sceneMerge(input: $input) { id } }"
DESTROY = "mutation Gone($id: ID!) { sceneDestroy(input: {id: $id}) }"


class Campaign:
    """Stash2Plex in a Stash that can be started again, and the model: the title and rating of each scene."""

    def __init__(self, home: Path, plex: PlexDouble, seed: int) -> None:
        self.home = home
        self.dice = random.Random(seed)
        self.model: dict[int, tuple[str, int]] = {}
        self.items: dict[int, PlexMovie] = {}
        self.stash = self.start_stash(0)
        self.pair = Pair(InstalledPlugin(self.stash, "stash2plex"), plex)
        self.pair.change_settings(enabled=True)

    def start_stash(self, port: int) -> SandboxStash:
        """Start a Stash with the library of this home."""
        return SandboxStash(StashOptions(home=self.home, port=port, environment=make_environment())).start()

    def stop(self) -> None:
        """Stop Stash, which kills its plugins and forgets its jobs."""
        self.pair.plugin.client.close()
        self.stash.stop()

    def restart(self) -> None:
        """Stop Stash and start it again, at any address: another program may have taken the former one meanwhile."""
        self.stop()
        self.stash = self.start_stash(0)
        self.pair.plugin = InstalledPlugin(self.stash, "stash2plex")
        self.pair.stash = self.pair.plugin.client
        self.pair.stock = Stock(self.stash.services.library)

    # What a person does in Stash

    def act(self) -> None:
        """Do one thing at random."""
        actions = [self.save, self.save, self.save_many, self.create]
        if len(self.model) > 8:
            actions += [self.delete, self.merge]
        self.dice.choice(actions)()

    def create(self) -> None:
        """Add a scene whose file Plex has, as a scan does: no listener hears it."""
        number = len(self.items)
        item = self.pair.add_item(f"/data/{number}.mp4")
        scene = self.pair.add_scene(f"New {number}", f"/data/{number}.mp4", rating=20)
        self.items[scene], self.model[scene] = item, (f"New {number}", 20)

    def save(self) -> None:
        """Save a scene."""
        scene, title = self.choose(1)[0], f"Title {self.dice.randrange(10**6)}"
        self.pair.edit_scene(scene, title=title)
        self.model[scene] = (title, self.model[scene][1])

    def save_many(self) -> None:
        """Save the rating of some scenes at once."""
        scenes, rating = self.choose(4), self.dice.randrange(1, 10) * 10
        self.pair.stash.ask(BULK, {"input": {"ids": [str(each) for each in scenes], "rating100": rating}})
        self.model.update({scene: (self.model[scene][0], rating) for scene in scenes})

    def delete(self) -> None:
        """Delete a scene."""
        scene = self.choose(1)[0]
        self.pair.stash.ask(DESTROY, {"id": str(scene)})
        del self.model[scene]

    def merge(self) -> None:
        """Merge a scene into another: no listener hears it."""
        source, destination = self.choose(2)
        self.pair.stash.ask(MERGE, {"input": {"source": [str(source)], "destination": str(destination)}})
        del self.model[source]

    def choose(self, count: int) -> list[int]:
        """Return some scenes."""
        return self.dice.sample(sorted(self.model), count)

    # What happens to drains

    def start_drain(self) -> int:
        """Queue a drain and return its job."""
        return self.stash.services.plugins.queue_task("stash2plex", None, "drain", {"mode": "drain"}, NOBODY)

    def find_drain(self) -> PluginRun | None:
        """Return the drain that runs now, None if none does."""
        runs = [run for run in self.stash.services.plugins.runs if run.kind == "task" and run.outcome is None]
        return runs[-1] if runs else None

    def kill_drain(self) -> None:
        """Kill a drain with SIGKILL at some moment of its life; start it, if no listener did."""
        deadline = time.monotonic() + 60
        while True:
            assert time.monotonic() < deadline
            run = self.find_drain()
            if run is None:
                if not self.stash.services.jobs.queued():
                    self.start_drain()
                time.sleep(0.01)
                continue
            time.sleep(self.dice.uniform(0, LONGEST_LIFE))
            if run.outcome is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(run.pid, KILL)
                    return

    def drain(self) -> None:
        """Let drains run until nothing waits."""
        self.stash.services.jobs.wait_until_idle()
        for _ in range(20):
            self.stash.services.jobs.wait_for(self.start_drain())
            counts = self.pair.outbox.counts()
            if not counts["waiting"] and not counts["working"]:
                return
            self.pair.make_due()
        raise AssertionError(f"the queue does not become empty: {self.pair.outbox.counts()}")

    def read_plex(self) -> dict[int, tuple[str, int]]:
        """Return the title and rating that Plex shows for each scene of the model."""
        found = {}
        for scene in self.model:
            item = self.items[scene]
            found[scene] = (item.title, round(float(item.fields.get("userRating") or 0) * 10))
        return found


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    plex, home = PlexDouble(), tmp_path / "home"
    assemble(ROOT / "stash2plex", home / "plugins" / "stash2plex")
    with plex.server:
        running = Campaign(home, plex, seed=11)
        yield running
        running.pair.store.close()
        running.stop()


def test_whatever_is_killed_plex_shows_in_the_end_what_stash_has(campaign: Campaign) -> None:
    for _ in range(12):
        campaign.create()
    campaign.pair.queue_scenes(*campaign.model)  # what is there before the first look is not a change
    campaign.drain()
    turns = ["kill"] * KILLS + ["restart"] * RESTARTS
    campaign.dice.shuffle(turns)
    for turn in turns:
        for _ in range(campaign.dice.randrange(1, 4)):
            campaign.act()
        if turn == "kill":
            campaign.kill_drain()
        else:
            time.sleep(campaign.dice.uniform(0, LONGEST_LIFE / 2))
            campaign.restart()
    campaign.drain()
    assert campaign.read_plex() == campaign.model
    counts = campaign.pair.outbox.counts()
    assert {state: n for state, n in counts.items() if state != "done" and n} == {}
    matched = {row[0] for row in campaign.pair.store.read("SELECT scene_id FROM matches")}
    assert matched == set(campaign.model)
    campaign.stash.server.traffic.clear()
    campaign.stash.services.jobs.wait_for(campaign.start_drain())
    assert len(campaign.stash.server.traffic.requests(path="/graphql")) <= 3
