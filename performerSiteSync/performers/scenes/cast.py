"""Finds the library's performers and studios for those of a box's scene, as Stash's own scraper does.

A performer is found by its id at the box; else by a name that exactly one performer has; else by an alias that exactly
one has. A studio is found by its id, its name or an alias; the first one wins. Case matters in letters beyond ASCII
only, as in SQLite, by which Stash compares.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.conversion import SourceOffer
from performers.library.entities import select_objects
from performers.library.kinds import PERFORMER, STUDIO
from performers.library.scenes import CAST, STUDIO_ID, name_stranger
from performers.scenes.record import STUDIO as REMOTE_STUDIO
from performers.scenes.record import read_cast
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.stash import StashClient

PIECE = 1000
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
ALIAS_FIELDS = {PERFORMER: "alias_list", STUDIO: "aliases"}


class Stranger(NamedTuple):
    """A performer or studio of a box's scene that the library does not have."""

    kind: str
    endpoint: str
    id: str
    name: str

    @property
    def member(self) -> str:
        """Return the value that stands for it in a plan."""
        return name_stranger(self.endpoint, self.id)


class ResolvedOffer(NamedTuple):
    """An offer whose studio and performers are those of the library; strangers are values by `name_stranger`."""

    offer: SourceOffer
    strangers: Mapping[str, Stranger]
    labels: Mapping[str, str]  # the names of studio and performers by their value, with the credited name


class CastIndex:
    """The names, aliases and links of all performers and studios, read when they are first needed."""

    def __init__(self, stash: StashClient) -> None:
        self._stash = stash
        self._kinds: dict[str, NameTables] = {}

    def find(self, kind: str, endpoint: str, remote_id: str, name: str) -> int | None:
        """Return the performer or studio of the library that stands for a box's, or None."""
        tables = self._read(kind)
        linked = tables.links.get((normalize_endpoint(endpoint), remote_id))
        if linked is not None:
            return linked
        named = tables.names.get(fold(name)) or tables.aliases.get(fold(name)) or []
        return named[0] if len(named) == 1 or (named and kind == STUDIO) else None

    def resolve(self, offer: SourceOffer) -> ResolvedOffer:
        """Return an offer with the library's studio and performers in place of the box's; the planner plans with it."""
        strangers: dict[str, Stranger] = {}
        labels: dict[str, str] = {}
        values = self._resolve_values(offer.endpoint, offer.values, strangers, labels)
        before = None if offer.before is None else self._resolve_values(offer.endpoint, offer.before, {}, {})
        return ResolvedOffer(offer._replace(values=values, before=before), strangers, labels)

    def _resolve_values(
        self, endpoint: str, values: Mapping[str, Any], strangers: dict[str, Stranger], labels: dict[str, str]
    ) -> dict[str, Any]:
        found = {name: value for name, value in values.items() if name not in (REMOTE_STUDIO, CAST)}

        def place(kind: str, remote_id: str, name: str, label: str) -> str:
            number = self.find(kind, endpoint, remote_id, name)
            stranger = Stranger(kind, endpoint, remote_id, name)
            member = stranger.member if number is None else str(number)
            strangers.update({member: stranger} if number is None else {})
            labels.setdefault(f"{kind} {member}", label)
            return member

        if values.get(REMOTE_STUDIO):
            remote_id, name = values[REMOTE_STUDIO]
            found[STUDIO_ID] = place(STUDIO, remote_id, name, name)
        cast = [place(PERFORMER, each.id, each.name, each.label) for each in read_cast(values)]
        return {**found, CAST: list(dict.fromkeys(cast))} if cast else found

    def _read(self, kind: str) -> NameTables:
        if kind not in self._kinds:
            tables = self._kinds[kind] = NameTables({}, {}, {})
            objects = select_objects(self._stash, kind)
            fields = f"name aliases: {ALIAS_FIELDS[kind]} stash_ids {{ endpoint stash_id }}"
            for rows in objects.stream(objects.ids(), fields, size=PIECE):
                tables.add(rows)
        return self._kinds[kind]


class NameTables(NamedTuple):
    """The objects of one kind by link, by name and by alias."""

    links: dict[tuple[str, str], int]
    names: dict[str, list[int]]
    aliases: dict[str, list[int]]

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows of Stash, which come by their ids, so that the oldest is the first."""
        for row in rows:
            number = int(row["id"])
            for link in row["stash_ids"]:
                self.links.setdefault((normalize_endpoint(link["endpoint"]), link["stash_id"]), number)
            self.names.setdefault(fold(row["name"]), []).append(number)
            for alias in {fold(each) for each in row["aliases"]}:
                self.aliases.setdefault(alias, []).append(number)


def fold(name: str) -> str:
    """Return a name as Stash's scraper compares it: SQLite's NOCASE folds ASCII letters only."""
    return name.strip().translate(LOWER)


def list_strangers(offers: Iterable[ResolvedOffer], kinds: Collection[str]) -> list[Stranger]:
    """Return the performers and studios of these kinds that the library lacks, each once."""
    found = {each: None for one in offers for each in one.strangers.values() if each.kind in kinds}
    return list(found)
