"""Remembers which scenes a list has brought, so that no page shows one twice and none is left out unnoticed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from shared.state.store import Store

KEEP_SECONDS = 86400.0


class SeenScenes:
    """The scenes of one list by the step (the number of the box's page in all readings) that brought them.

    A step may be repeated after a failure: only scenes of earlier steps count as seen.
    """

    def __init__(self, store: Store, list_id: str) -> None:
        self._store = store
        self._list_id = list_id
        self._new: dict[str, list[int]] = {}

    def find_steps(self, scene_ids: Collection[str], before: int) -> Mapping[str, int]:
        """Return the last step before this one that brought each of these scenes; unseen scenes are left out."""
        if before == 0:
            return {}
        query = """SELECT scene_id, MAX(step) AS step FROM listed WHERE list_id = ? AND step < ?
            AND scene_id IN (SELECT value FROM json_each(?)) GROUP BY scene_id"""
        rows = self._store.read(query, (self._list_id, before, json.dumps(list(scene_ids))))
        steps = {row["scene_id"]: int(row["step"]) for row in rows}
        return {**steps, **{each: self._new[each][-1] for each in scene_ids if each in self._new}}

    def add(self, scene_ids: Collection[str], step: int) -> None:
        """Note that a step brought these scenes; `save` stores them."""
        for each in scene_ids:
            self._new.setdefault(each, []).append(step)

    def save(self) -> None:
        """Store the scenes of this call for the next page, and delete the lists of yesterday."""
        now = self._store.clock.now()
        rows = [(self._list_id, each, step, now) for each, steps in self._new.items() for step in steps]
        if rows:
            with self._store.write() as db:
                db.execute("DELETE FROM listed WHERE read < ?", (now - KEEP_SECONDS,))
                db.executemany("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?)", rows)
