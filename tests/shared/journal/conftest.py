"""A shelf with five things, a journal, and the call that works on both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)
