"""Tag Manager in the Stash double with a stash-box, called as its page and Stash's task list call it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.logbook import Logbook
from sandbox.stash.scan import VideoFile
from sandbox.stash.stocking import Link, Stock
from sandbox.stashbox.model import Scene, Tag
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin, make_environment
from tests.harness.process import Outcome, document, run_plugin, task

SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
LOOK_UP = "LookUp"
CHANGE_TAGS = "ChangeTags"


class Bench:
    """A running Stash with the plugin, a stash-box called StashDB, and short words for both."""

    def __init__(self, plugin: InstalledPlugin, box: StashBox) -> None:
        self.plugin = plugin
        self.box = box
        self.world = box.world
        self.stash = plugin.client
        self.stock = Stock(plugin.stash.services.library)
        self.configure(box)

    def configure(self, *boxes: StashBox, keys: Sequence[str] = (), limit: int = 100_000) -> None:
        """Make these the stash-boxes of Stash: StashDB, OtherBox."""
        names, found = ("StashDB", "OtherBox", "ThirdBox"), [*keys, *(box.key for box in boxes[len(keys) :])]
        rows = [
            {"endpoint": box.endpoint, "api_key": key, "name": name, "max_requests_per_minute": limit}
            for name, box, key in zip(names, boxes, found)
        ]
        self.stash.ask(SAVE_BOXES, {"boxes": rows})

    def link(self, remote: Scene | Tag, box: StashBox | None = None) -> Link:
        """A stash id at a box."""
        return Link((box or self.box).endpoint, remote.id)

    def add_tag(self, name: str, remote: Tag | None = None, **values: Any) -> int:
        """A tag of the library, linked or not."""
        return self.stock.add_tag(name, stash_ids=[self.link(remote)] if remote else [], **values)

    def add_scenes(self, count: int, *tags: Tag, local_tags: Sequence[int] = (), **values: Any) -> list[int]:
        """So many scenes at the box with these tags, which are in the library as well."""
        remote = [self.world.add_scene(f"Scene {number}", tags=tags, **values) for number in range(count)]
        return [self.own(each, tags=local_tags) for each in remote]

    def own(self, remote: Scene, *more: Link, tags: Sequence[int] = (), file: VideoFile | None = None) -> int:
        """This scene of the box is in the library."""
        return self.stock.add_scene(remote.title or "x", stash_ids=[self.link(remote), *more], tags=tags, file=file)

    def tags_of(self, scene_id: int) -> set[int]:
        """The tags a scene has now."""
        row = self.stash.scenes.get(scene_id, "tags { id }")
        assert row is not None
        return {int(tag["id"]) for tag in row["tags"]}

    def task(self, mode: str, **args: Any) -> Any:
        """What a task answered; its error is an AssertionError, as the log has it."""
        self.plugin.run_task(mode, **args)
        return read_answer(self.plugin.stash.services.logbook)

    def sync(self, **args: Any) -> Any:
        """What a sync that writes answered."""
        return self.task("sync_scene_tags", **{"dry_run": False, **args})

    def run_beside(self, mode: str) -> Outcome:
        """A task as a process of its own, while Stash's queue is busy."""
        connection = {"Host": "127.0.0.1", "PluginDir": str(self.plugin.stash.plugins_dir / self.plugin.id)}
        sent = document(task(mode), state=self.plugin.stash.home, port=self.plugin.stash.server.port, **connection)
        entry = self.plugin.stash.plugins_dir / self.plugin.id / "tag_manager.py"
        return run_plugin(entry.resolve(), sent, env=make_environment())

    def operate(self, name: str, **args: Any) -> Any:
        """What an operation answers."""
        return self.plugin.operation(name, **args)

    def asked(self, operation: str = LOOK_UP) -> int:
        """How many requests of one kind the box has got."""
        return len(self.box.server.traffic.requests(operation))

    def writes(self) -> int:
        """How many changes of scenes' tags Stash was asked for."""
        return len(self.plugin.stash.server.traffic.requests(CHANGE_TAGS))

    def undo(self, run_id: int) -> Any:
        """Take a run back."""
        plan = self.operate("history_undo", run_id=run_id, preview=True)
        return self.operate("history_undo", plan_id=plan["plan_id"])


def read_answer(logbook: Logbook) -> Any:
    """The answer of the last task."""
    returned = [text for text in logbook.messages() if text.startswith("Plugin returned")][-1]
    kind, _, text = returned.partition(": ")
    assert kind == "Plugin returned", text
    return ast.literal_eval(text)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder as in its zip."""
    return assemble(ROOT / "tagManager", tmp_path_factory.mktemp("built") / "tagManager")


@pytest.fixture
def box() -> Iterator[StashBox]:
    with StashBox(World("tags")) as box:
        yield box


@pytest.fixture
def other() -> Iterator[StashBox]:
    with StashBox(World("other")) as box:
        yield box


@pytest.fixture
def bench(folder: Path, box: StashBox) -> Iterator[Bench]:
    with install_plugin(folder) as plugin:
        yield Bench(plugin, box)


@pytest.fixture
def rain(bench: Bench) -> Tag:
    """A tag of the box."""
    return bench.world.add_tag("Rain")


@pytest.fixture
def local_rain(bench: Bench, rain: Tag) -> int:
    """The same tag in the library, linked."""
    return bench.add_tag("Rain", rain)
