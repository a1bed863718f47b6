"""What can be wrong with a file: damaged, locked, read-only, full, on a drive that cannot do what SQLite likes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.errors import StateError
from shared.state.repair import Exclusive
from shared.state.store import Store
from tests.harness.clock import CountingClock

PAGES = ("CREATE TABLE pages (text TEXT);",)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one value and enough pages to damage."""
    path = tmp_path / "state.sqlite3"
    store = Store(str(path), PAGES)
    store.kv.put("kept", 1)
    with store.write() as db:
        db.executemany("INSERT INTO pages VALUES (?)", [("x" * 3000,)] * 50)
    store.close()
    return path


def spoil_end(data: bytes) -> bytes:
    return data[:-20_000] + b"\xa5" * 20_000


DAMAGES = [
    pytest.param(lambda data: data[:5000], id="truncated"),
    pytest.param(lambda data: data[:1], id="one byte"),
    pytest.param(lambda data: b"This is a text, not a database. " * 200, id="not a database"),
    pytest.param(lambda data: data[:100] + b"\xff" * 4000 + data[4100:], id="first page corrupt"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_rebuilt(path: Path, damage: Callable[[bytes], bytes]) -> None:
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    store = Store(str(path), PAGES)
    store.kv.put("new", 1)
    assert [aside.read_bytes() for aside in path.parent.glob("*.damaged-1-*Z")] == [damaged]
    assert "damaged" in store.warnings[0]
    assert Store(str(path), PAGES).kv.get("store.warnings", object) == store.warnings


def test_only_one_process_repairs_at_a_time(path: Path) -> None:
    path.write_bytes(b"nonsense" * 200)
    with Exclusive(str(path), 1), pytest.raises(StateError, match="locked"):
        Store(str(path), PAGES, budget=0.01).kv.get("kept", object)
    assert path.read_bytes() == b"nonsense" * 200


def test_a_second_damaged_file_does_not_replace_the_first(path: Path) -> None:
    for _ in range(2):
        path.write_bytes(b"nonsense" * 200)
        store = Store(str(path), PAGES, clock=CountingClock())
        store.kv.put("a", 1)
        store.close()
    assert len(list(path.parent.glob("*.damaged-*"))) == 2


def test_damage_met_in_the_middle_is_checked_by_the_next_task(path: Path) -> None:
    path.write_bytes(spoil_end(path.read_bytes()))
    with pytest.raises(StateError, match="damaged"):
        Store(str(path), PAGES).read("SELECT count(text || text) FROM pages")
    store = Store(str(path), PAGES)
    assert store.kv.get("kept", object) == 1
    assert 30 < store.first("SELECT count(*) FROM pages")[0] < 50
    assert "could be taken over" in store.warnings[0]


def test_what_can_be_read_on_both_sides_of_the_damage_is_taken_over(path: Path) -> None:
    with Store(str(path), PAGES).write() as db:
        db.executemany("INSERT INTO pages VALUES (?)", [("y" * 3000,)] * 50)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    path.write_bytes(data[:middle] + b"\xa5" * 8192 + data[middle + 8192 :])
    path.with_name("state.sqlite3.check").touch()
    found = Store(str(path), PAGES).read(
        "SELECT substr(text, 1, 1) AS letter, count(*) AS n FROM pages GROUP BY letter"
    )
    assert {row["letter"]: row["n"] > 40 for row in found} == {"x": True, "y": True}


def test_a_suspected_file_that_is_fine_is_kept(path: Path) -> None:
    marker = path.with_name("state.sqlite3.check")
    marker.touch()
    store = Store(str(path), PAGES)
    assert (store.kv.get("kept", object), store.warnings, marker.exists()) == (1, [], False)


def test_a_locked_file_is_waited_for_no_longer_than_the_budget(path: Path) -> None:
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateError, match="another process keeps it locked"):
        Store(str(path), PAGES, budget=0.01).kv.put("a", 1)
    blocker.execute("ROLLBACK")
    Store(str(path), PAGES, budget=0.01).kv.put("a", 1)


def forbid_shared_memory(path: Path) -> None:
    """A link to itself can neither be opened nor replaced by SQLite."""
    memory = path.with_name(path.name + "-shm")
    memory.symlink_to(memory)


def test_a_drive_without_shared_memory_gets_the_older_journal(tmp_path: Path) -> None:
    forbid_shared_memory(tmp_path / "state.sqlite3")
    store = Store(str(tmp_path / "state.sqlite3"))
    store.kv.put("a", 1)
    assert store.first("PRAGMA journal_mode")[0] == "delete"
    store.close()
    assert Store(store.path).kv.get("a", object) == 1


def test_a_file_moved_to_such_a_drive_is_converted(path: Path) -> None:
    forbid_shared_memory(path)
    store = Store(str(path), PAGES)
    assert store.kv.get("kept", object) == 1
    assert store.first("PRAGMA journal_mode")[0] == "delete"


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").mkdir()
    with pytest.raises(StateError, match=r"state\.sqlite3"):
        Store(str(tmp_path / "state.sqlite3")).kv.get("a", object)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "sample").write_text("")
    with pytest.raises(StateError, match="Not a directory"):
        Store(str(tmp_path / "sample" / "state.sqlite3")).kv.get("a", object)


def test_a_write_ahead_log_left_by_a_crash_is_played_in(path: Path) -> None:
    store = Store(str(path), PAGES)
    store.kv.put("late", "not yet in the main file")
    copies = {name: path.with_name(name).read_bytes() for name in ("state.sqlite3", "state.sqlite3-wal")}
    store.close()
    other = path.parent / "after the crash"
    other.mkdir()
    for name, data in copies.items():
        (other / name).write_bytes(data)
    assert Store(str(other / "state.sqlite3"), PAGES).kv.get("late", object) == "not yet in the main file"
