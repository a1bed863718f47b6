"""Which missing scenes are shown, and for what reason the others are hidden: pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, Optional

from shared.stash_box import Scene

Ids = Optional[Collection[str]]

FAVORITE_KINDS = ("performers", "studios", "tags")


class Filters(NamedTuple):
    """What somebody chose; None and False are no condition. Tags to leave out are ids, or names from old settings."""

    favorite_performers: bool = False
    favorite_studios: bool = False
    favorite_tags: bool = False
    excluded_tags: tuple[str, ...] | None = None
    text: str = ""
    date_from: str = ""
    date_to: str = ""
    min_duration: int | None = None
    max_duration: int | None = None
    performer_gender: str = ""
    min_performers: int | None = None
    max_performers: int | None = None
    show_ignored: bool = False
    created_since: str = ""

    @property
    def favorite_kinds(self) -> tuple[str, ...]:
        """The kinds whose favourites count."""
        return tuple(kind for kind in FAVORITE_KINDS if getattr(self, f"favorite_{kind}"))


class FilterFacts(NamedTuple):
    """What the filters need to know: ids at the box of the library's favourites (None: not asked), and tags by id or
    lower-case name that are left out."""

    performers: Ids = None
    studios: Ids = None
    tags: Ids = None
    excluded: Collection[str] = ()


Check = Callable[[Scene, Filters, FilterFacts], bool]


def find_reason_to_hide(
    scene: Scene, filters: Filters, known: FilterFacts, ignored: Collection[str] = ()
) -> str | None:
    """Why this scene is not shown, or None: the first reason counts, so that the figures add up."""
    if scene.id in ignored and not filters.show_ignored:
        return "ignored"
    return next((reason for reason, is_hidden in CHECKS if is_hidden(scene, filters, known)), None)


def has_excluded_tag(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """One of its tags is left out."""
    del filters
    return bool(known.excluded) and any(
        tag.id in known.excluded or tag.name.lower() in known.excluded for tag in scene.tags
    )


def lacks_favorite_performer(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """None of its performers is a favourite."""
    del filters
    return known.performers is not None and not any(each.performer.id in known.performers for each in scene.performers)


def lacks_favorite_studio(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """Its studio is no favourite."""
    del filters
    return known.studios is not None and (scene.studio is None or scene.studio.id not in known.studios)


def lacks_favorite_tag(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """None of its tags is a favourite."""
    del filters
    return known.tags is not None and not any(tag.id in known.tags for tag in scene.tags)


def lacks_text(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """Some word is nowhere in title, code, studio or names."""
    del known
    if not filters.text:
        return False
    names = [name for each in scene.performers for name in (each.performer.name, each.alias)]
    texts = [scene.title, scene.code, scene.director, scene.studio.name if scene.studio else None, *names]
    everything = "\n".join(text for text in texts if text).casefold()
    return not all(word in everything for word in filters.text.casefold().split())


def is_out_of_dates(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """No day its date may mean lies in the span; without a date nobody knows."""
    del known
    if not filters.date_from and not filters.date_to:
        return False
    first, last = span_date(scene.date)
    return (
        not first
        or bool(filters.date_from and last < span_date(filters.date_from)[0])
        or bool(filters.date_to and first > span_date(filters.date_to)[1])
    )


def is_out_of_durations(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """It is too short or too long, or nobody knows."""
    del known
    return is_outside(scene.duration, filters.min_duration, filters.max_duration)


def lacks_gender(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """Nobody of that gender appears."""
    del known
    wanted = filters.performer_gender
    return bool(wanted) and not any(each.gender == wanted for each in scene.performers)


def is_out_of_counts(scene: Scene, filters: Filters, known: FilterFacts) -> bool:
    """Too few or too many appear."""
    del known
    return is_outside(len(scene.performers), filters.min_performers, filters.max_performers)


def is_outside(value: int | None, low: int | None, high: int | None) -> bool:
    """Whether a number is not known to be within bounds; without bounds everything is."""
    if low is None and high is None:
        return False
    return value is None or (low is not None and value < low) or (high is not None and value > high)


def span_date(text: str | None) -> tuple[str, str]:
    """The first and the last day a date may mean: `2024` is a whole year."""
    if not text:
        return "", ""
    return text + "-01-01"[len(text) - 4 :], text + "-12-31"[len(text) - 4 :]


CHECKS: tuple[tuple[str, Check], ...] = (
    ("excluded_tag", has_excluded_tag),
    ("no_favorite_performer", lacks_favorite_performer),
    ("no_favorite_studio", lacks_favorite_studio),
    ("no_favorite_tag", lacks_favorite_tag),
    ("text", lacks_text),
    ("date", is_out_of_dates),
    ("duration", is_out_of_durations),
    ("gender", lacks_gender),
    ("performer_count", is_out_of_counts),
)
