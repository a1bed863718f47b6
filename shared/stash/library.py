"""Reads and writes the scenes, performers, studios, tags and so on of the library: one class for all kinds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from shared.endpoints import spell_endpoint
from shared.errors import GraphQLFailed, NotFound
from shared.stash.filters import Filter, both, linked_to, not_linked_to, with_stash_ids
from shared.stash.links import find_ids

Row = dict[str, Any]

PIECE = 200  # items read in one request
LINKS_AT_ONCE = 100  # stash-box ids in one request
WRITE_SECONDS = 300.0  # a write waits for the hooks of other plugins


class Ask(Protocol):
    """The type of `StashClient.ask`."""

    def __call__(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation: str = "",
        *,
        read_timeout: float | None = None,
        object_hook: Callable[[list[tuple[str, Any]]], Any] | None = None,
    ) -> dict[str, Any]: ...


class AskNewest(Protocol):
    """The type of `StashClient.ask_newest`."""

    def __call__(
        self, documents: Sequence[str], variables: Mapping[str, Any] | None = None, operation: str = ""
    ) -> dict[str, Any]: ...


class ObjectKind(NamedTuple):
    """Stash's names for one kind of object, from which its queries and mutations are made."""

    name: str
    plural: str
    favorite: str = ""

    @property
    def type(self) -> str:
        """Return the GraphQL type, such as SceneMarker, for the documents of `LibraryObjects`."""
        return join_words(self.name)

    @property
    def finder(self) -> str:
        """Return the query for many objects, such as findSceneMarkers, for the documents of `LibraryObjects`."""
        return f"find{join_words(self.plural)}"

    @property
    def field(self) -> str:
        """Return the beginning of the names of mutations, such as sceneMarker in sceneMarkerUpdate, for
        `LibraryObjects`."""
        return self.type[0].lower() + self.type[1:]

    @property
    def has_lookup(self) -> bool:
        """Return True if Stash has a query for one object by id; `LibraryObjects` asks."""
        return self.name != "scene_marker"


SCENE = ObjectKind("scene", "scenes")
PERFORMER = ObjectKind("performer", "performers", favorite="filter_favorites")
STUDIO = ObjectKind("studio", "studios", favorite="favorite")
TAG = ObjectKind("tag", "tags", favorite="favorite")
IMAGE = ObjectKind("image", "images")
GALLERY = ObjectKind("gallery", "galleries")
GROUP = ObjectKind("group", "groups")
MARKER = ObjectKind("scene_marker", "scene_markers")

FIND = """query Find($where: %(type)sFilterType, $page: FindFilterType) {
  found: %(finder)s(%(name)s_filter: $where, filter: $page) { count rows: %(plural)s { id %(fields)s } }
}"""
LIST = """query List($where: %(type)sFilterType, $page: FindFilterType) {
  found: %(finder)s(%(name)s_filter: $where, filter: $page) { rows: %(plural)s { %(fields)s } }
}"""
COUNT = """query Count($where: %(type)sFilterType, $page: FindFilterType) {
  found: %(finder)s(%(name)s_filter: $where, filter: $page) { count }
}"""
READ = "query Read($ids: [ID!]) { found: %(finder)s(ids: $ids) { rows: %(plural)s { id %(fields)s } } }"
READ_ONE_BY_ONE = "query Read { %(lookups)s } fragment Row on %(type)s { id %(fields)s }"
GET = "query Get($id: ID!) { row: find%(type)s(id: $id) { id %(fields)s } }"
CREATE = "mutation Create($input: %(type)sCreateInput!) { row: %(field)sCreate(input: $input) { id %(fields)s } }"
DESTROY = "mutation Destroy($id: ID!) { done: %(field)sDestroy(input: {id: $id}) }"
UPDATE = "mutation Update($input: %(type)sUpdateInput!) { row: %(field)sUpdate(input: $input) { id %(fields)s } }"


class FindPage(NamedTuple):
    """The rows of one page, and the number of all objects that fit."""

    total: int
    rows: list[Row]


