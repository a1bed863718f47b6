"""Converts the conditions of a saved filter from the form Stash's page stores to the form its API takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from shared.stash.filters import Filter

NULL_MODIFIERS = ("IS_NULL", "NOT_NULL")
LEAVING_OUT_MODIFIERS = ("INCLUDES", "INCLUDES_ALL", "EXCLUDES")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d)?")
RESOLUTIONS = {
    "144p": "VERY_LOW",
    "240p": "LOW",
    "360p": "R360P",
    "480p": "STANDARD",
    "540p": "WEB_HD",
    "720p": "STANDARD_HD",
    "1080p": "FULL_HD",
    "1440p": "QUAD_HD",
    "4k": "FOUR_K",
    "5k": "FIVE_K",
    "6k": "SIX_K",
    "7k": "SEVEN_K",
    "8k": "EIGHT_K",
    "Huge": "HUGE",
}
ORIENTATIONS = {"Landscape": "LANDSCAPE", "Portrait": "PORTRAIT", "Square": "SQUARE"}
LANGUAGES = {
    "Deutsche": "de",
    "English": "en",
    "Español": "es",
    "Français": "fr",
    "Italiano": "it",
    "日本": "ja",
    "한국인": "ko",
    "Holandés": "nl",
    "Português": "pt",
    "Русский": "ru",
    "Unknown": "00",
}

Saved = Mapping[str, Any]


def convert_criteria(stored: Mapping[str, Any]) -> tuple[Filter, list[str]]:
    """Return a saved filter's conditions as a filter for the API, and the names of those that cannot be converted.

    The table CRITERIA has a converter for each condition; one that cannot convert a value raises an error.
    """
    where: Filter = {}
    unconvertible = []
    for name, saved in stored.items():
        try:
            where.update(CRITERIA[name](name, saved))
        except (KeyError, TypeError, ValueError):
            unconvertible.append(name)
    return where, unconvertible


def keep_name(convert: Callable[[Saved], Any]) -> Callable[[str, Any], Filter]:
    """Return a converter for the table CRITERIA, for a condition that has the same name in both forms."""
    return lambda name, saved: {name: convert(require_object(saved))}


def convert_text(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on a text, compared or matched. `convert_criteria` calls it."""
    return {
        "value": "" if saved["modifier"] in NULL_MODIFIERS else require_text(saved["value"]),
        "modifier": saved["modifier"],
    }


def convert_range(saved: Saved, convert: Callable[[Any], Any], empty_value: Any) -> Filter:
    """Return the API's form of a saved condition with one or two values; `convert` reads one value.

    The converters of numbers and times call it. Older releases of Stash stored the values beside the modifier
    instead of below it.
    """
    if saved["modifier"] in NULL_MODIFIERS:
        return {"value": empty_value, "modifier": saved["modifier"]}
    stored = saved["value"] if isinstance(saved["value"], Mapping) else saved
    second = stored.get("value2")
    more = {} if second in (None, "") else {"value2": convert(second)}
    return {"value": convert(stored["value"]), **more, "modifier": saved["modifier"]}


