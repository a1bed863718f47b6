"""The wanted and the ignored list: scenes of any box, kept in the state file, without any other program.

A scene that is taken off a list stays in the table, switched off, so that this can be taken back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from shared.errors import BundleError
from shared.journal import Item, Json, Work
from shared.state.store import Store

WANTED, IGNORED = "wanted", "ignored"
LISTS = (WANTED, IGNORED)
SORTS = {"added": "added DESC, scene_id", "date": "date DESC, scene_id", "title": "title COLLATE NOCASE, scene_id"}
_WHERE = " FROM marks WHERE list = :list AND is_on AND (:endpoint = '' OR endpoint = :endpoint)"


class Mark(NamedTuple):
    """A scene on a list."""

    endpoint: str
    scene_id: str
    card: dict[str, Any]
    added: float


class SceneMarks(NamedTuple):
    """The marks among some scenes."""

    wanted: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


def find_marks(store: Store, endpoint: str, scene_ids: Sequence[str]) -> SceneMarks:
    """Which of these scenes are on which list."""
    ids = json.dumps(list(scene_ids))
    query = (
        "SELECT list, scene_id FROM marks WHERE is_on AND endpoint = ? AND scene_id IN (SELECT value FROM json_each(?))"
    )
    rows = store.read(query, (endpoint, ids))
    return SceneMarks(*(frozenset(row["scene_id"] for row in rows if row["list"] == name) for name in LISTS))


def keep_card(store: Store, mark: Mark) -> None:
    """Remember what a scene is, for both lists, without putting it on either."""
    card = mark.card
    values = (mark.endpoint, mark.scene_id, card.get("title") or "", card.get("date") or "", json.dumps(card))
    upsert = """
        INSERT INTO marks VALUES (?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT (list, endpoint, scene_id)
        DO UPDATE SET title = excluded.title, date = excluded.date, card = excluded.card
    """
    with store.write() as db:
        db.executemany(upsert, [(name, *values, mark.added) for name in LISTS])


def list_marks(
    store: Store, name: str, filters: Mapping[str, str], sort: str, page: tuple[int, int]
) -> tuple[list[Mark], int]:
    """Some scenes of a list, and how many there are; `page` is how many (-1: all), and how many come before them."""
    query, params = f"{_WHERE} ORDER BY {SORTS[sort]}", {"list": name, "endpoint": filters["endpoint"]}
    size, before = page
    if filters["text"]:  # SQLite tells large from small letters in English only
        every = [
            mark for mark in map(read_mark, store.read(f"SELECT * {query}", params)) if has_text(mark, filters["text"])
        ]
        return every[before:][: size if size >= 0 else None], len(every)
    rows = store.read(f"SELECT * {query} LIMIT :size OFFSET :before", {**params, "size": size, "before": before})
    return list(map(read_mark, rows)), int(store.read(f"SELECT count(*) {_WHERE}", params)[0][0])


def read_mark(row: sqlite3.Row) -> Mark:
    """A scene on a list as it was kept."""
    return Mark(row["endpoint"], row["scene_id"], json.loads(row["card"]), row["added"])


def has_text(mark: Mark, text: str) -> bool:
    """Whether a person who reads the card finds the text there."""
    card = mark.card
    people = [name for each in card["performers"] for name in (each["name"], each.get("as"))]
    studio = (card.get("studio") or {}).get("name")
    shown = [card.get(name) for name in ("title", "code", "date", "director")]
    return any(text.casefold() in each.casefold() for each in (*shown, studio, *people) if each)


def make_item(endpoint: str, scene_id: str, label: str) -> Item:
    """A scene of a box for the journal."""
    return Item("box scene", f"{scene_id} {endpoint}", label)


class MarkTarget:
    """Reads and writes the lists; the fields are their names."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Whether each scene is on the lists."""
        return {item: {field: self._is_on(field, item) for field in fields} for item in items}

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Switch on and off."""
        now = self._store.clock.now()
        update = "UPDATE marks SET is_on = ?, added = ? WHERE list = ? AND scene_id = ? AND endpoint = ?"
        with self._store.write() as db:
            for item, changes in work:
                key = item.id.split(" ", 1)
                db.executemany(update, [(bool(change.after), now, change.field, *key) for change in changes])
        return dict.fromkeys(item for item, _ in work)

    def _is_on(self, name: str, item: Item) -> bool:
        query = "SELECT is_on FROM marks WHERE list = ? AND scene_id = ? AND endpoint = ?"
        row = self._store.first(query, (name, *item.id.split(" ", 1)))
        return bool(row and row["is_on"])
