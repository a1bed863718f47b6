"""Cached answers after the clock was set back: nothing stays valid for ever."""

from __future__ import annotations

from pathlib import Path

from performers.boxes.record_cache import RecordCache
from performers.boxes.search import SearchCache
from performers.schema import MIGRATIONS

from shared.stash_box.records.types import Missing
from shared.state.store import Store
from tests.harness.clock import CountingClock

BOX = "https://box.example/graphql"


def test_what_was_cached_under_a_clock_a_day_ahead_is_stale(tmp_path: Path) -> None:
    clock = CountingClock()
    store = Store(str(tmp_path / "state.sqlite3"), MIGRATIONS, clock=clock)
    records, searches = RecordCache(store, "performer"), SearchCache(store, "performer", BOX)
    records.store_outcomes(BOX, {"a": Missing("a")}, clock.now())
    searches.store_results({"Jane": []}, clock.now())
    assert (records.find_stale(BOX, ["a"], 0.0), searches.find_stale(["Jane"], 0.0)) == ([], [])
    clock.wall -= 86400
    assert (records.find_stale(BOX, ["a"], 0.0), searches.find_stale(["Jane"], 0.0)) == (["a"], ["Jane"])
