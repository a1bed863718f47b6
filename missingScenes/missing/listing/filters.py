"""The filters of the list. Each is declared once, in FILTERS: its arguments, the scenes it hides, and the reason.

The page's half is `ui/core/filters.js` (the input) and `ui/words/en.js` (`filter.<name>` and `hidden.<reason>`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from shared.arguments import Argument, choice, flag, pattern, text, texts, whole
from shared.folding import fold_text
from shared.stash_box import Scene

FAVORITE_KINDS = ("performers", "studios", "tags")
GENDERS = ("FEMALE", "MALE", "TRANSGENDER_FEMALE", "TRANSGENDER_MALE", "INTERSEX", "NON_BINARY")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
DATE_WORDS = "a year, month or day such as 2024, 2024-05 or 2024-05-01"

FilterValues = Mapping[str, Any]


class FilterContext(NamedTuple):
    """The data that filters compare a scene with: filter values, favorites, excluded tags, ignored scenes."""

    values: FilterValues = {}  # what the page asks for, by argument
    favorites: Mapping[str, Collection[str]] = {}  # the box's ids of favorites, only of kinds whose filter is on
    excluded_tags: Collection[str] = ()  # ids, or lower-case names from old settings
    ignored: Collection[str] = ()  # ids of scenes on the ignored list
    with_file: Collection[str] = ()  # ids of scenes whose file is surely in the library, without a link


class ListFilter(NamedTuple):
    """One filter: the name under which hidden scenes are counted, its arguments, and its test."""

    reason: str
    arguments: tuple[Argument, ...]
    hides: Callable[[Scene, FilterContext], bool]


def read_filters(args: Mapping[str, Any]) -> FilterValues:
    """Return every filter's values from the arguments of `find_missing`; equal filters have equal values."""
    values = {row.name: args[row.name] for row in FILTER_ARGUMENTS}
    tags = values["excluded_tags"]
    words = " ".join(values["text"].split())
    return {**values, "text": words, "excluded_tags": None if tags is None else tuple(sorted(tags))}


def list_favorite_kinds(values: FilterValues) -> tuple[str, ...]:
    """Return the kinds (performers, studios, tags) whose favorites filter is on.

    `read_list_setup` calls it, and reads the favorites of these kinds from Stash.
    """
    return tuple(kind for kind in FAVORITE_KINDS if values[f"filter_favorite_{kind}"])


def find_reason_to_hide(scene: Scene, context: FilterContext) -> str | None:
    """Return the name of the first filter that hides a scene, or None; the scan of the box's list calls it.

    Only one reason counts, so that the figures add up.
    """
    return next((each.reason for each in FILTERS if each.hides(scene, context)), None)


def has_unlinked_file(scene: Scene, context: FilterContext) -> bool:
    """Filter `unlinked_file`: return True if the library surely has its file unlinked, and such are not asked for."""
    return scene.id in context.with_file and not context.values["show_unlinked"]


def is_ignored(scene: Scene, context: FilterContext) -> bool:
    """Filter `ignored`: return True if the scene is on the ignored list and ignored scenes are not asked for.

    The scan calls each filter.
    """
    return scene.id in context.ignored and not context.values["show_ignored"]


def has_excluded_tag(scene: Scene, context: FilterContext) -> bool:
    """Filter `excluded_tag`: return True if one of the scene's tags is excluded by id or name."""
    excluded = context.excluded_tags
    return bool(excluded) and any(tag.id in excluded or fold_text(tag.name) in excluded for tag in scene.tags)


def lacks_favorite_performer(scene: Scene, context: FilterContext) -> bool:
    """Filter `no_favorite_performer`: return True if the filter is on and no performer is a favorite."""
    return _lacks_favorite(context, "performers", [each.performer.id for each in scene.performers])


def lacks_favorite_studio(scene: Scene, context: FilterContext) -> bool:
    """Filter `no_favorite_studio`: return True if the filter is on and the studio is no favorite."""
    return _lacks_favorite(context, "studios", [scene.studio.id] if scene.studio else [])


def lacks_favorite_tag(scene: Scene, context: FilterContext) -> bool:
    """Filter `no_favorite_tag`: return True if the filter is on and no tag is a favorite."""
    return _lacks_favorite(context, "tags", [tag.id for tag in scene.tags])


