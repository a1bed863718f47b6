"""The state file: what is written is there, what fails leaves no trace, and trouble has a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.errors import StateError
from shared.state.sqlite_file import split_script
from shared.state.store import Store

ONE = ("CREATE TABLE boxes (name TEXT);",)
TWO = (*ONE, "ALTER TABLE boxes ADD COLUMN url TEXT; UPDATE boxes SET url = 'none';")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "plugin_data" / "sample" / "state.sqlite3")


@pytest.fixture
def store(path: str) -> Store:
    return Store(path)


def test_making_a_store_touches_no_disk(store: Store) -> None:
    assert not Path(store.path).parent.exists()


def test_file_and_folder_are_private(store: Store) -> None:
    store.kv.put("a", 1)
    assert Path(store.path).stat().st_mode & 0o777 == 0o600
    assert Path(store.path).parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_others_may_read_becomes_private(store: Store) -> None:
    store.kv.put("a", 1)
    store.close()
    Path(store.path).chmod(0o644)
    assert store.kv.get("a", object) == 1
    assert Path(store.path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("value", [0, False, "text", "Ünï 🎬", [1, {"a": None}], {"b": [True]}])
def test_values_survive_a_new_process(path: str, value: object) -> None:
    first = Store(path)
    first.kv.put("name", value)
    first.close()
    assert Store(path).kv.get("name", object, "default") == value


def test_a_missing_value_is_the_default(store: Store) -> None:
    store.kv.put("gone", 1)
    store.kv.delete("gone")
    store.kv.put("none", None)
    assert store.kv.get("gone", object) is None
    assert store.kv.get("never", object, "default") == "default"
    assert store.kv.get("none", str, "default") == "default"


def test_values_of_one_prefix_are_forgotten_together(store: Store) -> None:
    for name in ("place.1", "place.2", "places", "place_3"):
        store.kv.put(name, name)
    store.kv.delete_prefix("place.")
    assert [store.kv.get(name, object) for name in ("place.1", "place.2", "places", "place_3")] == [
        None,
        None,
        "places",
        "place_3",
    ]


def test_a_failing_block_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as db:
        db.execute("INSERT INTO kv VALUES ('a', '1')")
        1 / 0  # noqa: B018
    assert store.kv.get("a", object) is None


def test_an_inner_transaction_lives_and_dies_with_the_outer_one(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write():
        store.kv.put("inner", 1)
        1 / 0  # noqa: B018
    with store.write():
        store.kv.put("kept", 1)
    assert (store.kv.get("inner", object), store.kv.get("kept", object)) == (None, 1)


def test_migrations_run_once_and_in_order(path: str) -> None:
    for scripts in (ONE, ONE, TWO, TWO):
        store = Store(path, scripts)
        with store.write() as db:
            db.execute("INSERT INTO boxes (name) VALUES ('one')")
        store.close()
    assert [tuple(row) for row in Store(path, TWO).read("SELECT * FROM boxes")] == [
        ("one", "none"),
        ("one", "none"),
        ("one", None),
        ("one", None),
    ]


def test_a_failing_migration_changes_nothing(path: str) -> None:
    Store(path, ONE).connect()
    with pytest.raises(sqlite3.OperationalError):
        Store(path, (*ONE, "CREATE TABLE extra (a); INSERT INTO nowhere VALUES (1);")).connect()
    assert Store(path, ONE).read("SELECT name FROM sqlite_master WHERE name = 'extra'") == []


def test_a_newer_schema_is_refused_and_left_alone(path: str) -> None:
    newer = Store(path, TWO)
    newer.kv.put("kept", 1)
    newer.close()
    before = Path(path).read_bytes()
    with pytest.raises(StateError, match="newer version of this plugin"):
        Store(path, ONE).kv.get("kept", object)
    assert Path(path).read_bytes() == before
    assert Store(path, TWO).kv.get("kept", object) == 1


def test_a_process_notices_that_its_plugin_was_updated(path: str) -> None:
    old = Store(path, ONE)
    old.require_same_schema()
    Store(path, TWO).connect()
    with pytest.raises(StateError, match="updated"):
        old.require_same_schema()


@pytest.mark.parametrize("replace", [Path.unlink, lambda path: path.rename(path.with_name("moved"))])
def test_a_process_notices_that_its_file_was_taken_away(store: Store, replace: Callable[[Path], object]) -> None:
    store.kv.put("a", 1)
    replace(Path(store.path))
    with pytest.raises(StateError, match="was replaced"):
        store.require_same_schema()


def test_a_component_of_another_process_is_no_update(path: str) -> None:
    old = Store(path, ONE)
    old.connect()
    Store(path, ONE).ensure("journal", TWO[1:])
    old.require_same_schema()


def test_our_own_wrong_sql_is_not_blamed_on_the_disk(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.read("SELECT * FROM nowhere")


def test_a_script_with_a_trigger_is_split_between_its_statements() -> None:
    script = "CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; SELECT 1; END; ;"
    assert [part.split()[1] for part in split_script(script)] == ["TABLE", "TRIGGER"]


def test_half_a_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="middle of a statement"):
        list(split_script("CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;"))


def test_removed_rows_give_their_space_back(store: Store) -> None:
    store.kv.put("large", "x" * 5_000_000)
    store.close()
    large = Path(store.path).stat().st_size
    store.kv.delete("large")
    store.shrink()
    store.close()
    assert Path(store.path).stat().st_size < large / 3


def test_a_new_file_takes_a_migration_that_uses_a_table_of_the_core(path: str) -> None:
    scripts = ("CREATE TABLE books (id INTEGER PRIMARY KEY)", "INSERT INTO kv VALUES ('books.started', 'true')")
    assert Store(path, scripts).kv.get("books.started", object) is True
