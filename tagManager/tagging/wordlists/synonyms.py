"""The user's synonyms: stored, checked, and made ready for proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError
from shared.state.store import Store
from shared.tag_matching import Synonyms

SYNONYMS = "synonyms"


def read_synonyms(store: Store) -> dict[str, list[str]]:
    """The user's groups."""
    return dict(store.kv.get(SYNONYMS) or {})


def make_synonyms(store: Store) -> Synonyms:
    """The groups for proposals."""
    return Synonyms.read(read_synonyms(store))


def check_synonyms(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Groups without blanks and doubles; anything but lists of texts is refused."""
    checked: dict[str, list[str]] = {}
    for name, others in given.items():
        if not isinstance(others, list) or not all(isinstance(each, str) for each in others):
            raise UsageError(f'The synonyms of "{name}" must be a list of names.')
        kept = list(dict.fromkeys(each.strip() for each in others if each.strip()))
        if name.strip() and kept:
            checked[name.strip()] = kept
    return checked
