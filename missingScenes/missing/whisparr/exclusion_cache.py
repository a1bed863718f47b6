"""The cache of Whisparr's exclusion list.

The excluded scenes are cached for CACHE_SECONDS (ten minutes) and refreshed while a page is open, so that opening a
list needs no request to Whisparr for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from missing.whisparr.connection import connect_whisparr
from shared.errors import BundleError
from shared.runtime.clock import is_recent
from shared.state.store import Store
from shared.whisparr.client import Whisparr
from shared.whisparr.model import plain_id
from shared.whisparr.status import NONE, Status, find_status

if TYPE_CHECKING:
    from shared.runtime.call import Call

READ = "whisparr.exclusions_read"
CACHE_SECONDS = 600.0


def refresh_exclusions(call: Call) -> None:
    """Read Whisparr's exclusions again if the cached ones are old; an open page calls it.

    Errors are only logged, because the page reports them where it uses Whisparr.
    """
    url, now, saved = call.settings.whisparrUrl, call.clock.now(), call.store.kv.get(READ) or {}
    # another Whisparr has other exclusions
    is_fresh = saved.get("url") == url and is_recent(saved["at"], now, CACHE_SECONDS)
    if not url or is_fresh:
        return
    call.store.kv.put(READ, {"url": url, "at": now})
    try:
        with connect_whisparr(call, call.settings) as whisparr:
            read_exclusions(call.store, whisparr)
    except BundleError as error:
        call.log.debug(f"Whisparr's exclusions were not read: {error}")


def read_exclusions(store: Store, whisparr: Whisparr) -> frozenset[str]:
    """Read the excluded scenes from Whisparr, cache them, and return their ids; a plan of adds calls it."""
    ids = frozenset(each.stash_id for each in whisparr.list_exclusions())
    with store.write() as db:
        db.execute("DELETE FROM exclusions")
        db.executemany("INSERT INTO exclusions VALUES (?)", ((each,) for each in sorted(ids)))
    return ids


def save_exclusion(store: Store, scene_id: str, is_excluded: bool) -> None:
    """Update the cache after this plugin set or lifted an exclusion."""
    add, drop = "INSERT OR IGNORE INTO exclusions VALUES (?)", "DELETE FROM exclusions WHERE scene_id = ?"
    with store.write() as db:
        db.execute(add if is_excluded else drop, (plain_id(scene_id),))


def mark_excluded(store: Store, statuses: Mapping[str, Status]) -> dict[str, Status]:
    """Return the page's statuses with scenes that Whisparr lacks marked as excluded if it refuses them."""
    absent = {each: plain_id(each) for each, status in statuses.items() if status.kind == NONE}
    excluded = find_excluded(store, absent.values())
    return {
        each: find_status(None, is_excluded=True) if absent.get(each) in excluded else status
        for each, status in statuses.items()
    }


def find_excluded(store: Store, ids: Iterable[str]) -> frozenset[str]:
    """Return those of these scenes that are on Whisparr's exclusion list, from the cache; `mark_excluded` asks."""
    query = "SELECT scene_id FROM exclusions WHERE scene_id IN (SELECT value FROM json_each(?))"
    return frozenset(row["scene_id"] for row in store.read(query, (json.dumps(list(ids)),)))
