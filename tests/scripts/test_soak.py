"""The soak: a day and a week's end of a small household, and the rule by which a table counts as growing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.soak.figures import Sample, find_growing, take_sample
from benchmarks.soak.invariants import check_bounds, find_lost, list_broken
from benchmarks.soak.life import DAY, PLUGINS, open_life
from benchmarks.soak.weeks import begin_life, live_day
from scripts.commands.soak import KILLED
from tests.harness.programs.shifted_time import ShiftedTime


def test_a_household_lives_on_in_shifted_time() -> None:
    """The time in all plugins jumps with the days, so their schedules start."""
    with open_life(60) as life:
        begin_life(life)
        for day in (4, 2):  # one without a box, one without Plex
            live_day(life, day, edits=2)
        life.replace_scenes(2)
        life.beat()
        sample = take_sample(life, 1)
        assert list_broken(life) == []
        assert all(sample.sizes[plugin] > 0 for plugin in PLUGINS)
        rows = {row["mode"]: row for plugin in PLUGINS for row in life.call(plugin, "schedules")["schedules"]}
        started_by = {rows[mode]["started_by"] for mode in ("reconcile_all", "front_row")}
        assert started_by <= {"timer", "task"}  # a task that ends late in the day starts them before the timer does
        assert life.shifted.read() >= 2 * DAY
    unexpected = [text for text in life.take_failures() if KILLED not in text]
    assert unexpected == []


def test_a_table_grows_if_its_last_quarter_has_more_rows() -> None:
    rows = {"steady": (50, 60, 60, 60), "growing": (50, 60, 70, 80), "small": (1, 2, 3, 4)}
    samples = [Sample(day, {}, 0, {name: counts[day] for name, counts in rows.items()}, 0) for day in range(4)]
    assert find_growing(samples) == [("growing", [50, 60, 70, 80])]


@pytest.mark.parametrize(
    ("last", "after", "broken"),
    [
        ({"tagManager": 230}, 45.0, []),  # a cache that is filled again is no larger than before
        ({"tagManager": 250}, 45.0, ["the state of tagManager grew from at most 120 bytes until day 8 to 250"]),
        ({"tagManager": 150}, 90.0, ["tagManager took 40 MiB at the begin, 90 MiB at the end"]),
    ],
)
def test_state_and_memory_that_double_are_broken(last: dict[str, int], after: float, broken: list[str]) -> None:
    sizes = [{"tagManager": 120}, *[{"tagManager": 100}] * 19, last]
    samples = [Sample(day, size, 0, {}, 0) for day, size in enumerate(sizes)]
    assert list(check_bounds(samples, {"tagManager": 40.0}, {"tagManager": after})) == broken


def test_a_title_that_plex_does_not_have_is_lost_unless_plex_lacks_the_file() -> None:
    assert list(find_lost({"/a.mp4": "A", "/b.mp4": "B", "/c.mp4": "C"}, {"/a.mp4": "A", "/b.mp4": "Old"})) == [
        "1 titles are not in Plex: B"
    ]


def test_threads_that_sleep_at_the_same_time_each_move_the_time_on(tmp_path: Path) -> None:
    shifted = ShiftedTime(tmp_path / "time")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(shifted.advance, [1.0] * 200))
    assert shifted.read() == 200.0
