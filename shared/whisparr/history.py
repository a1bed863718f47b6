"""Whisparr's history of scenes: grabbed, imported, failed, deleted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from shared.reply_fields import int_of, text_of
from shared.whisparr.client import Whisparr

FAILED = "downloadFailed"
FAILED_NUMBER = 4  # the number of the type in requests
READING = "reading the history"


class DownloadEvent(NamedTuple):
    """A line of Whisparr's history; `date` is its text, `detail` the reason, the file or the indexer."""

    movie_id: int
    type: str
    title: str
    date: str
    detail: str


def read_events(whisparr: Whisparr, movie_id: int) -> list[DownloadEvent]:
    """Return the history of one scene, newest first, for its dialog."""
    rows = whisparr.wire.read_rows("history/movie", READING, {"movieId": movie_id})
    return sorted(map(read_event, rows), key=lambda event: event.date, reverse=True)


def read_failures(whisparr: Whisparr, since: float) -> dict[int, DownloadEvent]:
    """Return the last failed download of each scene since a time, by Whisparr's numbers, in one request.

    The statuses ask.
    """
    date = datetime.datetime.fromtimestamp(since, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = whisparr.wire.read_rows("history/since", READING, {"date": date, "eventType": FAILED_NUMBER})
    return find_last(event for event in map(read_event, rows) if event.type == FAILED)


def find_last(events: Iterable[DownloadEvent]) -> dict[int, DownloadEvent]:
    """Return the newest event of each scene, for the failed downloads."""
    return {event.movie_id: event for event in sorted(events, key=lambda event: event.date)}


def read_event(row: Mapping[str, Any]) -> DownloadEvent:
    """Return an event from its JSON, without the addresses that hold keys; the readers of the history call it."""
    data = row.get("data")
    told = data if isinstance(data, dict) else {}
    detail = next(
        (text_of(told, name) for name in ("message", "importedPath", "reason", "indexer") if told.get(name)), ""
    )
    return DownloadEvent(
        int_of(row, "movieId"), text_of(row, "eventType"), text_of(row, "sourceTitle"), text_of(row, "date"), detail
    )
