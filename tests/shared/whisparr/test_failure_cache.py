"""The cache of failed downloads: what is read again, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.state.store import Store
from shared.whisparr.failure_cache import DAY, OVERLAP_SECONDS, FailureCache
from tests.harness.clock import CountingClock
from tests.harness.state import StandInCall

NOW = 1_790_000_000.0
ROW = [1, "downloadFailed", "A release", "2026-09-21T14:13:20Z", "The password is unknown"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return StandInCall(tmp_path, CountingClock(NOW)).store


@pytest.fixture
def cache(store: Store) -> FailureCache:
    return FailureCache(store, "failures", "http://whisparr.test")


def test_another_whisparr_at_another_address_is_read_from_the_beginning(cache: FailureCache, store: Store) -> None:
    cache.save(NOW, [ROW], None)
    assert FailureCache(store, "failures", "http://another.test").find(NOW) is None


def test_the_next_reading_begins_before_the_end_of_the_last_one(cache: FailureCache) -> None:
    assert cache.find(NOW) is None
    cache.save(NOW, [ROW], None)
    found = cache.find(NOW + 60)
    assert found is not None
    assert (found.rows, found.find_start(NOW + 60)) == ([ROW], NOW - OVERLAP_SECONDS)


@pytest.mark.parametrize("now", [NOW + DAY, NOW - DAY])
def test_the_whole_month_is_read_once_a_day_and_after_the_clock_was_set_back(cache: FailureCache, now: float) -> None:
    cache.save(NOW, [ROW], None)
    assert cache.find(now) is None


def test_readings_in_between_do_not_put_off_the_daily_one(cache: FailureCache) -> None:
    cache.save(NOW, [ROW], None)
    cache.save(NOW + DAY / 2, [ROW], cache.find(NOW + DAY / 2))
    found = cache.find(NOW + DAY / 2)
    assert found is not None
    assert (found.read_to, found.full_at) == (NOW + DAY / 2, NOW)
    assert cache.find(NOW + DAY) is None


def test_a_poll_without_news_writes_nothing(cache: FailureCache) -> None:
    cache.save(NOW, [ROW], None)
    cache.save(NOW + 10, [ROW], cache.find(NOW + 10))
    found = cache.find(NOW + 10)
    assert found is not None
    assert found.read_to == NOW
