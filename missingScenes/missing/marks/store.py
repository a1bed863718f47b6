"""The wanted and the ignored list: scenes of any box, saved in the state file; no other program is needed.

A scene that is taken off a list stays in the table, switched off, so that this can be taken back.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shared.folding import fold_text
from shared.state.store import Store

WANTED, IGNORED = "wanted", "ignored"
LISTS = (WANTED, IGNORED)
SORTS = {"added": "added DESC, scene_id", "date": "date DESC, scene_id", "title": "title COLLATE NOCASE, scene_id"}
_WHERE = " FROM marks WHERE list = :list AND is_on AND (:endpoint = '' OR endpoint = :endpoint)"
CARD = JsonColumn("marks", "card", dict, "{}")


class MarkedScene(NamedTuple):
    """A scene on a list."""

    endpoint: str
    scene_id: str
    card: dict[str, Any]
    added: float


class SceneMarks(NamedTuple):
    """The ids of wanted and of ignored scenes among some scenes of a box."""

    wanted: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


def find_marked_ids(store: Store, endpoint: str, scene_ids: Sequence[str]) -> SceneMarks:
    """Return which of a box's scenes are wanted and which ignored; lists, follows and news call it."""
    ids = json.dumps(list(scene_ids))
    query = (
        "SELECT list, scene_id FROM marks WHERE is_on AND endpoint = ? AND scene_id IN (SELECT value FROM json_each(?))"
    )
    rows = store.read(query, (endpoint, ids))
    return SceneMarks(*(frozenset(row["scene_id"] for row in rows if row["list"] == name) for name in LISTS))


def save_card(store: Store, mark: MarkedScene) -> None:
    """Save a scene's card before `mark_scenes` or a follow puts it on the list of wanted or of ignored scenes."""
    card = mark.card
    values = (mark.endpoint, mark.scene_id, card.get("title") or "", card.get("date") or "", json.dumps(card))
    upsert = """
        INSERT INTO marks VALUES (?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT (list, endpoint, scene_id)
        DO UPDATE SET title = excluded.title, date = excluded.date, card = excluded.card
    """
    with store.write() as db:
        db.executemany(upsert, [(name, *values, mark.added) for name in LISTS])


def list_marked_scenes(
    store: Store, name: str, filters: Mapping[str, str], sort: str, page: tuple[int, int]
) -> tuple[list[MarkedScene], int]:
    """Return one page of the wanted or ignored list, and how many scenes it has in all; the lists and exports call it.

    `page` is how many to return (-1: all) and how many to skip.
    """
    query, params = f"{_WHERE} ORDER BY {SORTS[sort]}", {"list": name, "endpoint": filters["endpoint"]}
    size, before = page
    if filters["text"]:  # SQLite ignores the case of English letters only
        every = [
            mark
            for mark in map(read_marked_scene, store.read(f"SELECT * {query}", params))
            if has_text(mark, filters["text"])
        ]
        return every[before:][: size if size >= 0 else None], len(every)
    rows = store.read(f"SELECT * {query} LIMIT :size OFFSET :before", {**params, "size": size, "before": before})
    return list(map(read_marked_scene, rows)), int(store.read(f"SELECT count(*) {_WHERE}", params)[0][0])


def read_marked_scene(row: sqlite3.Row) -> MarkedScene:
    """Return a row of the table `marks` as MarkedScene; `list_marked_scenes` calls it."""
    known = {"id": row["scene_id"], "title": row["title"], "date": row["date"], "performers": []}
    return MarkedScene(row["endpoint"], row["scene_id"], {**known, **CARD.read(row["card"])}, row["added"])


def has_text(mark: MarkedScene, text: str) -> bool:
    """Return True if the card of a marked scene has the text that the page searches for.

    `list_marked_scenes` calls it.
    """
    card = mark.card
    people = [name for each in card["performers"] for name in (each["name"], each.get("as"))]
    studio = (card.get("studio") or {}).get("name")
    shown = [card.get(name) for name in ("title", "code", "date", "director")]
    return any(fold_text(text) in fold_text(each) for each in (*shown, studio, *people) if each)
