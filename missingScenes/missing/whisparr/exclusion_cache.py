"""The cache of Whisparr's exclusion list.

The excluded scenes are cached for CACHE_SECONDS (ten minutes) and refreshed while a page is open, so that opening a
list needs no request to Whisparr for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from missing.whisparr.connection import connect_whisparr
from missing.whisparr.instances import WHISPARR_IN_ID, iter_settings, join_id, read_key, split_id
from shared.errors import BundleError, SettingError
from shared.runtime.clock import is_recent
from shared.settings import Settings
from shared.state.store import Store
from shared.whisparr.client import Whisparr
from shared.whisparr.model import plain_id
from shared.whisparr.status import NONE, Status, find_status

if TYPE_CHECKING:
    from shared.runtime.call import Call

READ = "whisparr.exclusions_read"
CACHE_SECONDS = 600.0


def refresh_exclusions(call: Call) -> None:
    """Read the exclusions of every Whisparr again if the cached ones are old; an open page calls it.

    Errors are only logged, because the page reports them where it uses Whisparr.
    """
    try:
        for settings in iter_settings(call.settings):
            refresh_one(call, settings)
    except SettingError as error:
        call.log.debug(f"Whisparr's exclusions were not read: {error}")


def refresh_one(call: Call, settings: Settings) -> None:
    """Read the exclusions of one Whisparr if the cached ones are old or those of another address.

    `refresh_exclusions` calls it.
    """
    key, url, now = read_key(settings), settings.whisparrUrl, call.clock.now()
    name = f"{READ}.{key}" if key else READ
    saved = call.store.kv.get(name, {"url": str, "at": float}, {})
    # another Whisparr has other exclusions
    if saved.get("url") == url and is_recent(saved["at"], now, CACHE_SECONDS):
        return
    call.store.kv.put(name, {"url": url, "at": now})
    try:
        with connect_whisparr(call, settings) as whisparr:
            read_exclusions(call.store, whisparr, key)
    except BundleError as error:
        call.log.debug(f"Whisparr's exclusions were not read: {error}")


def read_exclusions(store: Store, whisparr: Whisparr, key: str = "") -> frozenset[str]:
    """Read the excluded scenes from a Whisparr, cache them, and return their ids; a plan of adds calls it."""
    ids = frozenset(each.stash_id for each in whisparr.list_exclusions())
    with store.write() as db:
        db.execute(f"DELETE FROM exclusions WHERE {WHISPARR_IN_ID} = ?", (join_id("", key),))  # noqa: S608
        db.executemany("INSERT OR IGNORE INTO exclusions VALUES (?)", ((join_id(each, key),) for each in sorted(ids)))
    return ids


def save_exclusion(store: Store, scene_id: str, is_excluded: bool, key: str = "") -> None:
    """Update the cache of exclusions after this plugin set or lifted one; adds and `exclude_scene` call it."""
    add, drop = "INSERT OR IGNORE INTO exclusions VALUES (?)", "DELETE FROM exclusions WHERE scene_id = ?"
    with store.write() as db:
        db.execute(add if is_excluded else drop, (join_id(plain_id(scene_id), key),))


def mark_excluded(store: Store, statuses: Mapping[str, Status], key: str = "") -> dict[str, Status]:
    """Return one Whisparr's statuses of scenes, with "excluded" for those that it lacks and has on its exclusion list.

    `key` is that of the Whisparr; its list is the cached one. The operation that shows statuses calls this.
    """
    absent = {each: plain_id(each) for each, status in statuses.items() if status.kind == NONE}
    excluded = find_excluded(store, absent.values(), key)
    return {
        each: find_status(None, is_excluded=True) if absent.get(each) in excluded else status
        for each, status in statuses.items()
    }


def find_excluded(store: Store, ids: Iterable[str], key: str) -> frozenset[str]:
    """Return those of these scenes that are on a Whisparr's exclusion list, from the cache; `mark_excluded` asks."""
    query = "SELECT scene_id FROM exclusions WHERE scene_id IN (SELECT value FROM json_each(?))"
    rows = store.read(query, (json.dumps([join_id(each, key) for each in ids]),))
    return frozenset(split_id(row["scene_id"])[0] for row in rows)
