"""All names and aliases of the library in one read, to find other objects with the same name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from performers.library.entities import select_objects
from performers.library.kinds import PERFORMER
from performers.library.normalize import normalize_name

if TYPE_CHECKING:
    from shared.runtime.call import Call


class NameHolder(NamedTuple):
    """A library object that has a certain name, or has it as an alias."""

    number: int
    name: str
    is_alias: bool
    disambiguation: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class NameIndex:
    """The names of all performers or studios, read on first use; call `forget` after creating some."""

    def __init__(self, call: Call, kind: str) -> None:
        self._call = call
        self._kind = kind
        self._holders: dict[str, list[NameHolder]] | None = None

    def find(self, name: str) -> list[NameHolder]:
        """Return the objects with this name, then those with it as an alias, for checks of taken names."""
        if self._holders is None:
            self._holders = {}
            for each, holder in self._read_all():
                self._holders.setdefault(normalize_name(each), []).append(holder)
        return sorted(self._holders.get(normalize_name(name), ()), key=lambda each: (each.is_alias, each.number))

    def find_other(self, name: str, disambiguation: str = "") -> NameHolder | None:
        """Return the object that prevents a new one with this name; performers differ by disambiguation.

        The favorites sync asks before it creates one.
        """
        wanted = normalize_name(disambiguation)
        for each in self.find(name):
            if self._kind != PERFORMER or each.is_alias or normalize_name(each.disambiguation) == wanted:
                return each
        return None

    def forget(self) -> None:
        """Drop the index, so that the next search reads the library again.

        An update calls it after it created studios.
        """
        self._holders = None

    def _read_all(self) -> Iterator[tuple[str, NameHolder]]:
        objects = select_objects(self._call.stash, self._kind)
        fields = "name aliases: alias_list disambiguation" if self._kind == PERFORMER else "name aliases"
        for rows in objects.stream(objects.ids(), fields, size=1000):
            for row in rows:
                holder = NameHolder(int(row["id"]), row["name"], False, row.get("disambiguation") or "")
                yield row["name"], holder
                other = holder._replace(is_alias=True)
                yield from ((alias, other) for alias in row["aliases"])
