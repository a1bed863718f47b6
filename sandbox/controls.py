"""The control routes every double has, so that the demo and browser tests can steer it.

GET    /__sandbox/requests                 the log; ?operation= &path= &method= narrow it
DELETE /__sandbox/requests                 forget the log
GET    /__sandbox/faults                   faults in force
POST   /__sandbox/faults                   {"kind": "rate_limited", "retry_after": 7, …} -> {"number": 1}
DELETE /__sandbox/faults                   lift all; /__sandbox/faults/<number> lifts one
POST   /__sandbox/down                     {"seconds": 5}: refuse connections for so long (0: until /up)
POST   /__sandbox/up                       listen again
…      /__sandbox/at/<neighbor>/<route>   the same for another server of the sandbox
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Callable, NamedTuple, Protocol

from sandbox.messages import HttpRequest, Response, json_response

if TYPE_CHECKING:
    from sandbox.faults import Faults
    from sandbox.traffic import Traffic

CONTROL_PREFIX = "/__sandbox/"
LEAVE_TIME_TO_ANSWER = 0.05


class Controlled(Protocol):
    """The parts of a server that the control routes use."""

    @property
    def name(self) -> str: ...
    @property
    def is_up(self) -> bool: ...
    @property
    def faults(self) -> Faults: ...
    @property
    def traffic(self) -> Traffic: ...
    @property
    def controls(self) -> Mapping[tuple[str, str], Control]: ...
    @property
    def neighbors(self) -> Mapping[str, Controlled]: ...
    def take_down(self, seconds: float = 0.0) -> None: ...
    def bring_up(self) -> None: ...


class ControlRequest(NamedTuple):
    """A control request: the server it is about, the HTTP request, the rest of its path."""

    server: Controlled
    request: HttpRequest
    rest: str
    is_neighbor: bool


Control = Callable[[ControlRequest], object]


def answer_control(server: Controlled, request: HttpRequest) -> Response:
    """Answer a request below /__sandbox/; every double's server calls it."""
    route = request.path[len(CONTROL_PREFIX) :].strip("/")
    asked = server
    if found := re.fullmatch(r"at/([^/]+)/(.+)", route):
        if found[1] not in server.neighbors:
            return json_response({"error": f"no server {found[1]!r}; known: {sorted(server.neighbors)}"}, 404)
        server, route = server.neighbors[found[1]], found[2]
    name, _, rest = route.partition("/")
    routes = {**ROUTES, **server.controls}
    control = routes.get((request.method, name))
    if control is None:
        known = sorted(f"{method} {path}" for method, path in routes)
        return json_response({"error": f"no control {request.method} {route}", "known": known}, 404)
    try:
        return json_response(control(ControlRequest(server, request, rest, server is not asked)))
    except (TypeError, ValueError) as error:
        return json_response({"error": str(error)}, 400)


def _list_requests(asked: ControlRequest) -> object:
    parameter = asked.request.parameter
    wanted = asked.server.traffic.requests(parameter("operation"), parameter("path"), parameter("method"))
    numbers = {request.number for request in wanted}
    return [each.describe() for each in asked.server.traffic.exchanges() if each.request.number in numbers]


def _forget_requests(asked: ControlRequest) -> object:
    asked.server.traffic.clear()
    return {"ok": True}


def _list_faults(asked: ControlRequest) -> object:
    return asked.server.faults.describe()


def _add_fault(asked: ControlRequest) -> object:
    return {"number": asked.server.faults.add(**asked.request.json())}


def _lift_faults(asked: ControlRequest) -> object:
    if asked.rest:
        asked.server.faults.remove(int(asked.rest))
    else:
        asked.server.faults.clear()
    return {"ok": True}


def _take_down(asked: ControlRequest) -> object:
    seconds = float(asked.request.json().get("seconds", 0)) if asked.request.body else 0.0
    if asked.is_neighbor:
        asked.server.take_down(seconds)
    else:
        threading.Timer(LEAVE_TIME_TO_ANSWER, asked.server.take_down, (seconds,)).start()
    return {"ok": True}


def _bring_up(asked: ControlRequest) -> object:
    asked.server.bring_up()
    return {"ok": True}


ROUTES: dict[tuple[str, str], Control] = {
    ("GET", "requests"): _list_requests,
    ("DELETE", "requests"): _forget_requests,
    ("GET", "faults"): _list_faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _lift_faults,
    ("POST", "down"): _take_down,
    ("POST", "up"): _bring_up,
}
