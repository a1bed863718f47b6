"""Deletes from the state file what was cached about further Whisparrs that were removed."""

from __future__ import annotations

from collections.abc import Collection

from missing.whisparr.connection import FAILURES, KNOWN
from missing.whisparr.exclusion_cache import READ
from shared.state.store import Store

VALUES = (KNOWN, FAILURES, READ)
TABLES = ("lookups", "exclusions", "releases")
UUID = 36  # letters of a scene's id; behind them stands "@" with the key of a further Whisparr


def forget_removed(store: Store, keys: Collection[str]) -> None:
    """Delete the cached values of all further Whisparrs but those with these keys; saving the list calls it.

    The records of adds stay, because the history refers to them.
    """
    ends = [f"@{each}" for each in keys]
    with store.write() as db:
        for name in VALUES:
            store.kv.delete_prefix(f"{name}.", [f"{name}.{each}" for each in keys])
        for table in TABLES:
            marks = ", ".join("?" * len(ends))
            query = f"DELETE FROM {table} WHERE length(scene_id) > ? AND substr(scene_id, ?) NOT IN ({marks})"  # noqa: S608
            db.execute(query, (UUID, UUID + 1, *ends))
