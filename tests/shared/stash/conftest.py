"""A scripted Stash that answers GraphQL documents from a table, after validating them against a release's schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import ExecutionResult, graphql_sync, parse, validate

from sandbox.stash.profiles import find_profile
from shared.stash import StashAddress, StashClient
from tests.harness.clock import CountingClock
from tests.harness.weather import Exchange, Server, answer, serve

RELEASE = {"version": {"version": "v0.30.1", "hash": "abc", "build_time": "now"}, "systemStatus": {"appSchema": 75}}
Answer = Callable[[dict[str, Any]], Any]


class ScriptedStash:
    """Answers by operation name: data, a weather of tests/harness, or a function; lists are used up in order."""

    def __init__(self, release: str = "0.31") -> None:
        self.schema = find_profile(release).schema
        self.answers: dict[str, Any] = {"Version": RELEASE}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, exchange: Exchange) -> None:
        asked = exchange.seen.json
        document = parse(asked["query"])
        errors = validate(self.schema, document)
        if errors:
            return answer({"errors": [{"message": error.message} for error in errors], "data": None}, 422)(exchange)
        name = getattr(document.definitions[0], "name", None)
        return self.give(name.value if name else "", asked, exchange)

    def give(self, name: str, asked: dict[str, Any], exchange: Exchange) -> None:
        self.asked.append((name, asked["variables"]))
        found = self.answers.get(name)
        if found is None:
            return answer(introspect(self, asked["query"]))(exchange)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if callable(found) and not isinstance(found, dict):
            result = found(exchange)
            return None if result is None else answer({"data": result})(exchange)
        return answer({"data": found})(exchange)

    @property
    def names(self) -> list[str]:
        """The names of the requested operations."""
        return [name for name, _ in self.asked]


def introspect(scripted: ScriptedStash, query: str) -> dict[str, Any]:
    result: ExecutionResult = graphql_sync(scripted.schema, query)
    assert result.data, f"the scripted Stash has no answer for {query}"
    return {"data": result.data}


def refuse(message: str) -> Answer:
    """Return an answer that is a GraphQL error with status 200."""
    return lambda exchange: answer({"errors": [{"message": message}], "data": None})(exchange)  # type: ignore[arg-type]


@pytest.fixture
def scripted() -> ScriptedStash:
    return ScriptedStash()


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


@pytest.fixture
def server(scripted: ScriptedStash) -> Iterator[Server]:
    with serve(scripted) as running:
        yield running


@pytest.fixture
def stash(server: Server, clock: CountingClock, tmp_path: Path) -> Iterator[StashClient]:
    client = StashClient(StashAddress(server.url, cookie="cookie-1", dir=str(tmp_path)), clock=clock)
    yield client
    client.close()
