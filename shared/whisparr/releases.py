"""The releases that Whisparr's indexers offer for one scene, and the choice of one.

`guid` may hold the user's key at an indexer: it stays in the state file, and neither pages nor logs get it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.errors import NotFound, Refused
from shared.http import Request
from shared.reply_fields import int_of, list_of, number_of, text_of, values_of
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import NAME
from shared.whisparr.wire import API

LOOKING = "asking the indexers for releases"
GRABBING = "grabbing a release"
FORGOTTEN = "Whisparr does not remember this release any more. Look for releases again."
SEARCH_SECONDS = 120.0  # Whisparr answers when the slowest indexer has answered
CACHE_SECONDS = 1_800.0  # so long Whisparr remembers what it listed
MOST_RELEASES = 100
CONFLICT = 409


class ReleaseOffer(NamedTuple):
    """A release at an indexer. `seeders` is None for Usenet; `rejections` are Whisparr's reasons against it."""

    guid: str
    indexer_id: int
    title: str
    indexer: str
    size: float
    age_hours: float
    protocol: str
    seeders: int | None
    leechers: int | None
    quality: str
    score: int
    languages: tuple[str, ...]
    rejections: tuple[str, ...]


def search_releases(whisparr: Whisparr, movie_id: int) -> list[ReleaseOffer]:
    """Return what the indexers offer for a scene of the library, the best first; it can take two minutes.

    `whisparr_releases` and its task call it.
    """
    request = Request(
        "GET",
        f"{API}/release",
        params={"movieId": movie_id},
        operation=LOOKING,
        read_timeout=SEARCH_SECONDS,
        repeatable=False,  # a repetition would ask every indexer again
    )
    rows = whisparr.wire.check_rows(whisparr.wire.ask(request), LOOKING)
    rows = sorted(rows, key=lambda row: (row.get("rejected") is True, int_of(row, "releaseWeight")))
    return [read_release(row) for row in rows[:MOST_RELEASES]]


def read_release(row: Mapping[str, Any]) -> ReleaseOffer:
    """Return a release from its JSON; `search_releases` calls it."""
    quality = row.get("quality")
    inner = quality.get("quality") if isinstance(quality, dict) else None
    return ReleaseOffer(
        guid=text_of(row, "guid"),
        indexer_id=int_of(row, "indexerId"),
        title=text_of(row, "title"),
        indexer=text_of(row, "indexer"),
        size=number_of(row, "size"),
        age_hours=number_of(row, "ageHours"),
        protocol=text_of(row, "protocol"),
        seeders=None if row.get("seeders") is None else int_of(row, "seeders"),
        leechers=None if row.get("leechers") is None else int_of(row, "leechers"),
        quality=text_of(inner, "name") if isinstance(inner, dict) else "",
        score=int_of(row, "customFormatScore"),
        languages=tuple(filter(None, (text_of(each, "name") for each in list_of(row, "languages")))),
        rejections=tuple(map(str, values_of(row, "rejections"))),
    )


def grab_release(whisparr: Whisparr, guid: str, indexer_id: int, movie_id: int) -> None:
    """Let Whisparr download a release that it listed within half an hour, also one that it rejected.

    `whisparr_grab` calls it. Raises Refused with the next step if it is not remembered any more, or if the indexer
    does not hand it out.
    """
    body = {"guid": guid, "indexerId": indexer_id, "movieId": movie_id}
    try:
        whisparr.wire.write("POST", "release", GRABBING, json=body, repeatable=False)
    except NotFound as error:
        raise Refused(FORGOTTEN, service=NAME, operation=GRABBING, status=error.status) from error
    except Refused as error:
        if error.status != CONFLICT:
            raise
        message = "The indexer did not hand out this release to Whisparr. Choose another one, or try again later."
        raise Refused(message, service=NAME, operation=GRABBING, status=CONFLICT) from error
