"""Files without a link: requests, memory and size of comparing 100,000 scenes; the price of lists and of cards."""

from __future__ import annotations

import contextlib
import math
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Row
from benchmarks._plugins import run_plugin
from sandbox.generate import fill_library
from sandbox.stashbox.model import Fingerprint, Performer
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin
from tests.harness.process import task

SCENES, AT_BOX = 100_000, 10_000  # every tenth scene is at the box
MIB = 2**20
PERFORMERS, CARDS, ROUNDS = 20_000, 40, 7
BARE = {"operation": "card_counts"}  # a call that reads nothing
SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"


def measure() -> Iterator[Row]:
    """Yield the rows of the first comparison, the next one, and a list before and after, for `./dev bench files`."""
    with tempfile.TemporaryDirectory() as folder:
        built = assemble(ROOT / "missingScenes", Path(folder, "missingScenes"))
        with install_plugin(built) as plugin, StashBox(World("bench")) as box:
            stock(plugin, box)
            yield from measure_comparison(plugin, box)
            yield from measure_plan(plugin)
        with install_plugin(built) as plugin:
            yield measure_cards(plugin)


def stock(plugin: InstalledPlugin, box: StashBox) -> None:
    """Fill the library with scenes without links, of which the box has every tenth."""
    library = plugin.stash.services.library
    fill_library(library, SCENES)
    with library.write() as db:
        db.run("DELETE FROM scene_stash_ids")
    with library.read() as db:
        rows = db.rows("SELECT fingerprint FROM files_fingerprints WHERE type = 'oshash' ORDER BY file_id")
    performer = box.world.add_performer("First")
    for number in range(AT_BOX):
        add_remote(box.world, number, int(rows[number * 10][0], 16), performer)
    row = {"endpoint": box.endpoint, "api_key": box.key, "name": "Box", "max_requests_per_minute": 10**6}
    plugin.client.ask(SAVE_BOXES, {"boxes": [row]})
    plugin.client.performers.update(1, {"stash_ids": [{"endpoint": box.endpoint, "stash_id": performer.id}]})


def add_remote(world: World, number: int, oshash: int, performer: Performer) -> None:
    """Add a scene with the fingerprint of a local file to the box."""
    prints = [Fingerprint(oshash, "OSHASH", 1200), Fingerprint(-number & 0xFFFF_FFFF_FFFF, "PHASH", 1200)]
    world.add_scene(f"Scene {number}", performers=[performer], fingerprints=prints)


def measure_comparison(plugin: InstalledPlugin, box: StashBox) -> Iterator[Row]:
    """Yield requests, memory and size of the first comparison, and the requests of the next."""
    before = weigh_list(plugin)
    box.server.traffic.clear()
    spent = run_plugin(plugin, task("compare_files"))
    asked = len(box.server.traffic.requests("Match"))
    yield Row(
        f"compare {SCENES:,} files: requests to the box ÷ ⌈n/40⌉", asked / math.ceil(SCENES / 40), 1.0, note=f"{asked}"
    )
    yield Row(f"compare {SCENES:,} files: peak memory", spent.peak_mib, 80, "MiB")
    size = (plugin.state_dir / "state.sqlite3").stat().st_size / MIB
    yield Row(f"compare {SCENES:,} files: state file with {AT_BOX:,} matches", size, 80, "MiB")
    yield Row(
        f"compare {SCENES:,} files by a box without a limit", spent.seconds, 240, "s", f"{spent.cpu_seconds:.0f} s CPU"
    )
    box.server.traffic.clear()
    spent = run_plugin(plugin, task("compare_files"))
    asked = len(box.server.traffic.requests("Match"))
    yield Row("compare again: requests to the box", asked, 0, "", f"{spent.seconds:.0f} s")
    yield Row("find_missing: requests to Stash after the comparison, less before", weigh_list(plugin) - before, 0, "")


def weigh_list(plugin: InstalledPlugin) -> int:
    """Return the requests to Stash for one page of a list, with its look-up of files."""
    traffic = plugin.stash.server.traffic
    plugin.operation("find_missing", entity_type="performer", entity_id="1", show_unlinked=True)
    traffic.clear()
    page = plugin.operation("find_missing", entity_type="performer", entity_id="1", show_unlinked=True)
    others = [card["id"] for card in page["scenes"] if not card.get("files")]
    if others:
        endpoint = page["box"]["endpoint"]
        plugin.operation("find_owned_files", endpoint=endpoint, scene_ids=others)
    return len([each for each in traffic.exchanges() if "runPluginOperation" not in each.request.operations])


def measure_plan(plugin: InstalledPlugin) -> Iterator[Row]:
    """Yield the cost of the plan that links all sure files."""
    spent = run_plugin(plugin, {"operation": "plan_file_links"})
    yield Row(f"plan of {AT_BOX:,} links: time", spent.seconds, 10, "s", f"{spent.peak_mib:.0f} MiB")


def measure_cards(plugin: InstalledPlugin) -> Row:
    """Return the CPU time of the call for the cards of a page, less that of a bare call of the same operation."""
    plugin.operation("history_list")  # makes the tables
    rows = ((number, "http://box/graphql", f"P {number}") for number in range(1, PERFORMERS + 1))
    with contextlib.closing(sqlite3.connect(plugin.state_dir / "state.sqlite3")) as db, db:
        db.executemany("INSERT INTO completeness VALUES ('performer', ?, ?, ?, 0, 120, 84, 0, '')", rows)
    ids = [str(number * 400) for number in range(1, CARDS + 1)]
    cards = {"operation": "card_counts", "performers": ids}
    calls = [(run_plugin(plugin, cards).cpu_seconds, run_plugin(plugin, BARE).cpu_seconds) for _ in range(ROUNDS)]
    spent, bare = (statistics.median(times) for times in zip(*calls))
    what = f"card_counts of {CARDS} cards at {PERFORMERS:,} performers, CPU less a bare call"
    return Row(what, 1000 * (spent - bare), 50, "ms", f"{1000 * spent:.0f} ms in all")
