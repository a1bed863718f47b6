"""Applying a plan in processes that are killed: what was planned happens once, and the history tells the truth."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shared.journal import Item, Journal, set_field
from shared.runtime.clock import SYSTEM_CLOCK
from tests.harness.library import Library, new_titles
from tests.harness.state import run_program

KILLS = 20
THINGS = 60


def test_a_run_killed_at_twenty_random_points_ends_right(tmp_path: Path) -> None:
    library = Library(tmp_path, THINGS, SYSTEM_CLOCK)
    plan_id = library.save()
    library.call.store.close()
    events, dice = count_events(tmp_path / "count"), random.Random(35)
    codes = [run_program("apply", tmp_path, plan_id, dice.randrange(1, events // 8), 0)[0] for _ in range(KILLS)]
    code, said = run_program("apply", tmp_path, plan_id, 0, 0)
    assert (code, said) == (0, f"{THINGS} seen: {THINGS} changed.")
    assert codes.count(-9) == KILLS
    assert library.titles() == [f"new {n}" for n in range(THINGS)]
    assert library.tags() == [["mine", "theirs"]] * THINGS


def count_events(directory: Path) -> int:
    """Return the number of events that one whole run of the same size takes."""
    directory.mkdir()
    plan_id = Library(directory, THINGS, SYSTEM_CLOCK).save()
    return int(run_program("apply", directory, plan_id, -1, 0)[1].splitlines()[-1])


def test_after_all_those_kills_one_undo_restores_everything(tmp_path: Path) -> None:
    library = Library(tmp_path, THINGS, SYSTEM_CLOCK)
    plan_id = library.save()
    library.call.store.close()
    dice = random.Random(61)
    for _ in range(3):
        run_program("apply", tmp_path, plan_id, 0, dice.randrange(1, 12))
    run_program("apply", tmp_path, plan_id, 0, 0)
    assert library.undo(1).items["changed"] == THINGS
    assert (library.titles(), library.tags()) == ([f"old {n}" for n in range(THINGS)], [["mine"]] * THINGS)


def test_a_kill_costs_at_most_one_repeated_batch(tmp_path: Path) -> None:
    library = Library(tmp_path, THINGS, SYSTEM_CLOCK)
    plan_id = library.save(new_titles(library.items))
    library.call.store.close()
    assert run_program("apply", tmp_path, plan_id, 0, 17)[0] == -9
    before = library.shelf.count_writes()
    assert run_program("apply", tmp_path, plan_id, 0, 0)[0] == 0
    assert (before, library.shelf.count_writes()) == (17, THINGS)


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_a_run_costs_the_same_beside_a_long_history(tmp_path: Path, rows: int) -> None:
    library = Library(tmp_path, 0)
    library.run(set_field(Item("thing", str(n)), "title", None, "x") for n in range(rows))
    assert count_steps(library) < 8_000


def count_steps(library: Library) -> int:
    """Return the number of SQLite's instructions for a small run beside all that history."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    item = library.shelf.put("new", title="old new")
    library.call.store.connect().set_progress_handler(count, 1)
    assert library.run(new_titles([item])).items["changed"] == 1
    library.call.store.connect().set_progress_handler(None, 0)
    return steps[0]


def test_a_journal_needs_the_same_memory_for_any_plan(tmp_path: Path) -> None:
    import tracemalloc

    library = Library(tmp_path, 0)
    peaks = []
    for size in (500, 4_000):
        things = (library.shelf.put(str(n), title=f"old {n}") for n in range(size))
        tracemalloc.start()
        library.run(new_titles(things))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 500_000
    assert Journal(library.call.store).summarize(2).items["changed"] == 4_000
