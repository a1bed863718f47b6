"""Converts the criteria of a saved filter from the form Stash's page keeps to the form its API takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from shared.stash.filters import Filter

NULLS = ("IS_NULL", "NOT_NULL")
LEAVES_OUT = ("INCLUDES", "INCLUDES_ALL", "EXCLUDES")
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


def convert_criteria(kept: Mapping[str, Any]) -> tuple[Filter, list[str]]:
    """Return the filter for the API, and the names of the conditions that cannot be converted."""
    where: Filter = {}
    lost = []
    for name, saved in kept.items():
        try:
            where.update(CRITERIA[name](name, saved))
        except (KeyError, TypeError, ValueError):
            lost.append(name)
    return where, lost


def same(read: Callable[[Saved], Any]) -> Callable[[str, Any], Filter]:
    """A criterion that has one name in both forms."""
    return lambda name, saved: {name: read(as_object(saved))}


def read_text(saved: Saved) -> Filter:
    """A text, compared or matched."""
    return {"value": "" if saved["modifier"] in NULLS else as_text(saved["value"]), "modifier": saved["modifier"]}


def read_range(saved: Saved, read: Callable[[Any], Any], nothing: Any) -> Filter:
    """One or two values; older releases kept them beside the modifier instead of below it."""
    if saved["modifier"] in NULLS:
        return {"value": nothing, "modifier": saved["modifier"]}
    kept = saved["value"] if isinstance(saved["value"], Mapping) else saved
    second = kept.get("value2")
    more = {} if second in (None, "") else {"value2": read(second)}
    return {"value": read(kept["value"]), **more, "modifier": saved["modifier"]}


def read_numbers(saved: Saved) -> Filter:
    """Whole numbers."""
    return read_range(saved, as_number, 0)


def read_rating(saved: Saved) -> Filter:
    """A rating out of 100; one kept as a bare number is in stars of an unknown kind."""
    if saved["modifier"] not in NULLS and not isinstance(saved["value"], Mapping):
        raise ValueError(saved["value"])
    return read_numbers(saved)


def read_dates(saved: Saved) -> Filter:
    """Days."""
    return read_range(saved, as_text, "")


def read_moments(saved: Saved) -> Filter:
    """Times, with a blank in the page's form."""
    return read_range(saved, as_moment, "")


def read_members(saved: Saved) -> Filter:
    """Some of many, with others left out."""
    modifier, wanted, left_out, _ = read_ids(saved)
    if modifier == "EXCLUDES":
        modifier, wanted, left_out = "INCLUDES", [], [*left_out, *wanted]
    return {"value": wanted, "excludes": left_out, "modifier": modifier}


def read_tree(saved: Saved) -> Filter:
    """The same with those below them."""
    depth = 0 if saved["modifier"] == "EQUALS" else read_ids(saved)[3]
    return {**read_members(saved), "depth": depth}


def read_groups(saved: Saved) -> Filter:
    """The same where leaving out is a modifier of its own."""
    modifier, wanted, left_out, depth = read_ids(saved)
    return {"value": wanted, "excludes": left_out, "modifier": modifier, "depth": depth}


def read_list(saved: Saved) -> Filter:
    """Some of many where others cannot be left out."""
    modifier, wanted, left_out, _ = read_ids(saved)
    if left_out:
        raise ValueError(left_out)
    return {"value": wanted, "modifier": modifier}


def read_ids(saved: Saved) -> tuple[str, list[str], list[str], int]:
    """The modifier, the wanted, those left out, and how many levels below count as well."""
    modifier, kept = saved["modifier"], saved.get("value")
    if modifier in NULLS:
        return modifier, [], [], 0
    kept = {"items": kept} if isinstance(kept, list) else as_object(kept)
    left_out = list_ids(kept.get("excluded")) if modifier in LEAVES_OUT else []
    return modifier, list_ids(kept.get("items")), left_out, as_number(kept.get("depth") or 0)


