"""Relations of a performer or studio (scenes, images, galleries, groups, sub-studios), and moving them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from performers.library.kinds import PERFORMER
from shared.stash.library import WRITE_SECONDS, keep_id_only, split

if TYPE_CHECKING:
    from shared.stash import StashClient

ADD, REMOVE = "ADD", "REMOVE"
AT_ONCE = 100  # Stash runs the hooks of other plugins for each object before it answers
CHILDREN = "children"

FIND = """query Held($where: %(type)sFilterType, $page: FindFilterType) {
  found: find%(many)s(%(name)s_filter: $where, filter: $page) { rows: %(rows)s { id } }
}"""
CHANGE = "mutation Move($input: Bulk%(type)sUpdateInput!) { rows: bulk%(type)sUpdate(input: $input) { id } }"
FIND_CHILDREN = """query Children($id: ID!) { studio: findStudio(id: $id) { child_studios { id } } }"""


class RelatedObjects(NamedTuple):
    """A type of objects that belong to performers or studios, with its names in Stash's API."""

    rows: str
    type: str
    many: str

    @property
    def name(self) -> str:
        """Return the name of the type's filter in Stash's API, for the queries of a merge."""
        return self.type.lower()


SCENES = RelatedObjects("scenes", "Scene", "Scenes")
IMAGES = RelatedObjects("images", "Image", "Images")
GALLERIES = RelatedObjects("galleries", "Gallery", "Galleries")
GROUPS = RelatedObjects("groups", "Group", "Groups")
MOVIES = RelatedObjects("movies", "Movie", "Movies")


class Relations:
    """Finds and moves the objects that belong to a performer or studio; the merge target may repeat every step."""

    def __init__(self, stash: StashClient, kind: str) -> None:
        self._stash = stash
        self._kind = kind

    def list_holdings(self) -> Iterator[RelatedObjects]:
        """Yield the types of related objects that this Stash has and a merge moves, for its preview and target."""
        known = self._stash.capabilities()
        groups = [GROUPS if known.has("Query", "findGroups") else MOVIES]
        for each in (SCENES, IMAGES, GALLERIES, *(groups if self._kind != PERFORMER else ())):
            if known.has("Query", f"find{each.many}") and known.has("Mutation", f"bulk{each.type}Update"):
                yield each

    def find(self, holding: RelatedObjects, number: int) -> list[int]:
        """Return the ids of a type's objects that belong to a performer or studio; `find_all` calls it."""
        members = {"value": [str(number)], "modifier": "INCLUDES"}
        where = {"performers": members} if self._kind == PERFORMER else {"studios": {**members, "depth": 0}}
        page = {"page": 1, "per_page": -1, "sort": "id", "direction": "ASC"}
        document = FIND % {**holding._asdict(), "name": holding.name}
        operation = f"finding {holding.rows} of {self._kind} {number}"
        data = self._stash.ask(document, {"where": where, "page": page}, operation, object_hook=keep_id_only)
        rows: list[int] = data["found"]["rows"]
        return rows

    def find_all(self, number: int) -> dict[str, list[int]]:
        """Return the ids of all related objects by type, for the merge preview and the backup."""
        found = {holding.rows: self.find(holding, number) for holding in self.list_holdings()}
        return found if self._kind == PERFORMER else {**found, CHILDREN: self.find_children(number)}

    def find_children(self, number: int) -> list[int]:
        """Return the ids of a studio's sub-studios, which a merge moves."""
        studio = self._stash.ask(FIND_CHILDREN, {"id": str(number)}, f"finding sub-sites of {number}")["studio"]
        return [int(row["id"]) for row in studio["child_studios"]] if studio else []

    def add_owner(self, holding: RelatedObjects, ids: Collection[int], number: int) -> None:
        """Add the performer to these objects, or set the studio in place of theirs, in a merge or its undo.

        `number` is the performer or studio that gets them: the one that stays, or in the undo the one that is back.
        """
        self._change(holding, ids, self._own(number, ADD), number)

    def remove_owner(self, holding: RelatedObjects, ids: Collection[int], number: int) -> None:
        """Remove the performer from these objects, in the undo of a merge."""
        self._change(holding, ids, self._own(number, REMOVE), number)

    def set_parent(self, children: Sequence[int], number: int | str | None) -> None:
        """Set or remove the parent studio of these studios, in a merge or its undo."""
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
