"""The user's synonyms: stored, checked, and made ready for proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError
from shared.state.store import Store
from shared.tag_matching import Synonyms

SYNONYMS_KEY = "synonyms"


def read_synonyms(store: Store) -> dict[str, list[str]]:
    """Return the user's groups of synonyms, for the Words tab and the export: a word, and words of the same meaning."""
    return dict(store.kv.get(SYNONYMS_KEY, {str: [str]}, {}))


def make_synonyms(store: Store) -> Synonyms:
    """Return the user's synonyms ready for look-ups, for the proposals of the Links tab."""
    return Synonyms.read(read_synonyms(store))


def check_synonyms(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return groups from the page or a file without blanks and duplicates; UsageError if one is no list of texts."""
    checked: dict[str, list[str]] = {}
    for name, others in given.items():
        if not isinstance(others, list) or not all(isinstance(each, str) for each in others):
            raise UsageError(f'The synonyms of "{name}" must be a list of names.')
        words = list(dict.fromkeys(each.strip() for each in others if each.strip()))
        if name.strip() and words:
            checked[name.strip()] = words
    return checked
