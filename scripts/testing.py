"""./dev test: plugins are built first, then JavaScript tests, then pytest with coverage over everything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from scripts.places import ROOT


def test(argv: list[str]) -> int:
    """Run every test; with arguments, pytest alone with these arguments."""
    if argv:
        return run_pytest(argv)
    return run_pytest(["-n", "2", "--dist", "loadfile"])


def run_pytest(arguments: Sequence[str]) -> int:
    """Run pytest in our virtual environment."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
