"""The list that the page asks for with `find_missing`, read from the arguments of the call."""

from __future__ import annotations

from typing import NamedTuple

from missing.listing.arguments import Args, read_time
from missing.listing.cursor import hash_list_query
from missing.listing.filters import FilterValues, read_filters
from shared.errors import UsageError
from shared.page.arguments import read_choice, read_flag, read_number

ENTITIES = ("performer", "studio", "tag")
BOX = "box"
FAVORITES = ("favorite_performers", "favorite_studios", "favorite_tags")
TRENDING = "TRENDING"  # in this order a box lists trending scenes only
SORTS = ("DATE", "CREATED_AT", "UPDATED_AT", "TITLE", "DURATION", TRENDING, "POPULARITY")
DIRECTIONS = ("DESC", "ASC")
PAGE_SIZE, LARGEST_PAGE = 40, 100


class MissingListQuery(NamedTuple):
    """The list that the page asks for. `entity_type` is a kind of entity, or `box` for the browse page.

    With `created_since` the list ends at the first older scene. `page_size` and `new_since` (newer scenes are marked)
    do not change which scenes are listed.
    """

    entity_type: str
    entity_id: str
    endpoint: str
    sort: str
    direction: str
    include_network: bool
    filters: FilterValues
    created_since: str
    page_size: int
    new_since: str = ""

    @property
    def is_about_entity(self) -> bool:
        """True if the list is about one performer, studio or tag."""
        return self.entity_type != BOX

    @property
    def lists_all(self) -> bool:
        """True if the box lists everything it has, not only trending or new scenes; then counts are saved."""
        by_date = self.entity_type == BOX and bool(self.filters["date_from"])
        return not (self.sort == TRENDING or self.created_since or by_date)

    def make_key(self, endpoint: str) -> str:
        """Return the key that ties a cursor to this list; `endpoint` is the box that was chosen."""
        return hash_list_query(*self._replace(endpoint=endpoint, page_size=0, new_since=""))


def read_list_query(args: Args) -> MissingListQuery:
    """Return the list that the arguments of `find_missing` ask for; raise UsageError for a wrong argument."""
    asked = str(args.get("entity_type") or "")
    if asked not in (*ENTITIES, BOX, *FAVORITES):
        raise UsageError(f'"entity_type" must be one of {", ".join((*ENTITIES, BOX, *FAVORITES))}.')
    entity_id = str(args.get("entity_id") or "")
    if asked in ENTITIES and not entity_id.isdigit():
        raise UsageError('"entity_id" must be the number of the entity in Stash.')
    created_since = read_time(args, "created_since")
    return MissingListQuery(
        entity_type=asked if asked in ENTITIES else BOX,
        entity_id=entity_id if asked in ENTITIES else "",
        endpoint=str(args.get("endpoint") or "").strip(),
        sort="CREATED_AT" if created_since else read_choice(args, "sort", SORTS, SORTS[0]),
        direction="DESC" if created_since else read_choice(args, "direction", DIRECTIONS, DIRECTIONS[0]),
        include_network=read_flag(args, "include_network"),
        filters=read_filters({**args, f"filter_{asked}": True} if asked in FAVORITES else args),
        created_since=created_since,
        page_size=min(max(read_number(args, "page_size", PAGE_SIZE), 1), LARGEST_PAGE),
        new_since=read_time(args, "new_since"),
    )
