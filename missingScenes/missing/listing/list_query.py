"""The list that the page asks for with `find_missing`, read from the arguments of the call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from missing.listing.cursor import hash_list_query
from missing.listing.filters import FILTER_ARGUMENTS, FilterValues, read_filters
from shared.arguments import choice, flag, ident, pattern, text, whole
from shared.errors import UsageError

ENTITIES = ("performer", "studio", "tag")
BOX = "box"
FAVORITES = ("favorite_performers", "favorite_studios", "favorite_tags")
TRENDING = "TRENDING"  # in this order a box lists trending scenes only
SORTS = ("DATE", "CREATED_AT", "UPDATED_AT", "TITLE", "DURATION", TRENDING, "POPULARITY")
DIRECTIONS = ("DESC", "ASC")
PAGE_SIZE, LARGEST_PAGE = 40, 100
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
TIME_WORDS = "a time such as 2024-05-01T12:00:00Z"
ARGUMENTS = (
    choice("entity_type", (*ENTITIES, BOX, *FAVORITES), note="`box`: all scenes; `favorite_…`: those of all favorites"),
    ident("entity_id", None, "needed for a performer, studio or tag"),
    text("endpoint", "", "one of `boxes[].endpoint` of an earlier answer; without it, the preferred box"),
    text("cursor", "", "the cursor of the previous answer; all other arguments must then be the same as before"),
    whole("page_size", PAGE_SIZE, "", 1, LARGEST_PAGE),
    choice("sort", SORTS, SORTS[0]),
    choice("direction", DIRECTIONS, DIRECTIONS[0]),
    flag("include_network", False, "with the scenes of a studio's sub-studios, of all levels"),
    pattern("new_since", TIME_WORDS, TIME, "", "marks scenes that the box added after this time as `new`"),
    flag(
        "since_last_visit",
        False,
        "marks scenes as `new` since the time that `start_visit` returns, and counts as a visit",
    ),
    pattern("created_since", TIME_WORDS, TIME, "", "only scenes that the box added after this time, newest first"),
    *FILTER_ARGUMENTS,
)


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
        """Return True if the list is about one performer, studio or tag.

        `find_missing` then needs its ids at the box.
        """
        return self.entity_type != BOX

    @property
    def lists_all(self) -> bool:
        """Return True if the box lists everything it has, not only trending or new scenes; then counts are saved."""
        by_date = self.entity_type == BOX and bool(self.filters["date_from"])
        return not (self.sort == TRENDING or self.created_since or by_date)

    def make_key(self, endpoint: str) -> str:
        """Return the key that ties a cursor to this list, for `find_missing`; `endpoint` is the box that was chosen."""
        return hash_list_query(*self._replace(endpoint=endpoint, page_size=0, new_since=""))


def read_list_query(args: Mapping[str, Any]) -> MissingListQuery:
    """Return the list that the arguments of `find_missing` ask for; raise UsageError if the entity is missing."""
    asked, created_since = args["entity_type"], args["created_since"]
    if asked in ENTITIES and args["entity_id"] is None:
        raise UsageError(f'The operation find_missing needs the argument "entity_id" for a {asked}.')
    return MissingListQuery(
        entity_type=asked if asked in ENTITIES else BOX,
        entity_id=str(args["entity_id"]) if asked in ENTITIES else "",
        endpoint=args["endpoint"].strip(),
        sort="CREATED_AT" if created_since else args["sort"],
        direction="DESC" if created_since else args["direction"],
        include_network=args["include_network"],
        filters=read_filters({**args, f"filter_{asked}": True} if asked in FAVORITES else args),
        created_since=created_since,
        page_size=args["page_size"],
        new_since=args["new_since"],
    )
