"""Stored times when the clock is set: what came in the future is old, and a wait that began there is over."""

from __future__ import annotations

import pytest

from shared.runtime.clock import find_end_of_past, is_recent, seconds_until

HOUR, NOW = 3600.0, 1_700_000_000.0


@pytest.mark.parametrize(
    ("age", "expected"), [(0, True), (HOUR - 1, True), (HOUR, False), (-1, True), (-HOUR, False), (-24 * HOUR, False)]
)
def test_what_came_in_the_future_is_not_recent(age: float, expected: bool) -> None:
    assert is_recent(NOW - age, NOW, HOUR) is expected
    assert (NOW - HOUR < NOW - age <= find_end_of_past(NOW)) is expected


@pytest.mark.parametrize(
    ("wait", "clock_set_by", "expected"),
    [(60, 0, 60), (0, 0, 0), (-60, 0, 0), (60, -HOUR, 0), (7 * HOUR, -HOUR, 0), (60, -2, 62), (60, HOUR, 0)],
)
def test_a_wait_that_began_in_the_future_is_over(wait: float, clock_set_by: float, expected: float) -> None:
    assert seconds_until(NOW + wait, NOW, NOW + clock_set_by) == expected
