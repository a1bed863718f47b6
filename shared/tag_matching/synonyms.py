"""Groups of names that mean the same, kept by the user; only proposals use them, never the sync."""

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
        """Return the synonyms of a table {name: [other names]}, as the page edits and the state file keeps it.

        Tag Manager's proposals read them.
        """
        return cls([name, *others] for name, others in table.items())

    def find_others(self, name: str) -> list[str]:
        """Return the synonyms of a name, in the user's order; tag proposals look for each of them."""
        key = fold(name)
        return [other for folded, other in self._groups.get(key, {}).items() if folded != key]

    def _add(self, group: dict[str, str]) -> None:
        joined = dict(group)
        for key in group:
            joined = {**joined, **self._groups.get(key, {})}
        for key in joined:
            self._groups[key] = joined
