"""Update All Scenes over a library of linked scenes: requests to the box, the memory of the task, and the journal."""

from __future__ import annotations

import contextlib
import math
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from benchmarks import Row
from benchmarks._plugins import run_plugin
from benchmarks.performers import SAVE_BOXES
from sandbox.stash.stocking import StashId, Stock
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin
from tests.harness.process import task
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.scene_model import run_rounds

SCENES = 20_000
CHANGED = 500
MODEL = (1000, 20, 500)  # scenes, rounds, edits of a round


def measure() -> Iterator[Row]:
    """Yield the rows of syncs of linked scenes, for `./dev bench scenes`."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        box = stack.enter_context(StashBox(World("bench")))
        built = assemble(ROOT / "performerSiteSync", folder / "performerSiteSync")
        plugin = stack.enter_context(install_plugin(built))
        set_up(plugin, box)
        yield from run_updates(plugin, box)
        bench = Bench(stack.enter_context(install_plugin(built)), stack.enter_context(StashBox(World("model"))))
        differing = len(run_rounds(bench, *MODEL))
        yield Row("scenes that differ from the model after 20 rounds of 500 edits", differing, 0, "")


def set_up(plugin: InstalledPlugin, box: StashBox) -> None:
    """Make the same scenes here and at the box."""
    stock = Stock(plugin.stash.services.library)
    ada = box.world.add_performer("Ada Ash")
    local = stock.add_performer("Ada Ash", stash_ids=[StashId(box.endpoint, ada.id)])
    for number in range(SCENES):
        remote = box.world.add_scene(f"Scene {number}", performers=[ada], details="A day at the harbor. " * 10)
        link = StashId(box.endpoint, remote.id)
        stock.add_scene(f"Scene {number}", performers=[local], details=remote.details, stash_ids=[link])
    row = {"endpoint": box.endpoint, "api_key": box.key, "name": "StashDB", "max_requests_per_minute": 100_000}
    plugin.client.ask(SAVE_BOXES, {"boxes": [row]})
    plugin.save_settings(rateLimit=0)


def run_updates(plugin: InstalledPlugin, box: StashBox) -> Iterator[Row]:
    """Run the baseline, a run without a change, and a run after some changes at the box."""
    box.server.traffic.clear()
    spent = run_plugin(plugin, task("update_scenes"))
    asked = box.server.traffic.total
    yield Row(f"requests to the box for the first run over {SCENES:,} scenes", asked, math.ceil(SCENES / 40) + 10, "")
    yield Row(f"memory of the first run over {SCENES:,} scenes", spent.peak_mib, 120, "MiB")
    spent = run_plugin(plugin, task("update_scenes"))
    unchanged = box.server.traffic.total - asked
    yield Row("requests of a run without a change", unchanged, math.ceil(SCENES / 40 / 100), "")
    yield Row("memory of a run without a change", spent.peak_mib, 120, "MiB")
    now = datetime.now(timezone.utc).isoformat()
    for remote in list(box.world.scenes.values())[:CHANGED]:
        box.world.change(remote, title=f"{remote.title} again", updated=now)
    before = measure_state(plugin)
    run_plugin(plugin, task("update_scenes"))
    whole, journal = (after - then for after, then in zip(measure_state(plugin), before))
    yield Row("journal and provenance per changed field", journal / CHANGED, 400, "bytes")
    yield Row("state file per changed field", whole / CHANGED, 500, "bytes")


def measure_state(plugin: InstalledPlugin) -> tuple[int, int]:
    """Return the bytes of the plugin's state file, and those of the journal and of the notes of what it wrote."""
    with contextlib.closing(sqlite3.connect(next(plugin.stash.home.rglob("state.sqlite3")))) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sizes = dict(db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    journal = sum(size for name, size in sizes.items() if name == "written" or name.startswith("journal_"))
    return sum(sizes.values()), journal
