"""Groups of words that mean the same, kept by the user; for proposals only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.tag_matching.folding import fold


class Synonyms:
    """Groups of names that may stand for each other; groups that share a name are one."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._groups: dict[str, dict[str, str]] = {}
        for names in groups:
            self._add({fold(name): name for name in names if name.strip()})

    @classmethod
    def read(cls, table: Mapping[str, Iterable[str]]) -> Synonyms:
        """From {name: [other names]}, as it is kept and edited."""
        return cls([name, *others] for name, others in table.items())

    def others(self, name: str) -> list[str]:
        """The other names of its group, in the user's order."""
        key = fold(name)
        return [other for folded, other in self._groups.get(key, {}).items() if folded != key]

    def _add(self, group: dict[str, str]) -> None:
        joined = dict(group)
        for key in group:
            joined = {**joined, **self._groups.get(key, {})}
        for key in joined:
            self._groups[key] = joined
