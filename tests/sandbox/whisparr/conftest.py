"""A Whisparr double for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.whisparr.server import WhisparrDouble


@pytest.fixture
def whisparr() -> Iterator[WhisparrDouble]:
    """Version 3, answering."""
    double = WhisparrDouble()
    with double.server:
        yield double
