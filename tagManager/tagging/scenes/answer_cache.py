"""Cached answers of the boxes about scenes.

An answer counts as fresh as `Freshness` says; a killed run continues from here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from shared.stash.library import split
from shared.stash_box import Deleted, LookupFailed, LookupFound, Merged, Outcome, TaggedScene
from shared.state.store import Store

FOUND, DELETED, MERGED, MISSING, FAILED = "found", "deleted", "merged", "missing", "failed"
AT_ONCE = 400  # values in one query: older SQLite takes 999

_KEEP = "INSERT OR REPLACE INTO remote_scenes VALUES (?, ?, ?, ?, ?, ?)"
_NAME = "INSERT OR REPLACE INTO seen_tags VALUES (?, ?, ?)"
_FAIL = "INSERT INTO remote_scenes VALUES (?, ?, ?, '[]', ?, 0) ON CONFLICT (endpoint, id) DO UPDATE SET fetched = 0"


class CachedAnswer(NamedTuple):
    """The answer of one box about one scene; `note` names the successor of a merged scene, or the error."""

    state: str
    tags: tuple[str, ...] = ()
    note: str = ""
    fetched: float = 0.0


class Freshness(NamedTuple):
    """The conditions of a fresh answer: requested since then, unchanged at the box, all tags still there."""

    since: float
    changed: Collection[str] = ()
    gone_tags: Collection[str] = ()

    def holds(self, remote_id: str, known: CachedAnswer | None) -> bool:
        """Return True if this answer need not be asked for again."""
        if known is None or known.fetched <= self.since or known.state == FAILED:
            return False
        return remote_id not in self.changed and not (self.gone_tags and set(known.tags) & set(self.gone_tags))


class BoxAnswers:
    """The answers of one box."""

    def __init__(self, store: Store, endpoint: str) -> None:
        self._store = store
        self._endpoint = endpoint
        self._named: set[str] = set()

    def read_answers(self, ids: Iterable[str]) -> dict[str, CachedAnswer]:
        """Return the cached answers for these ids of the box."""
        found: dict[str, CachedAnswer] = {}
        for piece in split(dict.fromkeys(ids), AT_ONCE):
            marks = ",".join("?" * len(piece))
            query = f"SELECT * FROM remote_scenes WHERE endpoint = ? AND id IN ({marks})"  # noqa: S608 -- marks only
            for row in self._store.read(query, (self._endpoint, *piece)):
                tags = tuple(json.loads(row["tags"]))
                found[row["id"]] = CachedAnswer(row["state"], tags, row["note"], row["fetched"])
        return found

    def save(self, outcomes: Mapping[str, Outcome[TaggedScene]], now: float) -> None:
        """Remember answers; one that failed never replaces a good one, but is asked for again."""
        with self._store.write() as db:
            for remote_id, outcome in outcomes.items():
                if isinstance(outcome, LookupFailed):
                    db.execute(_FAIL, (self._endpoint, remote_id, FAILED, str(outcome.error)))
                    continue
                state, note = describe_outcome(outcome)
                tags = outcome.record.tags if isinstance(outcome, LookupFound) else ()
                row = (self._endpoint, remote_id, state, json.dumps([tag.id for tag in tags]), note, now)
                db.execute(_KEEP, row)
                fresh = [tag for tag in tags if tag.id not in self._named]
                db.executemany(_NAME, [(self._endpoint, tag.id, tag.name) for tag in fresh])
                self._named.update(tag.id for tag in fresh)

    def read_tag_names(self) -> dict[str, str]:
        """The names of all tags seen on scenes."""
        rows = self._store.read("SELECT id, name FROM seen_tags WHERE endpoint = ?", (self._endpoint,))
        return {row["id"]: row["name"] for row in rows}


def describe_outcome(outcome: Outcome[TaggedScene]) -> tuple[str, str]:
    """State and note of an answer that did not fail."""
    if isinstance(outcome, LookupFound):
        return FOUND, ""
    if isinstance(outcome, Merged):
        return MERGED, outcome.into
    return (DELETED if isinstance(outcome, Deleted) else MISSING), ""
