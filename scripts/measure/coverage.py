"""Coverage of the tests, plugin processes included; files that no test loads count as uncovered."""

from __future__ import annotations

import io
import marshal
import os
import sysconfig
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import coverage

from scripts.console import say
from scripts.measure import line_recorder
from scripts.measure.line_recorder import MarkedSource
from scripts.measure.shape import ROOMS
from scripts.places import CACHE, PLUGINS, ROOT

LEAST = 90.0
RECORDS_VARIABLE = "LINE_RECORDS"  # with it, a Python process marks the lines that it runs in the folder named there


class Coverage:
    """Coverage of one test run, kept in a folder of its own so that two runs do not mix."""

    def __init__(self, sources: Sequence[Path] = ()) -> None:
        """Prepare to measure all Python files that count, or only those that are named."""
        CACHE.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(prefix="coverage-", dir=CACHE)
        self._sources = lay_out(sources or list_sources())

    def __enter__(self) -> Coverage:
        write_start_line()
        folder = Path(self._folder.name)
        layout = (f"{ROOT}{os.sep}", list(PLUGINS), {name: tuple(source) for name, source in self._sources.items()})
        (folder / line_recorder.LAYOUT_FILE).write_bytes(marshal.dumps(layout))
        (folder / line_recorder.MARKS_FILE).write_bytes(bytes(sum(each.lines for each in self._sources.values()) + 1))
        return self

    def __exit__(self, *_unused: object) -> None:
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment in which every Python process is measured; `./dev test` starts pytest in it."""
        return {RECORDS_VARIABLE: self._folder.name}

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

    def find_lines(self) -> dict[str, list[int]]:
        """Return the lines that the measured processes have run so far, by the path of the source below the root.

        `report` shows the others as uncovered.
        """
        marks = Path(self._folder.name, line_recorder.MARKS_FILE).read_bytes()
        return {
            name: [line for line in range(1, source.lines + 1) if marks[source.offset + line]]
            for name, source in self._sources.items()
        }

    def _write_table(self, table: io.StringIO) -> float:
        data_file = str(Path(self._folder.name, "data"))
        data = coverage.CoverageData(data_file)
        data.add_lines({str(ROOT / name): lines for name, lines in self.find_lines().items()})
        data.close()
        measured = coverage.Coverage(data_file, config_file=str(ROOT / "pyproject.toml"), messages=False)
        measured.load()
        return float(measured.report(file=table, skip_covered=True, precision=1))


def lay_out(paths: Iterable[Path]) -> dict[str, MarkedSource]:
    """Return by its path where the recorder marks the lines of each source, for the measured run of `./dev test`."""
    sources: dict[str, MarkedSource] = {}
    offset = 0
    for path in paths:
        content = path.read_bytes()
        lines = content.count(b"\n") + 1
        sources[path.relative_to(ROOT).as_posix()] = MarkedSource(offset, lines, zlib.crc32(content))
        offset += lines
    return sources


def write_start_line() -> None:
    """Write the line into .venv with which its Python starts the recorder, for processes that `Coverage` measures."""
    folder, name = str(Path(__file__).parent), Path(line_recorder.__file__).stem
    steps = f"sys.path.append({folder!r}), __import__({name!r}).start(records), sys.path.remove({folder!r})"
    needed = f"records = os.getenv({RECORDS_VARIABLE!r}); records and {name!r} not in sys.modules"
    line = f"import os, sys; {needed} and ({steps})\n"
    target = Path(sysconfig.get_path("purelib"), f"{name}.pth")
    if not target.exists() or target.read_text("utf-8") != line:
        draft = target.with_suffix(f".{os.getpid()}")  # a Python that starts meanwhile reads no half of a line
        draft.write_text(line, "utf-8")
        draft.replace(target)


def list_sources() -> list[Path]:
    """Return every Python file of which `./dev test` counts the lines that ran."""
    return [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts]
