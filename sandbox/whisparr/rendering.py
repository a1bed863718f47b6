"""Renders Whisparr's records as JSON: camel case, nulls left out."""

from __future__ import annotations

import datetime
from typing import Any

from sandbox.whisparr.model import (
    ExcludedMovie,
    Followed,
    HistoryLine,
    IndexerRelease,
    Movie,
    QueuedCommand,
    QueueRecord,
)
from sandbox.whisparr.state import WhisparrState


def show_time(moment: float | None) -> str | None:
    """Return a time in ISO form, for the JSON of the Whisparr double."""
    if moment is None:
        return None
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def show_span(seconds: float | None) -> str | None:
    """Return a length of time as .NET writes it, for the queue: 00:12:34, or 1.02:03:04 with days."""
    if seconds is None:
        return None
    days, rest = divmod(int(seconds), 86_400)
    text = f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"
    return f"{days}.{text}" if days else text


def without_nulls(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object as Whisparr sends it: the keys with null are left out."""
    return {name: each for name, each in value.items() if each is not None}


def show_movie(state: WhisparrState, movie: Movie, *, with_file: bool = True) -> dict[str, Any]:
    """Return a scene as JSON; some answers leave `hasFile` out (`with_file` False)."""
    known = movie.known
    is_released = known.date <= (show_time(state.now()) or "")[:10]
    return without_nulls(
        {
            "id": movie.id,
            "foreignId": known.foreign_id,
            "stashId": known.foreign_id,
            "tmdbId": 0,
            "itemType": "scene",
            "title": known.title,
            "sortTitle": known.title.lower(),
            "cleanTitle": "".join(filter(str.isalnum, known.title.lower())),
            "titleSlug": known.foreign_id,
            "overview": "",
            "year": int(known.date[:4] or 0),
            "releaseDate": f"{known.date}T00:00:00Z" if known.date else None,
            "status": "released" if is_released else "announced",
            "isAvailable": is_released,
            "studioTitle": known.studio or None,
            "studioForeignId": known.studio_id or None,
            "credits": [{"performerForeignId": each, "type": "cast"} for each in known.performer_ids],
            "images": [],
            "monitored": movie.monitored,
            "qualityProfileId": movie.quality_profile_id,
            "path": movie.path,
            "rootFolderPath": movie.root_folder,
            "folderName": movie.path,
            "tags": movie.tags,
            "hasFile": movie.has_file if with_file else None,
            "movieFileId": movie.id * 10 if movie.has_file else 0,
            "movieFile": {"id": movie.id * 10, "path": movie.file_path, "size": movie.size_on_disk}
            if movie.has_file and with_file
            else None,
            "sizeOnDisk": movie.size_on_disk,
            "statistics": {"movieFileCount": int(movie.has_file), "sizeOnDisk": movie.size_on_disk},
            "added": show_time(movie.added),
            "lastSearchTime": show_time(movie.last_search),
            "addOptions": movie.add_options,
        }
    )


def show_record(state: WhisparrState, record: QueueRecord) -> dict[str, Any]:
    """Return a line of Whisparr's queue as JSON, for its routes."""
    messages = [{"title": title, "messages": texts} for title, texts in record.messages]
    done = record.completes_at
    if done is None and record.seconds_left is not None:
        done = state.now() + record.seconds_left
    return without_nulls(
        {
            "id": record.id,
            "movieId": record.movie_id,
            "title": record.title or f"Some.Release.{record.id}.1080p",
            "size": record.size,
            "sizeleft": record.left,
            "timeleft": show_span(record.seconds_left),
            "estimatedCompletionTime": show_time(done),
            "added": show_time(state.now()),
            "status": record.status,
            "trackedDownloadStatus": record.health,
            "trackedDownloadState": record.state,
            "statusMessages": messages,
            "errorMessage": record.error or None,
            "downloadId": f"DL{record.id}",
            "protocol": "torrent",
            "downloadClient": "client",
            "indexer": "indexer",
        }
    )


def show_exclusion(exclusion: ExcludedMovie) -> dict[str, Any]:
    """Return an exclusion as Whisparr's JSON, for its routes."""
    return {
        "id": exclusion.id,
        "foreignId": exclusion.foreign_id,
        "movieTitle": exclusion.title,
        "type": exclusion.type,
        "reason": exclusion.reason,
    }


def show_followed(followed: Followed) -> dict[str, Any]:
    """Return a performer or studio that Whisparr monitors as JSON, for `list_followed`."""
    names = {"fullName": followed.name, "title": followed.name}
    return {"id": followed.id, "foreignId": followed.foreign_id, **names, "monitored": followed.monitored}


def show_command(state: WhisparrState, command: QueuedCommand) -> dict[str, Any]:
    """Return a command of Whisparr and its progress as JSON; the message tells the result once it has ended."""
    elapsed = state.now() - command.queued
    status = "completed" if elapsed >= command.seconds else "started" if elapsed > 0 else "queued"
    is_done = status == "completed"
    times = {"queued": show_time(command.queued), "ended": show_time(state.now()) if is_done else None}
    result = {"result": "successful" if is_done else "unknown", "message": command.message if is_done else None}
    return without_nulls({"id": command.id, "name": command.name, "status": status, **times, **result})


def show_event(event: HistoryLine) -> dict[str, Any]:
    """Return an event of a scene's history as Whisparr's JSON; the history routes of the double call it."""
    return {
        "id": event.id,
        "movieId": event.movie_id,
        "sourceTitle": event.title,
        "date": show_time(event.date),
        "eventType": event.type,
        "downloadId": f"DL{event.id}",
        "data": event.data,
    }


def show_release(release: IndexerRelease, movie_id: int, weight: int) -> dict[str, Any]:
    """Return an offer of an indexer as Whisparr's JSON, with the addresses that hold the user's key there."""
    is_rejected = bool(release.rejections)
    return without_nulls(
        {
            "guid": release.guid,
            "indexerId": release.indexer_id,
            "indexer": release.indexer,
            "title": release.title,
            "size": release.size,
            "age": int(release.hours // 24),
            "ageHours": release.hours,
            "protocol": release.protocol,
            "seeders": release.seeders,
            "leechers": None if release.seeders is None else 1,
            "quality": {"quality": {"id": 3, "name": release.quality}, "revision": {"version": 1}},
            "customFormatScore": release.score,
            "languages": [{"id": 1, "name": "English"}],
            "approved": not is_rejected,
            "temporarilyRejected": False,
            "rejected": is_rejected,
            "rejections": list(release.rejections),
            "downloadAllowed": release.is_mapped,
            "mappedMovieId": movie_id if release.is_mapped else None,
            "releaseWeight": weight,
            "downloadUrl": release.guid,
            "infoUrl": f"https://indexer.invalid/details/{weight}",
        }
    )
