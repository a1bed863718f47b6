"""The queue and the journal cost the same at any length."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count
from pathlib import Path

from benchmarks import Row, ratio_of_times
from shared.journal import Change, Item, Journal, apply_plan, plan_undo, set_field
from shared.journal.changes import Json, Work
from shared.queue.outbox import Outbox
from shared.queue.view import QueuePage
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.runtime.log import Log
from shared.state.store import Store

ROOT = Path(__file__).resolve().parent.parent
SHORT, LONG = 100, 100_000
HISTORY = 1_000_000
ENQUEUE = """
import os, sys
sys.path.insert(0, sys.argv[1])
from shared.state.store import Store
from shared.queue.outbox import Outbox
store = Store(sys.argv[2])
outbox = Outbox(store)
outbox.put("scene:1", ["title"])
store.close()
os._exit(0)
"""


class BenchCall:
    """The parts of a call that a journal run needs."""

    def __init__(self, path: Path) -> None:
        self.clock: Clock = SYSTEM_CLOCK
        self.store = Store(str(path))
        self.log = Log()
        self.run_details: dict[str, object] = {}
        self.progress = NoProgress()


class NoProgress:
    """Ignores the progress of a run."""

    shown = 0.0

    def __call__(self, fraction: float) -> None:
        """Ignore this progress."""


class DictTarget:
    """Journal target that keeps its items in a dictionary."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return every item as present, so that the journal writes each change."""
        return {item: {field: self.values.get(item.id) for field in fields} for item in items}

    def write(self, work: Work) -> dict[Item, None]:
        """Accept every write of the journal."""
        self.values.update({item.id: changes[0].after for item, changes in work})
        return dict.fromkeys(item for item, _ in work)


def measure() -> Iterator[Row]:
    """Yield the rows of queue and journal with many rows against few, for `./dev bench state`."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        yield from measure_enqueueing(directory)
        yield from measure_long_queue(directory)
        yield from measure_history(directory)


def measure_enqueueing(directory: Path) -> Iterator[Row]:
    """Compare a process that opens the file and stores one change with one that does nothing."""
    path = directory / "one" / "state.sqlite3"
    for what, environment in (
        ("", {"PYTHONPYCACHEPREFIX": str(directory)}),
        (" (no bytecode)", {"PYTHONDONTWRITEBYTECODE": "1"}),
    ):
        ratio = ratio_of_times(
            start_python(environment, ENQUEUE, str(ROOT), str(path)), start_python(environment, "pass"), rounds=15
        )
        yield Row(f"store one change in a new process ÷ python -c pass{what}", ratio, 3.5)


def start_python(environment: dict[str, str], *arguments: str) -> Callable[[], object]:
    """Return a function that runs a Python process with a plugin folder that it may or may not write to."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", *arguments]
    return lambda: subprocess.run(command, check=True, env={**inherited, **environment})


def measure_long_queue(directory: Path) -> Iterator[Row]:
    """Compare a queue of 100,000 rows with one of 100."""
    short, long = (make_queue(directory / str(size), size) for size in (SHORT, LONG))
    yield Row("enqueue at 100,000 rows ÷ at 100", ratio_of_times(enqueue(long), enqueue(short), rounds=21), 1.5)
    show_long, show_short = (show(store) for store in (long, short))
    yield Row("status page at 100,000 rows ÷ at 100", ratio_of_times(show_long, show_short, rounds=15), 1.5)


def make_queue(directory: Path, size: int) -> Store:
    """Return a queue with a number of rows."""
    store = Store(str(directory / "state.sqlite3"))
    outbox = Outbox(store)
    with store.write():
        for number in range(size):
            outbox.put(f"scene:{number}", ["title", "rating100"])
    store.close()
    return store


def enqueue(store: Store) -> Callable[[], None]:
    """Return a function that stores as many new changes as changes to waiting rows, to be measured."""
    outbox, numbers = Outbox(store), count()

    def put() -> None:
        for number in range(150):
            outbox.put(f"new:{next(numbers)}", ["title"])
            outbox.put(f"scene:{number % SHORT}", ["date"])

    return put


def show(store: Store) -> Callable[[], None]:
    """Return a function that reads the counters and the first page of the queue ten times, to be measured."""
    page = QueuePage(store)

    def draw() -> None:
        for _ in range(10):
            page.status()
            page.list_entries("waiting")

    return draw


def measure_history(directory: Path) -> Iterator[Row]:
    """Compare a run of 200 changes beside 1,000,000 old ones with the same run in a new journal."""
    young, old = (BenchCall(directory / name / "state.sqlite3") for name in ("young", "old"))
    Journal(young.store).save_plan([], kind="old")
    Journal(old.store).save_plan(changes(0, HISTORY), kind="old")
    ratio = ratio_of_times(run(old), run(young), rounds=7)
    yield Row("run and undo beside 1,000,000 old changes ÷ in a new journal", ratio, 1.5)


def run(host: BenchCall) -> Callable[[], None]:
    """Return a function that plans, applies, shows and undoes a run, to be measured."""
    target, starts = DictTarget(), count(HISTORY, 200)
    journal = Journal(host.store)

    def act() -> None:
        start = next(starts)
        plan_id = journal.save_plan(changes(start, start + 200), kind="sync")
        summary = apply_plan(host, plan_id, target)
        journal.list_changes(summary.run_id or 0)
        apply_plan(host, plan_undo(journal, summary.run_id or 0), target)

    return act


def changes(start: int, stop: int) -> Iterator[Change]:
    """Yield a change of the title for each of these items."""
    return (set_field(Item("scene", str(n), f"Scene {n}"), "title", None, f"Title {n}") for n in range(start, stop))
