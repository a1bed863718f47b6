"""Routes besides the library: settings, queue, exclusions, commands, performers and studios."""

from __future__ import annotations

import datetime
import re

from sandbox.messages import Response, UnknownRequest, json_response
from sandbox.whisparr.answers import failed, invalid, not_found, not_valid
from sandbox.whisparr.context import WhisparrRequest
from sandbox.whisparr.model import QueuedCommand, QueueRecord
from sandbox.whisparr.rendering import (
    show_command,
    show_event,
    show_exclusion,
    show_followed,
    show_movie,
    show_record,
    show_release,
)
from sandbox.whisparr.state import WhisparrState

COMMANDS = {"MoviesSearch", "RefreshMovie", "RescanMovie", "MissingMoviesSearch", "RefreshPerformers", "RefreshStudios"}
EVENT_TYPES = {
    "1": "grabbed",
    "3": "downloadFolderImported",
    "4": "downloadFailed",
    "6": "movieFileDeleted",
    "9": "downloadIgnored",
}


def list_profiles(asked: WhisparrRequest) -> Response:
    """GET qualityprofile."""
    rows = [
        {"id": key, "name": name, "upgradeAllowed": True, "items": []} for key, name in asked.state.profiles.items()
    ]
    return json_response(rows)


def list_root_folders(asked: WhisparrRequest) -> Response:
    """GET rootfolder."""
    rows = [
        {"id": key, "path": path, "accessible": True, "freeSpace": 10**12, "unmappedFolders": []}
        for key, path in asked.state.root_folders.items()
    ]
    return json_response(rows)


def list_tags(asked: WhisparrRequest) -> Response:
    """GET tag."""
    return json_response([{"id": key, "label": label} for key, label in asked.state.tags.items()])


def add_tag(asked: WhisparrRequest) -> Response:
    """POST tag."""
    label = str(asked.body_object().get("label", "")).lower()
    if not re.fullmatch(r"[a-z0-9-]+", label):
        raise not_valid(invalid("Label", "Allowed characters a-z, 0-9 and -", label, "RegularExpressionValidator"))
    key = next((key for key, known in asked.state.tags.items() if known == label), 0) or asked.state.number("tags")
    asked.state.tags[key] = label
    return json_response({"id": key, "label": label}, 201)


def list_exclusions(asked: WhisparrRequest) -> Response:
    """GET exclusions: all of a type (scenes when none is named), or the one of ?stashId= whatever its type."""
    rows = list(asked.state.exclusions.values())
    if wanted := asked.request.parameter("stashId"):
        rows = [each for each in rows if each.foreign_id == wanted]
    else:
        rows = [each for each in rows if each.type == asked.request.parameter("type", "scene")]
    return json_response([show_exclusion(each) for each in rows])


def add_exclusion(asked: WhisparrRequest) -> Response:
    """POST exclusions."""
    body, state = asked.body_object(), asked.state
    foreign_id, title = body.get("foreignid"), body.get("movietitle")
    if not foreign_id or not title:
        raise not_valid(invalid("MovieTitle" if foreign_id else "ForeignId", "must not be empty"))
    if state.find_exclusion(foreign_id):
        raise not_valid(invalid("ForeignId", "This exclusion has already been added", foreign_id))
    return json_response(show_exclusion(state.exclude(foreign_id, title, body.get("type", "scene"))), 201)


def delete_exclusion(asked: WhisparrRequest) -> Response:
    """DELETE exclusions/{id}."""
    if asked.state.exclusions.pop(int(asked.match["id"]), None) is None:
        raise failed(404, f"Exclusion with ID {asked.match['id']} does not exist")
    return Response(200)


def list_queue(asked: WhisparrRequest) -> Response:
    """GET queue: ten a page unless asked otherwise, without unknown items."""
    records = [record for record in asked.state.records.values() if record.movie_id is not None]
    records.sort(key=lambda record: record.seconds_left or 0, reverse=True)
    number, size = int(asked.request.parameter("page", "1")), int(asked.request.parameter("pageSize", "10"))
    shown = [show_record(asked.state, record) for record in records[(number - 1) * size : number * size]]
    page = {"page": number, "pageSize": size, "sortKey": "timeleft", "sortDirection": "descending"}
    return json_response({**page, "totalRecords": len(records), "records": shown})


def list_queue_details(asked: WhisparrRequest) -> Response:
    """GET queue/details: everything, or the lines of one scene."""
    records = list(asked.state.records.values())
    if wanted := asked.request.parameter("movieId"):
        records = [record for record in records if record.movie_id == int(wanted)]
    return json_response([show_record(asked.state, record) for record in records])


def count_queue(asked: WhisparrRequest) -> Response:
    """GET queue/status."""
    records = list(asked.state.records.values())
    unknown = sum(record.movie_id is None for record in records)
    return json_response({"totalCount": len(records), "count": len(records) - unknown, "unknownCount": unknown})


def delete_record(asked: WhisparrRequest) -> Response:
    """DELETE queue/{id}."""
    record: QueueRecord | None = asked.state.records.pop(int(asked.match["id"]), None)
    if record is None:
        raise not_found()
    return Response(200)


