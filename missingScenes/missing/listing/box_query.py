"""The question as the box understands it, and what became of an entity that has no scenes there any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from missing.listing.filters import FilterContext
from missing.listing.question import Question
from shared.stash_box import Box, Deleted, LookupFailed, LookupFound, Merged, Outcome, SceneFilter, StashBoxClient

MOST_PUSHED = 500  # so many favourites still fit into one request


class Fate(NamedTuple):
    """What became of an entity: `ids` to ask for from now on (none: it is gone), and a sentence for the user."""

    ids: tuple[str, ...]
    name: str
    notice: str = ""


def make_scene_filter(question: Question, ids: Sequence[str], context: FilterContext) -> SceneFilter:
    """The conditions the box applies. For one entity only that one, so that the figures say what the box has of it;
    for the whole box as much as it can, for nobody wants to look through a million scenes."""
    if question.entity_type == "performer":
        return SceneFilter(any_performers=ids)
    if question.entity_type == "tag":
        return SceneFilter(any_tags=ids)
    if question.entity_type == "studio":
        return SceneFilter(network=ids[0]) if question.include_network else SceneFilter(any_studios=ids)
    return SceneFilter(
        any_performers=take_if_few(context.favorites.get("performers")),
        any_studios=take_if_few(context.favorites.get("studios")),
        any_tags=take_if_few(context.favorites.get("tags")),
        after=find_day_before_year(question.filters["date_from"]),
        everything=True,
    )


def take_if_few(ids: Collection[str] | None) -> Collection[str] | None:
    """The ids when they fit into a request."""
    return ids if ids and len(ids) <= MOST_PUSHED else None


def find_day_before_year(date: str) -> str | None:
    """A day before all dates of the year, also before one that is only a year: boxes compare texts."""
    return f"{int(date[:4]) - 1}-12-31" if date else None


def find_fate(client: StashBoxClient, kind: str, ids: Sequence[str]) -> Fate:
    """What became of an entity without scenes: a stale id finds nothing, which looks like having everything."""
    look_up = {"performer": client.find_performer, "studio": client.find_studio, "tag": client.find_tag}[kind]
    fate = read_fate(look_up(ids[0]), client.box.name, kind, ids)
    return fate if fate.ids or len(ids) == 1 else find_fate(client, kind, ids[1:])


def read_fate(outcome: Outcome[Any], box: str, kind: str, ids: Sequence[str]) -> Fate:
    """What the box's answer to the first of these ids means."""
    if isinstance(outcome, Merged):
        name = outcome.record.name
        notice = f"{box} merged this {kind} into {name}, whose scenes are shown. Correct the link in Stash."
        return Fate((outcome.into, *ids[1:]), name, notice)
    if isinstance(outcome, LookupFound):
        return Fate(tuple(ids), outcome.record.name)
    if isinstance(outcome, LookupFailed):
        return Fate((), "", str(outcome.error))
    verb = "was deleted at" if isinstance(outcome, Deleted) else "is not known to"
    return Fate((), "", f"This {kind} {verb} {box}, so nobody can say what is missing. Link it anew in Stash.")


def make_entity_url(box: Box, kind: str, entity_id: str) -> str:
    """The entity's page at the box."""
    return f"{box.origin}/{kind}s/{entity_id}"
