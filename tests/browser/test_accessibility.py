"""axe-core finds nothing on any page and dialog of the demo, and none scrolls sideways: wide, narrow, and light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from sandbox.demo.catalogue import Sizes
from sandbox.demo.past import live_through
from sandbox.demo.town import Town
from sandbox.stash.server import StashOptions
from scripts.commands.build import write_dist
from scripts.commands.serve import plugin_source
from scripts.pictures.walk import PLUGIN_PAGES, walk, walk_entities
from scripts.release.packages import Package
from tests.harness.axe import allow_light_theme, describe, inspect_windows
from tests.harness.browser import open_screen
from tests.harness.forks import FORK_SERVERS
from tests.harness.installed import make_environment


@pytest.fixture(scope="module")
def town(packages: dict[str, Package], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo with few scenes and its past."""
    folder = tmp_path_factory.mktemp("dist")
    write_dist(list(packages.values()), folder, known=[])
    options = StashOptions(environment=make_environment(), start_program=FORK_SERVERS.start)
    with plugin_source(folder) as source, Town(source.url, sizes=Sizes.for_scenes(400), stash=options) as town:
        live_through(town)
        yield town


@pytest.mark.parametrize("place", [*PLUGIN_PAGES, "pages-of-stash"])
def test_axe_finds_nothing(place: str, town: Town, chromium: Browser) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    with open_screen(chromium, town.stash) as screen:
        allow_light_theme(screen.page)
        is_ours = place in PLUGIN_PAGES
        for view in (
            walk(screen.page, screen.url, plugins=(place,)) if is_ours else walk_entities(screen.page, screen.url)
        ):
            for window, problems in inspect_windows(
                screen.page, ".sbk.modal" if view.is_dialog else ".sbk-page"
            ).items():
                found[f"{view.name} ({window})"] = problems
    assert found == {}, describe(found)
