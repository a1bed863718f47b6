"""Relations of a performer or studio (scenes, images, galleries, groups, sub-studios), and moving them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from performers.library.kinds import PERFORMER
from shared.stash.library import WRITE_SECONDS, keep_id_only, split

if TYPE_CHECKING:
    from shared.stash import StashClient

ADD, REMOVE = "ADD", "REMOVE"
AT_ONCE = 100  # each of them runs the hooks of every plugin
CHILDREN = "children"

FIND = """query Held($where: %(type)sFilterType, $page: FindFilterType) {
  found: find%(many)s(%(name)s_filter: $where, filter: $page) { rows: %(rows)s { id } }
}"""
CHANGE = "mutation Move($input: Bulk%(type)sUpdateInput!) { rows: bulk%(type)sUpdate(input: $input) { id } }"
FIND_CHILDREN = """query Children($id: ID!) { studio: findStudio(id: $id) { child_studios { id } } }"""


class RelatedObjects(NamedTuple):
    """One kind of thing that has performers or a site."""

    rows: str
    type: str
    many: str

    @property
    def name(self) -> str:
        """Stash's name of the filter."""
        return self.type.lower()


SCENES = RelatedObjects("scenes", "Scene", "Scenes")
IMAGES = RelatedObjects("images", "Image", "Images")
GALLERIES = RelatedObjects("galleries", "Gallery", "Galleries")
GROUPS = RelatedObjects("groups", "Group", "Groups")
MOVIES = RelatedObjects("movies", "Movie", "Movies")


class Relations:
    """Finds and moves what belongs to performers or sites; every step may be repeated."""

    def __init__(self, stash: StashClient, kind: str) -> None:
        self._stash = stash
        self._kind = kind

    def list_holdings(self) -> Iterator[RelatedObjects]:
        """The kinds of things this Stash has."""
        known = self._stash.capabilities()
        groups = [GROUPS if known.has("Query", "findGroups") else MOVIES]
        for each in (SCENES, IMAGES, GALLERIES, *(groups if self._kind != PERFORMER else ())):
            if known.has("Query", f"find{each.many}") and known.has("Mutation", f"bulk{each.type}Update"):
                yield each

    def find(self, holding: RelatedObjects, number: int) -> list[int]:
        """The ids of what belongs to one."""
        members = {"value": [str(number)], "modifier": "INCLUDES"}
        where = {"performers": members} if self._kind == PERFORMER else {"studios": {**members, "depth": 0}}
        page = {"page": 1, "per_page": -1, "sort": "id", "direction": "ASC"}
        document = FIND % {**holding._asdict(), "name": holding.name}
        operation = f"finding {holding.rows} of {self._kind} {number}"
        data = self._stash.ask(document, {"where": where, "page": page}, operation, object_hook=keep_id_only)
        rows: list[int] = data["found"]["rows"]
        return rows

    def find_all(self, number: int) -> dict[str, list[int]]:
        """Return all related objects by kind."""
        found = {holding.rows: self.find(holding, number) for holding in self.list_holdings()}
        return found if self._kind == PERFORMER else {**found, CHILDREN: self.find_children(number)}

    def find_children(self, number: int) -> list[int]:
        """The sub-sites of a site."""
        studio = self._stash.ask(FIND_CHILDREN, {"id": str(number)}, f"finding sub-sites of {number}")["studio"]
        return [int(row["id"]) for row in studio["child_studios"]] if studio else []

    def add_owner(self, holding: RelatedObjects, ids: Collection[int], number: int) -> None:
        """These belong to this performer, too, or to this site instead of theirs."""
        self._change(holding, ids, self._own(number, ADD), number)

    def remove_owner(self, holding: RelatedObjects, ids: Collection[int], number: int) -> None:
        """These no longer belong to this performer."""
        self._change(holding, ids, self._own(number, REMOVE), number)

    def set_parent(self, children: Sequence[int], number: int | str | None) -> None:
        """These sites stand below this one, or below none."""
        for child in children:
            self._stash.studios.update(child, {"parent_id": None if number is None else str(number)})

    def _own(self, number: int, mode: str) -> dict[str, object]:
        if self._kind == PERFORMER:
            return {"performer_ids": {"ids": [str(number)], "mode": mode}}
        return {"studio_id": str(number)}

    def _change(self, holding: RelatedObjects, ids: Collection[int], values: dict[str, object], number: int) -> None:
        operation = f"moving {holding.rows} to {self._kind} {number}"
        for piece in split(sorted(ids), AT_ONCE):
            given = {"ids": [str(each) for each in piece], **values}
            self._stash.ask(CHANGE % holding._asdict(), {"input": given}, operation, read_timeout=WRITE_SECONDS)
