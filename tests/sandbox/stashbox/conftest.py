"""A box with a small world, and a way to ask it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

import pytest
import requests

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World

Ask = Callable[..., requests.Response]


@pytest.fixture
def world() -> World:
    return World("test")


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


def ask(box: StashBox, query: str, key: str | None = "", **variables: Any) -> requests.Response:
    """Post a query with the box's key, another key, or none (None)."""
    headers = {} if key is None else {"ApiKey": key or box.key}
    body = {"query": query, "variables": variables}
    with requests.Session() as session:
        session.trust_env = False
        return session.post(box.endpoint, json=body, headers=headers, timeout=60)


def read(box: StashBox, query: str, **variables: Any) -> Any:
    """Return the value of the only root field; errors fail the test."""
    reply = ask(box, query, **variables).json()
    assert "errors" not in reply, reply["errors"]
    (value,) = reply["data"].values()
    return value
