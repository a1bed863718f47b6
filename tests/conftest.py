"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import coverage
import pytest


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of the session."""
    from tests.harness.browser import start_chromium  # late: most tests need no browser

    with start_chromium() as browser:
        yield browser


def pytest_sessionfinish() -> None:
    """Keep what was measured now: a worker that takes its time to end is killed by xdist."""
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.save()
