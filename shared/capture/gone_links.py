"""Forgets old answers of boxes about scenes that no scene of Stash is linked to any more, a piece each day.

An answer is kept by the id of the record at the box. A record that is not linked yet may be so soon, so only answers
that nobody has asked for during a season are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.runtime.clock import is_recent
from shared.stash.sql import query_rows

if TYPE_CHECKING:
    from shared.runtime.call import Call

DAY = 86400.0
SEASON = 90 * DAY
PIECE = 1000  # answers of a table in one day
STATE = "gone_links"
SHAPE = {"at": float, "after": {str: [str, str]}}
LINKED = """SELECT DISTINCT stash_id FROM scene_stash_ids WHERE stash_id IN (SELECT value FROM json_each(?))
    UNION ALL SELECT '' WHERE EXISTS (SELECT 1 FROM scene_stash_ids)"""
OLD = """SELECT endpoint, id FROM {table} WHERE fetched < :before AND (endpoint, id) > (:endpoint, :id)
    ORDER BY endpoint, id LIMIT :piece"""


def forget_unlinked(call: Call, tables: Sequence[str], *, piece: int = PIECE) -> int:
    """Check the next piece of these tables (endpoint, id, fetched) once a day; return how many answers were forgotten.

    Heartbeats call it. If this Stash refuses SQL, nothing is forgotten.
    """
    store, now = call.store, call.clock.now()
    state = store.kv.get(STATE, SHAPE, {"at": 0.0, "after": {}})
    if is_recent(state["at"], now, DAY):
        return 0
    after, forgotten = dict(state["after"]), 0
    for table in tables:
        endpoint, last = after.get(table, ("", ""))
        place = {"before": now - SEASON, "endpoint": endpoint, "id": last, "piece": piece}
        rows = [(row[0], row[1]) for row in store.read(OLD.format(table=table), place)]
        gone = find_unlinked(call, rows)
        with store.write() as db:
            db.executemany(f"DELETE FROM {table} WHERE endpoint = ? AND id = ?", gone)  # noqa: S608 -- our own names
        after[table] = rows[-1] if len(rows) == piece else ("", "")
        forgotten += len(gone)
    store.kv.put(STATE, {"at": now, "after": after})
    return forgotten


def find_unlinked(call: Call, rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of these records that no scene is linked to, at whichever box; none if Stash does not say."""
    if not rows:
        return []
    wanted = json.dumps([record for _, record in rows])
    found = query_rows(call.stash, LINKED, [wanted], "looking for links")
    if not found:  # no SQL, or not one link in this Stash, as with an empty database after a failed start
        return []
    linked = {row[0] for row in found}
    return [row for row in rows if row[1] not in linked]
