"""Notices about the state file, for the page of the plugin: kept in the file until the user dismisses them."""

from __future__ import annotations

import json
import sqlite3
import zlib

STORE_NOTICES = "store.warnings"
KEPT = 10


def list_notices(db: sqlite3.Connection) -> dict[str, str]:
    """Return the sentences about the state file that were not dismissed, the oldest first, each with its key.

    The heartbeat shows them.
    """
    row = db.execute("SELECT value FROM kv WHERE name = ?", (STORE_NOTICES,)).fetchone()
    try:
        texts = json.loads(row[0]) if row else []
    except (ValueError, RecursionError):
        return {}
    kept = [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
    return {f"store.{zlib.crc32(text.encode()):08x}": text for text in kept}


def add_notice(db: sqlite3.Connection, text: str) -> None:
    """Keep a sentence about the state file for the page.

    `Store.warn`, which tells the user about repairs, calls it in its own transaction.
    """
    _save(db, [*list_notices(db).values(), text])


def dismiss_notice(db: sqlite3.Connection, key: str) -> bool:
    """Remove a sentence about the state file; return False if there is none with this key.

    The operation `notice_dismiss` calls it in its own transaction.
    """
    notices = list_notices(db)
    is_there = notices.pop(key, None) is not None
    if is_there:
        _save(db, list(notices.values()))
    return is_there


def _save(db: sqlite3.Connection, texts: list[str]) -> None:
    value = json.dumps(list(dict.fromkeys(texts))[-KEPT:])
    db.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (STORE_NOTICES, value))