def list_ids(items: Iterable[Saved] | None) -> list[str]:
    """The ids of named things."""
    return [str(as_number(item["id"])) for item in items or ()]


def read_flag(saved: Saved) -> bool:
    """Yes or no, as a word."""
    return {"true": True, "false": False}[str(saved["value"]).lower()]


def read_word(saved: Saved) -> str:
    """A word that is the whole criterion; an empty one would be none."""
    if not saved["value"]:
        raise ValueError(saved["value"])
    return as_text(saved["value"])


def read_duplicates(saved: Saved) -> Filter:
    """Convert the condition "has a duplicate"."""
    return {"duplicated": read_flag(saved)}


def read_resolution(saved: Saved) -> Filter:
    """By the height people know."""
    return {"value": RESOLUTIONS[saved["value"]], "modifier": saved["modifier"]}


def read_orientation(saved: Saved) -> Filter:
    """Any of several."""
    return {"value": [ORIENTATIONS[each] for each in saved["value"]]}


def read_captions(saved: Saved) -> Filter:
    """By language."""
    is_blank = saved["modifier"] in NULLS
    return {"value": "" if is_blank else LANGUAGES[saved["value"]], "modifier": saved["modifier"]}


def read_link(saved: Saved) -> Filter:
    """An id at a box, or at any."""
    kept = saved.get("value") or {}
    kept = kept if isinstance(kept, Mapping) else {"stashID": as_text(kept)}
    endpoint = {"endpoint": as_text(kept["endpoint"])} if kept.get("endpoint") else {}
    return {**endpoint, "stash_id": as_text(kept.get("stashID") or ""), "modifier": saved["modifier"]}


def read_phash(saved: Saved) -> Filter:
    """A perceptual hash and how far others may be from it."""
    if saved["modifier"] in NULLS:
        return read_text(saved)
    kept = saved["value"] if isinstance(saved["value"], Mapping) else saved
    distance = as_number(kept.get("distance") or 0)
    return {"value": as_text(kept["value"]), "distance": distance, "modifier": saved["modifier"]}


def read_folder(_: str, saved: Saved) -> Filter:
    """A folder, which the API has among the properties of files."""
    return {"files_filter": {"parent_folder": read_tree(as_object(saved))}}


def read_fields(name: str, saved: Any) -> Filter:
    """Fields people made up: alike in both forms."""
    if not isinstance(saved, list):
        raise TypeError(saved)
    return {name: saved}


def as_object(value: Any) -> Saved:
    """Named values."""
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


def as_text(value: object) -> str:
    """A text, nothing else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def as_number(value: Any) -> int:
    """A whole number, maybe written as a text."""
    if isinstance(value, bool) or int(value) != float(value):
        raise ValueError(value)
    return int(value)


def as_moment(value: object) -> str:
    """A time as the API reads it."""
    text = as_text(value).strip()
    if not MOMENT.fullmatch(text):
        raise ValueError(text)
    return text.replace(" ", "T")


_KINDS: dict[str, Callable[[Saved], Any]] = {
    "title code path details director oshash checksum video_codec audio_codec url": read_text,
    "o_counter framerate bitrate duration resume_time play_duration play_count tag_count performer_count "
    "performer_age interactive_speed file_count": read_numbers,
    "rating100": read_rating,
    "date": read_dates,
    "created_at updated_at last_played_at": read_moments,
    "organized interactive performer_favorite": read_flag,
    "has_markers is_missing": read_word,
    "tags performer_tags studios": read_tree,
    "groups": read_groups,
    "performers": read_members,
    "galleries movies": read_list,
    "duplicated": read_duplicates,
    "resolution": read_resolution,
    "orientation": read_orientation,
    "captions": read_captions,
    "stash_id_endpoint": read_link,
    "phash_distance": read_phash,
}
CRITERIA: dict[str, Callable[[str, Any], Filter]] = {
    **{name: same(read) for names, read in _KINDS.items() for name in names.split()},
    "folder": read_folder,
    "custom_fields": read_fields,
}
