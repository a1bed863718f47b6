"""Tag Manager in the Stash double with a stash-box, called as its page and Stash's task list call it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import Scene, Tag
from sandbox.stashbox.server import StashBox
from tests.harness.bench import PluginBench, assemble_plugin, open_box
from tests.harness.installed import install_plugin

LOOK_UP = "LookUp"
CHANGE_TAGS = "ChangeTags"


class Bench(PluginBench):
    """A running Stash with Tag Manager, a stash-box called StashDB, and short words for both."""

    entry = "tag_manager.py"

    def add_tag(self, name: str, remote: Tag | None = None, **values: Any) -> int:
        """A tag of the library, linked or not."""
        return self.stock.add_tag(name, stash_ids=[self.link(remote)] if remote else [], **values)

    def add_scenes(self, count: int, *tags: Tag, local_tags: Sequence[int] = (), **values: Any) -> list[int]:
        """So many scenes at the box with these tags, which are in the library as well."""
        remote = [self.world.add_scene(f"Scene {number}", tags=tags, **values) for number in range(count)]
        return [self.own(each, tags=local_tags) for each in remote]

    def own(self, remote: Scene, *more: StashId, tags: Sequence[int] = (), file: VideoFile | None = None) -> int:
        """This scene of the box is in the library."""
        return self.stock.add_scene(remote.title or "x", stash_ids=[self.link(remote), *more], tags=tags, file=file)

    def tags_of(self, scene_id: int) -> set[int]:
        """The tags a scene has now."""
        row = self.stash.scenes.get(scene_id, "tags { id }")
        assert row is not None
        return {int(tag["id"]) for tag in row["tags"]}

    def sync(self, **args: Any) -> Any:
        """Run a sync that writes, and return its answer."""
        return self.task("sync_scene_tags", **{"dry_run": False, **args})

    def asked(self, operation: str = LOOK_UP, box: StashBox | None = None) -> int:
        """Return the number of requests of one kind a box has received."""
        return super().asked(operation, box)

    def writes(self) -> int:
        """Return the number of changes to scene tags that Stash has received."""
        return len(self.plugin.stash.server.traffic.requests(CHANGE_TAGS))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder as in its zip."""
    return assemble_plugin("tagManager", tmp_path_factory)


@pytest.fixture
def box() -> Iterator[StashBox]:
    with open_box("tags") as box:
        yield box


@pytest.fixture
def other() -> Iterator[StashBox]:
    with open_box("other") as box:
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
