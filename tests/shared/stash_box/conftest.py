"""A client and a double of a box, with a clock that only counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Callable, TypeVar

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import ServiceError
from shared.http import Timeouts
from shared.json_shape import JsonShape, fits
from shared.stash_box import Box, ScenePage, StashBoxClient
from shared.stash_box.queries.lists import SceneList
from shared.stash_box.tpdb.scenes import RestSceneList
from tests.harness.clock import CountingClock


class Notes:
    """Small values kept as JSON, as the state file keeps them."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, name: str, shape: JsonShape, default: Any = None) -> Any:
        value = json.loads(self.texts[name]) if name in self.texts else default
        assert value is None or fits(value, shape)
        return value

    def put(self, name: str, value: object) -> None:
        self.texts[name] = json.dumps(value)


Connect = Callable[..., StashBoxClient]


@pytest.fixture
def world() -> World:
    return World("client")


@pytest.fixture
def box(world: World) -> Iterator[StashBox]:
    with StashBox(world) as running:
        yield running
    assert running.server.unknown == []


@pytest.fixture
def old_box(world: World) -> Iterator[StashBox]:
    with StashBox(world, profile="old") as running:
        yield running


@pytest.fixture
def tpdb(world: World) -> Iterator[Tpdb]:
    with Tpdb(world) as running:
        yield running


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def connect(clock: CountingClock, notes: Notes) -> Iterator[Connect]:
    """Return a function that makes clients for a double; `details` replace parts of its `Box`."""
    made: list[StashBoxClient] = []

    def make(double: StashBox, *, patience: float = 20.0, **details: Any) -> StashBoxClient:
        rest_url = double.rest_url if isinstance(double, Tpdb) else ""
        box = Box("Box", double.endpoint, double.key, rest_url=rest_url)._replace(**details)
        made.append(StashBoxClient(box, memory=notes, clock=clock, timeouts=Timeouts(patience, patience)))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(box: StashBox, connect: Connect) -> StashBoxClient:
    """A client of the current box that knows its features already."""
    ready = connect(box)
    ready.channel.probe()
    box.server.traffic.clear()
    return ready


Record = TypeVar("Record")


def require_hits(hits: tuple[Record, ...] | ServiceError) -> tuple[Record, ...]:
    """Return the hits of a search; raise if it failed."""
    if isinstance(hits, ServiceError):
        raise hits
    return hits


def read_pages(scenes: SceneList | RestSceneList) -> Iterator[ScenePage]:
    """Yield the pages of a list to its last one."""
    number, has_more = 1, True
    while has_more:
        page = scenes.read_page(number)
        yield page
        number, has_more = number + 1, page.has_more
