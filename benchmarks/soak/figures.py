"""Measures the state of the plugins during a soak, and finds what grows."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks._rows import measure_process
from benchmarks.soak.life import PLUGINS, Life
from scripts.places import ROOT
from scripts.release.manifests import entry_path
from tests.harness.process import document, operation

SHIFTED = ROOT / "tests" / "harness" / "programs" / "shifted_time.py"


class Sample(NamedTuple):
    """The state after a day: bytes and files of each plugin, and rows of each table ("plugin table")."""

    day: int
    sizes: dict[str, int]
    files: int
    rows: dict[str, int]
    open_files: int


def take_sample(life: Life, day: int) -> Sample:
    """Return the sizes of all state, with write-ahead logs, numbers of rows, and open files, for `./dev soak`."""
    folders = {plugin: life.state_dir / plugin for plugin in (*PLUGINS, "shared")}
    found = {name: [file for file in folder.rglob("*") if file.is_file()] for name, folder in folders.items()}
    sizes = {name: sum(file.stat().st_size for file in files) for name, files in found.items()}
    rows = {f"{plugin} {table}": count for plugin in PLUGINS for table, count in count_rows(folders[plugin])}
    return Sample(day, sizes, sum(map(len, found.values())), rows, len(list(Path("/proc/self/fd").iterdir())))


def count_rows(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield each table of a plugin's state file with its number of rows."""
    with open_state(folder) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            yield table, db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def measure_memory(life: Life) -> dict[str, float]:
    """Return the most MiB that each plugin takes for its overview, on a copy of the state, for `./dev soak`."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(life.state_dir, Path(folder, "plugin_data"))
        return {plugin: _measure_plugin(life, plugin, Path(folder)) for plugin in PLUGINS}


def _measure_plugin(life: Life, plugin: str, state: Path) -> float:
    folder = life.stash.plugins_dir / plugin
    connection = {"Host": "127.0.0.1", "PluginDir": str(folder)}
    sent = document(operation("overview"), state=state, port=life.stash.server.port, **connection)
    entry = (folder / entry_path(plugin).name).resolve()
    command = [sys.executable, str(SHIFTED), str(entry)]
    spent = measure_process(command, json.dumps(sent).encode(), life.stash.options.environment)
    answer = json.loads(spent.stdout)
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return spent.peak_mib


def find_growing(samples: Sequence[Sample], limit: float = 1.1) -> list[tuple[str, list[int]]]:
    """Return the tables that still grow in the last quarter of `./dev soak`, with their rows in four samples."""
    quarters = [samples[max(len(samples) * part // 4 - 1, 0)] for part in (1, 2, 3, 4)]
    rows = {name: [sample.rows.get(name, 0) for sample in quarters] for name in quarters[-1].rows}
    grown = [(name, counts) for name, counts in rows.items() if counts[3] > counts[2] * limit > 0 and counts[3] > 20]
    return sorted(grown, key=lambda row: -row[1][3])


@contextlib.contextmanager
def open_state(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the state file of a plugin for reading."""
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'state.sqlite3'}?mode=ro", uri=True)) as db:
        yield db
