"""Missing Scenes in the Stash double, with a stash-box and a Whisparr, called as its page calls it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.stashbox.model import Performer, Scene
from sandbox.stashbox.server import StashBox
from sandbox.whisparr.server import WhisparrDouble
from tests.harness.bench import PluginBench, open_box
from tests.harness.installed import install_plugin


class Bench(PluginBench):
    """A running Stash with Missing Scenes, one stash-box called StashDB, and short words for both."""

    entry = "missing_scenes.py"

    def links(self, stash_id: str, box: StashBox | None = None) -> list[dict[str, str]]:
        """Return a list of stash ids with one for a box."""
        return [{"endpoint": (box or self.box).endpoint, "stash_id": stash_id}]

    def add_local(self, kind: str, name: str, stash_id: str | None = None, **values: Any) -> str:
        """Add a performer, studio or tag to the library, linked if a stash id is given; return its number."""
        links = {"stash_ids": self.links(stash_id)} if stash_id else {}
        row = getattr(self.stash, f"{kind}s").create({"name": name, **links, **values})
        return str(row["id"])

    def own(self, *scenes: Scene) -> list[str]:
        """Add these scenes of the box to the library, linked; return their numbers there."""
        return [
            str(self.stash.scenes.create({"title": each.title or "x", "stash_ids": self.links(each.id)})["id"])
            for each in scenes
        ]

    def add_scenes(self, number: int, *performers: Performer, **details: Any) -> list[Scene]:
        """Add so many scenes to the box, oldest first."""
        return [
            self.world.add_scene(
                details.get("title", f"Scene {each}"),
                performers=performers,
                release_date=f"{2000 + each // 300}-{1 + each // 25 % 12:02d}-{1 + each % 25:02d}",
                **{name: value for name, value in details.items() if name != "title"},
            )
            for each in range(number)
        ]

    def plan_adds(self, *scenes: Scene) -> Any:
        """Save a plan that adds these scenes to Whisparr, and return the operation's answer."""
        sent = [{"id": scene.id, "title": scene.title} for scene in scenes]
        return self.operate("whisparr_plan", endpoint=self.box.endpoint, scenes=sent)

    def find(self, entity_id: str = "", entity_type: str = "performer", **args: Any) -> Any:
        """Return one page of the list."""
        return self.plugin.operation("find_missing", entity_type=entity_type, entity_id=entity_id, **args)

    def find_all(self, entity_id: str = "", **args: Any) -> list[Any]:
        """Return all pages of the list, until there is no cursor."""
        pages = [self.find(entity_id, **args)]
        while pages[-1]["cursor"]:
            pages.append(self.find(entity_id, **{**args, "cursor": pages[-1]["cursor"]}))
        return pages


def ids_of(*pages: Any) -> list[str]:
    """Return the ids of the scenes on some pages."""
    return [card["id"] for page in pages for card in page["scenes"]]


@pytest.fixture(scope="session")
def folder(assembled: Callable[[str], Path]) -> Path:
    """Return the plugin's folder as in its zip."""
    return assembled("missingScenes")


@pytest.fixture
def box() -> Iterator[StashBox]:
    with open_box("missing") as box:
        yield box


@pytest.fixture
def bench(folder: Path, box: StashBox) -> Iterator[Bench]:
    with install_plugin(folder) as plugin:
        yield Bench(plugin, box)


@pytest.fixture
def mira(bench: Bench) -> Performer:
    """Add a performer to the box."""
    return bench.world.add_performer("Mira Mosswick", gender="FEMALE")


@pytest.fixture
def local_mira(bench: Bench, mira: Performer) -> str:
    """Add the same performer to the library, linked; return her number."""
    return bench.add_local("performer", "Mira Mosswick", mira.id)


@contextlib.contextmanager
def set_up_whisparr(bench: Bench) -> Iterator[WhisparrDouble]:
    """Open a Whisparr v3 and enter it in the plugin's settings."""
    double = WhisparrDouble()
    with double.server:
        bench.plugin.save_settings(
            whisparrUrl=double.url,
            whisparrApiKey=double.state.api_key,
            whisparrQualityProfile=4,
            whisparrRootFolder="/data/scenes",
        )
        yield double


@pytest.fixture
def whisparr(bench: Bench) -> Iterator[WhisparrDouble]:
    with set_up_whisparr(bench) as double:
        yield double
