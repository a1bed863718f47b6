"""Coverage of the tests, plugin processes included; files that no test loads count as uncovered."""

from __future__ import annotations

import io
import marshal
import os
import shutil
import sysconfig
import tempfile
import warnings
from collections import defaultdict
from collections.abc import MutableMapping
from pathlib import Path

import coverage
import coverage.core
from coverage.exceptions import CoverageWarning

from scripts.console import say
from scripts.measure import line_recorder
from scripts.measure.shape import ROOMS
from scripts.places import CACHE, ROOT

LEAST = 90.0
COVERAGE_VARIABLE = "COVERAGE_PROCESS_CONFIG"  # with it, a Python process measures itself by coverage
RECORDS_VARIABLE = "LINE_RECORDS"  # with it, a Python process writes the lines it runs into the folder named there


class Coverage:
    """Coverage of one test run, kept in a folder of its own so that two runs do not mix."""

    def __init__(self) -> None:
        CACHE.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(prefix="coverage-", dir=CACHE)

    def __enter__(self) -> Coverage:
        write_start_line()
        if coverage.core.CTRACER_FILE:
            shutil.copy(coverage.core.CTRACER_FILE, Path(self._folder.name, line_recorder.TRACER))
        return self

    def __exit__(self, *_unused: object) -> None:
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment in which every measured process writes its data; `./dev test` starts pytest in it."""
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
        self._add_records(f"{data_file}.recorded")
        measured = coverage.Coverage(data_file, config_file=str(ROOT / "pyproject.toml"), messages=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CoverageWarning)
            measured.combine([self._folder.name], strict=True)
        return measured

    def _add_records(self, data_file: str) -> None:
        """Write the lines of all processes that recorded themselves into one data file."""
        recorded = coverage.CoverageData(data_file)
        recorded.add_lines(read_records(Path(self._folder.name)))
        recorded.close()

    def _write_table(self, table: io.StringIO) -> float:
        measured = self.combine()
        measured.get_data().touch_files(list_sources())
        return float(measured.report(include=list_sources(), file=table, skip_covered=True, precision=1))


def write_start_line() -> None:
    """Write the line into .venv with which its Python starts the recorder in a process that shall record itself."""
    folder, name = str(Path(__file__).parent), Path(line_recorder.__file__).stem
    steps = f"sys.path.append({folder!r}), __import__({name!r}).start(records), sys.path.remove({folder!r})"
    needed = f"records = os.getenv({RECORDS_VARIABLE!r}); records and {name!r} not in sys.modules"
    line = f"import os, sys; {needed} and ({steps})\n"
    target = Path(sysconfig.get_path("purelib"), f"{name}.pth")
    if not target.exists() or target.read_text("utf-8") != line:
        draft = target.with_suffix(f".{os.getpid()}")  # a Python that starts meanwhile reads no half of a line
        draft.write_text(line, "utf-8")
        draft.replace(target)


def record_instead(environment: MutableMapping[str, str]) -> None:
    """Make processes that would measure themselves by coverage record their lines, which costs a third of it.

    Workers of the tests call this with their own environment. Without a compiled tracer, everything stays as it is.
    """
    folder = Path(environment.get("COVERAGE_FILE", "")).parent
    if COVERAGE_VARIABLE in environment and (folder / line_recorder.TRACER).exists():
        del environment[COVERAGE_VARIABLE]
        environment[RECORDS_VARIABLE] = str(folder)


def read_records(folder: Path) -> dict[str, set[int]]:
    """Return the lines that processes have recorded by file; a half-written record of a killed process is skipped."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for record in folder.glob("*.lines"):
        try:
            found = marshal.loads(record.read_bytes())  # noqa: S302 - our own processes wrote it
        except (EOFError, TypeError, ValueError):
            continue
        for path, numbers in found.items() if isinstance(found, dict) else ():
            lines[path] |= numbers
    return lines


def list_sources() -> list[str]:
    """Return every Python file that coverage counts."""
    return [str(path) for room in ROOMS for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts]
