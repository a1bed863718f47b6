"""A client with quick timeouts and a counting clock, for any weather."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shared.http import Http, RetryPolicy, Service, Timeouts
from tests.harness.clock import CountingClock

KEY = "box-key-12345"


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


@pytest.fixture
def connect(clock: CountingClock) -> Iterator[Callable[..., Http]]:
    """Return a function that makes an `Http` for an address; keywords go into the `Service`."""
    made: list[Http] = []

    def make(url: str, deadline: float | None = None, **changes: Any) -> Http:
        details: dict[str, Any] = {
            "name": "Box",
            "url": url,
            "keys": {"ApiKey": KEY},
            "timeouts": Timeouts(0.5, 0.2),
            "retry": RetryPolicy(attempts=3, first_delay=1.0),
            "url_setting": "'Box URL'",
            "key_setting": "'Box key'",
        }
        http = Http(Service(**{**details, **changes}), clock=clock, jitter=lambda: 1.0, deadline=deadline)
        made.append(http)
        return http

    yield make
    for http in made:
        http.close()
