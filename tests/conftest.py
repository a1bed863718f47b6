"""What holds for all tests."""

from __future__ import annotations

import coverage


def pytest_sessionfinish() -> None:
    """Keep what was measured now: a worker that takes its time to end is killed by xdist."""
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.save()
