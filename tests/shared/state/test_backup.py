"""Copies of the state file, and what is put back from them when the file is lost, damaged or not ours."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from shared.state.backup import list_backups
from shared.state.store import LOSS, Store
from tests.harness.clock import CountingClock

MARKS = ("CREATE TABLE marks (name TEXT PRIMARY KEY, text TEXT); CREATE INDEX marks_by_text ON marks (text);",)
DAY = 86_400.0


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample" / "state.sqlite3"


def open_store(path: Path, clock: CountingClock | None = None, owner: str = "sample") -> Store:
    return Store(str(path), MARKS, clock=clock or CountingClock(), owner=owner)


def mark(store: Store, *names: str) -> None:
    with store.write() as db:
        db.executemany("INSERT INTO marks VALUES (?, ?)", [(name, name * 300) for name in names])


def list_marks(store: Store) -> list[str]:
    return [row["name"] for row in store.read("SELECT name FROM marks ORDER BY name")]


@pytest.fixture
def copied(path: Path, clock: CountingClock) -> Path:
    """A state file with a copy that has "early", and "late" stored after it."""
    store = open_store(path, clock)
    mark(store, "early")
    store.kv.put("known", [1, 2])
    assert store.back_up() == ""
    mark(store, "late")
    store.close()
    return path


def test_there_is_one_copy_a_day_and_three_are_kept(path: Path, clock: CountingClock) -> None:
    for day in range(5):
        store = open_store(path, clock)
        mark(store, f"day {day}")
        assert [store.back_up(), store.back_up()] == ["", ""]
        store.close()
        clock.sleep(DAY)
    copies = list_backups(str(path))
    assert [copy.number for copy in copies] == [5, 4, 3]
    names = sqlite3.connect(copies[0].path).execute("SELECT name FROM marks").fetchall()
    assert len(names) == 5


def test_a_clock_that_was_set_back_does_not_hide_a_newer_copy(path: Path, clock: CountingClock) -> None:
    for step in (0.0, -3 * DAY, 0.0):
        clock.advance(step)
        store = open_store(path, clock)
        store.connect()
        store.back_up()
        store.close()
    assert [copy.number for copy in list_backups(str(path))] == [2, 1]


def test_copies_stay_within_their_size(path: Path, clock: CountingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.state.backup.MAX_BYTES", 60_000)
    store = open_store(path, clock)
    mark(store, *"abcde")
    for _ in range(3):
        store.back_up()
        clock.sleep(DAY)
    assert len(list_backups(str(path))) == 1
    monkeypatch.setattr("shared.state.backup.MAX_BYTES", 1000)
    assert "copies may have" in store.back_up()


def test_a_copy_is_made_while_another_process_writes(path: Path, clock: CountingClock) -> None:
    store = open_store(path, clock)
    mark(store, "a")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO marks VALUES ('b', '')")
    assert store.back_up() == ""
    writer.execute("COMMIT")
    (copy,) = list_backups(str(path))
    assert sqlite3.connect(copy.path).execute("SELECT name FROM marks").fetchall() == [("a",)]


@pytest.mark.parametrize("is_there", [True, False], ids=["zero bytes", "missing"])
def test_a_lost_file_is_put_back_from_the_copy_and_told(copied: Path, is_there: bool) -> None:
    copied.unlink()
    if is_there:
        copied.touch()
    store = open_store(copied)
    assert list_marks(store) == ["early"]
    assert "was missing or empty. The copy of" in store.warnings[0]
    assert store.kv.get(LOSS, object)["copy"]


def test_a_lost_file_without_a_copy_is_told(path: Path) -> None:
    store = open_store(path)
    mark(store, "a")
    store.close()
    path.write_bytes(b"")
    store = open_store(path)
    assert list_marks(store) == []
    assert "There is no copy of it" in store.warnings[0]
    assert store.kv.get(LOSS, object)["copy"] == ""


def test_a_new_file_has_nothing_to_tell(path: Path) -> None:
    store = open_store(path)
    assert (list_marks(store), store.warnings, store.kv.get(LOSS, object)) == ([], [], None)


def test_the_file_of_another_plugin_is_set_aside(copied: Path, tmp_path: Path) -> None:
    other = open_store(tmp_path / "other" / "state.sqlite3", owner="other")
    mark(other, "foreign")
    other.close()
    copied.write_bytes(Path(other.path).read_bytes())
    store = open_store(copied)
    assert list_marks(store) == ["early"]
    assert "another program or plugin" in store.warnings[0]
    assert len(list(copied.parent.glob("*.damaged-1-*Z"))) == 1


def test_the_file_of_another_program_is_set_aside(copied: Path) -> None:
    copied.unlink()
    db = sqlite3.connect(copied)
    db.execute("CREATE TABLE songs (name TEXT)")
    db.close()
    assert list_marks(open_store(copied)) == ["early"]


def damage_page_of(path: Path, table: str) -> None:
    """Overwrite the first page of a table."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(data)


