"""The wanted and the ignored list: scenes of any box, kept in the state file, without any other program."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from shared.store import Store

WANTED, IGNORED = "wanted", "ignored"
LISTS = (WANTED, IGNORED)
SORTS = {"added": "added DESC, scene_id", "date": "date DESC, scene_id", "title": "title COLLATE NOCASE, scene_id"}
_WHERE = """
    FROM marks WHERE list = :list AND (:endpoint = '' OR endpoint = :endpoint)
    AND (:text = '' OR card LIKE '%' || :text || '%')
"""


class Mark(NamedTuple):
    """A scene on a list."""

    endpoint: str
    scene_id: str
    card: dict[str, Any]
    added: float


class Marks(NamedTuple):
    """The marks among some scenes."""

    wanted: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


def find_marks(store: Store, endpoint: str, scene_ids: Sequence[str]) -> Marks:
    """Which of these scenes are on which list."""
    ids = json.dumps(list(scene_ids))
    query = "SELECT list, scene_id FROM marks WHERE endpoint = ? AND scene_id IN (SELECT value FROM json_each(?))"
    rows = store.read(query, (endpoint, ids))
    return Marks(*(frozenset(row["scene_id"] for row in rows if row["list"] == name) for name in LISTS))


def find_cards(store: Store, name: str, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The cards of those scenes (endpoint, id) that are on a list."""
    query = "SELECT card FROM marks WHERE list = ? AND endpoint = ? AND scene_id = ?"
    rows = {key: store.first(query, (name, *key)) for key in keys}
    return {key: json.loads(row["card"]) for key, row in rows.items() if row is not None}


def put_mark(store: Store, name: str, mark: Mark) -> None:
    """Put a scene on a list; one that is there keeps its time."""
    card = mark.card
    values = (name, mark.endpoint, mark.scene_id, card.get("title") or "", card.get("date") or "", json.dumps(card))
    with store.write() as db:
        db.execute("INSERT OR IGNORE INTO marks VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, mark.added))


def remove_mark(store: Store, name: str, endpoint: str, scene_id: str) -> None:
    """Take a scene off a list."""
    with store.write() as db:
        db.execute("DELETE FROM marks WHERE list = ? AND endpoint = ? AND scene_id = ?", (name, endpoint, scene_id))


def count_marks(store: Store, name: str, filters: Mapping[str, str]) -> int:
    """How many scenes of a list fit."""
    return int(store.read("SELECT count(*)" + _WHERE, {"list": name, **filters})[0][0])


def list_marks(store: Store, name: str, filters: Mapping[str, str], sort: str, page: tuple[int, int]) -> list[Mark]:
    """Some scenes of a list; `page` is how many, and how many come before them (-1: all)."""
    params = {"list": name, **filters, "size": page[0], "offset": page[1]}
    rows = store.read(f"SELECT * {_WHERE} ORDER BY {SORTS[sort]} LIMIT :size OFFSET :offset", params)
    return [Mark(row["endpoint"], row["scene_id"], json.loads(row["card"]), row["added"]) for row in rows]