class LibraryObjects:
    """All objects of one kind in the library: `stash.scenes`, `stash.performers`, `stash.studios`, `stash.tags`."""

    def __init__(self, ask: Ask, kind: ObjectKind) -> None:
        self.kind = kind
        self._ask = ask

    def __repr__(self) -> str:
        return f"LibraryObjects({self.kind.plural})"

    @property
    def favorites(self) -> Filter:
        """Return the filter for favorites, which has another name for every kind.

        Lists and syncs of favorites use it.
        """
        return {self.kind.favorite: True}

    def ids(self, where: Filter | None = None, *, sort: str = "id", direction: str = "ASC", q: str = "") -> list[int]:
        """Return the ids of all objects that fit, for walking through them with `stream`.

        Later changes cannot move objects between pages of such a snapshot; 1,000,000 ids take 100 MB.
        """
        page = make_page(1, -1, sort, direction, q)
        data = self._send(LIST, "id", {"where": where, "page": page}, f"listing {self.kind.plural}", keep_id_only)
        rows: list[int] = data["found"]["rows"]
        return rows

    def count(self, where: Filter | None = None) -> int:
        """Return the number of objects that fit a filter, for overviews and reports."""
        page = make_page(1, 0, "id", "ASC", "")
        data = self._send(COUNT, "", {"where": where, "page": page}, f"counting {self.kind.plural}")
        return int(data["found"]["count"])

    def page(
        self,
        fields: str,
        where: Filter | None = None,
        *,
        page: int = 1,
        per_page: int = 25,
        sort: str = "id",
        direction: str = "ASC",
        q: str = "",
    ) -> FindPage:
        """Return one page of a search, for showing it. To walk through the library while changing it, use `ids` and
        `stream`.
        """
        variables = {"where": where, "page": make_page(page, per_page, sort, direction, q)}
        found = self._send(FIND, fields, variables, f"searching {self.kind.plural}")["found"]
        return FindPage(int(found["count"]), found["rows"])

    def stream(self, ids: Iterable[int], fields: str, *, size: int = PIECE) -> Iterator[list[Row]]:
        """Yield the objects in pieces, in the order of `ids`; objects that are gone are left out.

        Tasks walk through the library so.
        """
        for piece in split(ids, size):
            rows = self._read_piece(piece, fields)
            yield [rows[number] for number in dict.fromkeys(piece) if number in rows]

    def read(self, ids: Iterable[int], fields: str) -> dict[int, Row]:
        """Return the objects by id, for targets, plans and pages; objects that are gone are left out."""
        return {int(row["id"]): row for rows in self.stream(ids, fields) for row in rows}

    def get(self, number: int, fields: str) -> Row | None:
        """Return one object with these fields, or None if Stash does not have it; plans, targets and pages call it."""
        row: Row | None = self._send(GET, fields, {"id": str(number)}, f"reading {self.kind.name} {number}")["row"]
        return row

    def find_linked(self, endpoint: str, stash_ids: Collection[str], fields: str = "") -> dict[str, list[Row]]:
        """Return the objects by their id at a box; several may share an id, and ids without an object are left out.

        Matching and conflicts ask. The filter names no box, because links may spell its endpoint in another way.
        """
        found: dict[str, list[Row]] = {}
        wanted = f"stash_ids {{ endpoint stash_id }} {fields}"
        for piece in split(stash_ids, LINKS_AT_ONCE):
            where = with_stash_ids("", piece)
            for row in self.page(wanted, where, per_page=-1).rows:
                for stash_id in set(find_ids(row["stash_ids"], endpoint)).intersection(piece):
                    found.setdefault(stash_id, []).append(row)
        return found

    def linked_ids(
        self, endpoint: str, where: Filter | None = None, *, sort: str = "id", direction: str = "ASC", q: str = ""
    ) -> list[int]:
        """Return the Stash ids of all objects that fit and have a link to a box, in either spelling of its
        endpoint.

        Check Completeness and the syncs of scenes work on these. Those in the other spelling come last: Stash can
        filter by one spelling at a time.
        """
        filters = (linked_to(each) for each in spell_endpoint(endpoint))
        lists = (self.ids(both(where or {}, each), sort=sort, direction=direction, q=q) for each in filters)
        return list(dict.fromkeys(number for one in lists for number in one))

    def count_linked(self, endpoint: str) -> int:
        """Return the number of objects with a link to a box, in either spelling of its endpoint, for overviews."""
        usual, other = (self.count(linked_to(each)) for each in spell_endpoint(endpoint))
        return len(self.linked_ids(endpoint)) if usual and other else usual + other

    def linked_rows(self, fields: str, endpoint: str, *, q: str = "") -> list[Row]:
        """Return all objects with a link to a box, sorted by name, in either spelling of its endpoint.

        Tag Manager reads the linked tags so.
        """
        pages = (self.page(fields, linked_to(each), per_page=-1, sort="name", q=q) for each in spell_endpoint(endpoint))
        return list({row["id"]: row for page in pages for row in page.rows}.values())

    def unlinked_rows(self, fields: str, endpoint: str) -> list[Row]:
        """Return all objects without a link to a box, sorted by name; `fields` includes the links.

        Tag Manager reads the unlinked tags so.
        """
        rows = self.page(fields, not_linked_to(endpoint), per_page=-1, sort="name").rows
        return [row for row in rows if not find_ids(row["stash_ids"], endpoint)]

    def create(self, values: Mapping[str, Any], fields: str = "") -> Row:
        """Create an object and return its id and the requested fields; the journal's targets create with it."""
        operation = f"creating the {self.kind.name} {values.get('name') or values.get('title') or ''}".rstrip()
        row: Row = self._send(CREATE, fields, {"input": dict(values)}, operation)["row"]
        return row

    def update(self, number: int, values: Mapping[str, Any], fields: str = "") -> Row:
        """Change exactly the given fields, and return id and requested fields; the journal's targets write with it.

        None or an empty list clears a field. Raise NotFound if the object is gone.
        """
        operation = f"updating {self.kind.name} {number}"
        try:
            row: Row = self._send(UPDATE, fields, {"input": {**values, "id": str(number)}}, operation)["row"]
        except GraphQLFailed:
            if self.kind.has_lookup and self.get(number, "") is None:
                name = self.kind.name
                raise NotFound(
                    f"Stash has no {name} {number} any more.", service="Stash", operation=operation
                ) from None
            raise
        return row

    def destroy(self, number: int, operation: str = "") -> None:
        """Delete an object, when a target undoes a creation or finishes a merge; its related objects stay."""
        self._send(DESTROY, "", {"id": str(number)}, operation or f"deleting the {self.kind.name} {number}")

    def _read_piece(self, ids: Sequence[int], fields: str) -> dict[int, Row]:
        """Return the objects by id; Stash refuses a whole list for one missing id, so then each gets an alias."""
        operation = f"reading {self.kind.plural}"
        numbers = list(dict.fromkeys(ids))
        try:
            data = self._send(READ, fields, {"ids": [str(number) for number in numbers]}, operation)
            rows = data["found"]["rows"]
        except GraphQLFailed as error:
            if not self.kind.has_lookup:
                return self._read_halves(numbers, fields, error)
            lookups = " ".join(f"i{number}: find{self.kind.type}(id: {number}) {{ ...Row }}" for number in numbers)
            document = READ_ONE_BY_ONE % {"lookups": lookups, "type": self.kind.type, "fields": fields}
            rows = [row for row in self._ask(document, None, operation).values() if row is not None]
        return {int(row["id"]): row for row in rows}

    def _read_halves(self, numbers: Sequence[int], fields: str, error: GraphQLFailed) -> dict[int, Row]:
        """Return the objects of a list that Stash refused for a missing id, where it cannot be asked for single ids."""
        if "not found" not in str(error):
            raise error
        if len(numbers) == 1:
            return {}
        half = len(numbers) // 2
        return {**self._read_piece(numbers[:half], fields), **self._read_piece(numbers[half:], fields)}

    def _send(
        self,
        template: str,
        fields: str,
        variables: Mapping[str, Any],
        operation: str,
        object_hook: Callable[[list[tuple[str, Any]]], Any] | None = None,
    ) -> dict[str, Any]:
        kind = self.kind
        names = {"type": kind.type, "finder": kind.finder, "field": kind.field}
        document = template % {**kind._asdict(), **names, "fields": fields}
        timeout = WRITE_SECONDS if template in (CREATE, UPDATE) else None
        return self._ask(document, variables, operation, read_timeout=timeout, object_hook=object_hook)


def join_words(name: str) -> str:
    """Return a name such as scene_markers as SceneMarkers, for the names of Stash's types and queries."""
    return "".join(word.capitalize() for word in name.split("_"))


def make_page(page: int, per_page: int, sort: str, direction: str, q: str) -> dict[str, Any]:
    """Return Stash's FindFilterType, for the queries of `LibraryObjects`.

    It always has a sort, because Stash pages unsorted scenes in no stable order.
    """
    words = {"q": q} if q else {}
    return {"page": page, "per_page": per_page, "sort": sort, "direction": direction, **words}


def keep_id_only(pairs: list[tuple[str, Any]]) -> Any:
    """Return a number for a JSON object that is only an id, which takes a fifth of the memory of a dict.

    Readers of many ids give it to the client.
    """
    if len(pairs) == 1 and pairs[0][0] == "id":
        return int(pairs[0][1])
    return dict(pairs)


def split(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield the items in lists of at most `size`, as requests take them; whoever asks for many objects calls it."""
    piece: list[Any] = []
    for item in items:
        piece.append(item)
        if len(piece) >= size:
            yield piece
            piece = []
    if piece:
        yield piece
