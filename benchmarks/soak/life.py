"""A Stash with all four plugins, stash-boxes, Whisparr and Plex, whose time jumps; and the steps that a life takes.

with open_life(300) as life:
    life.save_scenes(5), life.run("tagManager", "sync_scene_tags", dry_run=False), life.pass_days(1)
"""

from __future__ import annotations

import contextlib
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sandbox.demo.catalogue import Sizes
from sandbox.demo.past import OPERATION, TASK
from sandbox.demo.town import Town
from sandbox.plex.watching import play_item
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.jobs import Job
from sandbox.stash.server import StashOptions
from sandbox.stash.stocking import StashId, Stock
from tests.harness.forks import FORK_SERVERS
from tests.harness.installed import ROOT, assemble, make_environment
from tests.harness.programs.shifted_time import ShiftedTime

PLUGINS = ("missingScenes", "tagManager", "stash2plex", "performerSiteSync")
DAY = 86400.0
COVER = "96x54"
LONGEST = 3600.0  # real seconds for one task: of 20,000 scenes, on a busy machine
RESTART_AFTER = 1.5  # real seconds
IDS = 'mutation { querySQL(sql: "SELECT id FROM scenes ORDER BY id") { rows } }'
SCENE = "query($id: ID!) { findScene(id: $id) { id title files { path } } }"
SAVE = "mutation($input: SceneUpdateInput!) { sceneUpdate(input: $input) { id } }"
DESTROY = "mutation($ids: [ID!]!) { scenesDestroy(input: {ids: $ids}) }"
SETTINGS: dict[str, dict[str, Any]] = {
    "missingScenes": {
        "whisparrRootFolder": "/data/scenes", "scanPath": "/media", "compareNewFiles": True, "lookForNews": True,
        "frontPageRow": True, "completenessDays": 3, "compareFilesDays": 7, "completenessFields": True,
    },
    "tagManager": {"tagListDays": 3},
    "stash2plex": {"enabled": True, "reconcile_interval": "daily", "take_interval": "daily", "take_plays": True},
    "performerSiteSync": {"rateLimit": 0},
}  # fmt: skip


