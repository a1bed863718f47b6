"""The look-alikes that the last search found, and the pairs of which a person said that they are not the same tag."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from tagging.cleaning.look_alikes import LookAlike

if TYPE_CHECKING:
    from shared.state.store import Store

FOUND_KEY = "look_alikes_found"
_SAVE = "INSERT OR REPLACE INTO look_alikes VALUES (?, ?, ?, ?, ?)"
_DISTINCT = "EXISTS (SELECT 1 FROM distinct_tags d WHERE d.one = l.one AND d.other = l.other)"
_LIST = f"""FROM look_alikes l WHERE (:rule = '' OR l.rule = :rule) AND {_DISTINCT} = :distinct"""


def save_look_alikes(store: Store, found: Iterable[LookAlike], now: float) -> None:
    """Replace the pairs that the last search found by those of a new one; what a person said about a pair stays."""
    with store.write() as db:
        db.execute("DELETE FROM look_alikes")
        db.executemany(_SAVE, found)
        store.kv.put(FOUND_KEY, now)


def list_pairs(store: Store, rule: str, distinct: bool, size: int, offset: int) -> tuple[list[sqlite3.Row], int]:
    """Return a page of look-alike tags, the surest pairs first, and their number, for `lookalikes_list`.

    With `distinct` the pairs that a person called different tags, otherwise all others.
    """
    params = {"rule": rule, "distinct": distinct, "size": size, "offset": offset}
    order = "ORDER BY l.score DESC, l.one, l.other LIMIT :size OFFSET :offset"
    return store.read(f"SELECT l.* {_LIST} {order}", params), store.read(f"SELECT count(*) {_LIST}", params)[0][0]


def count_pairs(store: Store) -> dict[str, int]:
    """Return the number of open pairs by the rule that found them, for the filter of `lookalikes_list`."""
    rows = store.read(f"SELECT l.rule, count(*) AS n {_LIST} GROUP BY l.rule", {"rule": "", "distinct": False})
    return {row["rule"]: row["n"] for row in rows}


def forget_tags(store: Store, tag_ids: Collection[int]) -> None:
    """Delete the pairs of tags that Stash has no more; the list of pairs calls it when it misses some."""
    with store.write() as db:
        gone = [(each, each) for each in tag_ids]
        db.executemany("DELETE FROM look_alikes WHERE one = ? OR other = ?", gone)


def set_distinct(store: Store, one: int, other: int, distinct: bool, now: float) -> None:
    """Remember that a person called two tags different, or forget it, for `lookalike_distinct`."""
    pair = sorted((one, other))
    with store.write() as db:
        if distinct:
            db.execute("INSERT OR REPLACE INTO distinct_tags VALUES (?, ?, ?)", (*pair, now))
        else:
            db.execute("DELETE FROM distinct_tags WHERE one = ? AND other = ?", pair)
