"""Tag Manager in the Stash double with a stash-box, called as its page and Stash's task list call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import Scene, Tag
from sandbox.stashbox.server import StashBox
from tests.harness.bench import PluginBench, open_box
from tests.harness.installed import install_plugin

LOOK_UP = "LookUp"
CHANGE_TAGS = "ChangeTags"


class Bench(PluginBench):
    """A running Stash with Tag Manager, a stash-box called StashDB, and shortcuts for both."""

    entry = "tag_manager.py"

    def add_tag(self, name: str, remote: Tag | None = None, **values: Any) -> int:
        """Add a tag to the library, linked to a box tag or not; return its id."""
        return self.stock.add_tag(name, stash_ids=[self.link(remote)] if remote else [], **values)

    def add_scenes(self, count: int, *tags: Tag, local_tags: Sequence[int] = (), **values: Any) -> list[int]:
        """Add scenes with these tags to the box and, linked, to the library; return their ids in the library."""
        remote = [self.world.add_scene(f"Scene {number}", tags=tags, **values) for number in range(count)]
        return [self.own(each, tags=local_tags) for each in remote]

    def own(self, remote: Scene, *more: StashId, tags: Sequence[int] = (), file: VideoFile | None = None) -> int:
        """Add a scene of the box to the library, linked; return its id there."""
        return self.stock.add_scene(remote.title or "x", stash_ids=[self.link(remote), *more], tags=tags, file=file)

    def tags_of(self, scene_id: int) -> set[int]:
        """Return the ids of the tags that a scene has now."""
        row = self.stash.scenes.get(scene_id, "tags { id }")
        assert row is not None
        return {int(tag["id"]) for tag in row["tags"]}

    def sync(self, **args: Any) -> Any:
        """Run a sync that writes, and return its answer."""
        return self.task("sync_scene_tags", **{"dry_run": False, **args})

    def plan(self, name: str, **args: Any) -> Any:
        """Return the answer of an operation that plans something for the box."""
        return self.operate(name, endpoint=self.box.endpoint, **args)

    def apply(self, planned: Any) -> Any:
        """Apply the plan that an operation made, and return its run."""
        return self.apply_plan(planned["plan_id"])

    def operate_on(self, name: str, tag_id: int, remote: Tag, **args: Any) -> Any:
        """Return the answer of an operation on a local tag and a tag of the box."""
        return self.operate(name, tag_id=tag_id, endpoint=self.box.endpoint, remote_id=remote.id, **args)

    def show_tag(self, tag_id: int) -> dict[str, Any]:
        """Return a tag as it is in Stash."""
        row = self.stash.tags.get(tag_id, "name aliases description stash_ids { endpoint stash_id } parents { id }")
        assert row is not None
        return row

    def links_of(self, tag_id: int) -> list[str]:
        """Return the ids to which a tag is linked."""
        return [link["stash_id"] for link in self.show_tag(tag_id)["stash_ids"]]

    def tags_by_name(self) -> dict[str, Any]:
        """Return all tags of Stash by name."""
        fields = "name aliases description parents { name } stash_ids { stash_id }"
        return {row["name"]: row for row in self.stash.tags.page(fields, per_page=-1).rows}

    def asked(self, operation: str = LOOK_UP, box: StashBox | None = None) -> int:
        """Return the number of requests of one kind a box has received."""
        return super().asked(operation, box)

    def writes(self) -> int:
        """Return the number of changes to scene tags that Stash has received."""
        return len(self.plugin.stash.server.traffic.requests(CHANGE_TAGS))


@pytest.fixture(scope="session")
def folder(assembled: Callable[[str], Path]) -> Path:
    """Return the plugin's folder as in its zip."""
    return assembled("tagManager")


@pytest.fixture
def box() -> Iterator[StashBox]:
    with open_box("tags") as box:
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


@pytest.fixture
def fetched(bench: Bench, rain: Tag) -> Bench:
    """The bench after a fetch of the box's list, which has one tag, Rain, with aliases and a description."""
    bench.world.change(rain, aliases=["Drizzle", "Shower"], description="Water from above")
    bench.task("refresh_tags")
    return bench
