"""What holds for the contracts: hundreds of processes, of which each does what tests of its own room measure."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plugin processes without coverage, which takes longer than they do."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
