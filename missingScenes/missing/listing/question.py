"""What a page asks for, read from the arguments of a call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from missing.listing.cursor import describe_question
from missing.listing.filters import Filters
from shared.errors import UsageError
from shared.page.arguments import read_choice, read_flag, read_number, read_optional_number, read_text, read_texts

ENTITIES = ("performer", "studio", "tag")
BOX = "box"
FAVORITES = ("favorite_performers", "favorite_studios", "favorite_tags")
TRENDING = "TRENDING"  # in this order boxes leave out what does not trend
SORTS = ("DATE", "CREATED_AT", "UPDATED_AT", "TITLE", "DURATION", TRENDING, "POPULARITY")
DIRECTIONS = ("DESC", "ASC")
PAGE_SIZE, LARGEST_PAGE = 40, 100
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")


class Question(NamedTuple):
    """One list. `entity_type` is a kind of entity, or `box` for the browse page; favourites are filters there.

    `page_size` and `new_since` (newer scenes are marked) do not change which scenes are listed.
    """

    entity_type: str
    entity_id: str
    endpoint: str
    sort: str
    direction: str
    include_network: bool
    filters: Filters
    page_size: int
    new_since: str = ""

    @property
    def is_about_entity(self) -> bool:
        """Whether one performer, studio or tag is asked about."""
        return self.entity_type != BOX

    @property
    def lists_all(self) -> bool:
        """Whether the box lists everything it has of this, not only what trends or is new enough."""
        by_date = self.entity_type == BOX and bool(self.filters.date_from)
        return not (self.sort == TRENDING or self.filters.created_since or by_date)

    def sign(self, endpoint: str) -> str:
        """The name of this question at the box that was chosen for it."""
        return describe_question(*self._replace(endpoint=endpoint, page_size=0, new_since=""))


def read_question(args: Mapping[str, Any]) -> Question:
    """The question in the arguments; what makes no sense is refused by name."""
    asked = str(args.get("entity_type") or "")
    filters = read_filters({**args, f"filter_{asked}": True} if asked in FAVORITES else args)
    if asked not in (*ENTITIES, BOX, *FAVORITES):
        raise UsageError(f'"entity_type" must be one of {", ".join((*ENTITIES, BOX, *FAVORITES))}.')
    entity_id = str(args.get("entity_id") or "")
    if asked in ENTITIES and not entity_id.isdigit():
        raise UsageError('"entity_id" must be the number of the entity in Stash.')
    return Question(
        asked if asked in ENTITIES else BOX,
        entity_id if asked in ENTITIES else "",
        str(args.get("endpoint") or "").strip(),
        "CREATED_AT" if filters.created_since else read_choice(args, "sort", SORTS, SORTS[0]),
        "DESC" if filters.created_since else read_choice(args, "direction", DIRECTIONS, DIRECTIONS[0]),
        read_flag(args, "include_network"),
        filters,
        min(max(read_number(args, "page_size", PAGE_SIZE), 1), LARGEST_PAGE),
        read_time(args, "new_since", TIME),
    )


def read_filters(args: Mapping[str, Any]) -> Filters:
    """The filters in the arguments."""
    excluded = read_texts(args, "excluded_tags")
    return Filters(
        read_flag(args, "filter_favorite_performers"),
        read_flag(args, "filter_favorite_studios"),
        read_flag(args, "filter_favorite_tags"),
        None if excluded is None else tuple(sorted(excluded)),
        " ".join(read_text(args, "text", "").split()),
        read_time(args, "date_from", DATE),
        read_time(args, "date_to", DATE),
        read_optional_number(args, "min_duration"),
        read_optional_number(args, "max_duration"),
        str(args.get("performer_gender") or "").upper(),
        read_optional_number(args, "min_performers"),
        read_optional_number(args, "max_performers"),
        read_flag(args, "show_ignored"),
        read_time(args, "created_since", TIME),
    )


def read_time(args: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    """A text of one form, empty when it is left out."""
    value = read_text(args, name, "")
    if value and not pattern.fullmatch(value):
        raise UsageError(f'"{name}" is not a date as it should be: {value}.')
    return value
