"""What hooks do when the state file cannot be written: the change waits in a file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.errors import StateError
from shared.queue.outbox import ASK_EXPIRES, Outbox
from shared.state.store import HOOK_BUDGET, Store
from tests.harness.desk import Desk


@pytest.fixture
def locked(desk: Desk) -> Iterator[sqlite3.Connection]:
    """Another process keeps the file locked and this one is in no mood to wait."""
    desk.drainer.release()
    desk.store.close()
    desk.store.budget = 0.01
    blocker = sqlite3.connect(desk.store.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    yield blocker
    blocker.close()


def spool_of(desk: Desk) -> Path:
    return Path(desk.store.path).with_name("spool")


def test_a_change_that_cannot_be_stored_waits_in_the_spool(desk: Desk, locked: sqlite3.Connection) -> None:
    assert not desk.outbox.put("scene:1", ["title"], {"path": "a"})
    assert not desk.outbox.put("scene:1", ["date"])
    locked.execute("ROLLBACK")
    assert desk.outbox.put("scene:1", ["rating100"])
    desk.begin()
    entry = desk.claim()
    assert (entry.fields, entry.note) == (("date", "rating100", "title"), {"path": "a"})
    assert list(spool_of(desk).iterdir()) == []


def test_a_blocked_hook_asks_for_a_drain_once_too(desk: Desk, locked: sqlite3.Connection) -> None:
    assert not desk.outbox.put("scene:1")
    assert [desk.outbox.ask_once() for _ in range(3)] == [True, False, False]
    desk.clock.advance(ASK_EXPIRES)
    assert desk.outbox.ask_once()
    desk.outbox.forget_ask()
    assert desk.outbox.ask_once()


def test_after_the_spool_was_taken_in_a_blocked_hook_asks_again(desk: Desk, locked: sqlite3.Connection) -> None:
    assert not desk.outbox.put("scene:1")
    assert desk.outbox.ask_once()
    locked.execute("ROLLBACK")
    desk.outbox.take_in_spool()
    assert desk.outbox.ask_once()


def test_what_is_spooled_is_due_and_asks_for_a_drain(desk: Desk, locked: sqlite3.Connection) -> None:
    desk.outbox.put("scene:1")
    locked.execute("ROLLBACK")
    assert (desk.outbox.is_due(), Outbox(desk.store).ask_once()) == (True, True)


def test_a_change_during_damage_is_kept_until_a_task_has_repaired_the_file(desk: Desk) -> None:
    desk.outbox.put("before")
    desk.outbox.fail(desk.claim(), "Refused", "no")
    desk.store.close()
    Path(desk.store.path).write_bytes(b"not a database" * 1000)
    hook = Outbox(Store(desk.store.path, budget=HOOK_BUDGET, clock=desk.clock))
    assert (hook.put("during"), hook.ask_once()) == (False, True)
    desk.begin()
    assert desk.claim().key == "during"


def test_counters_are_right_after_rows_were_lost_with_a_damaged_file(desk: Desk) -> None:
    desk.outbox.put("lost", ["x" * 30_000])
    desk.outbox.put("done", ["short"])
    desk.outbox.done(desk.outbox.claim(desk.drainer, 2)[1])
    desk.store.close()
    spoil(Path(desk.store.path), b"x" * 4000)
    desk.drainer = desk.outbox.lease()
    with desk.store.write() as db:
        db.execute("DELETE FROM leases")
    desk.begin()
    rows = desk.store.first("SELECT count(*) FROM outbox")[0]
    counts = desk.outbox.counts()
    assert (sum(counts.values()) - counts["done"], counts["done"]) == (rows, 1)


def spoil(path: Path, part: bytes) -> None:
    """Overwrite the page that holds this, and let the next process check the file."""
    data = path.read_bytes()
    page = data.index(part) // 4096 * 4096
    path.write_bytes(data[:page] + b"\xa5" * 4096 + data[page + 4096 :])
    path.with_name(path.name + ".check").touch()


def test_a_spool_file_that_makes_no_sense_does_not_stop_the_others(desk: Desk, locked: sqlite3.Connection) -> None:
    desk.outbox.put("scene:1")
    locked.execute("ROLLBACK")
    for name, content in (("0.json", b'{"key": "half'), ("00.json", b"[]"), ("1.tmp", b"never finished")):
        (spool_of(desk) / name).write_bytes(content)
    desk.begin()
    assert desk.claim().key == "scene:1"


def test_a_spool_that_cannot_be_written_is_named(desk: Desk, locked: sqlite3.Connection) -> None:
    spool_of(desk).write_text("a file in the place of the folder")
    with pytest.raises(StateError, match="spool"):
        desk.outbox.put("scene:1")
