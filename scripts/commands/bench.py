"""./dev bench: run the modules of benchmarks/, print a table, write the rows as JSON."""

from __future__ import annotations

import importlib
import json
import platform
from pathlib import Path

from benchmarks import Row
from scripts.commands.build import build_quietly
from scripts.console import Arguments, say, stop
from scripts.places import CACHE, ROOT


def bench(argv: list[str]) -> int:
    """Measure the named benchmarks, or all (`./dev bench`); return 1 if a row misses its bar."""
    parser = Arguments(prog="./dev bench", description="Measure the speed bars.")
    parser.add_argument("names", nargs="*", metavar="module", help="modules of benchmarks/ (default: all)")
    parser.add_argument("--json", type=Path, default=CACHE / "bench.json", help="where the rows are kept")
    options = parser.parse_args(argv)
    names = choose_modules(options.names)
    build_quietly()
    rows = [(name, row) for name in names for row in measure(name)]
    print_table(rows)
    write_json(options.json, rows)
    return 0 if all(row.holds for _, row in rows) else 1


def choose_modules(wanted: list[str]) -> list[str]:
    """Return the named benchmark modules, or all of them; an unknown name stops the command."""
    found = sorted(file.stem for file in (ROOT / "benchmarks").glob("*.py") if not file.stem.startswith("_"))
    unknown = [name for name in wanted if name not in found]
    if unknown:
        stop(f"there is no benchmark '{unknown[0]}'; there are: {', '.join(found) or 'none'}.")
    return wanted or found


def measure(name: str) -> list[Row]:
    """Return the rows of one benchmark module, for `./dev bench`."""
    say(f"Measuring {name} …")
    return list(importlib.import_module(f"benchmarks.{name}").measure())


def print_table(rows: list[tuple[str, Row]]) -> None:
    """Print one line per row of `./dev bench`: held or missed, title, value, bar."""
    width = max((len(row.what) for _, row in rows), default=0)
    for _, row in rows:
        bar = "" if row.bar is None else f"≤ {row.bar:g} {row.unit}".rstrip()
        verdict = "ok  " if row.holds else "MISS"
        say(f"{verdict} {row.what:<{width}}  {row.value:10.2f} {row.unit:<9} {bar:<14} {row.note}".rstrip())
    missed = sum(not row.holds for _, row in rows)
    say(f"{len(rows)} rows, {missed} over their bar.")


def write_json(file: Path, rows: list[tuple[str, Row]]) -> None:
    """Write the rows to a file, for comparing runs on one machine."""
    file.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rows": [{"module": name, **row._asdict(), "holds": row.holds} for name, row in rows],
    }
    file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
