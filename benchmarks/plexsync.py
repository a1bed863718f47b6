"""Benchmarks of Stash2Plex: requests and writes to Plex, speed of a drain, costs of a long queue."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import Row, Spent, median_times
from benchmarks._plugins import run_plugin
from sandbox.plex.model import ItemPicture, Media, MovieFile, PlexMovie
from sandbox.plex.server import PlexDouble
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.files.scan import insert_file
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.harness.process import operation, task
from tests.stash2plex.pair import SECONDS, Pair

SCENES, CHANGED = 2_000, 1_000
SECONDS_PER_CALL = 0.02
PICTURED, SLOW_SECONDS = 60, 0.03
WANTED_SCENES, LISTED_ITEMS, COMPARE_SECONDS = 10_000, 3_000, 3.0  # a tenth of a large library, and of its time
SHORT, LONG = 100, 100_000
ROUNDS = 15


def measure() -> Iterator[Row]:
    """Yield the rows of syncs, comparisons, shelves and the queue, for `./dev bench plexsync`."""
    with open_bench() as bench:
        yield from measure_unchanged(bench)
        yield from measure_changed(bench)
    with open_bench() as bench:
        yield from measure_pictures(bench)
    with open_bench() as bench:
        yield from measure_comparison(bench)
        yield from measure_shelf(bench)
    with open_bench() as bench:
        yield from measure_long_queue(bench)


class PlexSyncBench:
    """A Stash with the plugin, a Plex, and whole processes of the plugin as Stash starts them."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair

    def run(self, args: dict[str, object]) -> Spent:
        """Run one process of the plugin with these arguments and return its cost."""
        return run_plugin(self.pair.plugin, args)

    def fill(self, number: int) -> list[int]:
        """Add scenes whose items show them already; return the scenes' ids."""
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
        with install_plugin(built, is_forked=False) as plugin:
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


def measure_pictures(bench: PlexSyncBench) -> Iterator[Row]:
    """Measure drains of scenes with new covers, whose items show a picture of Plex, at 30 ms for each call."""
    pair = bench.pair
    scenes = []
    for each in range(PICTURED):
        scene, item = pair.add_scene_and_item(f"Title {each}", f"/data/{each}.mp4", picture=f"cover {each}")
        item.pictures["posters"] = [ItemPicture("media://frame", selected=True)]
        scenes.append(scene)
    for name, most in (("new covers", 5), ("new texts", 2)):
        pair.queue_scenes(*scenes)
        pair.forget_requests()
        pair.plex.server.faults.add("slow", seconds=SLOW_SECONDS)
        spent = bench.run(task("drain"))
        pair.plex.server.faults.clear()
        # Beside the requests about scenes: connection, news of Plex, each batch, and what the first upload shows.
        requests = len(pair.list_requests()) - PICTURED // 20 - 10
        note = f"{spent.seconds:.1f} s at 30 ms for each call"
        yield Row(f"drain of {PICTURED} scenes with {name}: requests for each", requests / PICTURED, most, "", note)
        with pair.stock.library.write() as db:
            db.run("UPDATE scenes SET details = 'New text'")


def measure_comparison(bench: PlexSyncBench) -> Iterator[Row]:
    """Measure a reconciliation of many scenes, most of which Plex does not have, with items of one time of change."""
    pair = bench.pair
    add_many_scenes(pair, WANTED_SCENES)
    pair.plex.state.add_generated(pair.section.id, LISTED_ITEMS, make_listed_item)
    pair.change_settings(reconcile_missing=False, sync_poster=False, sync_background=False)
    pair.forget_requests()
    spent = bench.run(task("reconcile_all"))
    lists = math.ceil(LISTED_ITEMS / 200)
    name = f"reconciliation of {WANTED_SCENES:,} scenes, {LISTED_ITEMS:,} in Plex"
    yield Row(f"{name}: lists ÷ pages of the library", len(pair.list_requests("GET", "/all$")) / lists, 2.1)
    yield Row(f"{name}: CPU", spent.cpu_seconds, COMPARE_SECONDS, "s", note=f"{spent.seconds:.1f} s in all")


def measure_shelf(bench: PlexSyncBench) -> Iterator[Row]:
    """Measure a shelf of all scenes of the comparison that Plex has: its making and its updates."""
    pair = bench.pair
    with pair.stock.library.write() as db:
        db.run("UPDATE scenes SET organized = 1")
    shelf = pair.plugin.operation("shelf_save", kind="organized")["id"]
    pair.forget_requests()
    bench.run(task("preview_shelves", shelf_id=shelf))
    plan = pair.store.first("SELECT max(id) FROM journal_plans")[0]
    spent = bench.run(task("apply_plan", plan_id=plan))
    name = f"shelf of {LISTED_ITEMS:,} scenes"
    note = f"{spent.seconds:.1f} s"
    yield Row(
        f"{name}, made: requests ÷ lists of 200 members", len(pair.list_requests()) / (LISTED_ITEMS / 200), 3, note=note
    )
    pair.forget_requests()
    spent = bench.run(task("update_shelves"))
    yield Row(
        f"{name}, nothing changed: requests", len(pair.list_requests()), 5, "", f"{spent.cpu_seconds:.1f} s of CPU"
    )
    with pair.stock.library.write() as db:
        db.run("UPDATE scenes SET organized = 0 WHERE id IN (1, 2)")
    pair.forget_requests()
    bench.run(task("update_shelves"))
    yield Row(f"{name}, two less: writes", len(pair.list_writes()), 2, "")


def add_many_scenes(pair: Pair, number: int) -> None:
    """Add scenes in one transaction."""
    with pair.stock.library.write() as db:
        for each in range(1, number + 1):
            values = {"title": f"Title {each}", "created_at": "2024-01-01T00:00:00Z"}
            scene = db.insert("scenes", {**values, "updated_at": values["created_at"]})
            file = insert_file(db, VideoFile(f"/data/{each}.mp4", size=each, duration=SECONDS), values["created_at"])
            db.run('INSERT INTO scenes_files (scene_id, file_id, "primary") VALUES (?, ?, 1)', (scene, file))


def make_listed_item(position: int, rating_key: int) -> PlexMovie:
    """Return an item of a large library, in which all items changed in the same second."""
    part = MovieFile(rating_key, f"/data/{position + 1}.mp4", position + 1, SECONDS * 1000)
    fields = {"title": f"Title {position + 1}"}
    item = PlexMovie(rating_key, 1, fields=fields, media=[Media(rating_key, [part])], locks={"title"})
    item.added_at = item.updated_at = 1_700_000_000
    return item


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
    """Queue so many scenes, as saves would."""
    numbers: Sequence[int] = range(1, size + 1)
    with pair.store.write():
        pair.queue_scenes(*numbers)


def show(bench: PlexSyncBench) -> Callable[[], object]:
    """Return a function that lists the queue as the page does when it is opened."""
    return lambda: bench.run(operation("queue_list", state="waiting"))
