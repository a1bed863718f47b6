"""The cache of the numbers that Whisparr gave to scenes.

A number is cached until another Whisparr is set up; of several Whisparrs, each has numbers of its own. That a scene is
not there is cached for ABSENCE_CACHE_SECONDS (ten minutes). Statuses are not cached.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from missing.whisparr.instances import WHISPARR_IN_ID, join_id, split_id
from shared.runtime.clock import find_end_of_past
from shared.state.store import Store

ABSENCE_CACHE_SECONDS = 600.0


def find_known_numbers(store: Store, wanted: Sequence[str], key: str = "") -> dict[str, int]:
    """Return the cached numbers that a Whisparr gave these scenes; 0 for one that was not there lately.

    The look-ups of scenes call it.
    """
    query = """SELECT scene_id, movie_id FROM lookups WHERE scene_id IN (SELECT value FROM json_each(?))
        AND (movie_id > 0 OR asked BETWEEN ? AND ?)"""
    now = store.clock.now()
    valid = (now - ABSENCE_CACHE_SECONDS, find_end_of_past(now))
    rows = store.read(query, (json.dumps([join_id(each, key) for each in wanted]), *valid))
    return {split_id(row["scene_id"])[0]: row["movie_id"] for row in rows}


def save_number(store: Store, scene_id: str, movie_id: int, key: str = "") -> None:
    """Cache the number that a Whisparr gave a scene, after a look-up or an add; 0 if the scene is not there."""
    row = (join_id(scene_id, key), movie_id, store.clock.now())
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO lookups VALUES (?, ?, ?)", row)


def delete_numbers(store: Store, key: str = "") -> None:
    """Delete the cached numbers of a Whisparr, because another one has other numbers. A new connection calls it."""
    with store.write() as db:
        db.execute(f"DELETE FROM lookups WHERE {WHISPARR_IN_ID} = ?", (join_id("", key),))  # noqa: S608
