"""Faults on demand: the kinds of fault a double can show, for which requests, how often.

    server.faults.add("rate_limited", retry_after=7, operation="queryScenes", on=[2])
    server.faults.add("slow", seconds=0.2)
    server.faults.clear()

Which requests: `operation` (exact name), `path` and `body` (patterns searched for), `method`; all of them must fit.
When: `on` (numbers among the fitting requests, from 1), `after` (leave so many alone first), `times` (stop after so
many). `seconds` delays any kind; the first rule that fits wins.

    before the work is done   hang reset unauthorized rate_limited server_error html empty graphql_error redirect
                              answer oversized
    after it was done         slow lost_reply stall cut truncated partial mistyped

"mistyped" puts the JSON value `content` into the `fields` of all objects of the reply, or of that with the id `record`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import dataclass, field, fields, replace
from email.utils import formatdate
from typing import Any, Callable

from sandbox.messages import HttpRequest, Response, html_response, json_response

Answer = Callable[[], Response]
Wait = Callable[[float], None]
FOREVER = 3600.0


@dataclass(frozen=True)
class Fault:
    """A fault, the requests it applies to and the details of its kind."""

    kind: str
    operation: str = ""
    path: str = ""
    body: str = ""
    method: str = ""
    on: tuple[int, ...] = ()
    after: int = 0
    times: int = 0
    seconds: float = 0.0
    status: int = 0
    retry_after: float | None = None
    as_date: bool = False
    as_json: bool = False
    message: str = ""
    fields: tuple[str, ...] = ()
    code: str = ""
    location: str = ""
    content: str = ""
    content_type: str = "text/plain"
    size: int = 0
    record: str = ""

    def fits(self, request: HttpRequest) -> bool:
        """Return True if the fault applies to this request; `pick` asks."""
        return (
            (not self.operation or self.operation in request.operations)
            and (not self.method or self.method == request.method)
            and (not self.path or bool(re.search(self.path, request.target)))
            and (not self.body or bool(re.search(self.body, request.text)))
        )


@dataclass
class FaultRule:
    """A fault in force and its counters."""

    number: int
    fault: Fault
    seen: int = 0
    fired: int = 0
    lifted: threading.Event = field(default_factory=threading.Event)

    def fires(self) -> bool:
        """Count one matching request and return True if the fault is due for it; `Faults.pick` asks."""
        self.seen += 1
        fault = self.fault
        is_due = self.seen in fault.on if fault.on else self.seen > fault.after
        if not is_due or (fault.times and self.fired >= fault.times):
            return False
        self.fired += 1
        return True

    def wait(self, seconds: float) -> None:
        """Hold a request for this many seconds, or until the fault is lifted; `apply_fault` calls this."""
        self.lifted.wait(seconds)


class Faults:
    """The faults of one server; safe to change while requests run."""

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []
        self._next = 1
        self._lock = threading.Lock()

    def add(self, kind: str, **details: Any) -> int:
        """Put a fault in force, for tests and control routes; return its number. Unknown kinds and details raise."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; known: {', '.join(sorted(KINDS))}")
        lists = {name: tuple(value) for name, value in details.items() if isinstance(value, (list, tuple))}
        fault = Fault(kind, **{**details, **lists})
        with self._lock:
            rule = FaultRule(self._next, fault)
            self._next += 1
            self._rules.append(rule)
        return rule.number

    def remove(self, number: int) -> None:
        """Lift one fault, for tests and control routes; requests it holds are let go."""
        self._keep(lambda rule: rule.number != number)

    def clear(self) -> None:
        """Lift all faults, for tests and control routes; requests they hold are let go."""
        self._keep(lambda _rule: False)

    def describe(self) -> list[dict[str, object]]:
        """Return the faults in force with their counters, as JSON values, for the control routes."""
        names = [entry.name for entry in fields(Fault)]
        with self._lock:
            return [
                {"number": rule.number, "seen": rule.seen, "fired": rule.fired}
                | {name: getattr(rule.fault, name) for name in names if getattr(rule.fault, name) != _DEFAULTS[name]}
                for rule in self._rules
            ]

    def pick(self, request: HttpRequest) -> FaultRule | None:
        """Return the first rule that is due for a request, if any; the HTTP server asks for each request."""
        with self._lock:
            return next((rule for rule in self._rules if rule.fault.fits(request) and rule.fires()), None)

    def _keep(self, stays: Callable[[FaultRule], bool]) -> None:
        with self._lock:
            gone = [rule for rule in self._rules if not stays(rule)]
            self._rules = [rule for rule in self._rules if stays(rule)]
        for rule in gone:
            rule.lifted.set()


