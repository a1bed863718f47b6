"""Update All Performers over a library of linked performers: requests to the box, and the memory of the task."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Row
from benchmarks._plugins import run_plugin
from sandbox.stash.stocking import StashId, Stock
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin
from tests.harness.process import task

PERFORMERS = 10_000
SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"


def measure() -> Iterator[Row]:
    """Yield the rows of a first and a second update of performers, for `./dev bench performers`."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        box = stack.enter_context(StashBox(World("bench")))
        built = assemble(ROOT / "performerSiteSync", folder / "performerSiteSync")
        plugin = stack.enter_context(install_plugin(built, is_forked=False))
        set_up(plugin, box)
        yield from run_update(plugin, box)


def set_up(plugin: InstalledPlugin, box: StashBox) -> None:
    """Make the same performers here and at the box, which has nothing to add."""
    stock = Stock(plugin.stash.services.library)
    for number in range(PERFORMERS):
        remote = box.world.add_performer(f"Performer {number}")
        stock.add_performer(remote.name, stash_ids=[StashId(box.endpoint, remote.id)])
    row = {"endpoint": box.endpoint, "api_key": box.key, "name": "StashDB", "max_requests_per_minute": 100_000}
    plugin.client.ask(SAVE_BOXES, {"boxes": [row]})
    plugin.save_settings(rateLimit=0)


def run_update(plugin: InstalledPlugin, box: StashBox) -> Iterator[Row]:
    """Run a first update that asks about every performer, and a second one that asks about none."""
    box.server.traffic.clear()
    spent = run_plugin(plugin, task("update_performers"))
    asked = box.server.traffic.total
    yield Row(f"requests to the box for {PERFORMERS:,} performers", asked, math.ceil(PERFORMERS / 20) + 20, "")
    yield Row(f"memory of the task for {PERFORMERS:,} performers", spent.peak_mib, 120, "MiB")
    run_plugin(plugin, task("update_performers"))
    yield Row("requests of a second run within the cache's time", box.server.traffic.total - asked, 0, "")
