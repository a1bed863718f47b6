"""Statuses of a list without performer or studio: scenes are looked up one by one.

Cached: Whisparr's number of a scene that is there, until another Whisparr is set up; that a scene is not there, for
ABSENCE_CACHE_SECONDS (ten minutes). Statuses themselves are not cached.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.state.store import Store
from shared.whisparr.client import Whisparr
from shared.whisparr.page_status import refresh_statuses
from shared.whisparr.status import NONE, Status, find_status, unknown_status

MOST_AT_ONCE = 20
ABSENCE_CACHE_SECONDS = 600.0
NOT_ASKED = "not asked yet"


class StatusAnswer(NamedTuple):
    """Statuses by scene, Whisparr's numbers, and how many scenes were not asked about yet."""

    statuses: Mapping[str, Status]
    movie_ids: Mapping[str, int]
    pending: int


def read_by_lookup(store: Store, whisparr: Whisparr, wanted: Sequence[str]) -> StatusAnswer:
    """Return statuses of scenes that no performer or studio groups, for `whisparr_status`.

    It takes at most twenty look-ups and two requests for the rest; the page calls again for the pending ones.
    """
    known = find_known_numbers(store, wanted)
    unknown = [each for each in wanted if each not in known]
    for each in unknown[:MOST_AT_ONCE]:
        scene = whisparr.find_scene(each)
        known[each] = scene.id if scene else 0
        save_number(store, each, known[each])
    present = {each: number for each, number in known.items() if number}
    statuses = refresh_statuses(whisparr, present) if present else {}
    for each, status in statuses.items():
        if status.kind == NONE:  # it was removed in Whisparr
            save_number(store, each, 0)
    absent = {each: find_status(None) for each in known if each not in present}
    pending = unknown[MOST_AT_ONCE:]
    unasked = dict.fromkeys(pending, unknown_status(NOT_ASKED))
    return StatusAnswer({**unasked, **absent, **statuses}, present, len(pending))


def find_known_numbers(store: Store, wanted: Sequence[str]) -> dict[str, int]:
    """Return the cached numbers that Whisparr gave these scenes; 0 for one that was not there lately."""
    query = """SELECT scene_id, movie_id FROM lookups WHERE scene_id IN (SELECT value FROM json_each(?))
        AND (movie_id > 0 OR asked > ?)"""
    rows = store.read(query, (json.dumps(list(wanted)), store.clock.now() - ABSENCE_CACHE_SECONDS))
    return {row["scene_id"]: row["movie_id"] for row in rows}


def save_number(store: Store, scene_id: str, movie_id: int) -> None:
    """Cache the number that Whisparr gave a scene; 0 if the scene is not there."""
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO lookups VALUES (?, ?, ?)", (scene_id, movie_id, store.clock.now()))


def delete_numbers(store: Store) -> None:
    """Delete all cached numbers, because another Whisparr has other ones."""
    with store.write() as db:
        db.execute("DELETE FROM lookups")
