"""Cached answers of the boxes about scenes.

`Freshness` says how long an answer is used. A run that was killed continues with the cached answers.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from shared.stash.library import split
from shared.stash_box.client import NOTHING_CHANGED
from shared.stash_box import Deleted, LookupFailed, LookupFound, Merged, Outcome, TaggedScene
from shared.state.store import Store

FOUND, DELETED, MERGED, MISSING, FAILED = "found", "deleted", "merged", "missing", "failed"
MAX_QUERY_VALUES = 400  # values in one query: older SQLite takes 999

_SAVE_ANSWER = "INSERT OR REPLACE INTO remote_scenes VALUES (?, ?, ?, ?, ?, ?)"
_SAVE_TAG_NAME = "INSERT OR REPLACE INTO seen_tags VALUES (?, ?, ?)"
_SAVE_FAILURE = (
    "INSERT INTO remote_scenes VALUES (?, ?, ?, '[]', ?, 0) ON CONFLICT (endpoint, id) DO UPDATE SET fetched = 0"
)
TAGS = JsonColumn("remote_scenes", "tags", [str])


class CachedAnswer(NamedTuple):
    """The answer of one box about one scene; `note` names the successor of a merged scene, or the error."""

    state: str
    tags: tuple[str, ...] = ()
    note: str = ""
    fetched: float = 0.0


class Freshness(NamedTuple):
    """The conditions of a fresh answer: asked since then, unchanged at the box, all its tags still there."""

    since: float
    changed: Mapping[str, str] = NOTHING_CHANGED
    vanished_tags: Collection[str] = ()

    def is_fresh(self, remote_id: str, known: CachedAnswer | None) -> bool:
        """Return True if the refresh need not ask the box about this scene again."""
        if known is None or known.fetched <= self.since or known.state == FAILED:
            return False
        return remote_id not in self.changed and not (self.vanished_tags and set(known.tags) & set(self.vanished_tags))


class BoxAnswers:
    """The cached answers of one box about scenes: the refresh writes them, the plan reads them."""

    def __init__(self, store: Store, endpoint: str) -> None:
        self._store = store
        self._endpoint = endpoint
        self._named: set[str] = set()

    def read_answers(self, ids: Iterable[str]) -> dict[str, CachedAnswer]:
        """Return the cached answers for these scene ids of the box, for the refresh and the plan."""
        found: dict[str, CachedAnswer] = {}
        for piece in split(dict.fromkeys(ids), MAX_QUERY_VALUES):
            placeholders = ",".join("?" * len(piece))
            query = f"SELECT * FROM remote_scenes WHERE endpoint = ? AND id IN ({placeholders})"  # noqa: S608 -- question marks only
            for row in self._store.read(query, (self._endpoint, *piece)):
                tags = tuple(TAGS.read(row["tags"]))
                found[row["id"]] = CachedAnswer(row["state"], tags, row["note"], row["fetched"])
        return found

    def save(self, outcomes: Mapping[str, Outcome[TaggedScene]], now: float) -> None:
        """Cache the answers of one request, for the refresh.

        An answer that failed never replaces a good one, but is asked for again.
        """
        with self._store.write() as db:
            for remote_id, outcome in outcomes.items():
                if isinstance(outcome, LookupFailed):
                    db.execute(_SAVE_FAILURE, (self._endpoint, remote_id, FAILED, str(outcome.error)))
                    continue
                state, note = describe_outcome(outcome)
                tags = outcome.record.tags if isinstance(outcome, LookupFound) else ()
                row = (self._endpoint, remote_id, state, json.dumps([tag.id for tag in tags]), note, now)
                db.execute(_SAVE_ANSWER, row)
                fresh = [tag for tag in tags if tag.id not in self._named]
                db.executemany(_SAVE_TAG_NAME, [(self._endpoint, tag.id, tag.name) for tag in fresh])
                self._named.update(tag.id for tag in fresh)

    def read_tag_names(self) -> dict[str, str]:
        """Return the names of all tags that the box's scenes had, by the box's tag id, for the plan."""
        rows = self._store.read("SELECT id, name FROM seen_tags WHERE endpoint = ?", (self._endpoint,))
        return {row["id"]: row["name"] for row in rows}


def describe_outcome(outcome: Outcome[TaggedScene]) -> tuple[str, str]:
    """Return the state and note under which `BoxAnswers.save` caches an answer that did not fail."""
    if isinstance(outcome, LookupFound):
        return FOUND, ""
    if isinstance(outcome, Merged):
        return MERGED, outcome.into
    return (DELETED if isinstance(outcome, Deleted) else MISSING), ""
