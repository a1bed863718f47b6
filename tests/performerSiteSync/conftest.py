"""Performer/Site Sync in the Stash double with stash-boxes, called as its page and Stash's task list call it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import Performer, Scene, Studio
from sandbox.stashbox.server import StashBox
from tests.harness.bench import PluginBench, open_box
from tests.harness.installed import InstalledPlugin, install_plugin

FIELDS = {
    "performer": "name disambiguation alias_list urls gender birthdate country ethnicity eye_color hair_color details "
    "height_cm measurements weight favorite image_path stash_ids { endpoint stash_id updated_at }",
    "studio": "name aliases urls favorite image_path parent_studio { id } stash_ids { endpoint stash_id }",
    "scene": "title date code director details urls organized studio { id name } performers { id name } "
    "paths { screenshot } stash_ids { endpoint stash_id updated_at }",
}


class Bench(PluginBench):
    """A running Stash with Performer/Site Sync and a stash-box called StashDB, with shortcuts to both."""

    entry = "performer_site_sync.py"
    names = ("StashDB", "FansDB", "OtherBox")

    def __init__(self, plugin: InstalledPlugin, box: StashBox) -> None:
        super().__init__(plugin, box)
        self.settings: dict[str, Any] = {}
        self.set(rateLimit=0)

    def set(self, **values: Any) -> None:
        """Save settings of the plugin in addition to those set before."""
        self.settings.update(values)
        self.plugin.save_settings(**self.settings)

    def own(self, remote: Performer, *more: StashId, name: str = "", **values: Any) -> int:
        """Add a performer to the library that is linked to this record, and return its id."""
        links = [self.link(remote), *more]
        return self.stock.add_performer(name or remote.name, stash_ids=links, **values)

    def own_studio(self, remote: Studio, **values: Any) -> int:
        """Add a studio to the library that is linked to this record, and return its id."""
        return self.stock.add_studio(remote.name, stash_ids=[self.link(remote)], **values)

    def own_scene(self, remote: Scene, *more: StashId, title: str = "", **values: Any) -> int:
        """Add a scene to the library that is linked to this record, and return its id; its title is the record's."""
        links = [self.link(remote), *more]
        return self.stock.add_scene(title or remote.title or "", stash_ids=links, **values)

    def make_due(self) -> None:
        """Let the waiting entries of the queue be due now."""
        with sqlite3.connect(self.plugin.state_dir / "state.sqlite3") as db:
            db.execute("UPDATE outbox SET due = 0")

    def edit(self, remote: Scene, **changes: Any) -> None:
        """Change a scene at the box now; the box's own clock stands in the past."""
        self.world.change(remote, updated=datetime.now(timezone.utc).isoformat(), **changes)

    def show(self, number: int, kind: str = "performer") -> dict[str, Any]:
        """Return the present values of a performer, studio or scene in Stash."""
        kinds = {"performer": self.stash.performers, "studio": self.stash.studios, "scene": self.stash.scenes}
        objects = kinds[kind]
        row = objects.get(number, FIELDS[kind])
        assert row is not None
        return row

    def links_of(self, number: int, kind: str = "performer") -> list[str]:
        """Return the record ids a performer or studio is linked to."""
        return [link["stash_id"] for link in self.show(number, kind)["stash_ids"]]

    def locks(self, number: int, kind: str = "performer") -> dict[str, str | None]:
        """Return by field why it is locked, or None."""
        return {row["field"]: row["lock"] for row in self.operate("locks", id=number, kind=kind)["fields"]}

    def sync(self, **args: Any) -> Any:
        """Run the task that updates all performers, and return its result."""
        return self.task("update_performers", **args)

    def writes(self) -> list[dict[str, Any]]:
        """Return the inputs of all update mutations that Stash received."""
        requests = self.plugin.stash.server.traffic.requests("Update")
        return [request.json()["variables"]["input"] for request in requests]

    def find_messages(self, run: Any) -> str:
        """Return all messages of a run, or of its plan in a dry run, as one text."""
        if run["run_id"]:
            return str(self.operate("history_changes", run_id=run["run_id"]))
        return str(self.operate("plan_list", plan_id=run["plan_id"]))


@pytest.fixture(scope="session")
def folder(assembled: Callable[[str], Path]) -> Path:
    """Return the plugin's folder as it is in its zip."""
    return assembled("performerSiteSync")


@pytest.fixture
def box() -> Iterator[StashBox]:
    with open_box("people") as box:
        yield box


@pytest.fixture
def bench(folder: Path, box: StashBox) -> Iterator[Bench]:
    with install_plugin(folder) as plugin:
        yield Bench(plugin, box)
