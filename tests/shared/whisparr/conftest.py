"""A double of Whisparr and a client of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sandbox.whisparr.server import WhisparrDouble
from shared.http import Http
from shared.whisparr.client import Whisparr
from shared.whisparr.model import WhisparrProgram
from shared.whisparr.wire import make_whisparr_service
from tests.harness.clock import CountingClock


@pytest.fixture
def double() -> Iterator[WhisparrDouble]:
    """A running double of Whisparr v3."""
    double = WhisparrDouble()
    with double.server:
        yield double


@pytest.fixture
def connect() -> Iterator[Callable[..., Whisparr]]:
    """Return a function that makes clients; key and address may be wrong."""
    opened: list[Http] = []

    def make(url: str, key: str = "whisparr-key", known: WhisparrProgram | None = None) -> Whisparr:
        opened.append(Http(make_whisparr_service(url, key), clock=CountingClock()))
        return Whisparr(opened[-1], known)

    yield make
    for http in opened:
        http.close()


@pytest.fixture
def whisparr(double: WhisparrDouble, connect: Callable[..., Whisparr]) -> Whisparr:
    """A client that has connected already."""
    adapter = connect(double.url)
    adapter.connect()
    double.server.traffic.clear()
    return adapter
