"""Whisparr's JSON as typed records; missing and null fields get defaults. Pure."""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.endpoints import split_url
from shared.reply_fields import int_of, list_of, number_of, text_of, values_of

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOOKUP_PREFIXES = ("stash:", "stashid:")
SUPPORTED_BOX = "stashdb.org"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class WhisparrProgram(NamedTuple):
    """The program that answers, and its real address with the URL base."""

    base_url: str
    name: str
    version: str


class WhisparrScene(NamedTuple):
    """A scene in Whisparr's library, or a film, which has no `stash_id`.

    `is_new` holds from the add until the first disk scan. `last_search` is empty if there was none. `added` is in
    seconds since 1970 by Whisparr's clock, or 0. `released` is the date as Whisparr writes it, `file_path` the place of
    its file as Whisparr sees it.
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
    released: str = ""
    file_path: str = ""


class QueueRecord(NamedTuple):
    """A line of the download queue; `state` and `health` are empty for a download that has not begun.

    `title` is that of the release, `client` the download client.
    """

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
    title: str = ""
    client: str = ""


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


class HealthWarning(NamedTuple):
    """A warning of Whisparr's health page, such as a missing download client."""

    type: str
    message: str


def supports_box(endpoint: str, name: str = "") -> bool:
    """Return True if Whisparr can add scenes of this stash-box: only of StashDB, or of a copy on this machine.

    The set-up test, lists, adds and follows ask.
    """
    host = split_url(endpoint).hostname or ""
    return host == SUPPORTED_BOX or (host in LOOPBACK and name.strip().lower() == "stashdb")


def plain_id(text: str) -> str:
    """Return the UUID of a scene in lower case, without a lookup prefix such as "stash:".

    All code that compares ids calls it.
    """
    plain = text.strip().lower()
    for prefix in LOOKUP_PREFIXES:
        plain = plain[len(prefix) :] if plain.startswith(prefix) else plain
    return plain


def read_scene(entry: Mapping[str, Any]) -> WhisparrScene:
    """Return the scene of an element of Whisparr's library; the client calls it."""
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
        tags=tuple(tag for tag in values_of(entry, "tags") if isinstance(tag, int)),
        added=read_moment(text_of(entry, "added")),
        released=text_of(entry, "releaseDate"),
        file_path=text_of(file, "path") if isinstance(file := entry.get("movieFile"), dict) else "",
    )


def reads_as_having_file(entry: Mapping[str, Any]) -> bool:
    """Return True if the element of a scene says that it has a file: by flag, file number or file count.

    `read_scene` asks.
    """
    if entry.get("hasFile") is not None:
        return bool(entry["hasFile"])
    statistics = entry.get("statistics")
    counted = int_of(statistics, "movieFileCount") if isinstance(statistics, dict) else 0
    return int_of(entry, "movieFileId") > 0 or counted > 0


def read_record(entry: Mapping[str, Any]) -> QueueRecord:
    """Return a line of the download queue from its JSON; the client calls it."""
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
        messages=tuple(map(read_message, list_of(entry, "statusMessages"))),
        title=text_of(entry, "title"),
        client=text_of(entry, "downloadClient"),
    )


def read_message(entry: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the title and the lines of a message about an import; `read_record` calls it."""
    lines = values_of(entry, "messages")
    return text_of(entry, "title").strip(), tuple(str(line).strip() for line in lines if str(line).strip())


def read_moment(text: str) -> float:
    """Return seconds since 1970 for a time as .NET writes it, "2024-05-01T10:00:00.1234567Z"; 0 for other text.

    `read_scene` calls it.
    """
    match = re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[.Z]|$)", text)
    try:
        return float(calendar.timegm(time.strptime(match[0], "%Y-%m-%dT%H:%M:%S"))) if match else 0.0
    except ValueError:  # a day that no calendar has
        return 0.0


def read_span(text: str) -> float | None:
    """Return seconds for a duration as .NET writes it, "00:12:34" or "1.02:03:04"; None for other text.

    `read_record` calls it.
    """
    match = re.fullmatch(r"(?:(\d+)\.)?(\d+):(\d\d):(\d\d)(?:\.\d+)?", text)
    if not match:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def read_exclusion(entry: Mapping[str, Any]) -> Exclusion:
    """Return an exclusion from its JSON; the client calls it."""
    texts = (text_of(entry, name) for name in ("movieTitle", "type", "reason"))
    return Exclusion(int_of(entry, "id"), plain_id(text_of(entry, "foreignId")), *texts)
