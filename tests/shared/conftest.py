"""The sample plugin, run as Stash would run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.harness.process import Outcome, document, run_plugin

SAMPLE = Path(__file__).parent / "sample" / "sample_plugin.py"

RunSample = Callable[..., Outcome]


@pytest.fixture
def run_sample(tmp_path: Path) -> RunSample:
    """Return a function that runs the sample plugin with these arguments; its state is in `tmp_path`."""

    def run(args: Mapping[str, Any], **connection: Any) -> Outcome:
        return run_plugin(SAMPLE, document(args, state=tmp_path, **connection))

    return run
