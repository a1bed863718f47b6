"""The boxes' tag lists, each replaced whole by a fetch; one older than OLD_AFTER seconds is stale."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from shared.stash_box import TagList
from shared.state.store import Store

OLD_AFTER = 7 * 86400.0

_LIST = "INSERT OR REPLACE INTO tag_lists VALUES (?, ?, ?, '')"
_TAG = "INSERT OR REPLACE INTO remote_tags VALUES (?, ?, ?, ?, ?, ?, ?)"
_CATEGORY = "INSERT OR REPLACE INTO remote_categories VALUES (?, ?, ?, ?, ?)"
_PROBLEM = """
    INSERT INTO tag_lists VALUES (?, NULL, 0, ?) ON CONFLICT (endpoint) DO UPDATE SET problem = excluded.problem
"""
_GONE = """
    SELECT id FROM seen_tags WHERE endpoint = :endpoint
    AND EXISTS (SELECT 1 FROM tag_lists WHERE endpoint = :endpoint AND fetched IS NOT NULL)
    AND id NOT IN (SELECT id FROM remote_tags WHERE endpoint = :endpoint)
"""


class RemoteTag(NamedTuple):
    """A tag of a box, as it was when the list was fetched."""

    id: str
    name: str
    aliases: tuple[str, ...]
    description: str
    category_id: str


class ListState(NamedTuple):
    """The age of a box's tag list, and the problem of the last fetch."""

    fetched: float | None
    tags: int
    problem: str

    def is_stale(self, now: float) -> bool:
        """Return True if the list should be fetched again."""
        return self.fetched is not None and (bool(self.problem) or now - self.fetched > OLD_AFTER)


NEVER = ListState(None, 0, "")


def save_tag_list(store: Store, endpoint: str, fetched: TagList) -> None:
    """Replace the list of a box."""
    with store.write() as db:
        for table in ("remote_tags", "remote_categories"):
            db.execute(f"DELETE FROM {table} WHERE endpoint = ?", (endpoint,))  # noqa: S608 -- two names of ours
        for tag in fetched.tags:
            if not tag.deleted:
                category = tag.category.id if tag.category else ""
                values = (json.dumps(tag.aliases), tag.description or "", category, tag.updated or "")
                db.execute(_TAG, (endpoint, tag.id, tag.name, *values))
        for each in fetched.categories:
            db.execute(_CATEGORY, (endpoint, each.id, each.name, each.group, each.description or ""))
        db.execute(_LIST, (endpoint, store.clock.now(), len(fetched.tags)))


def save_list_problem(store: Store, endpoint: str, problem: str) -> None:
    """The fetch failed; the list that is there stays."""
    with store.write() as db:
        db.execute(_PROBLEM, (endpoint, problem))


def read_list_state(store: Store, endpoint: str) -> ListState:
    """Return the state of a box's tag list."""
    row = store.first("SELECT * FROM tag_lists WHERE endpoint = ?", (endpoint,))
    return ListState(row["fetched"], row["count"], row["problem"]) if row else NEVER


def read_box_tags(store: Store, endpoint: str) -> dict[str, RemoteTag]:
    """All tags of a box by id, in the order of their names."""
    rows = store.read("SELECT * FROM remote_tags WHERE endpoint = ? ORDER BY name, id", (endpoint,))
    return {row["id"]: _read_row(row) for row in rows}


def find_box_tags(store: Store, endpoint: str, ids: Iterable[str]) -> dict[str, RemoteTag]:
    """Some tags by id."""
    query = "SELECT * FROM remote_tags WHERE endpoint = ? AND id = ?"
    rows = (store.first(query, (endpoint, each)) for each in dict.fromkeys(ids))
    return {row["id"]: _read_row(row) for row in rows if row}


def read_box_categories(store: Store, endpoint: str) -> dict[str, Mapping[str, Any]]:
    """The categories of a box by id, in the order of their names."""
    rows = store.read("SELECT * FROM remote_categories WHERE endpoint = ? ORDER BY name", (endpoint,))
    return {
        row["id"]: {"id": row["id"], "name": row["name"], "group": row["kind"], "description": row["description"]}
        for row in rows
    }


def find_vanished_tags(store: Store, endpoint: str) -> frozenset[str]:
    """Tags seen on scenes that the box's complete list no longer has: their scenes changed without saying so."""
    return frozenset(row["id"] for row in store.read(_GONE, {"endpoint": endpoint}))


def _read_row(row: sqlite3.Row) -> RemoteTag:
    aliases = tuple(json.loads(row["aliases"]))
    return RemoteTag(row["id"], row["name"], aliases, row["description"], row["category"])
