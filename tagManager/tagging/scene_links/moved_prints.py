"""Notices of boxes that a fingerprint of the key's user was moved to another scene.

A box keeps such a notice for 14 days, and a read one for a day, so what was seen once is kept here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shared.stash_box import Box
from shared.stash_box.configured import open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

KEPT_SECONDS = 365 * 86400.0
_SAVE = "INSERT OR REPLACE INTO moved_prints VALUES (?, ?, ?, ?, ?)"


def fetch_moved(call: Call, box: Box) -> bool:
    """Ask a box for its notices and keep them; return False if it has such notices, but the user did not subscribe.

    Raise the box's error if it fails.
    """
    with contextlib.closing(open_client(call, box)) as client:
        notices = client.read_move_notices()
    if notices is None:
        return True
    now = call.clock.now()
    with call.store.write() as db:
        db.executemany(_SAVE, [(box.endpoint, each.hash, each.source, each.target, now) for each in notices.moved])
        db.execute("DELETE FROM moved_prints WHERE seen < ?", (now - KEPT_SECONDS,))
    return notices.is_subscribed


def read_moved(store: Store, endpoint: str) -> Mapping[tuple[str, int], str]:
    """Return to which record a box moved fingerprints, by former record and fingerprint, for the check of links."""
    rows = store.read("SELECT * FROM moved_prints WHERE endpoint = ?", (endpoint,))
    return {(row["source"], int(row["hash"], 16)): row["target"] for row in rows}
