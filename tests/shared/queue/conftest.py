"""The queue most tests here start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A drainer has the lease already."""
    desk = Desk(tmp_path)
    desk.begin()
    return desk
