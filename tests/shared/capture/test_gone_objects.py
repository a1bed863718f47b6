"""Rows about objects that Stash no longer has go, a piece each day; doubtful answers forget nothing."""

from __future__ import annotations

import pytest

from shared.capture.daily_sweep import DAY
from shared.capture.gone_objects import DOUBTFUL, ObjectTable, choose_gone, forget_gone
from tests.shared.capture.conftest import Onlooker


@pytest.mark.parametrize(
    ("ids", "present", "gone"),
    [
        ([1, 2, 3], {1, 3}, [2]),
        ([1, 2, 3], set(), [1, 2, 3]),
        (list(range(DOUBTFUL)), set(), []),
        (list(range(DOUBTFUL)), {0}, list(range(1, DOUBTFUL))),
        ([], set(), []),
    ],
    ids=["one", "a few", "all of many", "nearly all", "none"],
)
def test_objects_that_are_gone_are_forgotten_unless_not_one_of_many_is_left(
    ids: list[int], present: set[int], gone: list[int]
) -> None:
    assert choose_gone(ids, present) == gone


@pytest.fixture
def notes(onlooker: Onlooker) -> list[ObjectTable]:
    """A table with notes about scenes and tags."""
    with onlooker.store.write() as db:
        db.execute("CREATE TABLE notes (kind TEXT, item INTEGER, text TEXT)")
    return [ObjectTable("notes", "item", kind, "kind") for kind in (onlooker.stash.scenes, onlooker.stash.tags)]


def put(onlooker: Onlooker, *rows: tuple[str, int]) -> None:
    with onlooker.store.write() as db:
        db.executemany("INSERT INTO notes VALUES (?, ?, 'a'), (?1, ?2, 'b')", rows)


def read(onlooker: Onlooker) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in onlooker.store.read("SELECT DISTINCT kind, item FROM notes ORDER BY 1, 2")]


def test_notes_about_a_deleted_scene_go_with_the_next_day(onlooker: Onlooker, notes: list[ObjectTable]) -> None:
    kept, gone = onlooker.add_scene(), onlooker.add_scene()
    tag = int(onlooker.stash.tags.create({"name": "Grass"})["id"])
    put(onlooker, ("scene", kept), ("scene", gone), ("tag", tag))
    assert forget_gone(onlooker.call, notes) == 0
    onlooker.delete(gone)
    assert forget_gone(onlooker.call, notes) == 0  # looked at today
    onlooker.clock.advance(DAY)
    assert forget_gone(onlooker.call, notes) == 1
    assert read(onlooker) == [("scene", kept), ("tag", tag)]


def test_a_large_table_is_checked_piece_by_piece(onlooker: Onlooker, notes: list[ObjectTable]) -> None:
    scenes = [onlooker.add_scene() for _ in range(5)]
    put(onlooker, *(("scene", scene) for scene in scenes))
    for scene in (scenes[0], scenes[3]):
        onlooker.delete(scene)
    forgotten = []
    for _ in range(4):
        onlooker.clock.advance(DAY)
        forgotten.append(forget_gone(onlooker.call, notes, piece=2))
    assert (forgotten, len(read(onlooker))) == ([1, 1, 0, 0], 3)
