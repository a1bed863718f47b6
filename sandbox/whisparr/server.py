"""The Whisparr double: state behind a real HTTP server.

whisparr = WhisparrDouble()                  # or WhisparrDouble("v2"), "radarr", "sonarr", "v3-dev"
whisparr.state.know([Known(uuid, "A title")])  # only these scenes exist for its metadata service
with whisparr.server:
    whisparr.url, whisparr.state.api_key
    whisparr.state.advance(60)               # downloads go on
    whisparr.state.behavior.metadata_down = True
    whisparr.server.faults.add("slow", seconds=2, path="queue")
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import formatdate

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.serving import HttpServer, UnknownRequest
from sandbox.whisparr import library, service
from sandbox.whisparr.answers import RequestFailed, not_found
from sandbox.whisparr.context import WhisparrRequest
from sandbox.whisparr.model import PROGRAMS, Program
from sandbox.whisparr.rendering import show_time
from sandbox.whisparr.state import WhisparrState

Answer = Callable[[WhisparrRequest], Response]
Routes = dict[str, list[tuple[str, Answer]]]
ID = r"(?P<id>\d+)"
COMMON: Routes = {
    "GET": [
        ("qualityprofile", service.list_profiles),
        ("rootfolder", service.list_root_folders),
        ("tag", service.list_tags),
        ("health", service.show_health),
        (f"command/{ID}", service.show_one_command),
    ],
    "POST": [("tag", service.add_tag), ("command", service.start_command)],
}
MOVIES: Routes = {
    "GET": [("movie", library.list_movies), (f"movie/{ID}", library.show_one)],
    "POST": [("movie", library.add_movie)],
}
SCENES: Routes = {
    "GET": [
        ("movie/list", library.list_ids),
        ("movie/listByPerformerForeignId", library.list_by_performer),
        ("movie/listByStudioForeignId", library.list_by_studio),
        ("lookup/scene", library.look_up),
        ("exclusions", service.list_exclusions),
        ("queue", service.list_queue),
        ("queue/details", service.list_queue_details),
        ("queue/status", service.count_queue),
        ("wanted/missing", service.list_missing),
        ("release", service.list_releases),
        ("history/movie", service.list_movie_history),
        ("history/since", service.list_history_since),
        ("(?P<kind>performer|studio)", service.list_followed),
    ],
    "POST": [
        ("movie/bulk", library.read_bulk),
        ("exclusions", service.add_exclusion),
        ("release", service.grab_release),
    ],
    "PUT": [("movie/editor", library.edit_movies), (f"movie/{ID}", library.replace_movie)],
    "DELETE": [
        ("movie/editor", library.delete_movies),
        (f"movie/{ID}", library.delete_movie),
        (f"exclusions/{ID}", service.delete_exclusion),
        (f"queue/{ID}", service.delete_record),
    ],
}


class WhisparrDouble:
    """One Whisparr, or one of the programs people mistake for it."""

    def __init__(self, program: str = "v3", state: WhisparrState | None = None, *, port: int = 0) -> None:
        self.program: Program = PROGRAMS[program]
        self.state = state or WhisparrState()
        self.server = HttpServer("whisparr", self.answer, port=port)

    @property
    def url(self) -> str:
        """Return the address of the Whisparr double without an URL base, once started."""
        return self.server.url

    def answer(self, request: HttpRequest) -> Response:
        """Answer one request, in the order in which Whisparr checks things; the HTTP server calls this."""
        if request.path.startswith("/__whisparr/"):
            return steer(self.state, request)
        with self.state.lock:
            self.state.settle()
            if self.state.behavior.is_starting:
                return json_response({"errorMessage": "Whisparr is starting up, please try again later"}, 503)
            if request.path.endswith("/ping"):
                return json_response({"status": "OK"})
            if find_key(request) != self.state.api_key:
                return Response(401)
            date = ("Date", formatdate(self.state.now(), usegmt=True))
            return self._answer_known(request).with_headers(("X-Application-Version", self.program.version), date)

    def _answer_known(self, request: HttpRequest) -> Response:
        base = self.state.behavior.url_base
        if not request.path.startswith(f"{base}/"):
            return Response(307, b"", (("Location", f"{base}{request.target}"),))
        route = request.path[len(base) :]
        if route == "/api":
            return json_response({"current": "v3", "deprecated": []})
        try:
            return self._answer_route(request, route)
        except RequestFailed as failure:
            return failure.response

    def _answer_route(self, request: HttpRequest, route: str) -> Response:
        if route == "/api/v3/system/status":
            return json_response(self.show_status())
        tables = [COMMON] + [MOVIES] * self.program.has_movies + [SCENES] * self.program.has_scenes
        for table in tables:
            for pattern, answer in table.get(request.method, []):
                if match := re.fullmatch(f"/api/v3/{pattern}", route):
                    return answer(WhisparrRequest(self.state, request, match))
        if self.program.has_scenes:
            raise UnknownRequest(f"{request.method} {route}")
        raise not_found()

    def show_status(self) -> dict[str, object]:
        """Return the answer to Whisparr's system/status, which says which program this is."""
        return {
            "appName": self.program.app_name,
            "instanceName": self.program.app_name,
            "version": self.program.version,
            "branch": self.program.branch,
            "urlBase": self.state.behavior.url_base,
            "authentication": "forms",
            "databaseType": "sqLite",
            "migrationVersion": 14,
            "isDocker": True,
            "startTime": show_time(self.state.now() - 3600),
        }


def find_key(request: HttpRequest) -> str:
    """Return the API key in a request to the Whisparr double: a parameter, a header or a bearer token."""
    bearer = request.header("authorization")
    key = bearer[7:] if bearer.startswith("Bearer ") else ""
    return request.parameter("apikey") or request.header("x-api-key") or key


def steer(state: WhisparrState, request: HttpRequest) -> Response:
    """Control routes: /__whisparr/advance {"seconds": 90}, /__whisparr/behavior {"metadata_down": true}."""
    told = request.json() if request.body else {}
    action = request.path.rpartition("/")[2]
    if action == "advance":
        state.advance(float(told.get("seconds", 0)))
        return json_response({"ok": True})
    if action != "behavior":
        return json_response({"error": f"no control {request.path}"}, 404)
    for name, value in told.items():
        if not hasattr(state.behavior, name):
            return json_response({"error": f"no behavior {name}"}, 400)
        setattr(state.behavior, name, value)
    return json_response({"ok": True})
