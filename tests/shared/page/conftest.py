"""The sample plugin in the Stash double, with a shelf of books it works on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness.installed import InstalledPlugin, install_plugin

Books = dict[str, Any]


class Shelf:
    """The file the sample plugin works on."""

    def __init__(self, home: Path) -> None:
        self.path = home / "shelf.json"

    def put(self, **titles: str) -> None:
        """Replace the books by these, given as name and title."""
        self.path.write_text(json.dumps({name: {"title": title} for name, title in titles.items()}))

    def titles(self) -> dict[str, str]:
        return {name: book["title"] for name, book in json.loads(self.path.read_text()).items()}


@pytest.fixture
def plugin(sample_folder: Path) -> Iterator[InstalledPlugin]:
    with install_plugin(sample_folder) as installed:
        yield installed


@pytest.fixture
def shelf(plugin: InstalledPlugin) -> Shelf:
    shelf = Shelf(plugin.stash.home)
    shelf.put(a="One", b="Two", c="Three")
    return shelf


@pytest.fixture
def run_id(plugin: InstalledPlugin, shelf: Shelf) -> str:
    """Return the id of a run that gave all three books the title "New"."""
    plugin.run_task("rename", title="New")
    return str(plugin.operation("history_list")["runs"][0]["id"])
