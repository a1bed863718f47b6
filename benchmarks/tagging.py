"""Scene tag sync and the list of tags: requests, time at the box's pace, memory at 100,000 scenes."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Row
from benchmarks._plugins import run_plugin
from benchmarks.tagmatch import make_names
from sandbox.stash.stocking import StashId, Stock
from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin
from tests.harness.process import task

SCENES, PACED, SLOW, TAGS = 100_000, 8_000, 4_000, 10_000
LATENCY = 0.4  # seconds a box takes for an answer: more than the pace allows between two requests
PACE = 240  # requests a minute
NAMES = 200
SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
LIST = {"operation": "tags_list", "view": "all"}


def measure() -> Iterator[Row]:
    """Yield the rows of a large plan, two syncs at the box's pace, and the first page, for `./dev bench tagging`."""
    with tempfile.TemporaryDirectory() as folder:
        built = assemble(ROOT / "tagManager", Path(folder, "tagManager"))
        yield from measure_large(built)
        yield measure_pace(built, PACED)
        yield measure_pace(built, SLOW, latency=LATENCY)
        yield from measure_list(built)
        yield measure_look_alikes(built)


def measure_large(built: Path) -> Iterator[Row]:
    """Yield requests, memory and time of a plan for a large library."""
    with install_plugin(built, is_forked=False) as plugin, StashBox(World("bench")) as box:
        stock_scenes(plugin, box, SCENES, 1_000_000)
        spent = run_plugin(plugin, task("sync_scene_tags", dry_run=True))
        asked = len(box.server.traffic.requests("LookUp"))
        yield Row(f"scene sync of {SCENES:,}: requests to the box ÷ ⌈n/40⌉", asked / math.ceil(SCENES / 40), 1.0)
        yield Row(f"scene sync of {SCENES:,}: peak memory", spent.peak_mib, 80, "MiB")
        seconds = f"{spent.cpu_seconds:.0f} s CPU"
        yield Row(f"scene sync of {SCENES:,} by a box without a limit", spent.seconds, 240, "s", seconds)


def measure_pace(built: Path, scenes: int, latency: float = 0.0) -> Row:
    """Return a sync's time against its requests at the box's pace: all else should fit in the pauses between them."""
    with install_plugin(built, is_forked=False) as plugin, StashBox(World("bench")) as box:
        stock_scenes(plugin, box, scenes, PACE)
        if latency:
            box.server.faults.add("slow", seconds=latency)
        started = time.perf_counter()
        run_plugin(plugin, task("sync_scene_tags", dry_run=True))
        seconds = time.perf_counter() - started
        asked = len(box.server.traffic.requests())
        ratio = seconds / (asked / PACE * 60)
        slowly = f" by a box that takes {latency:g} s" if latency else ""
        note = f"50,000 scenes: {ratio * 50_000 / 40 / PACE:.1f} minutes"
        return Row(
            f"scene sync of {scenes:,}{slowly}: time ÷ (requests ÷ {PACE} a minute)",
            ratio,
            1.1 if latency else 1.05,
            note=note,
        )


def measure_list(built: Path) -> Iterator[Row]:
    """Yield the cost of the first page at many tags against few; it should be the same."""
    with install_plugin(built, is_forked=False) as plugin, StashBox(World("bench")) as box:
        few, few_asked = measure_first_page(plugin, box, 100)
        many, asked = measure_first_page(plugin, box, TAGS - 100)
        yield Row(f"list of tags, first page: requests at {TAGS:,} ÷ at 100", asked / few_asked, 1.0, note=f"{asked}")
        yield Row(f"list of tags, first page: time at {TAGS:,} ÷ at 100", many / few, 2.0, note=f"{many * 1000:.0f} ms")


def measure_look_alikes(built: Path) -> Row:
    """Return the processor time of a search for look-alikes among many tags with invented names."""
    with install_plugin(built) as plugin:
        stock = Stock(plugin.stash.services.library)
        for name in dict.fromkeys(make_names(TAGS, 3)):
            stock.add_tag(name)
        spent = run_plugin(plugin, task("lookalikes_find"))
    note = f"peak memory {spent.peak_mib:.0f} MiB"
    return Row(f"look-alikes among {TAGS:,} tags", spent.cpu_seconds, 10, "s CPU", note)


def measure_first_page(plugin: InstalledPlugin, box: StashBox, more: int) -> tuple[float, int]:
    """Return seconds (the best of three) and requests to Stash of one page, with so many more tags."""
    configure(plugin, box, 1_000_000)
    stock = Stock(plugin.stash.services.library)
    for number in range(more):
        stock.add_tag(f"Tag {more} {number}")
    box.world.add_tag(f"Tag {more} 0")
    run_plugin(plugin, task("refresh_tags"))
    traffic = plugin.stash.server.traffic
    run_plugin(plugin, LIST)
    before = traffic.total
    taken = [run_plugin(plugin, LIST).seconds for _ in range(3)]
    return min(taken), (traffic.total - before) // 3


def configure(plugin: InstalledPlugin, box: StashBox, pace: int) -> None:
    """Enter the box in Stash's settings, with its pace in the plugin's."""
    row = {"endpoint": box.endpoint, "api_key": box.key, "name": "Bench", "max_requests_per_minute": pace}
    plugin.client.ask(SAVE_BOXES, {"boxes": [row]})


def stock_scenes(plugin: InstalledPlugin, box: StashBox, count: int, pace: int) -> None:
    """Make linked scenes with eight tags each, all of which the library has."""
    configure(plugin, box, pace)
    stock = Stock(plugin.stash.services.library)
    tags: list[Tag] = []
    for number in range(NAMES):
        tags.append(box.world.add_tag(f"Tag {number}"))
        stock.add_tag(f"Tag {number}")
    for number in range(count):
        chosen = [tags[(number * 7 + step * 13) % NAMES] for step in range(8)]
        remote = box.world.add_scene(f"Scene {number}", tags=chosen)
        stock.add_scene(f"Scene {number}", stash_ids=[StashId(box.endpoint, remote.id)])
