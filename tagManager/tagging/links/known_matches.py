"""Which unlinked tags have a proposal at a box, as compared before: only new and changed names are compared again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shared.stash_box import Box
from tagging.links.box_tags import read_list_state
from tagging.tags.local_tags import Row
from tagging.wordlists.blacklist import TagBlacklist
from tagging.wordlists.synonyms import read_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

RULES = 1  # raised when the rules of the proposals change
_READ = "SELECT name, has_proposal FROM known_matches WHERE endpoint = ? AND basis = ?"
_FORGET = "DELETE FROM known_matches WHERE endpoint = ? AND basis <> ?"
_SAVE = "INSERT OR REPLACE INTO known_matches VALUES (?, ?, ?, ?)"


def make_digest(value: Any) -> str:
    """Return a short text that differs for different JSON values; stored matches are recognized by such texts."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def make_basis(call: Call, box: Box, blacklist: TagBlacklist) -> str:
    """Return a text that changes if the box's list, the settings or the blacklist do: stored matches end with it."""
    settings = call.settings
    rules = (settings.enableFuzzySearch, settings.fuzzyThreshold, settings.enableSynonymSearch)
    words = (read_synonyms(call.store), blacklist.entries, list(settings.tagBlacklist))
    list_state = read_list_state(call.store, box.endpoint)[:2]
    return make_digest([RULES, list_state, rules, words, blacklist.excluded_patterns])


class KnownMatches:
    """The stored results of comparing tags with a box's list; those of another basis are deleted at the next save."""

    def __init__(self, store: Store, endpoint: str, basis: str) -> None:
        self._store, self._endpoint, self._basis = store, endpoint, basis
        rows = store.read(_READ, (endpoint, basis))
        self._known = {row["name"]: bool(row["has_proposal"]) for row in rows}

    def find(self, row: Row, rejected: Mapping[int, Collection[str]]) -> bool | None:
        """Return True if the tag had a proposal when it was compared, False if none, None if it must be compared.

        The counts and the order of unlinked tags ask.
        """
        return self._known.get(digest_tag(row, rejected))

    def save(self, rows: Mapping[str, bool], of: Collection[Row], rejected: Mapping[int, Collection[str]]) -> None:
        """Store which of these tags have a proposal, by the id of the tag, for the next call."""
        found = {digest_tag(row, rejected): rows[row["id"]] for row in of if row["id"] in rows}
        with self._store.write() as db:
            db.execute(_FORGET, (self._endpoint, self._basis))
            db.executemany(_SAVE, [(self._endpoint, name, self._basis, has) for name, has in found.items()])


def digest_tag(row: Row, rejected: Mapping[int, Collection[str]]) -> str:
    """Return a text that changes if a tag's names or its rejected proposals do: its stored match then ends."""
    return make_digest([row["name"], sorted(row["aliases"]), sorted(rejected.get(int(row["id"]), ()))])
