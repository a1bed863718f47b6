"""Finds the library's performers and studios for those of a box's scene, as Stash's own scraper does.

A performer is found by its id at the box; else by a name that exactly one performer has; else by an alias that exactly
one has. A studio is found by its id, its name or an alias; the first one wins. Case matters in letters beyond ASCII
only, as in SQLite, by which Stash compares.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.conversion import SourceOffer
from performers.library.entities import find_linked_by_id, select_objects
from performers.library.kinds import PERFORMER, STUDIO
from performers.library.name_search import find_named
from performers.library.scenes import CAST, STUDIO_ID, name_stranger
from performers.scenes.record import STUDIO as REMOTE_STUDIO
from performers.scenes.record import read_cast
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.stash import StashClient

PIECE = 1000
FEW = 100  # people that are asked for one by one in a run
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
        """Return the value by which a plan of scenes names this performer or studio, which the library lacks.

        `CastIndex` puts it into the offers, and the target finds the created object by it.
        """
        return name_stranger(self.endpoint, self.id)


class ResolvedOffer(NamedTuple):
    """An offer whose studio and performers are those of the library; strangers are values by `name_stranger`."""

    offer: SourceOffer
    strangers: Mapping[str, Stranger]
    labels: Mapping[str, str]  # the names of studio and performers by their value, with the credited name


class CastIndex:
    """The performers and studios of the library that boxes' scenes name; `prepare` reads them.

    For a few people, it asks Stash for their ids and names only; for many, it reads all of the library once.
    """

    def __init__(self, stash: StashClient) -> None:
        self._stash = stash
        self._kinds = {kind: NameTables({}, {}, {}) for kind in ALIAS_FIELDS}
        self._known: set[RemotePerson] = set()
        self._complete: set[str] = set()

    def prepare(self, offers: Iterable[SourceOffer]) -> None:
        """Read the performers and studios that these offers name; `SceneFieldPlanner` calls it for a piece."""
        people = {each for offer in offers for each in list_people(offer)} - self._known
        self._known |= people
        for kind, tables in self._kinds.items():
            new = {each for each in people if each.kind == kind}
            if not new or kind in self._complete:
                continue
            if len([each for each in self._known if each.kind == kind]) > FEW:
                self._read_all(kind, tables)
            else:
                self._read_some(kind, tables, new)

    def find(self, kind: str, endpoint: str, remote_id: str, name: str) -> int | None:
        """Return the library's performer or studio that is linked to a box's record, or has its name.

        None if there is none. `resolve` calls it.
        """
        tables = self._kinds[kind]
        linked = tables.links.get((normalize_endpoint(endpoint), remote_id))
        if linked is not None:
            return linked
        named = tables.names.get(fold(name)) or tables.aliases.get(fold(name)) or []
        return named[0] if len(named) == 1 or (named and kind == STUDIO) else None

    def resolve(self, offer: SourceOffer) -> ResolvedOffer:
        """Return an offer with the library's studio and performers in place of the box's.

        Each plan of scenes uses it.
        """
        self.prepare([offer])
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

    def _read_all(self, kind: str, tables: NameTables) -> None:
        self._complete.add(kind)
        for table in tables:
            table.clear()
        objects = select_objects(self._stash, kind)
        for rows in objects.stream(objects.ids(), select_naming(kind), size=PIECE):
            tables.add_links(rows)
            tables.add_names(rows)

    def _read_some(self, kind: str, tables: NameTables, people: Iterable[RemotePerson]) -> None:
        """Read the people with these ids, and by name those that have none of them.

        A name counts only if all people with it were asked for, so rows found by an id give no names.
        """
        unknown: dict[str, list[RemotePerson]] = {}
        for each in people:
            unknown.setdefault(each.endpoint, []).append(each)
        names: set[str] = set()
        for endpoint, some in unknown.items():
            found = find_linked_by_id(self._stash, kind, endpoint, [each.id for each in some])
            for rows in found.values():
                tables.add_links(rows)
            names.update(fold(each.name) for each in some if each.id not in found)
        wanted = {name for name in names if name and name not in tables.names}
        tables.names.update({name: [] for name in wanted})
        tables.aliases.update({name: [] for name in wanted})
        tables.add_names(find_named(self._stash, kind, sorted(wanted), select_naming(kind)) if wanted else (), wanted)


class RemotePerson(NamedTuple):
    """A performer or studio that a box's scene names."""

    kind: str
    endpoint: str
    id: str
    name: str


def list_people(offer: SourceOffer) -> Iterator[RemotePerson]:
    """Yield the performers and the studio that an offer names, now or at the baseline; `prepare` looks them up."""
    for values in (offer.values, offer.before or {}):
        if values.get(REMOTE_STUDIO):
            yield RemotePerson(STUDIO, offer.endpoint, *values[REMOTE_STUDIO])
        yield from (RemotePerson(PERFORMER, offer.endpoint, each.id, each.name) for each in read_cast(values))


def select_naming(kind: str) -> str:
    """Return the GraphQL fields of names and links with which `CastIndex` reads performers or studios."""
    return f"name aliases: {ALIAS_FIELDS[kind]} stash_ids {{ endpoint stash_id }}"


class NameTables(NamedTuple):
    """The objects of one kind by link, by name and by alias, each list with the oldest first."""

    links: dict[tuple[str, str], int]
    names: dict[str, list[int]]
    aliases: dict[str, list[int]]

    def add_links(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add the links in rows of Stash, which must come in the order of their ids; `CastIndex` reads them."""
        for row in rows:
            for link in row["stash_ids"]:
                self.links.setdefault((normalize_endpoint(link["endpoint"]), link["stash_id"]), int(row["id"]))

    def add_names(self, rows: Iterable[Mapping[str, Any]], only: Collection[str] | None = None) -> None:
        """Add the names and aliases in rows of Stash, which `CastIndex` read.

        With `only`, no other folded names than these.
        """
        for row in rows:
            number, name = int(row["id"]), fold(row["name"])
            if only is None or name in only:
                self.names.setdefault(name, []).append(number)
            for alias in {fold(each) for each in row["aliases"]}:
                if only is None or alias in only:
                    self.aliases.setdefault(alias, []).append(number)


def fold(name: str) -> str:
    """Return a name as Stash's scraper compares it: SQLite's NOCASE folds ASCII letters only.

    The search for a box's performers and studios in the library compares so.
    """
    return name.strip().translate(LOWER)


def list_strangers(offers: Iterable[ResolvedOffer], kinds: Collection[str]) -> list[Stranger]:
    """Return the performers and studios of these kinds that the library lacks, each once; the planner creates them."""
    found = {each: None for one in offers for each in one.strangers.values() if each.kind in kinds}
    return list(found)
