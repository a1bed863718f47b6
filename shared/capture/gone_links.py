"""Forgets old answers of boxes about scenes that no scene of Stash is linked to any more, a piece each day.

An answer is kept by the id of the record at the box. A record that is not linked yet may be so soon, so only answers
that nobody has asked for during a season are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.capture.daily_sweep import DAY, SweepName, sweep_daily
from shared.stash.sql import query_rows

if TYPE_CHECKING:
    from shared.runtime.call import Call

SEASON = 90 * DAY
PIECE = 1000  # answers of a table in one day
SWEEP = SweepName("gone_links", [str, str])
START = ("", "")
LINKED = """SELECT DISTINCT stash_id FROM scene_stash_ids WHERE stash_id IN (SELECT value FROM json_each(?))
    UNION ALL SELECT '' WHERE EXISTS (SELECT 1 FROM scene_stash_ids)"""
OLD = """SELECT endpoint, id FROM {table} WHERE fetched < :before AND (endpoint, id) > (:endpoint, :id)
    ORDER BY endpoint, id LIMIT :piece"""


def forget_unlinked(call: Call, tables: Sequence[str], *, piece: int = PIECE) -> int:
    """Check the next piece of these tables (endpoint, id, fetched) once a day; return how many answers were forgotten.

    Heartbeats call it. If this Stash refuses SQL, nothing is forgotten.
    """
    return sweep_daily(call, SWEEP, {table: AnswerTable(call, table) for table in tables}, START, piece)


class AnswerTable(NamedTuple):
    """A table of answers by endpoint and id of the record, with the time when each was `fetched`."""

    call: Call
    name: str

    def list_next(self, after: tuple[str, str], most: int) -> list[tuple[str, str]]:
        """Return endpoint and id of the next old answers; the daily sweep calls it."""
        before = self.call.clock.now() - SEASON
        place = {"before": before, "endpoint": after[0], "id": after[1], "piece": most}
        return [(row[0], row[1]) for row in self.call.store.read(OLD.format(table=self.name), place)]

    def forget_needless(self, places: Sequence[tuple[str, str]]) -> int:
        """Delete the answers about records without a linked scene; the daily sweep calls it."""
        gone = find_unlinked(self.call, places)
        with self.call.store.write() as db:
            db.executemany(f"DELETE FROM {self.name} WHERE endpoint = ? AND id = ?", gone)  # noqa: S608 -- our own names
        return len(gone)


def find_unlinked(call: Call, rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of these records that no scene is linked to, at whichever box; none if Stash does not say.

    `AnswerTable.forget_needless` calls it.
    """
    if not rows:
        return []
    wanted = json.dumps([record for _, record in rows])
    found = query_rows(call.stash, LINKED, [wanted], "looking for links")
    if not found:  # no SQL, or not one link in this Stash, as with an empty database after a failed start
        return []
    linked = {row[0] for row in found}
    return [row for row in rows if row[1] not in linked]
