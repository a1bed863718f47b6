"""The sandbox's Plex for each test, and the unmodified plexapi as its client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from plexapi.server import PlexServer

from sandbox.plex.model import MOVIE_AGENT, PlexMovie
from sandbox.plex.server import PlexDouble


@pytest.fixture
def plex() -> Iterator[PlexDouble]:
    """Start a Plex with one library and one item."""
    double = PlexDouble()
    double.state.add_section("Videos", "/data", section_id=3, agent=MOVIE_AGENT)
    double.state.add_item(3, "/data/acme/beach.mp4", title="Beach day", size=123456, duration=600_000)
    with double.server:
        yield double


@pytest.fixture
def item(plex: PlexDouble) -> PlexMovie:
    """The item as the server keeps it."""
    return plex.state.items[1]


@pytest.fixture
def connect(plex: PlexDouble) -> Callable[[str], Any]:
    """Connect plexapi with a token."""
    server_class: Any = PlexServer
    return lambda token: server_class(plex.url, token)


@pytest.fixture
def client(plex: PlexDouble, connect: Callable[[str], Any]) -> Any:
    """plexapi, connected as the owner."""
    return connect(plex.token)


@pytest.fixture
def movie(client: Any) -> Any:
    """The item as plexapi sees it."""
    return client.library.sectionByID(3).get("Beach day")
