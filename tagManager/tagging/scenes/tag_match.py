"""Decides which local tag a box's tag is: by link, name or alias, once in a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from shared.tag_matching import LocalTags

RULES = {"link": "linked", "name": "same name", "alias": "alias"}


class NameFilter(Protocol):
    """Anything that says which names of tags to leave out, such as `TagBlacklist`."""

    def matches(self, name: str) -> bool:
        """Return True if a box tag of this name must not be added; the matcher asks."""
        ...


class RemoteRef(NamedTuple):
    """A tag of a box."""

    endpoint: str
    id: str


class TagDecision(NamedTuple):
    """The local tag for a box tag; `tag_id` is None when no tag of the library fits, or when it is blacklisted."""

    name: str
    tag_id: int | None = None
    by: str = ""
    others: tuple[int, ...] = ()
    is_blacklisted: bool = False


class TagMatcher:
    """Decides for each box tag which local tag it is, and counts the scenes of those without one."""

    def __init__(self, tags: LocalTags, blacklist: NameFilter, names: Mapping[str, Mapping[str, str]]) -> None:
        self._tags = tags
        self._blacklist = blacklist
        self._names = names
        self.decisions: dict[RemoteRef, TagDecision] = {}
        self.unmatched: Counter[RemoteRef] = Counter()

    def decide(self, ref: RemoteRef) -> TagDecision:
        """Return the local tag for a box tag, for the planner; decided once in a run."""
        if ref not in self.decisions:
            self.decisions[ref] = self._decide(ref)
        return self.decisions[ref]

    def list_ambiguities(self) -> list[tuple[RemoteRef, TagDecision]]:
        """Return the decisions in which several local tags fitted, for the figures of a scene tag sync."""
        return [(ref, decision) for ref, decision in self.decisions.items() if decision.others]

    def _decide(self, ref: RemoteRef) -> TagDecision:
        name = self._names.get(ref.endpoint, {}).get(ref.id, "")
        if self._blacklist.matches(name):
            return TagDecision(name, is_blacklisted=True)
        match = self._tags.match(ref.endpoint, ref.id, name)
        return TagDecision(name, match.tag_id, match.by, match.others) if match else TagDecision(name)
