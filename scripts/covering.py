"""What the tests ran of the program, plugin processes included; files that no test touched count as not covered."""

from __future__ import annotations

import io
import shutil

import coverage

from scripts.console import say
from scripts.places import CACHE, ROOT
from scripts.shape import ROOMS

FOLDER = CACHE / "coverage"
LEAST = 90.0


def clear_coverage() -> None:
    """Forget the last run."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)


def report_coverage() -> bool:
    """Print what is not covered; whether enough is."""
    covered = coverage.Coverage(config_file=str(ROOT / "pyproject.toml"), messages=False)
    covered.combine([str(FOLDER)], strict=False)
    sources = [str(path) for room in ROOMS for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts]
    covered.get_data().touch_files(sources)
    table = io.StringIO()
    total = covered.report(include=sources, file=table, skip_covered=True, show_missing=False, precision=1)
    say(table.getvalue().rstrip())
    say(f"Coverage: {total:.1f} % of all Python outside tests (at least {LEAST:g} %).")
    return total >= LEAST
