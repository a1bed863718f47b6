"""One Chromium for all browser tests, one Stash and one window for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page

from sandbox.stash.routes.pages import WEB
from sandbox.stash.server import SandboxStash, StashOptions
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import make_environment
from tests.harness.sample_plugin import write_sample
from tests.missingScenes.conftest import Bench

SEEDS: dict[str, list[dict[str, Any]]] = {
    "Studio": [{"name": "Harbor Light"}, {"name": "North Field"}],
    "Tag": [{"name": "Outdoor"}, {"name": "Kitchen"}],
    "Performer": [{"name": "Ada Sample"}, {"name": "Bea Sample"}],
    "Scene": [{"title": f"Scene {number}", "studio_id": "1", "performer_ids": ["1"]} for number in (1, 2)],
}


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers with which tests choose their Stash."""
    config.addinivalue_line("markers", "stash(**options): options of the sandbox's Stash, e.g. profile or prefix")
    config.addinivalue_line("markers", "window(**options): size and options of the browser window")
    config.addinivalue_line(
        "markers", "plugins(writers=…): more plugins; each writes its folder into the one it is given"
    )


def ask(stash: SandboxStash, query: str, **variables: Any) -> dict[str, Any]:
    """Return the data of a GraphQL request to the sandbox's Stash."""
    reply = requests.post(f"{stash.url}/graphql", json={"query": query, "variables": variables}, timeout=60).json()
    assert "errors" not in reply, reply["errors"]
    data: dict[str, Any] = reply["data"]
    return data


def seed(stash: SandboxStash) -> None:
    """Create two entities of each kind."""
    for kind, inputs in SEEDS.items():
        for values in inputs:
            query = f"mutation($i: {kind}CreateInput!) {{ {kind.lower()}Create(input: $i) {{ id }} }}"
            ask(stash, query, i=values)


@pytest.fixture
def stash(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SandboxStash]:
    """Yield a Stash with the kit's sample plugin and a small library."""
    assert (WEB / "index.html").is_file(), "the web shell is not built: ./dev test builds it"
    wanted = request.node.get_closest_marker("stash")
    others = request.node.get_closest_marker("plugins")
    writers = [write_sample, *(others.kwargs["writers"] if others else ())]
    plugins = [write(tmp_path / "plugins") for write in writers]
    options = StashOptions(plugins=plugins, environment=make_environment(), **(wanted.kwargs if wanted else {}))
    with SandboxStash(options) as double:
        seed(double)
        yield double


@pytest.fixture
def screen(request: pytest.FixtureRequest, chromium: Browser, stash: SandboxStash) -> Iterator[Screen]:
    """Yield a browser window on that Stash."""
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, stash, **(wanted.kwargs if wanted else {})) as window:
        yield window


@pytest.fixture
def page(screen: Screen) -> Page:
    """Return Playwright's page of that window."""
    return screen.page


@pytest.fixture
def missing(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    """Yield a window on the `bench` of a file that tests Missing Scenes."""
    wanted = request.node.get_closest_marker("window")
    known = (bench.box.server.url,)
    with open_screen(chromium, bench.plugin.stash, known=known, **(wanted.kwargs if wanted else {})) as window:
        yield window