def start_command(asked: WhisparrRequest) -> Response:
    """POST command; an equal one that still runs is returned instead."""
    body, state = asked.body_object(), asked.state
    name, ids = str(body.get("name", "")), list(body.get("movieids") or [])
    if name not in COMMANDS:
        raise failed(500, f"Unknown command {name}")
    running = next((each for each in state.commands.values() if is_same_command(state, each, name, ids)), None)
    command = running or QueuedCommand(state.number("commands"), name, ids, state.now())
    state.commands[command.id] = command
    if name == "MoviesSearch" and not running:
        command.message = search_movies(state, ids)
    return json_response(show_command(state, command), 201)


def is_same_command(state: WhisparrState, command: QueuedCommand, name: str, ids: list[int]) -> bool:
    """Return True if a command with the same name and scenes has not ended; `start_command` asks."""
    return (command.name, command.movie_ids) == (name, ids) and state.now() - command.queued < command.seconds


def search_movies(state: WhisparrState, ids: list[int]) -> str:
    """Search for scenes and return the command's message; one unknown id fails all of it. `start_command` calls it."""
    if any(key not in state.movies for key in ids):
        return f"Expected query to return {len(ids)} rows"
    before = len(state.records)
    for key in ids:
        state.search(state.movies[key])
    return f"Completed search for {len(ids)} movies. {len(state.records) - before} reports downloaded."


def show_one_command(asked: WhisparrRequest) -> Response:
    """GET command/{id}."""
    command = asked.state.commands.get(int(asked.match["id"]))
    if command is None:
        raise not_found()
    return json_response(show_command(asked.state, command))


def list_releases(asked: WhisparrRequest) -> Response:
    """GET release?movieId=: without it, Whisparr would read the RSS of every indexer."""
    wanted = asked.request.parameter("movieId")
    if not wanted:
        raise UnknownRequest("GET release without movieId reads the RSS of every indexer")
    movie = asked.state.movies.get(int(wanted))
    if movie is None:
        raise failed(404, f"Movie with ID {wanted} does not exist")
    if not movie.known.date:
        raise failed(500, "Nullable object must have a value.")
    offers = asked.state.offer(movie)
    return json_response([show_release(each, movie.id, number) for number, each in enumerate(offers)])


def grab_release(asked: WhisparrRequest) -> Response:
    """POST release: only what was listed within half an hour, rejected or not."""
    body, state = asked.body_object(), asked.state
    guid, indexer_id = str(body.get("guid", "")), body.get("indexerid")
    if not guid or not isinstance(indexer_id, int) or indexer_id <= 0:
        raise not_valid(invalid("IndexerId" if guid else "Guid", "must not be empty", indexer_id))
    offer = state.find_offer(guid, indexer_id)
    if offer is None:
        raise failed(404, "Couldn't find requested release in cache, try searching again")
    release, mapped = offer
    movie = state.movies.get(body.get("movieid") or mapped)
    if movie is None:
        raise failed(404, "Unable to parse movie in the release, will need to be manually provided")
    if state.behavior.indexer_down:
        raise failed(409, "Getting release from indexer failed")
    state.grab(movie, release.title)
    return json_response(show_release(release, movie.id, 0))


def list_movie_history(asked: WhisparrRequest) -> Response:
    """GET history/movie?movieId=: all events of one scene, newest first."""
    wanted = int(asked.request.parameter("movieId", "0"))
    rows = [each for each in asked.state.events.values() if each.movie_id == wanted]
    return json_response([show_event(each) for each in sorted(rows, key=lambda each: each.id, reverse=True)])


def list_history_since(asked: WhisparrRequest) -> Response:
    """GET history/since?date=&eventType=: unpaged; the type is a number or a name."""
    since = datetime.datetime.fromisoformat(asked.request.parameter("date").replace("Z", "+00:00")).timestamp()
    wanted = asked.request.parameter("eventType")
    kind = EVENT_TYPES.get(wanted, wanted)
    rows = [each for each in asked.state.events.values() if each.date >= since and kind in ("", each.type)]
    return json_response([show_event(each) for each in rows])


def list_followed(asked: WhisparrRequest) -> Response:
    """GET performer and studio, with ?stashId= for one."""
    rows = getattr(asked.state, f"{asked.match['kind']}s").values()
    wanted = asked.request.parameter("stashId")
    return json_response([show_followed(each) for each in rows if not wanted or each.foreign_id == wanted])


def list_missing(asked: WhisparrRequest) -> Response:
    """GET wanted/missing."""
    wants_monitored = asked.request.parameter("monitored", "true") == "true"
    rows = [each for each in asked.state.movies.values() if not each.has_file and each.monitored == wants_monitored]
    number, size = int(asked.request.parameter("page", "1")), int(asked.request.parameter("pageSize", "10"))
    shown = [show_movie(asked.state, movie) for movie in rows[(number - 1) * size : number * size]]
    return json_response({"page": number, "pageSize": size, "totalRecords": len(rows), "records": shown})


def show_health(asked: WhisparrRequest) -> Response:
    """GET health."""
    del asked
    text = "No indexers available with RSS sync enabled"
    return json_response(
        [{"source": "IndexerRssCheck", "type": "warning", "message": text, "wikiUrl": "https://example.org"}]
    )
