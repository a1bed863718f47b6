"""The cost of our plugins for those who save: the same writes with all of them on and off, in turn.

On the sandbox, or with the variable BENCH_STASH=http://127.0.0.1:9999 on a real, throw-away Stash into which the built
plugins are installed. There the scan is measured if BENCH_STASH_LIBRARY names a folder of its library and ffmpeg is
installed: the benchmark puts short videos into it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import Row
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.server import SandboxStash, StashOptions
from scripts.places import DIST, PLUGINS
from scripts.release.manifests import load_plugin
from shared.journal import Change, Item, Journal, add_member
from shared.runtime.handler import load_named
from shared.stash import StashAddress, StashClient
from shared.state.store import Store
from tests.harness.installed import leave_unmeasured, make_environment

ENABLE = "mutation Enable($map: BoolMap!) { setPluginsEnabled(enabledMap: $map) }"
CREATE = "mutation Create($input: SceneCreateInput!) { sceneCreate(input: $input) { id } }"
UPDATE = "mutation Save($input: SceneUpdateInput!) { sceneUpdate(input: $input) { id } }"
BULK = "mutation Bulk($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"
TAG = "mutation Tag($input: TagCreateInput!) { tagCreate(input: $input) { id } }"
FOLDER = "{ configuration { general { pluginsPath configFilePath } } }"
NOWHERE = "http://127.0.0.1:1"
SETTINGS: dict[str, dict[str, Any]] = {
    "stash2plex": {"enabled": True, "plex_url": NOWHERE, "plex_token": "bench"},
    "missingScenes": {"enableAutoCleanup": True, "whisparrUrl": NOWHERE, "whisparrApiKey": "bench"},
    "performerSiteSync": {"updateOnCreate": True},
}
SCENES, TAGS, FILES = 1600, 40, 1000
ROUNDS = 5


def measure() -> Iterator[Row]:
    """Yield the rows of saves with the plugins on against off, for `./dev bench saves`."""
    address = os.environ.get("BENCH_STASH", "")
    with ExitStack() as stack:
        sandbox = None if address else stack.enter_context(start_sandbox())
        bench = SaveBench(address or (sandbox.url if sandbox else ""), make_library(sandbox))
        stack.callback(bench.stash.close)
        bench.install()
        where = "real Stash" if address else "sandbox"
        for row in bench.measure():
            yield row._replace(what=f"{row.what} ({where})")


def start_sandbox() -> SandboxStash:
    """Return a Stash double whose plugins run without coverage."""
    return SandboxStash(StashOptions(environment=leave_unmeasured(make_environment())))


def make_library(sandbox: SandboxStash | None) -> Callable[[], None] | None:
    """Return what puts a thousand new files into the library, or None if nothing can."""
    if sandbox is not None:
        disk = sandbox.services.disk

        def fill_disk() -> None:
            folder = time.time_ns()
            for number in range(FILES):
                disk.drop(VideoFile(f"/data/{folder}/{number}.mp4"))

        return fill_disk
    library, ffmpeg = os.environ.get("BENCH_STASH_LIBRARY", ""), shutil.which("ffmpeg")
    return VideoFolder(Path(library), ffmpeg).fill if library and ffmpeg else None


class VideoFolder:
    """A folder of a real Stash's library, into which the benchmark puts short videos."""

    def __init__(self, folder: Path, ffmpeg: str) -> None:
        self.folder = folder / f"bench-{time.time_ns()}"
        self.folder.mkdir(parents=True)
        sample = self.folder.parent / "bench-sample.mp4"
        source = ("-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=2")
        subprocess.run((ffmpeg, "-loglevel", "error", "-y", *source, str(sample)), check=True)
        self.sample = sample.read_bytes()
        sample.unlink()

    def fill(self) -> None:
        """Write a thousand videos that differ in their last bytes."""
        for _ in range(FILES):
            name = str(time.time_ns())
            (self.folder / f"{name}.mp4").write_bytes(self.sample + name.encode())


