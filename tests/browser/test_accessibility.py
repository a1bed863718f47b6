"""axe-core finds nothing on any page and dialog of the demo, and none scrolls sideways: wide, narrow, and light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from sandbox.demo.catalogue import Sizes
from sandbox.demo.past import live_through
from sandbox.demo.town import Town
from scripts.commands.build import write_dist
from scripts.commands.serve import plugin_source
from scripts.pictures.walk import PLUGIN_PAGES, walk
from scripts.release.packages import Package
from tests.harness.axe import allow_light_theme, describe, inspect_windows
from tests.harness.browser import open_screen


@pytest.fixture(scope="module")
def town(packages: dict[str, Package], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo with few scenes and its past."""
    folder = tmp_path_factory.mktemp("dist")
    write_dist(list(packages.values()), folder, known=[])
    with plugin_source(folder) as source, Town(source.url, sizes=Sizes.for_scenes(400)) as town:
        live_through(town)
        yield town


@pytest.mark.parametrize("plugin", PLUGIN_PAGES)
def test_axe_finds_nothing(plugin: str, town: Town, chromium: Browser) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    with open_screen(chromium, town.stash) as screen:
        allow_light_theme(screen.page)
        for view in walk(screen.page, screen.url, plugins=(plugin,)):
            for window, problems in inspect_windows(
                screen.page, ".sbk.modal" if view.is_dialog else ".sbk-page"
            ).items():
                found[f"{view.name} ({window})"] = problems
    assert found == {}, describe(found)
