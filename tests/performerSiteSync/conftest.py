"""Performer/Site Sync in the Stash double with stash-boxes, called as its page and Stash's task list call it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.stocking import Link, Stock
from sandbox.stashbox.model import Performer, Studio
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin

SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
FIELDS = {
    "performer": "name disambiguation alias_list urls gender birthdate country ethnicity eye_color hair_color details "
    "height_cm measurements weight favorite image_path stash_ids { endpoint stash_id updated_at }",
    "studio": "name aliases urls favorite image_path parent_studio { id } stash_ids { endpoint stash_id }",
}


class Bench:
    """A running Stash with the plugin, a stash-box called StashDB, and short words for both."""

    def __init__(self, plugin: InstalledPlugin, box: StashBox) -> None:
        self.plugin = plugin
        self.box = box
        self.world = box.world
        self.stash = plugin.client
        self.stock = Stock(plugin.stash.services.library)
        self.configure(box)
        self.settings: dict[str, Any] = {}
        self.set(rateLimit=0)

    def set(self, **values: Any) -> None:
        """Settings of the plugin, beside those that are set."""
        self.settings.update(values)
        self.plugin.save_settings(**self.settings)

    def configure(self, *boxes: StashBox, keys: tuple[str, ...] = ()) -> None:
        """Make these the stash-boxes of Stash: StashDB, FansDB, OtherBox."""
        found = [*keys, *(box.key for box in boxes[len(keys) :])]
        rows = [
            {"endpoint": box.endpoint, "api_key": key, "name": name, "max_requests_per_minute": 100_000}
            for name, box, key in zip(("StashDB", "FansDB", "OtherBox"), boxes, found)
        ]
        self.stash.ask(SAVE_BOXES, {"boxes": rows})

    def link(self, remote: Performer | Studio, box: StashBox | None = None) -> Link:
        """A stash id at a box."""
        return Link((box or self.box).endpoint, remote.id)

    def own(self, remote: Performer, *more: Link, name: str = "", **values: Any) -> int:
        """This performer of the box is in the library."""
        links = [self.link(remote), *more]
        return self.stock.add_performer(name or remote.name, stash_ids=links, **values)

    def own_studio(self, remote: Studio, **values: Any) -> int:
        """This studio of the box is in the library."""
        return self.stock.add_studio(remote.name, stash_ids=[self.link(remote)], **values)

    def show(self, number: int, kind: str = "performer") -> dict[str, Any]:
        """What is in Stash now."""
        shelf = self.stash.performers if kind == "performer" else self.stash.studios
        row = shelf.get(number, FIELDS[kind])
        assert row is not None
        return row

    def links_of(self, number: int, kind: str = "performer") -> list[str]:
        """The ids a performer or studio is linked to."""
        return [link["stash_id"] for link in self.show(number, kind)["stash_ids"]]

    def task(self, mode: str, **args: Any) -> Any:
        """What a task answered; its error is an AssertionError, as the log has it."""
        self.plugin.run_task(mode, **args)
        logbook = self.plugin.stash.services.logbook
        returned = [text for text in logbook.messages() if text.startswith("Plugin returned")][-1]
        kind, _, text = returned.partition(": ")
        assert kind == "Plugin returned", text
        return ast.literal_eval(text)

    def sync(self, **args: Any) -> Any:
        """Update all performers."""
        return self.task("update_performers", **args)

    def operate(self, name: str, **args: Any) -> Any:
        """What an operation answers."""
        return self.plugin.operation(name, **args)

    def asked(self, box: StashBox | None = None, operation: str = "") -> int:
        """How many requests a box has got."""
        return len((box or self.box).server.traffic.requests(operation))

    def writes(self) -> list[dict[str, Any]]:
        """The inputs of all updates Stash was asked for."""
        requests = self.plugin.stash.server.traffic.requests("Update")
        return [request.json()["variables"]["input"] for request in requests]

    def find_messages(self, run: Any) -> str:
        """All that a run or its plan says about its items."""
        if run["run_id"]:
            return str(self.operate("history_changes", run_id=run["run_id"]))
        return str(self.operate("plan_list", plan_id=run["plan_id"]))

    def undo(self, run_id: int) -> Any:
        """Take a run back."""
        plan = self.operate("history_undo", run_id=run_id, preview=True)
        return self.operate("history_undo", plan_id=plan["plan_id"])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder as in its zip."""
    return assemble(ROOT / "performerSiteSync", tmp_path_factory.mktemp("built") / "performerSiteSync")


@pytest.fixture
def box() -> Iterator[StashBox]:
    with StashBox(World("people")) as box:
        yield box


@pytest.fixture
def other() -> Iterator[StashBox]:
    with StashBox(World("other")) as box:
        yield box


@pytest.fixture
def bench(folder: Path, box: StashBox) -> Iterator[Bench]:
    with install_plugin(folder) as plugin:
        yield Bench(plugin, box)