class SaveBench:
    """One Stash with all plugins, which are switched on and off as a whole."""

    def __init__(self, url: str, add_files: Callable[[], None] | None) -> None:
        self.stash = StashClient(StashAddress(url))
        self.add_files = add_files
        self.scenes: list[int] = []
        self.plan_id = 0

    def install(self) -> None:
        """Unpack the built plugins into the Stash and set them up so that all of them listen."""
        general = self.stash.ask(FOLDER)["configuration"]["general"]
        folder, state = Path(general["pluginsPath"]), Path(general["configFilePath"]).parent / "plugin_data"
        migrations = load_named(load_plugin("tagManager").migrations)
        self.store = Store(str(state / "tagManager" / "state.sqlite3"), migrations)
        for plugin in PLUGINS:
            with zipfile.ZipFile(DIST / f"{plugin}.zip") as package:
                package.extractall(folder / plugin)
        self.stash.ask("mutation Reload { reloadPlugins }")
        for plugin, values in SETTINGS.items():
            self.stash.write_plugin_settings(plugin, values)

    def switch(self, is_on: bool) -> None:
        """Switch the plugins that listen on or off, and wait until Stash is idle."""
        names = [name for plugin in SETTINGS for name in (plugin, f"{plugin}Listener")]
        self.stash.ask(ENABLE, {"map": dict.fromkeys(names, is_on)})
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Stop what waits and runs in Stash's queue, so that nothing disturbs what is measured next."""
        self.stash.ask("mutation Stop { stopAllJobs }")
        while self.stash.job_queue():
            threading.Event().wait(0.05)

    def measure(self) -> Iterator[Row]:
        """Yield all rows of this benchmark, for one Stash."""
        self.switch(False)
        self.scenes = [self.create(f"Scene {number}") for number in range(SCENES)]
        tags = [self.stash.ask(TAG, {"input": {"name": f"T {time.time_ns()}"}})["tagCreate"]["id"] for _ in range(TAGS)]
        yield from self.compare("save of one scene, plugins on ÷ off", self.save_some, 2.0, unit_ms=2.0, count=20)
        yield from self.compare("bulk update of 500 scenes, on ÷ off", self.save_in_bulk, 4.0, unit_ms=1000.0)
        yield from self.compare(
            "4,000 tags added to 1,600 scenes, on ÷ off", lambda turn: self.add_tags(tags, turn), 1.3, rounds=3
        )
        if self.add_files is not None:
            yield from self.compare("scan of 1,000 new files, on ÷ off", self.scan, 1.05, rounds=3)
        yield from self.measure_start()

    def compare(
        self,
        what: str,
        act: Callable[[int], None],
        bar: float,
        *,
        unit_ms: float | None = None,
        count: int = 1,
        rounds: int = ROUNDS,
    ) -> Iterator[Row]:
        """Yield how much longer an act takes with all plugins on, in turns, and how many milliseconds more."""
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * rounds):
            is_on = turn % 2 == 1
            self.switch(is_on)
            act(-1)
            self.wait_until_idle()
            started = time.perf_counter()
            act(turn)
            seconds[is_on].append((time.perf_counter() - started) / count)
        on, off = (statistics.median(seconds[is_on]) for is_on in (True, False))
        note = f"{off * 1000:.2f} ms without, {on * 1000:.2f} ms with"
        yield Row(what, on / off, bar, note=note)
        if unit_ms is not None:
            yield Row("… milliseconds more", (on - off) * 1000, unit_ms, "ms")

    def create(self, title: str) -> int:
        """Create a scene in Stash and return its id."""
        return int(self.stash.ask(CREATE, {"input": {"title": title}})["sceneCreate"]["id"])

    def save_some(self, turn: int) -> None:
        """Save twenty scenes, one after the other, which is measured."""
        for number in self.scenes[:20]:
            self.stash.ask(UPDATE, {"input": {"id": str(number), "title": f"Title {turn}"}})

    def save_in_bulk(self, turn: int) -> None:
        """Rate 500 scenes in one request, which is measured."""
        self.send_bulk(self.scenes[:500], rating100=turn + 2)

    def add_tags(self, tags: Sequence[str], turn: int) -> None:
        """Let Tag Manager apply a plan of two or three tags for each scene; remove all of them before."""
        if turn < 0:
            self.send_bulk(self.scenes, tag_ids={"mode": "SET", "ids": []})
            self.plan_id = Journal(self.store).save_plan(self.plan_tags(tags), kind="scene_tags", title="Bench")
            return
        self.stash.run_plugin_task("tagManager", args={"mode": "apply_plan", "plan_id": self.plan_id})
        while any("tagManager" in job["description"] for job in self.stash.job_queue()):
            threading.Event().wait(0.02)

    def plan_tags(self, tags: Sequence[str]) -> Iterator[Change]:
        """Yield 4,000 additions to 1,600 scenes."""
        for number, scene in enumerate(self.scenes):
            start = number * 7 % (len(tags) - 3)
            for tag in tags[start : start + 2 + number % 2]:
                yield add_member(Item("scene", str(scene), f"Scene {scene}"), "tags", int(tag), source="bench")

    def send_bulk(self, scenes: Sequence[int], **values: Any) -> None:
        """Save some scenes in one request."""
        self.stash.ask(BULK, {"input": {"ids": [str(each) for each in scenes], **values}})

    def scan(self, turn: int) -> None:
        """Let Stash scan a thousand new files, which are written before."""
        assert self.add_files is not None
        if turn < 0:
            self.add_files()
            return
        job = self.stash.metadata_scan()
        while any(str(each["id"]) == str(job) for each in self.stash.job_queue()):
            threading.Event().wait(0.02)

    def measure_start(self) -> Iterator[Row]:
        """Yield how long after a save the drain starts, when nothing else is in Stash's queue."""
        waits = []
        for turn in range(ROUNDS):
            self.switch(False)
            self.switch(True)
            self.stash.ask(UPDATE, {"input": {"id": str(self.scenes[0]), "title": f"Start {turn}"}})
            saved = time.perf_counter()
            while not any(job["status"] == "RUNNING" for job in self.stash.job_queue()):
                threading.Event().wait(0.01)
            waits.append(time.perf_counter() - saved)
        yield Row("from a save to the start of its task", statistics.median(waits), 2.0, "s")
