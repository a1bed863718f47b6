"""The cache of box records by id in the state file. `cache_lifetime.py` says how long they are valid."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from performers.boxes.conversion import describe_performer, describe_studio
from performers.library.kinds import PERFORMER
from shared.runtime.clock import find_end_of_past
from shared.stash_box import Deleted, LookupFailed, LookupFound, Merged, Missing, Outcome, StashBoxClient
from shared.state.store import Store

FOUND, MERGED, GONE = "found", "merged", "gone"
BODY = JsonColumn("answers", "body", dict)


class CachedRecord(NamedTuple):
    """The cached answer for one id: found, merged into another record, or gone; with the values in Stash's fields.

    `before` has the values at the baseline, which only records of scenes have.
    """

    state: str
    into: str
    values: Mapping[str, Any]
    fetched: float = 0.0
    before: Mapping[str, Any] | None = None


class RecordCache:
    """The cached records of performers or of studios, by endpoint and id; syncs, favorites and the review read it."""

    def __init__(self, store: Store, kind: str) -> None:
        self._store = store
        self._kind = kind

    def find_stale(self, endpoint: str, ids: Iterable[str], oldest: float) -> list[str]:
        """Return the ids, each once, that are not cached or were cached before `oldest`.

        The refresh asks the box for these.
        """
        wanted = list(dict.fromkeys(ids))
        latest = find_end_of_past(self._store.clock.now())
        query = "SELECT id FROM answers WHERE kind = ? AND endpoint = ? AND fetched BETWEEN ? AND ?"
        fresh = {row["id"] for row in self._store.read(query, (self._kind, endpoint, oldest, latest))}
        return [each for each in wanted if each not in fresh]

    def store_outcomes(
        self, endpoint: str, outcomes: Mapping[str, Outcome[Any]], now: float
    ) -> dict[str, LookupFailed]:
        """Cache the outcomes of a request and return the failed ones, which are not cached.

        The refresh, searches and the favorites sync call it.
        """
        rows = []
        for each, outcome in outcomes.items():
            answer = self.convert_outcome(outcome)
            if answer is not None:
                body = json.dumps(answer.values)
                rows.append((self._kind, endpoint, each, answer.state, answer.into, body, now))
        with self._store.write() as db:
            db.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        return {each: outcome for each, outcome in outcomes.items() if isinstance(outcome, LookupFailed)}

    def read(self, endpoint: str, ids: Collection[str]) -> dict[str, CachedRecord]:
        """Return the cached records among these ids, for plans and the page.

        An id that was never looked up is missing.
        """
        query = "SELECT * FROM answers WHERE kind = ? AND endpoint = ? AND id IN (SELECT value FROM json_each(?))"
        rows = self._store.read(query, (self._kind, endpoint, json.dumps(list(ids))))
        return {
            row["id"]: CachedRecord(row["state"], row["into_id"], BODY.read(row["body"]), row["fetched"])
            for row in rows
        }

    def convert_outcome(self, outcome: Outcome[Any]) -> CachedRecord | None:
        """Return an outcome in the form that the cache stores, or None for a failed lookup.

        `store_outcomes` calls it.
        """
        describe: Any = describe_performer if self._kind == PERFORMER else describe_studio
        if isinstance(outcome, LookupFound):
            return CachedRecord(FOUND, "", describe(outcome.record))
        if isinstance(outcome, Merged):
            return CachedRecord(MERGED, outcome.into, describe(outcome.record))
        return CachedRecord(GONE, "", {}) if isinstance(outcome, (Deleted, Missing)) else None


def request_records(client: StashBoxClient, kind: str, ids: Iterable[str]) -> Iterator[dict[str, Outcome[Any]]]:
    """Request records from a box and yield outcomes by id, request by request; refreshes and favorites use it."""
    lookup: Any = client.look_up_performers if kind == PERFORMER else client.look_up_studios
    yield from lookup(ids)


def clear_cache(store: Store, stored_before: float | None = None) -> int:
    """Delete cached records and searches, all or old ones; Clear Cache and `run_update` call it.

    Return how many records were deleted or made stale. Records of scenes hold the baseline, so Clear Cache only makes
    them stale.
    """
    with store.write() as db:
        if stored_before is None:
            db.execute("DELETE FROM searches")
            scenes = db.execute("UPDATE scene_records SET fetched = 0").rowcount
            return int(db.execute("DELETE FROM answers").rowcount) + int(scenes)
        db.execute("DELETE FROM searches WHERE fetched < ?", (stored_before,))
        return int(db.execute("DELETE FROM answers WHERE fetched < ?", (stored_before,)).rowcount)
