"""The Plex double: state behind a real HTTP server.

    plex = PlexDouble()
    plex.state.add_section("Videos", "/data")
    with plex.server:
        plex.server.url, plex.token             # an administrator's token; "guest-token" may only look
        plex.state.options.tag_put = "merge"    # how it treats lists of tags
        plex.state.unavailable = Unavailable()  # 503, as at start-up and during maintenance
        plex.server.faults.add("slow", seconds=2, path="/library/metadata")

Where facts are in doubt, `Options` (sandbox/plex/model.py) lets tests try both readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.plex import items, library, watching
from sandbox.plex.agents import routes as agents
from sandbox.plex.collections import hubs
from sandbox.plex.collections import routes as collections
from sandbox.plex.context import NotThere, PlexRequest
from sandbox.plex.edits import BadEdit
from sandbox.plex.elements import write_failure, write_unavailable
from sandbox.plex.model import Unavailable
from sandbox.plex.state import PlexState
from sandbox.serving import HttpServer, UnknownRequest

Answer = Callable[[PlexRequest], Response]
SECTION = r"/library/sections/(?P<section>\d+)"
ITEM = r"/library/metadata/(?P<item>\d+)"
COLLECTION = r"/library/collections/(?P<item>\d+)"
MEMBER = COLLECTION + r"/items/(?P<member>\d+)"
HUBS = r"/hubs/sections/(?P<section>\d+)/manage"
HUB = HUBS + r"/(?P<hub>[^/]+)"
PICTURES = r"(?P<pictures>posters|arts|clearLogos|squareArts)"
PICTURE = r"(?P<picture>poster|art|clearLogo|squareArt)"
FIELD = r"(?P<field>thumb|art|clearLogo|squareArt)"
PROVIDERS = "/media/providers/metadata"
READS: list[tuple[str, Answer]] = [
    ("/", library.answer_root),
    ("/identity", library.answer_identity),
    ("/:/prefs", library.answer_prefs),
    ("/activities", library.answer_activities),
    ("/library", library.answer_library),
    ("/library/sections/?", library.list_sections),
    (SECTION, library.answer_section),
    (f"{SECTION}/(?P<list>all|collections)", library.list_section_items),
    (f"{SECTION}/(?P<kind>genre|collection|label|actor|director|studio|contentRating)", library.list_choices),
    (r"/library/collections/(?P<item>\d+)/(children|items)", collections.show_collection),
    (r"/library/(metadata|collections)/(?P<items>\d+(,\d+)*)", items.show_items),
    (f"{ITEM}/{PICTURES}", items.list_pictures),
    (f"{ITEM}/{FIELD}/\\d+", items.send_picture),
    (f"{COLLECTION}/composite/\\d+", items.send_composite),
    ("/photo/:/transcode", items.send_thumbnail),
    (f"{ITEM}/matches", agents.list_matches),
    ("/accounts", watching.list_accounts),
    ("/status/sessions/history/all", watching.list_history),
]
WATCHES: list[tuple[str, Answer]] = [
    ("/:/rate", watching.rate_item),
    ("/:/scrobble", watching.mark_played),
    ("/:/unscrobble", watching.mark_unplayed),
]
SCANS: list[tuple[str, Answer]] = [
    (f"{SECTION}/refresh", library.scan_section),
    ("/library/sections/all/refresh", library.scan_everything),
]
ROUTES: dict[str, list[tuple[str, Answer]]] = {
    "GET": [
        *READS,
        *SCANS,
        *WATCHES,
        ("/:/progress", watching.save_progress),
        (HUBS, hubs.list_hubs),
        (PROVIDERS, agents.list_providers),
        (f"{PROVIDERS}/group", agents.list_groups),
    ],
    "POST": [
        *SCANS,
        (f"{ITEM}/{PICTURES}", items.upload_picture),
        ("/library/collections", collections.create_collection),
        (HUBS, hubs.promote),
        (PROVIDERS, agents.add_provider),
        (f"{PROVIDERS}/group", agents.add_group),
    ],
    "PUT": [
        (SECTION, agents.edit_section),
        (f"{ITEM}/match", agents.choose_match),
        (f"{SECTION}/all", items.edit_section_items),
        (f"{SECTION}/emptyTrash", library.empty_trash),
        (r"/library/metadata/(?P<items>\d+(,\d+)*)", items.edit_named_items),
        (f"{ITEM}/refresh", items.refresh_item),
        (f"{ITEM}/{PICTURE}", items.choose),
        (f"{COLLECTION}/items", collections.add_items),
        (MEMBER, collections.remove_item),
        (f"{MEMBER}/move", collections.move_item),
        (f"{COLLECTION}/prefs", collections.change_prefs),
        (HUB, hubs.change_promotion),
        *WATCHES,
    ],
    "DELETE": [
        (f"{SECTION}/refresh", library.stop_scan),
        (ITEM, items.delete_item),
        (f"{ITEM}/{FIELD}", items.unchoose),
        (MEMBER, collections.remove_item),
        (COLLECTION, collections.delete_collection),
        (r"/library/sections/\d+/collection/(?P<item>\d+)", collections.delete_collection),
        (HUBS, hubs.reset_hubs),
        (HUB, hubs.remove_hub),
    ],
}
REASONS = {400: "Bad Request", 409: "Conflict", 500: "Internal Server Error"}
FOR_EVERYBODY = {answer for _, answer in [*READS, *WATCHES]} | {watching.save_progress}


class PlexDouble:
    """One Plex server."""

    def __init__(self, state: PlexState | None = None, *, name: str = "plex", port: int = 0) -> None:
        self.state = state or PlexState(name="Example Plex" if name == "plex" else name)
        self.server = HttpServer(name, self.answer, port=port)

    @property
    def url(self) -> str:
        """Return the address of the Plex double, once started."""
        return self.server.url

    @property
    def token(self) -> str:
        """Return the Plex token of the owner, for tests and the demo."""
        return next(token for token, person in self.state.tokens.items() if person.is_admin)

    def answer(self, request: HttpRequest) -> Response:
        """Answer one request; the double's HTTP server calls this."""
        if request.path.startswith("/__plex/"):
            return steer(self.state, request)
        if len(request.target) > self.state.options.longest_line:
            return write_failure(414, "Request-URI Too Long")
        if self.state.unavailable:
            return write_unavailable(self.state.unavailable.title, self.state.unavailable.status)
        with self.state.lock:
            self.state.settle()
            return self._answer_known(request)

    def _answer_known(self, request: HttpRequest) -> Response:
        token = request.header("x-plex-token") or request.parameter("X-Plex-Token")
        person = self.state.tokens.get(token)
        is_open = request.path == "/identity" and not self.state.options.identity_needs_token
        if person is None and not is_open:
            return write_failure(401, "Unauthorized")
        is_admin = person is not None and person.is_admin
        answer, match = find_route(request)
        if not is_admin and answer not in FOR_EVERYBODY:
            return write_failure(403, "Forbidden")
        try:
            return answer(PlexRequest(self.state, request, match, is_admin, person.account if person else 0))
        except NotThere:
            return write_failure(404, "Not Found")
        except BadEdit as error:
            return write_failure(error.status, REASONS[error.status])


def find_route(request: HttpRequest) -> tuple[Answer, re.Match[str]]:
    """Return the handler of a request, by method and path, for the Plex double."""
    for pattern, answer in ROUTES.get(request.method, []):
        if match := re.fullmatch(pattern, request.path):
            return answer, match
    raise UnknownRequest(f"{request.method} {request.path}")


def steer(state: PlexState, request: HttpRequest) -> Response:
    """Control routes of this double: /__plex/advance {"seconds": 90}, /__plex/options {"tag_put": "merge"}, and

    /__plex/unavailable {"title": "Maintenance", "status": "…"} (an empty object ends it).
    The Plex double answers them.
    """
    told = request.json() if request.body else {}
    action = request.path.rpartition("/")[2]
    if action == "advance":
        state.advance(float(told.get("seconds", 0)))
    elif action == "options":
        for name, value in told.items():
            if not hasattr(state.options, name):
                return json_response({"error": f"no option {name}"}, 400)
            setattr(state.options, name, value)
    elif action == "unavailable":
        state.unavailable = Unavailable(**told) if told else None
    else:
        return json_response({"error": f"no control {request.path}"}, 404)
    return json_response({"ok": True})
