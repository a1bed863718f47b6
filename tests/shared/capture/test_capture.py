"""What changed in Stash is found without anybody having told: by looks at its database."""

from __future__ import annotations

import contextlib
import random
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from shared.capture.capture import FIRST_LOOK
from shared.capture.compare import LookRows
from shared.capture.full_comparison import DAY, find_time_to_compare
from shared.capture.store import KnownObjects
from tests.shared.capture.conftest import Onlooker

HOUR = 3600.0


@pytest.fixture
def scenes(onlooker: Onlooker) -> list[int]:
    """Five scenes that are known."""
    numbers = [onlooker.add_scene(f"Scene {number}") for number in range(5)]
    onlooker.look()
    return numbers


def test_at_the_first_look_nothing_counts_as_changed(onlooker: Onlooker) -> None:
    for _ in range(3):
        onlooker.add_scene()
    onlooker.clock.advance(HOUR)
    assert onlooker.look() == set()


def test_the_save_that_starts_the_first_look_counts(onlooker: Onlooker) -> None:
    first, second = onlooker.add_scene(), onlooker.add_scene()
    onlooker.clock.advance(HOUR)
    assert onlooker.look(saved=f"scene:{second}") == {f"created:{second}"}
    assert onlooker.look(saved=f"scene:{first}") == set()


def test_a_look_finds_what_was_saved_created_and_deleted(onlooker: Onlooker, scenes: list[int]) -> None:
    onlooker.save(scenes[0])
    new = onlooker.add_scene()
    onlooker.delete(scenes[1])
    assert onlooker.look() == {f"changed:{scenes[0]}", f"created:{new}", f"destroyed:{scenes[1]}"}
    assert onlooker.look() == set()


def test_after_a_slow_comparison_a_deletion_is_found_at_once_in_a_small_library(
    onlooker: Onlooker, scenes: list[int]
) -> None:
    known = KnownObjects(onlooker.store, "scene")
    last = known.find_last_look()
    assert last is not None
    known.save_look(last._replace(compare_seconds=30.0))  # as on a machine that was busy
    onlooker.delete(scenes[1])
    assert onlooker.look() == {f"destroyed:{scenes[1]}"}


def test_a_large_library_is_compared_for_a_twentieth_of_the_time() -> None:
    last = FIRST_LOOK._replace(compared_at=1_000.0, compare_seconds=30.0)
    assert find_time_to_compare(last, LookRows(999, [], None), 1_000, ()) == 1_600.0
    assert find_time_to_compare(last, LookRows(1_000, [], None), 1_000, ()) is None


def test_two_saves_within_one_second_are_both_seen(onlooker: Onlooker, scenes: list[int]) -> None:
    onlooker.save(scenes[0])
    onlooker.look(is_short=True)
    onlooker.stash.scenes.update(scenes[0], {"title": "again"})
    assert onlooker.look() | {f"changed:{scenes[0]}"} == {f"changed:{scenes[0]}"}
    onlooker.stash.scenes.update(scenes[0], {"title": "and again"})
    assert onlooker.look() == {f"changed:{scenes[0]}"}


def test_a_merge_which_fires_no_hook_is_seen(onlooker: Onlooker, scenes: list[int]) -> None:
    merge = "mutation Merge($input: SceneMergeInput!) { sceneMerge(input: $input) { id } }"
    onlooker.clock.advance(60)
    onlooker.stash.ask(merge, {"input": {"source": [str(scenes[1])], "destination": str(scenes[0])}})
    assert f"destroyed:{scenes[1]}" in onlooker.look()


def test_a_week_without_a_look_loses_nothing(onlooker: Onlooker, scenes: list[int]) -> None:
    onlooker.save(scenes[0])
    onlooker.clock.advance(7 * DAY)
    onlooker.save(scenes[1])
    assert onlooker.look() == {f"changed:{scenes[0]}", f"changed:{scenes[1]}"}


def test_a_save_after_the_clock_was_set_back_is_seen(onlooker: Onlooker, scenes: list[int]) -> None:
    onlooker.clock.wall -= 5 * HOUR
    onlooker.save(scenes[0])
    onlooker.clock.advance(HOUR)
    assert onlooker.look() == {f"changed:{scenes[0]}"}
    onlooker.save(scenes[1])
    assert onlooker.look() == {f"changed:{scenes[1]}"}


def test_a_save_under_a_clock_that_was_a_day_ahead_is_seen_once(onlooker: Onlooker, scenes: list[int]) -> None:
    onlooker.clock.wall += DAY
    onlooker.save(scenes[0])
    onlooker.clock.wall -= DAY
    assert onlooker.look() == {f"changed:{scenes[0]}"}
    assert onlooker.look() == set()
    onlooker.save(scenes[0])
    assert onlooker.look() == {f"changed:{scenes[0]}"}


