"""Coverage of the tests, plugin processes included; files that no test loads count as uncovered."""

from __future__ import annotations

import io
import tempfile
import warnings
from pathlib import Path

import coverage
from coverage.exceptions import CoverageWarning

from scripts.console import say
from scripts.measure.shape import ROOMS
from scripts.places import CACHE, ROOT

LEAST = 90.0


class Coverage:
    """Coverage of one test run, kept in a folder of its own so that two runs do not mix."""

    def __init__(self) -> None:
        CACHE.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(prefix="coverage-", dir=CACHE)

    def __enter__(self) -> Coverage:
        return self

    def __exit__(self, *_unused: object) -> None:
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which every measured process writes its data; `./dev test` starts pytest in it."""
        return {"COVERAGE_FILE": str(Path(self._folder.name, "data"))}

    def report(self) -> bool:
        """Print the uncovered lines and return True if enough is covered; `./dev test` calls this at its end."""
        table = io.StringIO()
        try:
            total = self._write_table(table)
        except coverage.CoverageException as error:
            say(f"Coverage cannot be told: {error}.")
            return False
        say(table.getvalue().rstrip())
        say(f"Coverage: {total:.1f} % of all Python outside tests (at least {LEAST:g} %).")
        return total >= LEAST

    def combine(self) -> coverage.Coverage:
        """Join the data of all processes; a half-written file of a killed process is skipped."""
        data_file = self.environment["COVERAGE_FILE"]
        measured = coverage.Coverage(data_file, config_file=str(ROOT / "pyproject.toml"), messages=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CoverageWarning)
            measured.combine([self._folder.name], strict=True)
        return measured

    def _write_table(self, table: io.StringIO) -> float:
        measured = self.combine()
        measured.get_data().touch_files(list_sources())
        return float(measured.report(include=list_sources(), file=table, skip_covered=True, precision=1))


def list_sources() -> list[str]:
    """Return every Python file that coverage counts."""
    return [str(path) for room in ROOMS for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts]
