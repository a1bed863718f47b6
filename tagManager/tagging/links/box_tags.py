"""The boxes' tag lists as stored: each fetch replaces a whole list; a list older than STALE_AFTER seconds is stale."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from shared.runtime.clock import is_recent
from shared.stash_box import TagList, normalize_endpoint
from shared.state.store import Store

STALE_AFTER = 7 * 86400.0

_SAVE_LIST = "INSERT OR REPLACE INTO tag_lists VALUES (?, ?, ?, '')"
_SAVE_TAG = "INSERT OR REPLACE INTO remote_tags VALUES (?, ?, ?, ?, ?, ?, ?)"
_SAVE_CATEGORY = "INSERT OR REPLACE INTO remote_categories VALUES (?, ?, ?, ?, ?)"
_SAVE_PROBLEM = """
    INSERT INTO tag_lists VALUES (?, NULL, 0, ?) ON CONFLICT (endpoint) DO UPDATE SET problem = excluded.problem
"""
# Syncs find the local tag by these names, and ask the box only about scenes that changed; a renamed tag changes none.
_RENAME_SEEN = """
    UPDATE seen_tags SET name = (
        SELECT name FROM remote_tags WHERE remote_tags.endpoint = seen_tags.endpoint AND remote_tags.id = seen_tags.id
    ) WHERE endpoint = :endpoint AND id IN (SELECT id FROM remote_tags WHERE endpoint = :endpoint)
"""
_VANISHED = """
    SELECT id FROM seen_tags WHERE endpoint = :endpoint
    AND EXISTS (SELECT 1 FROM tag_lists WHERE endpoint = :endpoint AND fetched IS NOT NULL)
    AND id NOT IN (SELECT id FROM remote_tags WHERE endpoint = :endpoint)
"""
ALIASES = JsonColumn("remote_tags", "aliases", [str], "[]")


class RemoteTag(NamedTuple):
    """A tag of a box, as it was when the box's list was fetched."""

    id: str
    name: str
    aliases: tuple[str, ...]
    description: str
    category_id: str


class ListState(NamedTuple):
    """The time of the last fetch of a box's tag list, its number of tags, and the problem of the last fetch."""

    fetched: float | None
    tags: int
    problem: str

    def needs_notice(self, now: float) -> bool:
        """Return True if the stored tag list is old or its last fetch failed; the overview shows a notice then.

        A list that was never fetched needs none.
        """
        return self.fetched is not None and (bool(self.problem) or not is_recent(self.fetched, now, STALE_AFTER))


NEVER_FETCHED = ListState(None, 0, "")


def save_tag_list(store: Store, endpoint: str, fetched: TagList) -> None:
    """Replace the stored tags and categories of a box by a list that the refresh task fetched, without deleted tags."""
    with store.write() as db:
        for table in ("remote_tags", "remote_categories"):
            db.execute(f"DELETE FROM {table} WHERE endpoint = ?", (endpoint,))  # noqa: S608 -- two fixed names
        for tag in fetched.tags:
            if tag.name and not tag.deleted:
                category = tag.category.id if tag.category else ""
                values = (json.dumps(tag.aliases), tag.description or "", category, tag.updated or "")
                db.execute(_SAVE_TAG, (endpoint, tag.id, tag.name, *values))
        for each in fetched.categories:
            db.execute(_SAVE_CATEGORY, (endpoint, each.id, each.name, each.group, each.description or ""))
        db.execute(_RENAME_SEEN, {"endpoint": endpoint})
        db.execute(_SAVE_LIST, (endpoint, store.clock.now(), len(fetched.tags)))


def save_list_problem(store: Store, endpoint: str, problem: str) -> None:
    """Record for the page why the refresh task could not fetch a box's list; the stored list stays."""
    with store.write() as db:
        db.execute(_SAVE_PROBLEM, (endpoint, problem))


def read_list_state(store: Store, endpoint: str) -> ListState:
    """Return age, size and problem of a box's stored tag list, which the page shows beside the box."""
    row = store.first("SELECT * FROM tag_lists WHERE endpoint = ?", (endpoint,))
    return ListState(row["fetched"], row["count"], row["problem"]) if row else NEVER_FETCHED


def read_box_tags(store: Store, endpoint: str) -> dict[str, RemoteTag]:
    """Return all stored tags of a box by id, sorted by name, for proposals, imports and plans; empty before a fetch."""
    rows = store.read("SELECT * FROM remote_tags WHERE endpoint = ? ORDER BY name, id", (endpoint,))
    return {row["id"]: _make_remote_tag(row) for row in rows}


def find_box_tags(store: Store, endpoint: str, ids: Iterable[str]) -> dict[str, RemoteTag]:
    """Return those of these ids that are in a box's stored tag list, by id, for lists and single links."""
    query = "SELECT * FROM remote_tags WHERE endpoint = ? AND id = ?"
    rows = (store.first(query, (endpoint, each)) for each in dict.fromkeys(ids))
    return {row["id"]: _make_remote_tag(row) for row in rows if row}


def spell_as_stored(store: Store, endpoint: str) -> str:
    """Return the endpoint in the spelling under which the box's tag list is stored; a link may spell it differently.

    The clean-up and the look-alikes read the box's names of a tag by it.
    """
    stored = [row["endpoint"] for row in store.read("SELECT endpoint FROM tag_lists ORDER BY endpoint")]
    wanted = normalize_endpoint(endpoint)
    same = (each for each in stored if normalize_endpoint(each) == wanted)
    return endpoint if endpoint in stored else next(same, endpoint)


def read_box_categories(store: Store, endpoint: str) -> dict[str, Mapping[str, Any]]:
    """Return the stored categories of a box by id, sorted by name, as the page shows them."""
    rows = store.read("SELECT * FROM remote_categories WHERE endpoint = ? ORDER BY name", (endpoint,))
    return {
        row["id"]: {"id": row["id"], "name": row["name"], "group": row["kind"], "description": row["description"]}
        for row in rows
    }


def find_vanished_tags(store: Store, endpoint: str) -> frozenset[str]:
    """Return ids of tags that scenes had but the box's list no longer has.

    The scene refresh asks again about scenes with such a tag: a box does not report its removal as a change of the
    scene.
    """
    return frozenset(row["id"] for row in store.read(_VANISHED, {"endpoint": endpoint}))


def _make_remote_tag(row: sqlite3.Row) -> RemoteTag:
    aliases = tuple(ALIASES.read(row["aliases"]))
    return RemoteTag(row["id"], row["name"], aliases, row["description"], row["category"])