def test_a_restored_database_counts_as_changed_where_it_differs(onlooker: Onlooker, scenes: list[int]) -> None:
    backup = read_rows(onlooker)
    onlooker.save(scenes[0])
    new = onlooker.add_scene()
    onlooker.look()
    restore(onlooker, backup)
    onlooker.clock.advance(HOUR)
    assert onlooker.look() == {f"changed:{scenes[0]}", f"destroyed:{new}"}


def read_rows(onlooker: Onlooker) -> list[tuple[Any, ...]]:
    """Return the rows of all scenes, as a backup keeps them."""
    with onlooker.double.services.library.read() as db:
        return list(db.rows("SELECT * FROM scenes"))


def restore(onlooker: Onlooker, rows: list[tuple[Any, ...]]) -> None:
    """Bring the scenes of a backup back."""
    with onlooker.double.services.library.write() as db:
        db.run("DELETE FROM scenes")
        for row in rows:
            db.run(f"INSERT INTO scenes VALUES ({', '.join('?' * len(row))})", tuple(row))


@pytest.mark.parametrize(("before", "after"), [(2, 1), (1, 2), (-5, -4), (0, 12)])
def test_a_change_of_the_time_zone_hides_no_save(
    onlooker: Onlooker, monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    for hours in (before, after):
        zone = onlooker.double.services.library.zone = timezone(timedelta(hours=hours))
        own = datetime.fromtimestamp(0, zone).isoformat()[-6:]
        monkeypatch.setattr("shared.capture.capture.find_own_offset", lambda now, own=own: own)
        scene = onlooker.add_scene()
        onlooker.look()
        onlooker.save(scene)
        assert onlooker.look() == {f"changed:{scene}"}


def test_a_look_with_nothing_to_do_is_one_request(onlooker: Onlooker, scenes: list[int]) -> None:
    del scenes
    onlooker.clock.advance(HOUR)
    onlooker.look()
    onlooker.count_requests()
    assert (onlooker.look(), onlooker.count_requests()) == (set(), 1)


def test_only_watched_fields_make_a_change(onlooker: Onlooker) -> None:
    onlooker.watch = onlooker.watch._replace(fields="stash_ids { stash_id }")
    scene = onlooker.add_scene()
    onlooker.look()
    onlooker.save(scene, title="Other")
    assert onlooker.look() == set()
    onlooker.save(scene, stash_ids=[{"endpoint": "https://box.test/graphql", "stash_id": "a"}])
    assert onlooker.look() == {f"changed:{scene}"}


@pytest.mark.parametrize(("catches_up", "found"), [(True, 1), (False, 0)])
def test_after_a_pause_a_watch_catches_up_or_begins_anew(
    onlooker: Onlooker, scenes: list[int], catches_up: bool, found: int
) -> None:
    on = onlooker.watch._replace(catches_up=catches_up)
    onlooker.watch = on._replace(is_on=False)
    onlooker.save(scenes[0])
    assert (onlooker.look(), onlooker.count_requests() > 0) == (set(), True)
    onlooker.watch = on
    onlooker.clock.advance(60)
    assert len(onlooker.look()) == found


class Killed(Exception):
    """Stands for a process that is killed."""


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_every_change_is_found(onlooker: Onlooker, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Save, delete, set the clock, look and kill the look at random; in the end every change was in the queue.

    The clock is set only once between two whole looks: what twice hides is found within a day only.
    """
    dice = random.Random(seed)
    scenes = [onlooker.add_scene() for _ in range(8)]
    onlooker.look()
    changed: set[int] = set()
    found: set[str] = set()
    save, is_clock_set = KnownObjects.save, False
    for _ in range(100):
        step = dice.randrange(7)
        if step <= 2:
            number = dice.choice(scenes)
            onlooker.save(number)
            changed.add(number)
        elif step == 3:
            scenes.append(onlooker.add_scene())
            changed.add(scenes[-1])
        elif step == 4 and len(scenes) > 3:
            gone = scenes.pop(dice.randrange(len(scenes)))
            onlooker.delete(gone)
            changed.discard(gone)
        elif step == 5 and not is_clock_set:
            onlooker.clock.wall += dice.choice([-HOUR, -30.0, 30.0, HOUR])
            is_clock_set = True
        else:
            monkeypatch.setattr(KnownObjects, "save", dice.choice([die, save]))
            with contextlib.suppress(Killed):
                found |= onlooker.look(is_short=dice.random() < 0.5)
                is_clock_set = False
            monkeypatch.setattr(KnownObjects, "save", save)
            found |= onlooker.take_entries()
    found |= onlooker.look()
    missed = {number for number in changed if not {f"changed:{number}", f"created:{number}"} & found}
    assert missed == set()


def die(*arguments: object, **options: object) -> None:
    """Take the place of a write during which the process is killed."""
    raise Killed
