"""A Plex double and our adapter talking to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sandbox.plex.model import MOVIE_AGENT
from sandbox.plex.model import PlexMovie as KeptItem
from sandbox.plex.server import PlexDouble
from shared.http import Http, RetryPolicy
from shared.plex.client import Plex
from shared.plex.wire import make_plex_service
from tests.harness.clock import CountingClock

Connect = Callable[..., Plex]


@pytest.fixture
def double() -> Iterator[PlexDouble]:
    """A server with one library and one item."""
    double = PlexDouble()
    double.state.add_section("Videos", "/data", section_id=3, agent=MOVIE_AGENT)
    double.state.add_item(3, "/data/acme/beach.mp4", title="Beach day", size=123456, duration=600_000)
    with double.server:
        yield double


@pytest.fixture
def kept(double: PlexDouble) -> KeptItem:
    """The item, as the server keeps it."""
    return double.state.items[1]


@pytest.fixture
def connect(double: PlexDouble) -> Iterator[Connect]:
    """Makes an adapter; the token and the address may be wrong."""
    opened: list[Http] = []

    def make(token: str = "plex-token", url: str = "", attempts: int = 1) -> Plex:
        service = make_plex_service(url or double.url, token, "client-1", retry=RetryPolicy(attempts))
        opened.append(Http(service, clock=CountingClock()))
        return Plex(opened[-1])

    yield make
    for http in opened:
        http.close()


@pytest.fixture
def plex(connect: Connect) -> Plex:
    """The adapter with the owner's token."""
    return connect()
