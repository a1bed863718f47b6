"""Benchmarks of Stash2Plex: requests and writes to Plex, speed of a drain, costs of a long queue."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import Row, Spent, median_times
from benchmarks._plugins import run_plugin
from sandbox.plex.server import PlexDouble
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.harness.process import operation, task
from tests.stash2plex.pair import Pair

SCENES, CHANGED = 2_000, 1_000
SECONDS_PER_CALL = 0.02
SHORT, LONG = 100, 100_000
ROUNDS = 15


def measure() -> Iterator[Row]:
    """Yield the rows of this benchmark."""
    with open_bench() as bench:
        yield from measure_unchanged(bench)
        yield from measure_changed(bench)
    with open_bench() as bench:
        yield from measure_long_queue(bench)


class PlexSyncBench:
    """A Stash with the plugin, a Plex, and whole processes of the plugin as Stash starts them."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair

    def run(self, args: dict[str, object]) -> Spent:
        """Run one process of the plugin."""
        return run_plugin(self.pair.plugin, args)

    def fill(self, number: int) -> list[int]:
        """Add scenes whose items show them already; return the scenes."""
        scenes = []
        for each in range(number):
            scene, item = self.pair.add_scene_and_item(f"Title {each}", f"/data/{each}.mp4")
            item.fields["title"], item.locks = f"Title {each}", {"title"}
            scenes.append(scene)
        return scenes


@contextlib.contextmanager
def open_bench() -> Iterator[PlexSyncBench]:
    """Open a Stash and a Plex for one benchmark."""
    plex = PlexDouble()
    with tempfile.TemporaryDirectory() as folder, plex.server:
        built = assemble(ROOT / "stash2plex", Path(folder) / "stash2plex")
        with install_plugin(built) as plugin:
            pair = Pair(plugin, plex)
            yield PlexSyncBench(pair)
            pair.store.close()


def measure_unchanged(bench: PlexSyncBench) -> Iterator[Row]:
    """Measure Sync All when nothing has changed since the last one."""
    bench.fill(SCENES)
    bench.run(task("sync_all"))
    bench.pair.forget_requests()
    spent = bench.run(task("sync_all"))
    allowed = math.ceil(SCENES / 200) + 10
    name = f"Plex, nothing changed, {SCENES:,} scenes"
    yield Row(f"{name}: requests ÷ (⌈items/200⌉ + 10)", len(bench.pair.list_requests()) / allowed, 1)
    yield Row(f"{name}: writes", len(bench.pair.list_writes()), 0, "")
    yield Row(f"{name}: peak memory of the process", spent.peak_mib, 150, "MiB")


def measure_changed(bench: PlexSyncBench) -> Iterator[Row]:
    """Measure a drain of changed scenes against a Plex that takes 20 ms for each call."""
    pair, scenes = bench.pair, list(range(1, CHANGED + 1))
    with pair.stock.library.write() as db:
        db.run_many("UPDATE scenes SET details = 'New text' WHERE id = ?", [(scene,) for scene in scenes])
    pair.queue_scenes(*scenes)
    pair.forget_requests()
    pair.plex.server.faults.add("slow", seconds=SECONDS_PER_CALL)
    spent = bench.run(task("drain"))
    pair.plex.server.faults.clear()
    edits, exchanges = len(pair.list_requests("PUT")), pair.plex.server.traffic.exchanges()
    yield Row("Plex, a changed scene: edits", edits / CHANGED, 1, "")
    yield Row("Plex, a changed text: uploads", len(pair.list_requests("POST")), 0, "")
    calls = sum(each.ended - each.request.started for each in exchanges)
    span = exchanges[-1].ended - exchanges[0].request.started
    seconds = len(exchanges) * SECONDS_PER_CALL
    # A busy machine stretches the 20 ms of a call, too: the note has what the drain adds to the calls as they were.
    note = f"{len(exchanges)} requests in {span:.1f} s; {span / calls:.2f} of the time of Plex's calls"
    yield Row(
        f"drain of {CHANGED:,} changed scenes, one connection: time ÷ (requests × 20 ms)",
        span / seconds,
        1.2,
        note=note,
    )
    yield Row("… CPU of the drain for each scene", spent.cpu_seconds / CHANGED * 1000, 10, "ms")


def measure_long_queue(bench: PlexSyncBench) -> Iterator[Row]:
    """Measure the Queue tab's list at 100,000 entries against 100, in one process each."""
    taken = {}
    for size in (SHORT, LONG):
        fill_queue(bench.pair, size)
        taken[size] = median_times({"status": show(bench)}, ROUNDS)["status"]
    note = f"{taken[LONG] * 1000:.0f} ms"
    yield Row("queue page at 100,000 changes ÷ at 100", taken[LONG] / taken[SHORT], 1.5, note=note)
    worked = bench.run(operation("queue_step"))
    yield Row("memory of a drain of 100,000 changes", worked.peak_mib, 150, "MiB")


def fill_queue(pair: Pair, size: int) -> None:
    """Queue so many scenes."""
    numbers: Sequence[int] = range(1, size + 1)
    with pair.store.write():
        pair.queue_scenes(*numbers)


def show(bench: PlexSyncBench) -> Callable[[], object]:
    """Return a function that lists the queue as the page does when it is opened."""
    return lambda: bench.run(operation("queue_list", state="waiting"))
