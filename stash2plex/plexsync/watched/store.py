"""The plays and positions of items that both programs showed last, and the plays that scenes have taken.

The stars that both showed last are part of the item's write record, because they are sent to Plex, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.state.store import Store

CURSOR = "watched.cursor."  # and the account: its plays up to this time were taken
TAKEN = "watched.done"  # when a run took everything last
STARTED = "watched.started"  # a person has taken something from this server once, so the schedule may


class LastWatched(NamedTuple):
    """The number of views and the position of an item when it was compared last; None if they were not taken then.

    `asked` are the two ratings of a conflict that a person was told about.
    """

    viewed: int | None = None
    resume: float | None = None
    asked: str = ""


class WatchedStore:
    """The tables of what was watched, in the state file; tasks and the journal's target use them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find_last(self, rating_keys: Iterable[str]) -> dict[str, LastWatched]:
        """Return what the last run saw of these items, by rating key; items that were never compared are left out."""
        sql = "SELECT * FROM watched_items WHERE rating_key IN (SELECT value FROM json_each(?))"
        rows = self._store.read(sql, (json.dumps(list(rating_keys)),))
        return {row["rating_key"]: LastWatched(row["viewed"], row["resume"], row["asked"]) for row in rows}

    def list_keys(self) -> set[str]:
        """Return the rating keys of all items that were compared; a run reads all plays if it finds another item."""
        return {row[0] for row in self._store.read("SELECT rating_key FROM watched_items")}

    def save_last(self, items: Mapping[str, LastWatched]) -> None:
        """Save what both programs show now, after a run has written."""
        rows = [(key, *each) for key, each in items.items()]
        with self._store.write() as db:
            db.executemany("INSERT OR REPLACE INTO watched_items VALUES (?, ?, ?, ?)", rows)

    def save_position(self, rating_keys: Iterable[str], resume: float) -> None:
        """Save the position that both programs show now; the journal's target calls it after its write."""
        last = self.find_last(rating_keys)
        self.save_last({key: last.get(key, LastWatched())._replace(resume=resume) for key in rating_keys})

    def forget_last(self, rating_keys: Iterable[str]) -> None:
        """Let items count as never compared, because a write failed: the next run reads all their plays again."""
        with self._store.write() as db:
            db.executemany("DELETE FROM watched_items WHERE rating_key = ?", [(key,) for key in rating_keys])

    def forget_gone(self, scene_ids: Iterable[int]) -> None:
        """Delete the plays of scenes that are not among these, and the items that the index of Plex lacks.

        A comparison of all scenes calls it, after it has read all of Plex.
        """
        sql = "DELETE FROM taken_plays WHERE scene_id NOT IN (SELECT value FROM json_each(?))"
        with self._store.write() as db:
            db.execute(sql, (json.dumps(list(scene_ids)),))
            db.execute("DELETE FROM watched_items WHERE rating_key NOT IN (SELECT rating_key FROM plex_items)")

    def find_taken(self, scene_ids: Iterable[int]) -> dict[int, list[int]]:
        """Return the times of the plays that scenes have taken, by scene; a play is taken once only."""
        sql = "SELECT * FROM taken_plays WHERE scene_id IN (SELECT value FROM json_each(?))"
        found: dict[int, list[int]] = {}
        for row in self._store.read(sql, (json.dumps(list(scene_ids)),)):
            found.setdefault(row["scene_id"], []).append(row["at"])
        return found

    def add_taken(self, scene_id: int, times: Sequence[int]) -> None:
        """Record the plays that a scene has taken; the journal's target calls it after the write."""
        with self._store.write() as db:
            db.executemany("INSERT OR IGNORE INTO taken_plays VALUES (?, ?)", [(scene_id, at) for at in times])

    def find_cursor(self, account: int) -> int:
        """Return the time up to which a run has taken an account's plays; 0 before the first run."""
        return int(self._store.kv.get(f"{CURSOR}{account}", float, 0))

    def save_cursor(self, account: int, at: int) -> None:
        """Save the time up to which a run has taken an account's plays."""
        self._store.kv.put(f"{CURSOR}{account}", at)
