"""Deletes from the state file what was cached about further Whisparrs that were removed."""

from __future__ import annotations

from collections.abc import Collection

from missing.whisparr.connection import FAILURES, KNOWN
from missing.whisparr.exclusion_cache import READ
from missing.whisparr.instances import WHISPARR_IN_ID, join_id
from shared.state.store import Store

VALUES = (KNOWN, FAILURES, READ)
TABLES = ("lookups", "exclusions", "releases")


def forget_removed(store: Store, keys: Collection[str]) -> None:
    """Delete the cached values of all further Whisparrs but those with these keys; saving the list calls it.

    The records of adds stay, because the history refers to them.
    """
    kept = [join_id("", key) for key in ("", *keys)]
    with store.write() as db:
        for name in VALUES:
            store.kv.delete_prefix(f"{name}.", [f"{name}.{each}" for each in keys])
        for table in TABLES:
            marks = ", ".join("?" * len(kept))
            db.execute(f"DELETE FROM {table} WHERE {WHISPARR_IN_ID} NOT IN ({marks})", kept)  # noqa: S608
