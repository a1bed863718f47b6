"""A provider with its Stash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.sandbox import start_stash
from tests.stash2plex.provider.bench import ProviderBench, serve_provider


@pytest.fixture
def bench() -> Iterator[ProviderBench]:
    with start_stash() as stash, serve_provider(stash) as running:
        yield running


@pytest.fixture(scope="session")
def examples() -> Path:
    """Return the folder of the questions that Plex sends."""
    return Path(__file__).parent / "examples"