class Life:
    """The programs of one household; every random choice follows from the seed."""

    def __init__(self, town: Town, shifted: ShiftedTime, built: Path, seed: int) -> None:
        self.town, self.shifted, self._built = town, shifted, built
        self.stash, self.plex = town.stash, town.plex.state
        self.boxes = list(town.boxes.values())
        self.chance = random.Random(seed)
        self.added = 0
        self.failures: list[str] = []
        self._read = 0  # lines of Stash's log

    @property
    def state_dir(self) -> Path:
        """Return the folder with the state of all plugins."""
        return self.stash.home / "plugin_data"

    @property
    def section(self) -> int:
        """Return the number of Plex's library."""
        return next(iter(self.plex.sections))

    def forget_traffic(self) -> None:
        """Forget what the doubles have logged, so that `./dev soak` measures only the plugins."""
        for server in (self.stash.server, self.town.plex.server, self.town.whisparr.server):
            server.traffic.clear()
        for box in self.boxes:
            box.server.traffic.clear()
        self.stash.services.plugins.runs.clear()

    def pass_days(self, days: float) -> None:
        """Let the time jump for all programs; back, if the days are negative."""
        self.shifted.advance(days * DAY)
        if days > 0:
            self.plex.advance(days * DAY)
            self.town.whisparr.state.advance(days * DAY)

    def call(self, plugin: str, operation: str, **args: Any) -> Any:
        """Return the answer of a plugin's operation; {} after an error, which `failures` keeps."""
        try:
            return self.town.ask(OPERATION, id=plugin, args={**args, "operation": operation})["runPluginOperation"]
        except RuntimeError as error:
            self.failures.append(f"{plugin} {operation}: {error}")
            return {}

    def queue(self, plugin: str, mode: str, **args: Any) -> int:
        """Queue a task and return the number of its job."""
        return int(self.town.ask(TASK, id=plugin, args={**args, "mode": mode})["runPluginTask"])

    def run(self, plugin: str, mode: str, **args: Any) -> Job:
        """Run a task to its end and return its job; errors are kept in `failures`."""
        job = self.stash.services.jobs.wait_for(self.queue(plugin, mode, **args), LONGEST)
        self.note_failures(f"{plugin} {mode}")
        return job

    def note_failures(self, doing: str) -> None:
        """Keep the errors in Stash's log since the last call in `failures`; `doing` says what caused them."""
        messages = self.stash.services.logbook.messages()
        new, self._read = messages[self._read :], len(messages)
        self.failures += [f"{doing}: {text}" for text in new if text.startswith("Plugin returned error")]

    def install_plugins(self) -> None:
        """Give Stash the plugins of this checkout in new folders, as an installation and each update do."""
        folder = Path(tempfile.mkdtemp(dir=self._built))
        for plugin in PLUGINS:
            place = self.stash.plugins_dir / plugin
            place.unlink(missing_ok=True)
            place.symlink_to(assemble(ROOT / plugin, folder / plugin))
        self.stash.services.plugins.reload()

    def take_failures(self) -> list[str]:
        """Return the failures since the last call; the soak asks once a day."""
        taken, self.failures = self.failures, []
        return taken

    def kill(self, plugin: str, mode: str, seconds: float, **args: Any) -> None:
        """Begin a task and kill its process so many real seconds later."""
        number, jobs = self.queue(plugin, mode, **args), self.stash.services.jobs
        while (job := jobs.find(number)) and job.status == "READY":
            time.sleep(0.01)
        time.sleep(seconds)
        with contextlib.suppress(Exception):  # it may have ended
            jobs.stop(number)
        self.settle()

    def restart(self) -> None:
        """End all jobs as a restart of Stash does: their processes are killed, and what waits is forgotten."""
        time.sleep(RESTART_AFTER)
        self.stash.services.jobs.stop_all()
        self.stash.services.jobs.wait_until_idle(LONGEST)

    def settle(self) -> None:
        """Wait until Stash has no job left, such as the drains that saves have started."""
        self.stash.services.jobs.wait_until_idle(LONGEST)
        self.note_failures("drain or schedule")

    def beat(self) -> None:
        """Run what is due in all plugins, as an open page or a timer does."""
        for plugin in PLUGINS:
            self.call(plugin, "run_due")
        self.settle()

    def list_ids(self) -> list[int]:
        """Return the ids of all scenes of Stash."""
        return [number for (number,) in self.town.ask(IDS)["querySQL"]["rows"]]

    def choose_scenes(self, number: int) -> list[dict[str, Any]]:
        """Return so many scenes with their files."""
        return [self.town.ask(SCENE, id=each)["findScene"] for each in self.chance.sample(self.list_ids(), number)]

    def save_scenes(self, number: int) -> None:
        """Save some scenes as a person does."""
        for scene in self.choose_scenes(number):
            stars, title = self.chance.randrange(1, 11) * 10, (scene["title"] or "Untitled").split(" take ")[0]
            change = {"id": scene["id"], "title": f"{title} take {self.chance.randrange(10)}", "rating100": stars}
            self.town.ask(SAVE, input=change)

    def replace_scenes(self, number: int) -> None:
        """Delete some scenes with their files and add as many new ones, so that the library stays as large."""
        gone = self.choose_scenes(number)
        for scene in gone:
            for item in self.plex.find_by_file(scene["files"][0]["path"]) if scene["files"] else ():
                self.plex.remove_item(item.rating_key)
        self.town.ask(DESTROY, ids=[scene["id"] for scene in gone])
        for _ in gone:
            self._add_scene()

    def _add_scene(self) -> None:
        self.added += 1
        path = f"/media/New/{self.added:06}.mp4"
        box, stock = self.chance.choice(self.boxes), Stock(self.stash.services.library)
        performer, tags = self.chance.choice(list(box.world.performers.values())), list(box.world.tags.values())
        title = f"New scene {self.added}"
        remote = box.world.add_scene(
            title, performers=[performer], tags=self.chance.sample(tags, 3), release_date=f"{self.today():%Y-%m-%d}"
        )
        file = VideoFile(path, size=10_000_000 + self.added, duration=900 + self.added % 600)
        stock.add_scene(title, file=file, stash_ids=[StashId(box.endpoint, remote.id)])
        self.plex.add_item(self.section, path, size=file.size, duration=int(file.duration * 1000))

    def edit_boxes(self, number: int) -> None:
        """Let the editors of each box change scenes and performers, and add scenes."""
        stamp = self.today().isoformat()
        for box in self.boxes:
            world = box.world
            for scene in self.chance.sample(list(world.scenes.values()), number):
                tags = self.chance.sample(list(world.tags), 4)
                world.change(scene, updated=stamp, tag_ids=tags, title=f"{(scene.title or '')[:40]} {number}")
            for performer in self.chance.sample(list(world.performers.values()), number):
                world.change(performer, updated=stamp, height=self.chance.randrange(150, 190))
            for _ in range(number):
                performer = self.chance.choice(list(world.performers.values()))
                world.add_scene(f"Fresh {stamp}", performers=[performer], release_date=stamp[:10])

    def play(self, number: int) -> None:
        """Let people watch some items in Plex."""
        items = list(self.plex.list_items(self.section))
        for item in self.chance.sample(items, number):
            play_item(self.plex, item, int(self.shifted.now()))

    def today(self) -> datetime:
        """Return the time of the household, which is shifted."""
        return datetime.now(timezone.utc) + timedelta(seconds=self.shifted.read())


@contextlib.contextmanager
def open_life(scenes: int, seed: int = 1) -> Iterator[Life]:
    """Start the programs with about so many scenes in the first box's catalogue, and the plugins, for `./dev soak`."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ending:
        shifted = ShiftedTime(Path(folder, "time"))
        environment = {**make_environment(), "SHIFTED_TIME": str(Path(folder, "time"))}
        options = StashOptions(
            environment=environment,
            start_program=FORK_SERVERS.start,
            now=lambda: datetime.now(timezone.utc) + timedelta(seconds=shifted.read()),
        )
        town = ending.enter_context(Town(sizes=Sizes.for_scenes(scenes), stash=options, cover=COVER))
        life = Life(town, shifted, Path(folder), seed)
        life.install_plugins()
        for plugin, values in SETTINGS.items():
            present = town.stash.services.configuration.plugin_settings([plugin]).get(plugin, {})
            town.stash.services.configuration.configure_plugin(plugin, {**present, **values})
        yield life
