"""The sandbox's Whisparr for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.whisparr.server import WhisparrDouble


@pytest.fixture
def whisparr() -> Iterator[WhisparrDouble]:
    """Start a Whisparr of version 3."""
    double = WhisparrDouble()
    with double.server:
        yield double
