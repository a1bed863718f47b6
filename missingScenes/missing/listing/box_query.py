"""Translates the list query into the conditions that the box applies itself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from missing.listing.filters import FilterContext
from missing.listing.list_query import MissingListQuery
from shared.stash_box import SceneFilter

MOST_PUSHED = 500  # favorites that fit into one request


def make_scene_filter(query: MissingListQuery, ids: Sequence[str], context: FilterContext) -> SceneFilter:
    """Return the conditions that the box itself applies when `find_missing` reads a list.

    For one entity only that one, so that the figures say what the box has of it; for the whole box as many as possible,
    because a box has a million scenes.
    """
    if query.entity_type == "performer":
        return SceneFilter(any_performers=ids)
    if query.entity_type == "tag":
        return SceneFilter(any_tags=ids)
    if query.entity_type == "studio":
        return SceneFilter(network=ids[0]) if query.include_network else SceneFilter(any_studios=ids)
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
    """Return a day before every date of the year, for the box's date condition; None without a date.

    Boxes compare dates as texts, and a date may be only a year.
    """
    return f"{int(date[:4]) - 1}-12-31" if date else None
