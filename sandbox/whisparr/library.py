"""Routes of the library: reading, adding, editing and deleting scenes."""

from __future__ import annotations

from typing import Any

from sandbox.messages import Response, json_response
from sandbox.whisparr.answers import failed, invalid, not_found, not_valid, unreadable
from sandbox.whisparr.context import WhisparrRequest
from sandbox.whisparr.model import MetadataScene, Movie
from sandbox.whisparr.rendering import show_movie
from sandbox.whisparr.state import WhisparrState


def list_movies(asked: WhisparrRequest) -> Response:
    """GET movie: the whole library, or the one scene of ?stashId=."""
    movies = list(asked.state.movies.values())
    if "stashId" in asked.request.query:
        wanted = asked.request.parameter("stashId")
        movies = [movie for movie in movies if movie.foreign_id == wanted]
    return json_response([show_movie(asked.state, movie) for movie in movies])


def show_one(asked: WhisparrRequest) -> Response:
    """GET movie/{id}."""
    return json_response(show_movie(asked.state, find_movie(asked)))


def find_movie(asked: WhisparrRequest) -> Movie:
    """Return the scene in the path, or answer 404, for the scene routes of the Whisparr double."""
    movie = asked.state.movies.get(int(asked.match["id"]))
    if movie is None:
        raise not_found()
    return movie


def list_ids(asked: WhisparrRequest) -> Response:
    """GET movie/list."""
    return json_response(sorted(asked.state.movies))


def list_by_performer(asked: WhisparrRequest) -> Response:
    """GET movie/listByPerformerForeignId."""
    wanted = asked.request.parameter("performerForeignId")
    return json_response([each.id for each in asked.state.movies.values() if wanted in each.known.performer_ids])


def list_by_studio(asked: WhisparrRequest) -> Response:
    """GET movie/listByStudioForeignId; sub-studios are not included."""
    wanted = asked.request.parameter("studioForeignId")
    return json_response([each.id for each in asked.state.movies.values() if each.known.studio_id == wanted])


def read_bulk(asked: WhisparrRequest) -> Response:
    """POST movie/bulk: the scenes of some ids; unknown ones are left out."""
    ids = asked.body()
    if not isinstance(ids, list):
        raise unreadable("$", "The JSON value could not be converted to a list.")
    return json_response([show_movie(asked.state, asked.state.movies[key]) for key in ids if key in asked.state.movies])


def add_movie(asked: WhisparrRequest) -> Response:
    """POST movie."""
    body, state = asked.body_object(), asked.state
    if state.behavior.metadata_down:
        raise failed(503, "Communicating with the metadata service failed.")
    check_new(state, body)
    foreign_id = body["foreignid"]
    known = state.find_known(foreign_id)
    if known is None:
        raise not_valid(invalid("StashDB", "A movie with this ID was not found. It may have been removed.", foreign_id))
    is_monitored = admit(state, known) and bool(body.get("monitored", True))
    movie = state.add_movie(
        known,
        monitored=is_monitored,
        quality_profile_id=body["qualityprofileid"],
        root_folder=body["rootfolderpath"].rstrip("/"),
        tags=list(body.get("tags") or []),
        scan_due=state.now() + state.behavior.scan_seconds,
    )
    options = body.get("addoptions") or {}
    movie.add_options = {"searchForMovie": bool(options.get("searchformovie")), "monitor": "movieOnly"}
    return json_response(show_movie(state, movie), 201)


def check_new(state: WhisparrState, body: dict[str, Any]) -> None:
    """Run the checks before the metadata service is asked; all faults are in one answer."""
    foreign_id, folder = body.get("foreignid"), body.get("rootfolderpath") or body.get("path") or ""
    profile = body.get("qualityprofileid", 0)
    if not isinstance(profile, int):
        raise unreadable("$.qualityProfileId", "The JSON value could not be converted to System.Int32.")
    faults = []
    if not foreign_id:
        faults.append(invalid("ForeignId", "'Foreign Id' must not be empty.", foreign_id, "NotEmptyValidator"))
    elif state.find_movie(foreign_id):
        faults.append(invalid("ForeignId", "This item has already been added", foreign_id, "MovieExistsValidator"))
    if not body.get("title"):
        faults.append(invalid("Title", "'Title' must not be empty.", body.get("title"), "NotEmptyValidator"))
    if profile not in state.profiles:
        faults.append(
            invalid("QualityProfileId", "Quality Profile does not exist", profile, "QualityProfileExistsValidator")
        )
    if folder.rstrip("/") not in {path.rstrip("/") for path in state.root_folders.values()}:
        text = f"Root folder '{folder}' does not exist"
        faults.append(invalid("RootFolderPath", text, folder, "RootFolderExistsValidator"))
    if faults:
        raise not_valid(*faults)