def apply_fault(fault: Fault, answer: Answer, wait: Wait) -> Response:
    """Return the response under a fault; `answer` does the real work, `wait` ends early if the fault is lifted."""
    seconds = fault.seconds or (FOREVER if fault.kind == "hang" else 0.0)
    if seconds:
        wait(seconds)
    if fault.kind in INSTEAD:
        return INSTEAD[fault.kind](fault)
    return AFTERWARDS[fault.kind](fault, answer())


def _say_nothing(_fault: Fault) -> Response:
    return Response(delivery="none")


def _reset(_fault: Fault) -> Response:
    return Response(delivery="reset")


def _refuse_key(fault: Fault) -> Response:
    return Response(fault.status or 401)


def _limit_rate(fault: Fault) -> Response:
    message = fault.message or "Too Many Attempts."
    page = json_response({"errors": [{"message": message}]}, 429) if fault.as_json else html_response(message, 429)
    return _add_retry_after(fault, page)


def _fail(fault: Fault) -> Response:
    status = fault.status or 500
    return _add_retry_after(fault, html_response(fault.message or f"{status} Server Error", status))


def _add_retry_after(fault: Fault, page: Response) -> Response:
    if fault.retry_after is None:
        return page
    date = formatdate(time.time() + fault.retry_after, usegmt=True)
    return page.with_headers(("Retry-After", date if fault.as_date else f"{fault.retry_after:g}"))


def _show_html(fault: Fault) -> Response:
    return html_response(fault.message or "Welcome", fault.status or 200)


def _empty(fault: Fault) -> Response:
    return Response(fault.status or 200, b"", (("Content-Type", "application/json"),))


def _fail_graphql(fault: Fault) -> Response:
    return json_response({"errors": [_graphql_error(fault, ())], "data": None}, fault.status or 200)


def _redirect(fault: Fault) -> Response:
    return Response(fault.status or 308, b"", (("Location", fault.location),))


def _answer_with(fault: Fault) -> Response:
    return Response(fault.status or 200, fault.content.encode(), (("Content-Type", fault.content_type),))


def _swell(fault: Fault) -> Response:
    body = b'{"data":"' + b"x" * (fault.size or 1 << 20) + b'"}'
    return Response(200, body, (("Content-Type", "application/json"),))


def _pass_on(_fault: Fault, whole: Response) -> Response:
    return whole


def _lose(_fault: Fault, _whole: Response) -> Response:
    return Response(delivery="none")


def _stall(_fault: Fault, whole: Response) -> Response:
    return replace(whole, delivery="stall")


def _cut(_fault: Fault, whole: Response) -> Response:
    return replace(whole, delivery="cut")


def _truncate(_fault: Fault, whole: Response) -> Response:
    return replace(whole, body=whole.body[: len(whole.body) // 2])


def _answer_partly(fault: Fault, whole: Response) -> Response:
    reply = json.loads(whole.body)
    data = reply.get("data") or {}
    lost = fault.fields or tuple(data)[-1:]
    errors = [*reply.get("errors", ()), *(_graphql_error(fault, (name,)) for name in lost)]
    return json_response({"errors": errors, "data": {**data, **dict.fromkeys(lost)}})


def _mistype(fault: Fault, whole: Response) -> Response:
    value = json.loads(fault.content)

    def change(found: dict[str, Any]) -> dict[str, Any]:
        is_meant = not fault.record or found.get("id") == fault.record
        return {**found, **{name: value for name in fault.fields if is_meant and name in found}}

    return json_response(json.loads(whole.body, object_hook=change), whole.status)


def _graphql_error(fault: Fault, path: tuple[str, ...]) -> dict[str, object]:
    error: dict[str, object] = {"message": fault.message or "Internal system error", "path": list(path)}
    return {**error, "extensions": {"code": fault.code}} if fault.code else error


INSTEAD: dict[str, Callable[[Fault], Response]] = {
    "hang": _say_nothing,
    "reset": _reset,
    "unauthorized": _refuse_key,
    "rate_limited": _limit_rate,
    "server_error": _fail,
    "html": _show_html,
    "empty": _empty,
    "graphql_error": _fail_graphql,
    "redirect": _redirect,
    "answer": _answer_with,
    "oversized": _swell,
}
AFTERWARDS: dict[str, Callable[[Fault, Response], Response]] = {
    "slow": _pass_on,
    "lost_reply": _lose,
    "stall": _stall,
    "cut": _cut,
    "truncated": _truncate,
    "partial": _answer_partly,
    "mistyped": _mistype,
}
KINDS = frozenset((*INSTEAD, *AFTERWARDS))
_DEFAULTS: dict[str, object] = {"kind": "", **{entry.name: entry.default for entry in fields(Fault)[1:]}}
