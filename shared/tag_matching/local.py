"""The library's tags, looked up as Stash does: by id at this box, then by name, then by alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shared.endpoints import normalize_endpoint
from shared.tag_matching.folding import fold

_DIGITS = re.compile(r"(\d+)")


class LocalTag(NamedTuple):
    """A tag of the library; links are pairs of endpoint and id."""

    id: int
    name: str
    aliases: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    sort_name: str = ""


class LocalMatch(NamedTuple):
    """The local tag for a remote one, the rule that matched ("link", "name" or "alias"), and other tags it matched."""

    tag_id: int
    by: str
    others: tuple[int, ...] = ()


class LocalTags:
    """An index over all tags of the library; the order of the rows does not matter."""

    def __init__(self, tags: Iterable[LocalTag]) -> None:
        self._names: dict[int, str] = {}
        self._by_link: dict[tuple[str, str], list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_alias: dict[str, list[int]] = {}
        self._exact_aliases: dict[str, set[int]] = {}
        for tag in sorted(tags, key=_stash_order):
            self._add(tag)
        for ids in self._by_link.values():
            ids.sort()

    def match(self, endpoint: str, remote_id: str, remote_name: str) -> LocalMatch | None:
        """Return the local tag for a tag of a box, or None; the scene sync and the import of tags ask for it.

        The rules are Stash's: by id at this box, else by name, else by alias.
        """
        if linked := self._by_link.get((normalize_endpoint(endpoint), remote_id)):
            return LocalMatch(linked[0], "link", tuple(linked[1:]))
        folded = fold(remote_name)
        if named := self._by_name.get(folded):
            exact = [tag_id for tag_id in named if self._names[tag_id] == remote_name]
            return _choose(named, exact, "name")
        if aliased := self._by_alias.get(folded):
            exact = [tag_id for tag_id in aliased if tag_id in self._exact_aliases.get(remote_name, ())]
            return _choose(aliased, exact, "alias")
        return None

    def find_linked(self, endpoint: str, remote_id: str) -> list[int]:
        """Return the ids of all tags linked to this record of a box, lowest first; Tag Manager's plans ask."""
        return list(self._by_link.get((normalize_endpoint(endpoint), remote_id), ()))

    def find_holders(self, text: str) -> list[tuple[int, str]]:
        """Return the tags with this name or alias as (tag id, "name" or "alias"); Tag Manager's plans avoid clashes."""
        folded = fold(text)
        named = [(tag_id, "name") for tag_id in self._by_name.get(folded, ())]
        return named + [(tag_id, "alias") for tag_id in self._by_alias.get(folded, ())]

    def _add(self, tag: LocalTag) -> None:
        self._names[tag.id] = tag.name
        for endpoint, remote_id in tag.links:
            ids = self._by_link.setdefault((normalize_endpoint(endpoint), remote_id), [])
            if tag.id not in ids:
                ids.append(tag.id)
        self._by_name.setdefault(fold(tag.name), []).append(tag.id)
        for alias in tag.aliases:
            ids = self._by_alias.setdefault(fold(alias), [])
            if tag.id not in ids:
                ids.append(tag.id)
            self._exact_aliases.setdefault(alias, set()).add(tag.id)


def _choose(found: Sequence[int], exact: Sequence[int], by: str) -> LocalMatch:
    """Return the first tag in the exact spelling, else the first in Stash's order."""
    best = (exact or found)[0]
    return LocalMatch(best, by, tuple(tag_id for tag_id in found if tag_id != best))


def _stash_order(tag: LocalTag) -> tuple[list[tuple[int, int, str]], int]:
    """Return the key of Stash's order of tags: by sort name or name with numbers by value, then the older tag."""
    text = fold(tag.sort_name or tag.name)
    pieces = _DIGITS.split(text)
    return [(1, int(piece), "") if piece.isdecimal() else (2, 0, piece) for piece in pieces if piece], tag.id
