"""Whisparr's JSON as typed values; missing and null fields get defaults. Pure."""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOOKUP_PREFIXES = ("stash:", "stashid:")
SUPPORTED_BOX = "stashdb.org"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class WhisparrProgram(NamedTuple):
    """The program that answers, and its real address (with its URL base)."""

    base_url: str
    name: str
    version: str


class WhisparrScene(NamedTuple):
    """A scene in Whisparr's library, or a film, which has no `stash_id`.

    `is_new` from the add until the first disk scan; `last_search` is empty for never; `added` in seconds since 1970 by
    Whisparr's clock, 0 when it does not say.
    """

    id: int
    stash_id: str
    title: str
    monitored: bool
    has_file: bool
    is_available: bool
    is_new: bool
    last_search: str
    profile_id: int
    root_folder: str
    tags: tuple[int, ...]
    added: float = 0.0


class QueueRecord(NamedTuple):
    """A line of the download queue; `state` and `health` are empty for a download that has not begun."""

    id: int
    movie_id: int
    status: str
    state: str
    health: str
    size: float
    left: float
    time_left: float | None
    expected: str
    error: str
    messages: tuple[tuple[str, tuple[str, ...]], ...]


class Exclusion(NamedTuple):
    """A scene, studio, performer or tag that Whisparr must not add."""

    id: int
    stash_id: str
    title: str
    type: str
    reason: str


class SettingOption(NamedTuple):
    """An option of a setting: a quality profile, root folder or tag."""

    id: int
    name: str


class Health(NamedTuple):
    """A complaint of Whisparr's own: why adds work and nothing downloads."""

    type: str
    message: str


class SceneLookup(NamedTuple):
    """The metadata service's answer about a scene; a confused service also says `is_known` False."""

    is_known: bool
    scene: WhisparrScene | None
    is_excluded: bool


def supports_box(endpoint: str, name: str = "") -> bool:
    """True if Whisparr can add scenes of this stash-box: StashDB only (a copy on this machine counts)."""
    host = urlsplit(endpoint).hostname or ""
    return host == SUPPORTED_BOX or (host in LOOPBACK and name.strip().lower() == "stashdb")


def plain_id(text: str) -> str:
    """The bare UUID of a scene: without a lookup prefix, in lower case."""
    plain = text.strip().lower()
    for prefix in LOOKUP_PREFIXES:
        plain = plain[len(prefix) :] if plain.startswith(prefix) else plain
    return plain


def read_scene(entry: Mapping[str, Any]) -> WhisparrScene:
    """A scene; whether it has a file is said in one of three ways."""
    stash_id = plain_id(text_of(entry, "stashId") or text_of(entry, "foreignId"))
    return WhisparrScene(
        id=int_of(entry, "id"),
        stash_id=stash_id if UUID.fullmatch(stash_id) else "",
        title=text_of(entry, "title"),
        monitored=bool(entry.get("monitored")),
        has_file=reads_as_having_file(entry),
        is_available=entry.get("isAvailable") is not False,
        is_new=bool(entry.get("addOptions")),
        last_search=text_of(entry, "lastSearchTime"),
        profile_id=int_of(entry, "qualityProfileId"),
        root_folder=text_of(entry, "rootFolderPath"),
        tags=tuple(tag for tag in entry.get("tags") or () if isinstance(tag, int)),
        added=read_moment(text_of(entry, "added")),
    )


def reads_as_having_file(entry: Mapping[str, Any]) -> bool:
    """True if a scene has a file, by its flag, its file number or its file count."""
    if entry.get("hasFile") is not None:
        return bool(entry["hasFile"])
    statistics = entry.get("statistics")
    counted = int_of(statistics, "movieFileCount") if isinstance(statistics, dict) else 0
    return int_of(entry, "movieFileId") > 0 or counted > 0


def read_record(entry: Mapping[str, Any]) -> QueueRecord:
    """A line of the queue."""
    return QueueRecord(
        id=int_of(entry, "id"),
        movie_id=int_of(entry, "movieId"),
        status=text_of(entry, "status"),
        state=text_of(entry, "trackedDownloadState"),
        health=text_of(entry, "trackedDownloadStatus"),
        size=number_of(entry, "size"),
        left=number_of(entry, "sizeleft", "sizeLeft"),
        time_left=read_span(text_of(entry, "timeleft") or text_of(entry, "timeLeft")),
        expected=text_of(entry, "estimatedCompletionTime"),
        error=text_of(entry, "errorMessage").strip(),
        messages=tuple(read_message(each) for each in entry.get("statusMessages") or () if isinstance(each, dict)),
    )


def read_message(entry: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """A message about an import: its title and its lines."""
    lines = entry.get("messages") or ()
    return text_of(entry, "title").strip(), tuple(str(line).strip() for line in lines if str(line).strip())


def read_moment(text: str) -> float:
    """Whole seconds since 1970 from a time as .NET writes it, "2024-05-01T10:00:00.1234567Z"; 0 for anything else."""
    match = re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[.Z]|$)", text)
    return float(calendar.timegm(time.strptime(match[0], "%Y-%m-%dT%H:%M:%S"))) if match else 0.0


def read_span(text: str) -> float | None:
    """Seconds from a length of time as .NET writes it: "00:12:34" or "1.02:03:04"."""
    match = re.fullmatch(r"(?:(\d+)\.)?(\d+):(\d\d):(\d\d)(?:\.\d+)?", text)
    if not match:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def read_exclusion(entry: Mapping[str, Any]) -> Exclusion:
    """An exclusion."""
    texts = (text_of(entry, name) for name in ("movieTitle", "type", "reason"))
    return Exclusion(int_of(entry, "id"), plain_id(text_of(entry, "foreignId")), *texts)


def text_of(entry: Mapping[str, Any], name: str) -> str:
    """A value as text; absent is empty."""
    value = entry.get(name)
    return "" if value is None else str(value)


def int_of(entry: Mapping[str, Any], name: str) -> int:
    """A value as a whole number; absent is 0."""
    return int(number_of(entry, name))


def number_of(entry: Mapping[str, Any], *names: str) -> float:
    """The first of several names as a number; absent or no number is 0."""
    value = next((entry[name] for name in names if entry.get(name) is not None), 0)
    return float(value) if isinstance(value, (int, float)) else 0.0
