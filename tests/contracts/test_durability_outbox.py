"""The queue in the hands of many processes that die whenever they like: every change arrives, none twice at once."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.queue.outbox import Outbox
from shared.queue.view import QueuePage
from shared.state.store import Store
from tests.harness.clock import CountingClock
from tests.harness.state import Shelf, hear, start_program, tell

KILLS = 20


def open_outbox(directory: Path) -> Outbox:
    return Outbox(Store(str(directory / "state.sqlite3")))


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Two processes that put keys."""
    programs = [start_program("enqueue", tmp_path, 5) for _ in range(2)]
    assert [hear(program) for program in programs] == ["ready"] * 2
    yield programs
    for program in programs:
        program.communicate(timeout=60)


def test_two_processes_and_one_key_for_200_rounds(tmp_path: Path, two: list[subprocess.Popen[str]]) -> None:
    for number in range(200):
        for program, side in zip(two, "ab"):
            tell(program, f"scene:1 {side}{number:03}")
        assert {hear(program) for program in two} == {"stored"}
    row = dict(open_outbox(tmp_path)._store.first("SELECT count(*) AS n, seq, fields FROM outbox"))
    assert (row["n"], row["seq"], row["fields"].count(",")) == (1, 400, 399)


def test_fifty_processes_put_fifty_keys(tmp_path: Path) -> None:
    open_outbox(tmp_path).counts()
    programs = [start_program("enqueue", tmp_path, 5) for _ in range(50)]
    assert [hear(program) for program in programs] == ["ready"] * 50
    for number, program in enumerate(programs):
        tell(program, f"scene:{number}")
    answers = [program.communicate(timeout=60)[0].strip() for program in programs]
    assert open_outbox(tmp_path).counts()["waiting"] == 50
    assert answers == ["stored"] * 50


def test_a_drainer_killed_at_twenty_random_points_loses_nothing(tmp_path: Path) -> None:
    dice = random.Random(20)
    outbox, wanted = open_outbox(tmp_path), {}
    events = count_events_of_one_drain(tmp_path)
    for kill in range(KILLS):
        for key in dice.sample(range(40), 12):
            wanted[str(key)] = f"v{kill:02}"
            outbox.put(str(key), [f"v{kill:02}"])
        assert run_drain(tmp_path, dice.randrange(1, events)) == (-9, "")
    assert run_drain(tmp_path, 0)[1].startswith("empty")
    assert {key: item["value"] for key, item in Shelf(tmp_path / "shelf").everything().items()} == wanted
    assert {state: n for state, n in outbox.counts().items() if state != "done" and n} == {}


def count_events_of_one_drain(directory: Path) -> int:
    """Return the number of events of a drain of twelve keys; a kill within them always hits."""
    outbox = open_outbox(directory)
    for key in range(12):
        outbox.put(str(key))
    _, events = run_drain(directory, -1)
    Shelf(directory / "shelf")._db.execute("DELETE FROM items")
    return int(events.splitlines()[-1])


def run_drain(directory: Path, events: int) -> tuple[int, str]:
    """One drain in a process of its own: exit code and what it said."""
    program = start_program("drain", directory, events)
    assert hear(program) == "ready"
    said, _ = program.communicate("\n", timeout=60)
    return program.returncode, said.strip()


def test_a_hundred_thousand_rows_are_drained_in_little_memory_and_give_their_space_back(tmp_path: Path) -> None:
    outbox = open_outbox(tmp_path)
    store = outbox._store
    outbox.counts()
    with store.write():
        for number in range(100_000):
            outbox.put(f"scene:{number}", ["title", "date"])
    page = QueuePage(store)
    assert page.status()["waiting"] == 100_000
    assert len(page.list_entries("waiting", page=1000, page_size=100)) == 100
    store.close()
    full = Path(store.path).stat().st_size
    assert page.remove("waiting") == 100_000
    store.shrink()
    store.close()
    assert Path(store.path).stat().st_size < full / 5


def test_the_status_of_a_long_queue_reads_no_more_than_that_of_a_short_one(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "state.sqlite3"), clock=CountingClock())
    outbox, page = Outbox(store), QueuePage(store)
    steps = []
    for size in (100, 10_000):
        with store.write():
            for number in range(size):
                outbox.put(f"scene:{number}")
        steps.append(count_steps(store, page))
    assert steps[1] <= steps[0] * 1.5


def count_steps(store: Store, page: QueuePage) -> int:
    """Return the number of SQLite's instructions for a status."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    store.connect().set_progress_handler(count, 1)
    page.status()
    page.list_entries("waiting")
    store.connect().set_progress_handler(None, 0)
    return steps[0]
