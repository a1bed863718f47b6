"""Remembers which scenes a list has brought, so that no page shows one twice and none is left out unnoticed.

A page of the box may have more scenes than a page of the list. The rest is kept as cards for the next page.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from shared.state.store import Store

KEEP_SECONDS = 86400.0
CARDS = JsonColumn("held_cards", "cards", [{"id": str}])


class SeenScenes:
    """The scenes of one list by the step (the number of the box's page in all readings) that brought them.

    A step may be repeated after a failure: only scenes of earlier steps count as seen.
    """

    def __init__(self, store: Store, list_id: str) -> None:
        self._store = store
        self._list_id = list_id
        self._new: dict[str, list[int]] = {}

    def find_steps(self, scene_ids: Collection[str], before: int) -> Mapping[str, int]:
        """Return the last step before this one that brought each of these scenes; unseen scenes are left out.

        The scan calls it.
        """
        if before == 0:
            return {}
        query = """SELECT scene_id, MAX(step) AS step FROM listed WHERE list_id = ? AND step < ?
            AND scene_id IN (SELECT value FROM json_each(?)) GROUP BY scene_id"""
        rows = self._store.read(query, (self._list_id, before, json.dumps(list(scene_ids))))
        steps = {row["scene_id"]: int(row["step"]) for row in rows}
        return {**steps, **{each: self._new[each][-1] for each in scene_ids if each in self._new}}

    def add(self, scene_ids: Collection[str], step: int) -> None:
        """Note that a step brought these scenes, for the scan; `save` stores them."""
        for each in scene_ids:
            self._new.setdefault(each, []).append(step)

    def save(self) -> None:
        """Store the scenes of this call for the next page, and delete the lists of yesterday.

        `find_missing` ends with it.
        """
        now = self._store.clock.now()
        rows = [(self._list_id, each, step, now) for each, steps in self._new.items() for step in steps]
        if rows:
            with self._store.write() as db:
                db.execute("DELETE FROM listed WHERE read < ?", (now - KEEP_SECONDS,))
                db.executemany("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?)", rows)


class HeldCards:
    """The cards of one list that were read and not shown yet, by the step that brought them.

    A page may be asked for twice: what a step brought stays, and the cursor knows how many of them were shown.
    """

    def __init__(self, store: Store, list_id: str) -> None:
        self._store = store
        self._list_id = list_id

    def read(self, step: int, shown: int) -> list[dict[str, Any]]:
        """Return the cards of a step that `find_missing` has not shown yet; none if they are too old."""
        query = "SELECT cards FROM held_cards WHERE list_id = ? AND step = ?"
        row = self._store.first(query, (self._list_id, step)) if shown else None
        return list(CARDS.read(row["cards"])[shown:]) if row is not None else []

    def save(self, step: int, cards: Sequence[Mapping[str, Any]]) -> None:
        """Store the cards that a step brought, for the next calls of `find_missing`; delete those older than a day.

        `hold_rest` calls it.
        """
        now = self._store.clock.now()
        with self._store.write() as db:
            db.execute("DELETE FROM held_cards WHERE read < ?", (now - KEEP_SECONDS,))
            row = (self._list_id, step, json.dumps(list(cards)), now)
            db.execute("INSERT OR REPLACE INTO held_cards VALUES (?, ?, ?, ?)", row)