def convert_numbers(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on whole numbers. `convert_criteria` calls it."""
    return convert_range(saved, parse_number, 0)


def convert_rating(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on a rating; ValueError for a bare number, as stars are unknown.

    `convert_criteria` calls it.
    """
    if saved["modifier"] not in NULL_MODIFIERS and not isinstance(saved["value"], Mapping):
        raise ValueError(saved["value"])
    return convert_numbers(saved)


def convert_dates(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on days. `convert_criteria` calls it."""
    return convert_range(saved, require_text, "")


def convert_moments(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on times, which the page stores with a blank.

    `convert_criteria` calls it.
    """
    return convert_range(saved, parse_moment, "")


def convert_members(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on members, such as performers, with others left out.

    `convert_criteria` calls it.
    """
    modifier, wanted, left_out, _ = read_ids(saved)
    if modifier == "EXCLUDES":
        modifier, wanted, left_out = "INCLUDES", [], [*left_out, *wanted]
    return {"value": wanted, "excludes": left_out, "modifier": modifier}


def convert_tree(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on members with those below them, such as child tags.

    `convert_criteria` calls it.
    """
    depth = 0 if saved["modifier"] == "EQUALS" else read_ids(saved)[3]
    return {**convert_members(saved), "depth": depth}


def convert_groups(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on groups, where leaving out is a modifier of its own.

    `convert_criteria` calls it.
    """
    modifier, wanted, left_out, depth = read_ids(saved)
    return {"value": wanted, "excludes": left_out, "modifier": modifier, "depth": depth}


def convert_list(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on members of which none can be left out.

    `convert_criteria` calls it.
    """
    modifier, wanted, left_out, _ = read_ids(saved)
    if left_out:
        raise ValueError(left_out)
    return {"value": wanted, "modifier": modifier}


def read_ids(saved: Saved) -> tuple[str, list[str], list[str], int]:
    """Return modifier, ids to include, ids to leave out and levels below, for the converters of members."""
    modifier, stored = saved["modifier"], saved.get("value")
    if modifier in NULL_MODIFIERS:
        return modifier, [], [], 0
    stored = {"items": stored} if isinstance(stored, list) else require_object(stored)
    left_out = list_ids(stored.get("excluded")) if modifier in LEAVING_OUT_MODIFIERS else []
    return modifier, list_ids(stored.get("items")), left_out, parse_number(stored.get("depth") or 0)


def list_ids(items: Iterable[Saved] | None) -> list[str]:
    """Return the ids of stored members, for `read_ids`."""
    return [str(parse_number(item["id"])) for item in items or ()]


def convert_flag(saved: Saved) -> bool:
    """Return the API's form of a saved condition on true or false. `convert_criteria` calls it."""
    return {"true": True, "false": False}[str(saved["value"]).lower()]


def convert_word(saved: Saved) -> str:
    """Return the API's form of a saved condition on a single word, for `convert_criteria`.

    ValueError if it is empty.
    """
    if not saved["value"]:
        raise ValueError(saved["value"])
    return require_text(saved["value"])


def convert_duplicates(saved: Saved) -> Filter:
    """Return the API's form of the saved condition "has a duplicate". `convert_criteria` calls it."""
    return {"duplicated": convert_flag(saved)}


def convert_resolution(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on the resolution, such as 1080p. `convert_criteria` calls it."""
    return {"value": RESOLUTIONS[saved["value"]], "modifier": saved["modifier"]}


def convert_orientation(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on orientations. `convert_criteria` calls it."""
    return {"value": [ORIENTATIONS[each] for each in saved["value"]]}


def convert_captions(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on captions, which the page stores by the language's own name.

    `convert_criteria` calls it.
    """
    is_blank = saved["modifier"] in NULL_MODIFIERS
    return {"value": "" if is_blank else LANGUAGES[saved["value"]], "modifier": saved["modifier"]}


def convert_link(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on the scene's id at a box, or at any box.

    `convert_criteria` calls it.
    """
    stored = saved.get("value") or {}
    stored = stored if isinstance(stored, Mapping) else {"stashID": require_text(stored)}
    endpoint = {"endpoint": require_text(stored["endpoint"])} if stored.get("endpoint") else {}
    return {**endpoint, "stash_id": require_text(stored.get("stashID") or ""), "modifier": saved["modifier"]}


def convert_phash(saved: Saved) -> Filter:
    """Return the API's form of a saved condition on a perceptual hash and its distance. `convert_criteria` calls it."""
    if saved["modifier"] in NULL_MODIFIERS:
        return convert_text(saved)
    stored = saved["value"] if isinstance(saved["value"], Mapping) else saved
    distance = parse_number(stored.get("distance") or 0)
    return {"value": require_text(stored["value"]), "distance": distance, "modifier": saved["modifier"]}


def convert_folder(_: str, saved: Saved) -> Filter:
    """Return the API's form of a saved condition on a folder, for `convert_criteria`.

    The API has it among the properties of files.
    """
    return {"files_filter": {"parent_folder": convert_tree(require_object(saved))}}


def convert_custom_fields(name: str, saved: Any) -> Filter:
    """Return a condition on custom fields unchanged, for `convert_criteria`: it is alike in both forms."""
    if not isinstance(saved, list):
        raise TypeError(saved)
    return {name: saved}


def require_object(value: Any) -> Saved:
    """Return the value if it is a mapping; otherwise raise TypeError, so that the condition is refused.

    Converters ask.
    """
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


def require_text(value: object) -> str:
    """Return the value if it is a text; otherwise raise TypeError, so that the condition is refused. Converters ask."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def parse_number(value: Any) -> int:
    """Return a whole number, which may be stored as a text; ValueError refuses the condition. Converters call it."""
    if isinstance(value, bool) or int(value) != float(value):
        raise ValueError(value)
    return int(value)


def parse_moment(value: object) -> str:
    """Return a time as the API reads it; ValueError refuses the condition. The converter of times calls it."""
    text = require_text(value).strip()
    if not MOMENT.fullmatch(text):
        raise ValueError(text)
    return text.replace(" ", "T")


_KINDS: dict[str, Callable[[Saved], Any]] = {
    "title code path details director oshash checksum video_codec audio_codec url": convert_text,
    "o_counter framerate bitrate duration resume_time play_duration play_count tag_count performer_count "
    "performer_age interactive_speed file_count": convert_numbers,
    "rating100": convert_rating,
    "date": convert_dates,
    "created_at updated_at last_played_at": convert_moments,
    "organized interactive performer_favorite": convert_flag,
    "has_markers is_missing": convert_word,
    "tags performer_tags studios": convert_tree,
    "groups": convert_groups,
    "performers": convert_members,
    "galleries movies": convert_list,
    "duplicated": convert_duplicates,
    "resolution": convert_resolution,
    "orientation": convert_orientation,
    "captions": convert_captions,
    "stash_id_endpoint": convert_link,
    "phash_distance": convert_phash,
}
CRITERIA: dict[str, Callable[[str, Any], Filter]] = {
    **{name: keep_name(convert) for names, convert in _KINDS.items() for name in names.split()},
    "folder": convert_folder,
    "custom_fields": convert_custom_fields,
}