@pytest.mark.parametrize("with_copy", [True, False])
def test_damage_on_the_page_of_versions_loses_nothing(copied: Path, with_copy: bool) -> None:
    if not with_copy:
        Path(list_backups(str(copied))[0].path).unlink()
    damage_page_of(copied, "versions")
    for _ in range(2):
        store = open_store(copied)
        assert list_marks(store) == ["early", "late"]
        assert store.kv.get("known", object) == [1, 2]
        store.close()
    assert len(list(copied.parent.glob("*.damaged-1-*Z"))) == 1


def test_rows_lost_with_a_damaged_page_come_from_the_copy(copied: Path) -> None:
    damage_page_of(copied, "marks")
    copied.with_name("state.sqlite3.check").touch()
    store = open_store(copied)
    assert list_marks(store) == ["early"]
    assert "Lost rows were added from the copy of" in store.warnings[0]
    assert "marks" in store.warnings[0]


def test_a_file_cut_by_one_page_keeps_the_rest(path: Path) -> None:
    store = open_store(path)
    mark(store, *(f"name {number:03}" for number in range(200)))
    store.close()
    path.write_bytes(path.read_bytes()[:-4096])
    store = open_store(path)
    assert len(list_marks(store)) > 150
    assert "Some rows are lost, and there is no copy that has them: marks." in store.warnings[0]


def test_a_missing_table_is_made_again_from_the_copy(copied: Path) -> None:
    db = sqlite3.connect(copied)
    db.execute("DROP TABLE marks")
    db.close()
    store = open_store(copied)
    with pytest.raises(Exception, match="It is made again when the plugin runs next"):
        list_marks(store)
    store.close()
    store = open_store(copied)
    assert list_marks(store) == ["early"]
    assert 'The table "marks" was missing' in store.warnings[0]
    mark(store, "new")


def test_a_table_of_another_form_is_replaced(copied: Path) -> None:
    db = sqlite3.connect(copied)
    db.executescript("DROP TABLE marks; CREATE TABLE marks (other TEXT); DELETE FROM versions;")
    db.close()
    assert list_marks(open_store(copied)) == ["early"]


@pytest.mark.parametrize(("name", "found"), [("known", [1, 2]), ("unknown", "default")])
@pytest.mark.parametrize("junk", ["{", b"\xff\xfe\x00", "5", '"text"', "{}", '[1, "two"]'])
def test_a_stored_value_that_is_junk_comes_from_the_copy(
    copied: Path, name: str, found: object, junk: str | bytes
) -> None:
    store = open_store(copied)
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (name, junk))
    for _ in range(2):
        assert store.kv.get(name, [int], "default") == found
    assert len(store.warnings) == 1
    assert f'The stored value "{name}" could not be read' in store.warnings[0]
    aside = store.warnings[0].split()[-1].rstrip(".")
    assert json.loads((copied.parent / aside).read_text())[0]["name"] == name


def test_values_that_are_set_aside_at_the_same_time_have_files_of_their_own(copied: Path) -> None:
    store = open_store(copied, CountingClock())
    for name in ("one", "other"):
        store.kv.put(name, 5)
        assert store.kv.get(name, str) is None
    assert len(list(copied.parent.glob("*.damaged-rows-kv-*"))) == 2


def test_a_copy_with_a_value_of_another_type_is_no_help(copied: Path) -> None:
    store = open_store(copied)
    store.kv.put("known", 5)
    assert store.kv.get("known", {str: int}, {}) == {}
    assert "No copy has it" in store.warnings[0]


def test_damage_that_the_copy_finds_is_checked_by_the_next_call(copied: Path) -> None:
    store = open_store(copied, clock := CountingClock())
    store.kv.get("known", object)
    damage_page_of(copied, "marks_by_text")
    clock.sleep(9 * DAY)
    assert "the next call repairs it" in store.back_up()
    store.close()
    assert list_marks(open_store(copied)) == ["early", "late"]
    assert len(list_backups(str(copied))) == 1


def test_tables_whose_migrations_use_the_core_are_adopted_once(path: Path) -> None:
    scripts = (*MARKS, "INSERT INTO kv VALUES ('marks.started', 'true')")
    store = Store(str(path), scripts)
    mark(store, "a")
    with store.write() as db:
        db.execute("DELETE FROM versions")
    store.close()
    store = Store(str(path), scripts)
    assert (list_marks(store), store.warnings) == (["a"], [])
