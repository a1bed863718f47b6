"""Old answers of boxes go when no scene has their link any more; young ones and linked ones stay."""

from __future__ import annotations

from typing import Any

import pytest

from shared.capture.daily_sweep import DAY
from shared.capture.gone_links import SEASON, forget_unlinked
from tests.shared.capture.conftest import Onlooker

BOX = "https://box.example/graphql"
OTHER_SPELLING = "https://box.example/graphql/"


@pytest.fixture
def call(onlooker: Onlooker) -> Any:
    """The call of the plugin, with Stash and a table of answers."""
    with onlooker.store.write() as db:
        db.execute("CREATE TABLE answers (endpoint TEXT, id TEXT, fetched REAL)")
    onlooker.call.stash = onlooker.stash  # type: ignore[attr-defined]
    return onlooker.call


def put(onlooker: Onlooker, name: str, days: float) -> None:
    """Keep an answer that is so many days old."""
    with onlooker.store.write() as db:
        db.execute("INSERT INTO answers VALUES (?, ?, ?)", (BOX, name, onlooker.clock.now() - days * DAY))


def link(onlooker: Onlooker, name: str) -> None:
    """Add a scene that is linked to this record, by another spelling of the box."""
    onlooker.stash.scenes.create({"title": "Mine", "stash_ids": [{"endpoint": OTHER_SPELLING, "stash_id": name}]})


def read(onlooker: Onlooker) -> list[str]:
    return [row[0] for row in onlooker.store.read("SELECT id FROM answers ORDER BY id")]


def test_only_old_answers_without_a_link_go(onlooker: Onlooker, call: Any) -> None:
    link(onlooker, "linked")
    for name, days in (("linked", 100), ("old", 100), ("young", 80)):
        put(onlooker, name, days)
    assert forget_unlinked(call, ["answers"]) == 1
    assert read(onlooker) == ["linked", "young"]
    onlooker.clock.advance(SEASON)
    assert forget_unlinked(call, ["answers"]) == 1
    assert read(onlooker) == ["linked"]


def test_they_are_checked_piece_by_piece_once_a_day(onlooker: Onlooker, call: Any) -> None:
    link(onlooker, "another")
    for name in "abcde":
        put(onlooker, name, 100)
    counts = []
    for _ in range(3):
        counts.append([forget_unlinked(call, ["answers"], piece=2) for _ in range(2)])
        onlooker.clock.advance(DAY)
    assert (counts, read(onlooker)) == ([[2, 0], [2, 0], [1, 0]], [])


@pytest.mark.parametrize("has_sql", [True, False])
def test_a_stash_without_any_link_or_without_sql_loses_nothing(onlooker: Onlooker, call: Any, has_sql: bool) -> None:
    if not has_sql:
        link(onlooker, "another")
        onlooker.double.server.faults.add("graphql_error", operation="querySQL", message="not allowed")
    put(onlooker, "old", 100)
    assert forget_unlinked(call, ["answers"]) == 0
    assert read(onlooker) == ["old"]
