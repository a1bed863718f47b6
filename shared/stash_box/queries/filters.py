"""The filter of a scene list, split into conditions for the box and a test of its reply, as it takes one per field."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, Optional

from shared.errors import UsageError
from shared.stash_box.records.types import Scene

Ids = Optional[Collection[str]]


class SceneFilter(NamedTuple):
    """The conditions of a list of scenes, which must all hold.

    None is no condition; an empty collection raises UsageError, because it would list the whole box. `any_*`: at least
    one of them, `all_*`: every one, `no_*`: none. `any_studios` are exactly these, `network` is a studio and those
    directly below it. `after` and `before` exclude the date itself and compare texts, as boxes do. `liked`:
    "PERFORMER", "STUDIO" or "ALL" favorites of the key's user. `has_date`: only scenes with a date, or only those
    without. `everything` allows a filter without conditions.
    """

    any_performers: Ids = None
    all_performers: Ids = None
    no_performers: Ids = None
    any_studios: Ids = None
    no_studios: Ids = None
    network: str | None = None
    any_tags: Ids = None
    all_tags: Ids = None
    no_tags: Ids = None
    title: str | None = None
    code: str | None = None
    url: str | None = None
    after: str | None = None
    before: str | None = None
    liked: str | None = None
    has_date: bool | None = None
    everything: bool = False


def make_conditions(wanted: SceneFilter) -> dict[str, Any]:
    """Return the conditions for the box's `queryScenes`, which takes one criterion per field.

    The list of scenes calls it.
    """
    _refuse_empty(wanted)
    conditions: dict[str, Any] = {
        "performers": _choose_ids(wanted.any_performers, wanted.all_performers, wanted.no_performers),
        "studios": _choose_ids(wanted.any_studios, None, wanted.no_studios),
        "tags": _choose_ids(wanted.any_tags, wanted.all_tags, wanted.no_tags),
        "parentStudio": wanted.network,
        "title": wanted.title,
        "url": wanted.url,
        "code": _compare("EQUALS", wanted.code),
        "date": _compare("GREATER_THAN", wanted.after)
        or _compare("LESS_THAN", wanted.before)
        or _require_date(wanted.has_date),
        "favorites": wanted.liked,
    }
    return {name: value for name, value in conditions.items() if value is not None}


def is_wanted(scene: Scene, wanted: SceneFilter) -> bool:
    """Return True if a scene also meets the criteria that the box could not be asked for; the list of scenes asks."""
    cast = {each.performer.id for each in scene.performers}
    tags = {each.id for each in scene.tags}
    studio = {scene.studio.id} if scene.studio else set()
    return (
        _holds(cast, wanted.any_performers, wanted.all_performers, wanted.no_performers)
        and _holds(tags, wanted.any_tags, wanted.all_tags, wanted.no_tags)
        and _holds(studio, wanted.any_studios, None, wanted.no_studios)
        and not (wanted.before and wanted.after and not (scene.date and scene.date < wanted.before))
        and (wanted.has_date is None or bool(scene.date) is wanted.has_date)
    )


def _refuse_empty(wanted: SceneFilter) -> None:
    values = {name: value for name, value in wanted._asdict().items() if value not in (None, False)}
    for name, value in values.items():
        if name != "everything" and not value:
            raise UsageError(f"an empty {name.replace('_', ' ')} would list the whole box")
    if not values:
        raise UsageError("without any condition the whole box would be listed; say so if that is meant")


def _choose_ids(some: Ids, every: Ids, none: Ids) -> dict[str, Any] | None:
    for ids, modifier in ((every, "INCLUDES_ALL"), (some, "INCLUDES"), (none, "EXCLUDES")):
        if ids is not None:  # each id once, because a box matches no scene if INCLUDES_ALL has one twice
            return {"value": list(dict.fromkeys(ids)), "modifier": modifier}
    return None


def _compare(modifier: str, value: str | None) -> dict[str, str] | None:
    return None if value is None else {"value": value, "modifier": modifier}


def _require_date(has_date: bool | None) -> dict[str, str] | None:
    if has_date is None:
        return None  # a box wants a value even if the modifier does not use it
    return {"value": "2000-01-01", "modifier": "NOT_NULL" if has_date else "IS_NULL"}


def _holds(present: set[str], some: Ids, every: Ids, none: Ids) -> bool:
    return (
        (some is None or not present.isdisjoint(some))
        and (every is None or present.issuperset(every))
        and (none is None or present.isdisjoint(none))
    )