def admit(state: WhisparrState, known: MetadataScene) -> bool:
    """Return True if the new scene may be monitored; an exclusion of its studio, a performer or a tag refuses it.

    Adding an excluded scene by hand lifts its exclusion silently; an exclusion of its studio, a performer or a tag
    refuses the scene with an empty list and excludes it as well.
    `add_movie` calls it.
    """
    own = state.find_exclusion(known.foreign_id)
    if own and own.type == "scene":
        del state.exclusions[own.id]
        return True
    related = {known.studio_id, *known.performer_ids, *known.tag_ids} - {""}
    blocking = next((each for each in state.exclusions.values() if each.foreign_id in related), None)
    if blocking is None:
        return True
    if state.behavior.always_excluded_tag:
        return False
    state.exclude(known.foreign_id, known.title, reason=f"{blocking.type}Exclusion")
    raise not_valid()


def replace_movie(asked: WhisparrRequest) -> Response:
    """PUT movie/{id}: what the body leaves out is wiped."""
    movie, body = find_movie(asked), asked.body_object()
    if body.get("qualityprofileid") not in asked.state.profiles or not body.get("path"):
        raise not_valid(invalid("QualityProfileId", "Quality Profile does not exist", body.get("qualityprofileid")))
    movie.monitored = bool(body.get("monitored", False))
    movie.quality_profile_id = body["qualityprofileid"]
    movie.root_folder = body.get("rootfolderpath") or ""
    movie.tags = list(body.get("tags") or [])
    movie.add_options = body.get("addoptions")
    return json_response(show_movie(asked.state, movie), 202)


def delete_movie(asked: WhisparrRequest) -> Response:
    """DELETE movie/{id}: without addImportExclusion it may come back tomorrow."""
    movie = asked.state.movies.get(int(asked.match["id"]))
    if movie is None:
        raise failed(404, f"Movie with ID {asked.match['id']} does not exist")
    asked.state.delete_movie(movie, excluded=asked.flag("addImportExclusion"))
    return Response(200)


def find_edited(asked: WhisparrRequest, body: dict[str, Any]) -> list[Movie]:
    """Return the scenes of an editor call; one unknown id fails the whole call.

    The routes of Whisparr's editor call it.
    """
    ids = body.get("movieids") or []
    movies = [asked.state.movies[key] for key in ids if key in asked.state.movies]
    if len(movies) != len(ids):
        raise failed(500, f"Expected query to return {len(ids)} rows but returned {len(movies)}")
    return movies


def edit_movies(asked: WhisparrRequest) -> Response:
    """PUT movie/editor: only what is sent changes."""
    body = asked.body_object()
    movies = find_edited(asked, body)
    for movie in movies:
        movie.monitored = body.get("monitored", movie.monitored)
        movie.quality_profile_id = body.get("qualityprofileid", movie.quality_profile_id)
        movie.root_folder = body.get("rootfolderpath", movie.root_folder)
        movie.tags = change_tags(movie.tags, body.get("tags"), body.get("applytags", "add"))
    return json_response([show_movie(asked.state, movie, with_file=False) for movie in movies], 202)


def change_tags(present: list[int], named: list[int] | None, how: str) -> list[int]:
    """Return a scene's tags after a PUT movie/editor; `edit_movies` calls it."""
    if named is None:
        return present
    if how == "replace":
        return list(named)
    kept = [tag for tag in present if tag not in named]
    return kept if how == "remove" else [*kept, *named]


def delete_movies(asked: WhisparrRequest) -> Response:
    """DELETE movie/editor."""
    body = asked.body_object()
    for movie in find_edited(asked, body):
        asked.state.delete_movie(movie, excluded=bool(body.get("addimportexclusion")))
    return json_response({})


def look_up(asked: WhisparrRequest) -> Response:
    """GET lookup/scene?term=stash:<uuid>."""
    state = asked.state
    if state.behavior.metadata_down:
        raise failed(503, "Search for scene failed. Unable to communicate with the metadata service.")
    term = asked.request.parameter("term").lower().replace(".", "")
    foreign_id = term.rpartition(":")[2].rstrip("/").rpartition("/")[2]
    known = state.find_known(foreign_id)
    if known is None:
        return json_response([])
    movie = state.find_movie(foreign_id)
    shown = show_movie(state, movie or Movie(0, known, added=state.now()), with_file=movie is not None)
    if state.find_exclusion(foreign_id):
        shown["isExcluded"] = True
    return json_response([{"id": 1, "foreignId": foreign_id, "movie": shown}])
