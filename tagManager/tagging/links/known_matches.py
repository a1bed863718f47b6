"""Which unlinked tags have a proposal at a box, as compared before: only new and changed names are compared again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shared.stash_box import Box
from tagging.links.box_tags import read_list_state
from tagging.tags.local_tags import Row
from tagging.wordlists.blacklist import read_blacklist_entries
from tagging.wordlists.synonyms import read_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call

RULES = 1  # raised when the rules of the proposals change
MOST = 20_000  # tags of a box whose result is kept


def make_digest(value: Any) -> str:
    """Return a short text that differs for different JSON values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


class KnownMatches:
    """The stored results of comparing tags with a box's list; a change of the list, settings or words empties them."""

    def __init__(self, call: Call, box: Box) -> None:
        self._kv = call.store.kv
        self._key = f"known_matches:{box.endpoint}"
        settings = call.settings
        rules = (settings.enableFuzzySearch, settings.fuzzyThreshold, settings.enableSynonymSearch)
        words = (read_synonyms(call.store), read_blacklist_entries(call.store), list(settings.tagBlacklist))
        stash_words = call.stash.read_excluded_tag_patterns()
        list_state = read_list_state(call.store, box.endpoint)[:2]
        self._basis = make_digest([RULES, list_state, rules, words, list(stash_words)])
        kept = self._kv.get(self._key, {"basis": str, "tags": {str: bool}}, {})
        self._known: dict[str, bool] = dict(kept["tags"]) if kept.get("basis") == self._basis else {}

    def find(self, row: Row, rejected: Mapping[int, Collection[str]]) -> bool | None:
        """Return True if the tag has a proposal, False if it has none, None if it must be compared."""
        return self._known.get(self._name(row, rejected))

    def save(self, rows: Mapping[str, bool], of: Collection[Row], rejected: Mapping[int, Collection[str]]) -> None:
        """Store which of these tags have a proposal, by the id of the tag, for the next call."""
        if not rows:
            return
        self._known.update({self._name(row, rejected): rows[row["id"]] for row in of if row["id"] in rows})
        self._kv.put(self._key, {"basis": self._basis, "tags": dict(list(self._known.items())[-MOST:])})

    def _name(self, row: Row, rejected: Mapping[int, Collection[str]]) -> str:
        return make_digest([row["name"], sorted(row["aliases"]), sorted(rejected.get(int(row["id"]), ()))])
