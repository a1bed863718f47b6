"""Caches of the plugin after the clock was set back: nothing stays valid for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from missing.completeness.store import PROGRESS, read_progress
from missing.owned.fingerprint_cache import cache_prints, find_cached_prints
from missing.schema import MIGRATIONS
from missing.whisparr.number_cache import find_known_numbers, save_number

from shared.state.store import Store
from tests.harness.clock import CountingClock

BOX = "https://box.example/graphql"


def know_absence(store: Store) -> Callable[[], object]:
    save_number(store, "a", 0)
    return lambda: find_known_numbers(store, ["a"])


def know_prints(store: Store) -> Callable[[], object]:
    cache_prints(store, BOX, {"a": []})
    return lambda: find_cached_prints(store, BOX, ["a"])


def know_progress(store: Store) -> Callable[[], object]:
    store.kv.put(PROGRESS, {"done": 1, "total": 2, "at": store.clock.now()})
    return lambda: read_progress(store)


@pytest.mark.parametrize("know", [know_absence, know_prints, know_progress])
def test_what_was_kept_under_a_clock_a_day_ahead_is_not_valid(
    tmp_path: Path, know: Callable[[Store], Callable[[], object]]
) -> None:
    clock = CountingClock()
    read = know(Store(str(tmp_path / "state.sqlite3"), MIGRATIONS, clock=clock))
    assert read()
    clock.wall -= 86400
    assert not read()
