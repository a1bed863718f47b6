"""Routes besides the library: settings, queue, exclusions, commands, performers and studios."""

from __future__ import annotations

import re

from sandbox.messages import Response, json_response
from sandbox.whisparr.answers import failed, invalid, not_found, not_valid
from sandbox.whisparr.context import WhisparrRequest
from sandbox.whisparr.model import QueuedCommand, QueueRecord
from sandbox.whisparr.rendering import show_command, show_exclusion, show_followed, show_movie, show_record

COMMANDS = {"MoviesSearch", "RefreshMovie", "RescanMovie", "MissingMoviesSearch", "RefreshPerformers", "RefreshStudios"}


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
    """POST command."""
    body, state = asked.body_object(), asked.state
    name, ids = str(body.get("name", "")), list(body.get("movieids") or [])
    if name not in COMMANDS:
        raise failed(500, f"Unknown command {name}")
    command = QueuedCommand(state.number("commands"), name, ids, state.now())
    state.commands[command.id] = command
    if name == "MoviesSearch":
        for movie in (state.movies[key] for key in ids if key in state.movies):
            state.search(movie)
    return json_response(show_command(state, command), 201)


def show_one_command(asked: WhisparrRequest) -> Response:
    """GET command/{id}."""
    command = asked.state.commands.get(int(asked.match["id"]))
    if command is None:
        raise not_found()
    return json_response(show_command(asked.state, command))


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
