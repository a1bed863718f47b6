"""The store of boxes' records: a baseline takes only the space of the fields in which it differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from performers.scenes.record_store import BaselineMove, SceneRecords
from performers.schema import MIGRATIONS

from shared.stash_box import LookupFound, Missing, Scene
from shared.state.store import Store

ENDPOINT, ID = "https://box.example/graphql", "a1"
HARBOR = Scene(ID, title="Harbor", code="H-1", details="A long day. " * 50)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(str(tmp_path / "state.sqlite3"), MIGRATIONS)
    yield store
    store.close()


def save(store: Store, scene: Scene) -> None:
    SceneRecords(store, ENDPOINT).save({ID: LookupFound(ID, scene)}, 1.0)


def read(store: Store) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the box says now and said at the baseline, without the details."""
    answer = SceneRecords(store, ENDPOINT).read([ID])[ID]
    shown = ({**answer.values}, {**(answer.before or {})})
    return tuple({k: v for k, v in each.items() if k not in ("details", "name")} for each in shown)  # type: ignore[return-value]


def read_base(store: Store) -> str:
    return str(store.first("SELECT base FROM scene_records")["base"])


def test_a_baseline_holds_only_the_fields_that_the_box_changed(store: Store) -> None:
    save(store, HARBOR)
    assert read_base(store) == "null"
    save(store, HARBOR._replace(title="Pier", code=None, director="Ida Holm"))
    assert read(store) == ({"title": "Pier", "director": "Ida Holm"}, {"title": "Harbor", "code": "H-1"})
    assert len(read_base(store)) < 60
    save(store, HARBOR._replace(title="Quay"))
    assert read(store) == ({"title": "Quay", "code": "H-1"}, {"title": "Harbor", "code": "H-1"})
    save(store, HARBOR)
    assert (read_base(store), list(SceneRecords(store, ENDPOINT).list_open(2.0))) == ("null", [])


def test_a_field_of_the_baseline_moves_on_alone(store: Store) -> None:
    save(store, HARBOR)
    save(store, HARBOR._replace(title="Pier", code="P-2"))
    records = SceneRecords(store, ENDPOINT)
    answer = records.read([ID])[ID]
    before = {**(answer.before or {}), "title": "Pier"}
    records.move_baselines({ID: BaselineMove(answer.values, before)})
    assert read(store)[1] == {"title": "Pier", "code": "H-1"}
    records.move_baselines({ID: BaselineMove(answer.values, answer.values)})
    assert read_base(store) == "null"


def test_a_scene_that_was_gone_keeps_its_baseline(store: Store) -> None:
    save(store, HARBOR)
    SceneRecords(store, ENDPOINT).save({ID: Missing(ID)}, 2.0)
    save(store, HARBOR._replace(title="Pier"))
    assert read(store)[1]["title"] == "Harbor"


def test_a_baseline_that_was_stored_whole_is_read(store: Store) -> None:
    save(store, HARBOR._replace(director="Ida Holm"))
    with store.write() as db:
        db.execute("""UPDATE scene_records SET base = '{"title":"Old","code":"H-1"}'""")
    assert read(store)[1] == {"title": "Old", "code": "H-1"}
    save(store, HARBOR)
    assert read(store) == ({"title": "Harbor", "code": "H-1"}, {"title": "Old", "code": "H-1"})
