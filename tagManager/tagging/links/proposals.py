"""Proposes box tags for a local tag, by name, alias, synonym and similarity. Pure.

Clashes of aliases are found in tags/merge.py (find_name_conflicts), tags/box_import.py and tags/backfill.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.tag_matching import SimilarityIndex, Synonyms, fold
from tagging.links.box_tags import RemoteTag

NAME, ALIAS, SYNONYM, FUZZY = "name", "alias", "synonym", "fuzzy"
RANKS = {NAME: 0, ALIAS: 1, SYNONYM: 2, FUZZY: 3}
SCORES = {NAME: 100, ALIAS: 95, SYNONYM: 90}
MAX_PROPOSALS = 5


class Proposal(NamedTuple):
    """A box tag proposed for a local tag: by which rule, through which of its names, how similar (0 to 100)."""

    remote: RemoteTag
    by: str
    matched: str
    score: int


class Proposer:
    """Finds box tags to propose for local tags; without `threshold` merely similar names are not proposed."""

    def __init__(
        self, tags: Mapping[str, RemoteTag], *, synonyms: Synonyms | None = None, threshold: int | None = None
    ) -> None:
        self._tags = tags
        self._synonyms = synonyms
        self._threshold = threshold
        self._by_name: dict[str, list[str]] = {}
        self._by_alias: dict[str, list[str]] = {}
        for tag in tags.values():
            self._by_name.setdefault(fold(tag.name), []).append(tag.id)
            for alias in tag.aliases:
                self._by_alias.setdefault(fold(alias), []).append(tag.id)
        self._similar: SimilarityIndex | None = None

    def propose(
        self, name: str, aliases: Sequence[str] = (), *, without: Collection[str] = (), most: int = MAX_PROPOSALS
    ) -> list[Proposal]:
        """Return the best proposals for a row of the Links tab, each box tag once; `without` are rejected ids."""
        best: dict[str, Proposal] = {}
        for proposal in (*self.find_exact(name, aliases), *self._find_synonyms(name), *self._find_similar(name)):
            if proposal.remote.id not in without:
                best.setdefault(proposal.remote.id, proposal)
        return sorted(best.values(), key=lambda each: (RANKS[each.by], -each.score, each.remote.name))[:most]

    def find_exact(self, name: str, aliases: Iterable[str] = ()) -> Iterator[Proposal]:
        """Yield box tags whose name or alias equals the local tag's name, or whose name equals one of its aliases.

        Same names come first. Proposals begin with these, and the plan of exact matches has only these.
        """
        yield from self._propose(NAME, name, self._by_name.get(fold(name), ()))
        yield from self._propose(ALIAS, name, self._by_alias.get(fold(name), ()))
        for alias in aliases:
            yield from self._propose(ALIAS, alias, self._by_name.get(fold(alias), ()))

    def _find_synonyms(self, name: str) -> Iterator[Proposal]:
        for other in self._synonyms.find_others(name) if self._synonyms else ():
            for index in (self._by_name, self._by_alias):
                yield from self._propose(SYNONYM, other, index.get(fold(other), ()))

    def _find_similar(self, name: str) -> Iterator[Proposal]:
        if self._threshold is None:
            return
        if self._similar is None:
            self._similar = SimilarityIndex({tag.id: (tag.name, *tag.aliases) for tag in self._tags.values()})
        for found in self._similar.find_similar(name, threshold=self._threshold, limit=MAX_PROPOSALS):
            yield Proposal(self._tags[str(found.id)], FUZZY, found.name, found.score)

    def _propose(self, by: str, matched: str, ids: Iterable[str]) -> Iterator[Proposal]:
        return (Proposal(self._tags[each], by, matched, SCORES[by]) for each in ids)