def lacks_text(scene: Scene, context: FilterContext) -> bool:
    """Filter `text`: return True if a word is missing in title, code, director, studio and performers' names."""
    words = fold_text(context.values["text"]).split()
    if not words:
        return False
    names = [name for each in scene.performers for name in (each.performer.name, each.alias)]
    texts = [scene.title, scene.code, scene.director, scene.studio.name if scene.studio else None, *names]
    everything = fold_text("\n".join(text for text in texts if text))
    return not all(word in everything for word in words)


def is_outside_dates(scene: Scene, context: FilterContext) -> bool:
    """Filter `date`: return True if the scene was surely released outside the dates, or has no date."""
    low, high = context.values["date_from"], context.values["date_to"]
    if not low and not high:
        return False
    first, last = span_date(scene.date)
    return not first or bool(low and last < span_date(low)[0]) or bool(high and first > span_date(high)[1])


def is_outside_durations(scene: Scene, context: FilterContext) -> bool:
    """Filter `duration`: return True, to hide the scene, if it is too short or too long or its length is unknown.

    `find_reason_to_hide` calls it by FILTERS.
    """
    return is_outside(scene.duration, context.values["min_duration"], context.values["max_duration"])


def lacks_gender(scene: Scene, context: FilterContext) -> bool:
    """Filter `gender`: return True if no performer of the scene has the gender that the page asks for."""
    wanted = context.values["performer_gender"]
    return bool(wanted) and not any(each.gender == wanted for each in scene.performers)


def is_outside_performer_counts(scene: Scene, context: FilterContext) -> bool:
    """Filter `performer_count`: return True if the scene has too few or too many performers."""
    return is_outside(len(scene.performers), context.values["min_performers"], context.values["max_performers"])


def is_outside(value: int | None, low: int | None, high: int | None) -> bool:
    """Return True if a number is outside a filter's bounds, or unknown while there are bounds; filters call it."""
    if low is None and high is None:
        return False
    return value is None or (low is not None and value < low) or (high is not None and value > high)


def span_date(text: str | None) -> tuple[str, str]:
    """Return the first and the last day that a date may mean, for the date filter: `2024` is a whole year."""
    if not text:
        return "", ""
    return text + "-01-01"[len(text) - 4 :], text + "-12-31"[len(text) - 4 :]


def _lacks_favorite(context: FilterContext, kind: str, ids: Collection[str]) -> bool:
    favorites = context.favorites.get(kind)
    return favorites is not None and not any(each in favorites for each in ids)


FILTERS = (
    # The first row, so that figures count every such scene as owned, whatever else would hide it.
    ListFilter("unlinked_file", (flag("show_unlinked"),), has_unlinked_file),
    ListFilter("ignored", (flag("show_ignored"),), is_ignored),
    ListFilter(
        "excluded_tag", (texts("excluded_tags", None, "ids of the box; the default is the setting"),), has_excluded_tag
    ),
    ListFilter("no_favorite_performer", (flag("filter_favorite_performers"),), lacks_favorite_performer),
    ListFilter("no_favorite_studio", (flag("filter_favorite_studios"),), lacks_favorite_studio),
    ListFilter("no_favorite_tag", (flag("filter_favorite_tags"),), lacks_favorite_tag),
    ListFilter("text", (text("text", ""),), lacks_text),
    ListFilter(
        "date", (pattern("date_from", DATE_WORDS, DATE, ""), pattern("date_to", DATE_WORDS, DATE, "")), is_outside_dates
    ),
    ListFilter(
        "duration",
        (whole("min_duration", None, "seconds"), whole("max_duration", None, "seconds")),
        is_outside_durations,
    ),
    ListFilter("gender", (choice("performer_gender", GENDERS, ""),), lacks_gender),
    ListFilter(
        "performer_count",
        (whole("min_performers", None), whole("max_performers", None)),
        is_outside_performer_counts,
    ),
)
FILTER_ARGUMENTS = tuple(row for each in FILTERS for row in each.arguments)
UNLINKED_FILE = FILTERS[0].reason  # a scene hidden for this reason is in the library
