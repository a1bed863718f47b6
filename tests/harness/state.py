"""For tests of the state room: a stand-in for `Call`, a target that outlives its process, processes that die on time.

A program under test is a Python file of `tests/harness/programs/`, started with `start_program`. It reads lines from
stdin and answers with lines on stdout, so that a test decides what happens at the same time.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from shared.errors import BundleError
from shared.journal import Item, Json, Work
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.runtime.log import Log
from shared.state.store import Store

PROGRAMS = Path(__file__).with_name("programs")
ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = str(ROOT / "shared")
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has one signal that ends a process at once: SIGTERM


class StandInCall:
    """A stand-in for a `Call`, with all that drains and runs need of it."""

    def __init__(self, directory: Path | str, clock: Clock = SYSTEM_CLOCK) -> None:
        self.clock = clock
        self.store = Store(str(Path(directory) / "state.sqlite3"), clock=clock)
        self.log = Log(fd=os.open(os.devnull, os.O_WRONLY))
        self.progress = Steps()
        self.run_details: dict[str, object] = {}

    @property
    def shown(self) -> list[float]:
        return self.progress.told


class Steps:
    """Stands for the progress of a call, and keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[float] = []
        self.shown = 0.0  # what the steps before have reached

    def __call__(self, fraction: float) -> None:
        self.told.append(fraction)


class Shelf:
    """A service that keeps items with fields in a file of its own; it is the `Target` of a journal, and has faults.

    `errors` are refused items, `down` fails everything, after `fatal_writes` items the process dies.
    """

    def __init__(self, path: Path | str) -> None:
        self.errors: dict[str, Any] = {}
        self.down: BundleError | None = None
        self.reads = 0
        self.fatal_writes = 0
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, fields TEXT)")
        self._db.execute("CREATE TABLE IF NOT EXISTS writes (id TEXT, field TEXT)")

    def put(self, name: str, **fields: Json) -> Item:
        """Somebody makes or edits an item by hand."""
        known = self.get(name) or {}
        self._db.execute("INSERT OR REPLACE INTO items VALUES (?, ?)", (name, json.dumps({**known, **fields})))
        return Item("thing", name, f"Thing {name}")

    def remove(self, name: str) -> None:
        """Somebody deletes an item by hand."""
        self._db.execute("DELETE FROM items WHERE id = ?", (name,))

    def get(self, name: str) -> dict[str, Json] | None:
        row = self._db.execute("SELECT fields FROM items WHERE id = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def everything(self) -> dict[str, Json]:
        return {name: json.loads(fields) for name, fields in self._db.execute("SELECT * FROM items")}

    def list_items(self) -> list[Item]:
        return [Item("thing", name, f"Thing {name}") for name in self.everything()]

    def count_writes(self, name: str | None = None) -> int:
        """Return the number of field writes, in all or for one item."""
        query = "SELECT count(*) FROM writes WHERE ? IS NULL OR id = ?"
        return int(self._db.execute(query, (name, name)).fetchone()[0])

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        if self.down:
            raise self.down
        self.reads += 1
        found = {item: self.get(item.id) for item in items}
        return {
            item: {field: known.get(field) for field in fields} for item, known in found.items() if known is not None
        }

    def write(self, work: Work) -> dict[Item, Any]:
        if self.down:
            raise self.down
        return {item: self._write_item(item, changes) for item, changes in work}

    def _count_down(self) -> None:
        """Die after the n-th item was written."""
        if self.fatal_writes:
            self.fatal_writes -= 1
            if not self.fatal_writes:
                os.kill(os.getpid(), KILL)

    def _write_item(self, item: Item, changes: Sequence[Any]) -> Any:
        error = self.errors.get(item.id)
        if isinstance(error, BundleError):
            return error
        known = self.get(item.id) or {}
        for change in changes:
            if not (error and change.field in error):
                known[change.field] = apply_change(known.get(change.field), change)
                self._db.execute("INSERT INTO writes VALUES (?, ?)", (item.id, change.field))
        self._db.execute("INSERT OR REPLACE INTO items VALUES (?, ?)", (item.id, json.dumps(known)))
        self._count_down()
        return error


def spoil_column(folder: Path, table: str, column: str, junk: str) -> None:
    """Write junk into a column of the first row of a table in a plugin's state file."""
    with contextlib.closing(sqlite3.connect(folder / "state.sqlite3")) as db, db:
        key = db.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk ORDER BY pk DESC").fetchone()[0]
        first = f"(SELECT min({key}) FROM {table})"
        assert db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = {first}", (junk,)).rowcount


def spoil_values(folder: Path, junk: str) -> list[str]:
    """Replace all values of the table `kv` in a plugin's state file, and return their names.

    "inside" means that each value keeps its type and gets odd members.
    """
    with contextlib.closing(sqlite3.connect(folder / "state.sqlite3")) as db, db:
        rows = db.execute("SELECT name, value FROM kv").fetchall()
        spoilt = [(spoil_inside(value) if junk == "inside" else junk, name) for name, value in rows]
        db.executemany("UPDATE kv SET value = ? WHERE name = ?", spoilt)
    return [name for name, _ in rows]


def spoil_inside(text: str) -> str:
    """JSON whose members are of another type: an empty list in a list."""
    value = json.loads(text)
    odd: list[Any] = [[]]
    if isinstance(value, dict):
        return json.dumps(dict.fromkeys(value, odd))
    return json.dumps([odd for _ in value] if isinstance(value, list) else odd)


def apply_change(value: Json, change: Any) -> Json:
    """The value of a field after a change."""
    if change.action == "add":
        return [*(value or []), change.after]
    if change.action == "remove":
        return [member for member in value or [] if member != change.before]
    return change.after


def die_after(events: int) -> None:
    """End this process with SIGKILL at its n-th call or return inside shared/ or of a C function called there."""
    left = [events]

    def count(frame: Any, event: str, arg: object) -> None:
        if frame.f_code.co_filename.startswith(SHARED):
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), KILL)

    sys.setprofile(count)


def count_events(action: Callable[[], object]) -> int:
    """Return the number of events that `die_after` would count while the action runs."""
    seen = [0]

    def count(frame: Any, event: str, arg: object) -> None:
        seen[0] += frame.f_code.co_filename.startswith(SHARED)

    sys.setprofile(count)
    action()
    sys.setprofile(None)
    return seen[0]


def start_program(name: str, *args: object, preexec: Any = None, **pipes: Any) -> subprocess.Popen[str]:
    """A program of `tests/harness/programs`, with its stdin and stdout as text pipes."""
    return subprocess.Popen(
        [sys.executable, str(PROGRAMS / f"{name}.py"), *map(str, args)],
        stdin=pipes.get("stdin", subprocess.PIPE),
        stdout=pipes.get("stdout", subprocess.PIPE),
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=preexec,
    )


def tell(process: subprocess.Popen[str], line: str = "") -> None:
    """Send one line to a program."""
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def ask(process: subprocess.Popen[str], line: str = "") -> str:
    """Send one line to a program and read its answer."""
    tell(process, line)
    return hear(process)


def hear(process: subprocess.Popen[str]) -> str:
    """The next line of a program."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def run_program(name: str, *args: object, preexec: Any = None) -> tuple[int, str]:
    """Exit code (-9: killed) and output of a program that reads nothing."""
    process = start_program(name, *args, preexec=preexec)
    output, _ = process.communicate(timeout=60)
    return process.returncode, output.strip()
