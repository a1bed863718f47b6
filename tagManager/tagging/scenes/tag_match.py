"""Matches a box's tag to a tag of the library: by link, name or alias, once per run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from shared.tag_matching import LocalTags

RULES = {"link": "linked", "name": "same name", "alias": "alias"}


class NameFilter(Protocol):
    """Anything that can judge a tag's name, such as `TagBlacklist`."""

    def matches(self, name: str) -> bool: ...


class RemoteRef(NamedTuple):
    """A tag of a box."""

    endpoint: str
    id: str


class TagDecision(NamedTuple):
    """The decision about a box's tag; `tag_id` is None when no tag of the library fits, or when it is blacklisted."""

    name: str
    tag_id: int | None = None
    by: str = ""
    others: tuple[int, ...] = ()
    is_blacklisted: bool = False


class TagMatcher:
    """Decides about remote tags."""

    def __init__(self, tags: LocalTags, blacklist: NameFilter, names: Mapping[str, Mapping[str, str]]) -> None:
        self._tags = tags
        self._blacklist = blacklist
        self._names = names
        self.decisions: dict[RemoteRef, TagDecision] = {}
        self.unmatched: Counter[RemoteRef] = Counter()

    def decide(self, ref: RemoteRef) -> TagDecision:
        """The decision about one remote tag."""
        if ref not in self.decisions:
            self.decisions[ref] = self._decide(ref)
        return self.decisions[ref]

    def list_ambiguities(self) -> list[tuple[RemoteRef, TagDecision]]:
        """Remote tags that several local ones could stand for."""
        return [(ref, decision) for ref, decision in self.decisions.items() if decision.others]

    def _decide(self, ref: RemoteRef) -> TagDecision:
        name = self._names.get(ref.endpoint, {}).get(ref.id, "")
        if self._blacklist.matches(name):
            return TagDecision(name, is_blacklisted=True)
        match = self._tags.match(ref.endpoint, ref.id, name)
        return TagDecision(name, match.tag_id, match.by, match.others) if match else TagDecision(name)
