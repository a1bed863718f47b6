"""What a page asks for, read from the arguments of a call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from missing.listing.cursor import describe_question
from missing.listing.filters import Filters
from shared.errors import UsageError

ENTITIES = ("performer", "studio", "tag")
BOX = "box"
FAVORITES = ("favorite_performers", "favorite_studios", "favorite_tags")
TRENDING = "TRENDING"  # in this order boxes leave out what does not trend
SORTS = ("DATE", "CREATED_AT", "UPDATED_AT", "TITLE", "DURATION", TRENDING, "POPULARITY")
DIRECTIONS = ("DESC", "ASC")
PAGE_SIZE, LARGEST_PAGE = 40, 100
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")
TRUE = (True, "true", "1", 1)


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
        "CREATED_AT" if filters.created_since else read_choice(args, "sort", SORTS),
        "DESC" if filters.created_since else read_choice(args, "direction", DIRECTIONS),
        is_true(args.get("include_network")),
        filters,
        min(max(read_number(args, "page_size") or PAGE_SIZE, 1), LARGEST_PAGE),
        read_text(args, "new_since", TIME),
    )


def read_filters(args: Mapping[str, Any]) -> Filters:
    """The filters in the arguments."""
    excluded = args.get("excluded_tags")
    return Filters(
        is_true(args.get("filter_favorite_performers")),
        is_true(args.get("filter_favorite_studios")),
        is_true(args.get("filter_favorite_tags")),
        None if excluded is None else tuple(sorted(str(each) for each in excluded)),
        " ".join(str(args.get("text") or "").split()),
        read_text(args, "date_from", DATE),
        read_text(args, "date_to", DATE),
        read_number(args, "min_duration"),
        read_number(args, "max_duration"),
        str(args.get("performer_gender") or "").upper(),
        read_number(args, "min_performers"),
        read_number(args, "max_performers"),
        is_true(args.get("show_ignored")),
        read_text(args, "created_since", TIME),
    )


def is_true(value: object) -> bool:
    """Whether a switch is on; a task gets texts."""
    return value in TRUE


def read_choice(args: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str:
    """One of some words; the first one when nothing is said."""
    value = str(args.get(name) or choices[0]).upper()
    if value not in choices:
        raise UsageError(f'"{name}" must be one of {", ".join(choices)}.')
    return value


def read_number(args: Mapping[str, Any], name: str) -> int | None:
    """A whole number, None when it is left out."""
    value = args.get(name)
    if value in (None, ""):
        return None
    try:
        return int(float(str(value)))
    except (ValueError, OverflowError):
        raise UsageError(f'"{name}" must be a number.') from None


def read_text(args: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    """A text of one form, empty when it is left out."""
    value = str(args.get(name) or "")
    if value and not pattern.fullmatch(value):
        raise UsageError(f'"{name}" is not a date as it should be: {value}.')
    return value
