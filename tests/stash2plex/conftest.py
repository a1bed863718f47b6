"""Stash2Plex installed in the sandbox's Stash, with a Plex, called as its page and Stash's tasks call it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.plex.server import PlexDouble
from tests.harness.installed import install_plugin
from tests.stash2plex.pair import Pair


@pytest.fixture(scope="session")
def plugin_folder(assembled: Callable[[str], Path]) -> Path:
    return assembled("stash2plex")


@pytest.fixture
def pair(plugin_folder: Path) -> Iterator[Pair]:
    plex = PlexDouble()
    with plex.server, install_plugin(plugin_folder) as plugin:
        found = Pair(plugin, plex)
        yield found
        found.store.close()
        with contextlib.suppress(OSError):
            found.plex.server.stop()


@pytest.fixture
def live(pair: Pair) -> Pair:
    """Return a pair that listens and has looked at Stash once."""
    pair.change_settings(enabled=True)
    pair.plugin.operation("heartbeat")
    return pair
