"""Searches boxes for names and URLs, many per request, and caches the results."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from performers.boxes.conversion import BoxRecord, describe_performer, describe_studio
from performers.boxes.record_cache import RecordCache
from performers.library.kinds import PERFORMER
from performers.library.normalize import normalize_name, normalize_url
from shared.errors import ServiceError
from shared.runtime.clock import find_end_of_past
from shared.stash.library import split
from shared.stash_box import LookupFound, StashBoxClient
from shared.state.store import Store

KEPT_AT_ONCE = 200
BODY = JsonColumn("searches", "body", [[str, dict, (int, None)]])


class SearchCache:
    """The cached results of searches for one kind at one box; matching reads and fills it."""

    def __init__(self, store: Store, kind: str, endpoint: str) -> None:
        self._store = store
        self._kind = kind
        self._endpoint = endpoint

    def find_stale(self, terms: Iterable[str], oldest: float) -> list[str]:
        """Return the search terms that have no result younger than `oldest`; matching asks the box for these."""
        wanted = {normalize_term(term): term for term in terms}
        latest = find_end_of_past(self._store.clock.now())
        query = "SELECT term FROM searches WHERE kind = ? AND endpoint = ? AND fetched BETWEEN ? AND ?"
        query += " AND term IN (SELECT value FROM json_each(?))"
        rows = self._store.read(query, (self._kind, self._endpoint, oldest, latest, json.dumps(list(wanted))))
        fresh = {row["term"] for row in rows}
        return [term for key, term in wanted.items() if key not in fresh]

    def store_results(self, answers: Mapping[str, Sequence[Any]], now: float) -> None:
        """Cache the exact hits by search term, and their records as if they had been looked up by id.

        `search_box` calls it.
        """
        kept = {term: [record for record in records if is_exact_hit(term, record)] for term, records in answers.items()}
        outcomes = {record.id: LookupFound(record.id, record) for records in kept.values() for record in records}
        RecordCache(self._store, self._kind).store_outcomes(self._endpoint, outcomes, now)
        rows = [
            (
                self._kind,
                self._endpoint,
                normalize_term(term),
                json.dumps([self._describe(each) for each in records]),
                now,
            )
            for term, records in kept.items()
        ]
        with self._store.write() as db:
            db.executemany("INSERT OR REPLACE INTO searches VALUES (?, ?, ?, ?, ?)", rows)

    def read(self, terms: Iterable[str]) -> dict[str, list[BoxRecord]]:
        """Return the cached candidates by term, for matching; a term that was never searched is missing."""
        wanted = {normalize_term(term): term for term in terms}
        query = "SELECT term, body FROM searches WHERE kind = ? AND endpoint = ?"
        query += " AND term IN (SELECT value FROM json_each(?))"
        rows = self._store.read(query, (self._kind, self._endpoint, json.dumps(list(wanted))))
        return {wanted[row["term"]]: [BoxRecord(*each) for each in BODY.read(row["body"])] for row in rows}

    def _describe(self, record: Any) -> Sequence[Any]:
        describe: Any = describe_performer if self._kind == PERFORMER else describe_studio
        return (record.id, describe(record), getattr(record, "scene_count", None))


def normalize_term(term: str) -> str:
    """Return the key under which the search cache stores a term: a normalized name or URL."""
    return normalize_url(term) if is_address(term) else normalize_name(term)


def is_address(term: str) -> bool:
    """Return True if a search term is a URL; matching searches boxes for names and URLs."""
    return term.lower().startswith(("http://", "https://"))


def is_exact_hit(term: str, record: Any) -> bool:
    """Return True if a hit has the searched name, alias or URL; the search cache drops others, which boxes send too."""
    if record.deleted:
        return False
    if is_address(term):
        return normalize_term(term) in {normalize_url(link.url) for link in record.links}
    return normalize_term(term) in {normalize_name(each) for each in (record.name, *record.aliases)}


def search_box(
    client: StashBoxClient,
    searches: SearchCache,
    kind: str,
    terms: Collection[str],
    now: float,
    beat: Callable[[], None],
) -> dict[str, ServiceError]:
    """Search a box for the matcher's terms, cache the hits, and return errors by term; `beat` is called per request."""
    search: Any = client.search_many_performers if kind == PERFORMER else client.search_many_studios
    failed: dict[str, ServiceError] = {}
    for piece in split(terms, KEPT_AT_ONCE):
        for found in search(piece):
            failed.update({term: hits for term, hits in found.items() if isinstance(hits, ServiceError)})
            beat()
            searches.store_results({term: hits for term, hits in found.items() if term not in failed}, now)
    return failed
