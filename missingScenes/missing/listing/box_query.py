"""Translates the list query into the conditions that the box applies itself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from missing.listing.filters import FilterContext
from missing.listing.list_query import TRENDING, MissingListQuery
from missing.listing.reading import DATED, WHOLE, Reading
from shared.stash_box import SceneFilter, ScenePage

MOST_PUSHED = 500  # favorites that fit into one request


def make_scene_filter(
    query: MissingListQuery, ids: Sequence[str], network: Sequence[str], context: FilterContext
) -> SceneFilter:
    """Return the conditions that the box itself applies when `find_missing` reads a list.

    For one entity only that one, so that the figures say what the box has of it; for the whole box as many as possible,
    because a box has a million scenes. `network` has the ids of a studio with all sub-studios; if it is empty, the box
    itself adds the direct ones.
    """
    if query.entity_type == "performer":
        return SceneFilter(any_performers=ids)
    if query.entity_type == "tag":
        return SceneFilter(any_tags=ids)
    if query.entity_type == "studio":
        is_direct = query.include_network and not network
        return SceneFilter(network=ids[0]) if is_direct else SceneFilter(any_studios=network or ids)
    return SceneFilter(
        any_performers=take_if_few(context.favorites.get("performers")),
        any_studios=take_if_few(context.favorites.get("studios")),
        any_tags=take_if_few(context.favorites.get("tags")),
        after=find_day_before_year(query.filters["date_from"]),
        everything=True,
    )


def take_if_few(ids: Collection[str] | None) -> Collection[str] | None:
    """Return favorite ids for the box's filter if they fit into one request, else None; then the plugin filters."""
    return ids if ids and len(ids) <= MOST_PUSHED else None


def find_day_before_year(date: str) -> str | None:
    """Return a day before every date of the year, for the date condition that `make_scene_filter` sends.

    Return None without a date. Boxes compare dates as texts, and a date may be only a year.
    """
    return f"{int(date[:4]) - 1}-12-31" if date else None


def must_split(query: MissingListQuery, reading: Reading, page: ScenePage) -> bool:
    """Return True if the box puts scenes without a date before the newest, so that both parts are read apart.

    The scan calls it.
    """
    is_start = reading == Reading() and page.page == 1 and page.has_more
    return is_start and puts_undated_first(query) and not page.scenes[0].date


def puts_undated_first(query: MissingListQuery) -> bool:
    """Return True for the order in which a box puts scenes without a date before all others; the scan calls it."""
    return query.sort == "DATE" and query.direction == "DESC"


def choose_order(query: MissingListQuery, reading: Reading) -> tuple[str, str]:
    """Return the order that a list asks the box for, and its direction, for one reading of the list.

    The first reading has the chosen order, the next one without ties, in which new scenes come last.
    """
    if reading.number == 1 or query.sort == TRENDING:
        return query.sort, query.direction
    return "CREATED_AT", "ASC"


def add_part(wanted: SceneFilter, reading: Reading) -> SceneFilter:
    """Return the box's filter for the part of a list that `find_missing` reads: with or without a date."""
    return wanted if reading.part == WHOLE else wanted._replace(has_date=reading.part == DATED)
