"""Replies: read within limits, decoded, and turned into an error if they are none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

import requests

from shared.errors import (
    AuthRejected,
    BadReply,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    ServiceError,
    StartingUp,
    TimedOut,
    TooLarge,
    WrongService,
)
from shared.http.request_label import PROXY_STEP, RequestLabel, shorten
from shared.http.retry import read_retry_after
from shared.http.status import PROXY_LOGIN_REQUIRED
from shared.http.values import MEBIBYTE, Json, Request

PIECE = 64 * 1024
LONGEST_EXCUSE = 256 * 1024  # an error page beyond this is cut, not refused


class RawReply(NamedTuple):
    """Status, headers and body of one exchange."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_html(self) -> bool:
        """True for a web page, whatever its header says."""
        start = self.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return start.startswith((b"<!doctype html", b"<html")) or (self._is_called_html and start.startswith(b"<"))

    @property
    def _is_called_html(self) -> bool:
        return "text/html" in self.headers.get("Content-Type", "").lower()


def read_answer(
    response: requests.Response, limit: int, errand: RequestLabel, seconds_left: Callable[[], float]
) -> RawReply:
    """Read the whole body, but not more than `limit` bytes (unpacked) and not longer than there is time."""
    is_failure = response.status_code >= 400
    most = LONGEST_EXCUSE if is_failure else limit
    pieces: list[bytes] = []
    size = 0
    read = getattr(response.raw, "read1", response.raw.read)
    while piece := read(PIECE, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            if is_failure:
                break
            raise make_too_large(errand, limit)
        if seconds_left() <= 0:
            message = errand.tell("sends its answer too slowly", "It may be busy; try again later.")
            raise TimedOut(message, **errand.about())
    return RawReply(response.status_code, response.headers, b"".join(pieces)[:most])


def make_too_large(errand: RequestLabel, limit: int) -> TooLarge:
    """The error for an answer above the limit."""
    message = errand.tell(f"sent more than {max(limit // MEBIBYTE, 1)} MiB", "Ask for less at once.")
    return TooLarge(message, **errand.about())


def decode_json(answer: RawReply, request: Request, errand: RequestLabel) -> Json:
    """Return the JSON value of a successful reply; a web page is WrongService, half a document BadReply."""
    if request.expect == "json-or-empty" and not answer.body.strip():
        return None
    if answer.is_html:
        step = f"Check {errand.service.url_setting}; a login page of a proxy in front looks like this, too."
        raise WrongService(errand.tell("answered with a web page instead of data", step), **errand.about(answer.status))
    try:
        return json.loads(answer.body, object_pairs_hook=request.object_hook)
    except (ValueError, RecursionError):
        what = "sent an empty answer" if not answer.body.strip() else "sent an answer that is broken off or no JSON"
        raise BadReply(errand.tell(what, "If this stays, look at its log."), **errand.about(answer.status)) from None


def decode_details(answer: RawReply) -> Json:
    """The body of a failure: JSON, else its text, else None for a web page or nothing."""
    if answer.is_html or not answer.body.strip():
        return None
    try:
        return json.loads(answer.body)
    except ValueError:
        return answer.body.decode("utf-8", "replace")


def find_reason(details: Json) -> str:
    """The sentence in an error body, whichever of the usual places it is in."""
    if isinstance(details, list):
        return shorten("; ".join(filter(None, map(find_reason, details[:3]))))
    if isinstance(details, dict):
        return _find_reason_in(details)
    return shorten(details) if isinstance(details, str) else ""


def _find_reason_in(details: dict[str, Json]) -> str:
    errors = details.get("errors")
    if isinstance(errors, dict):  # field names to lists of sentences
        return shorten("; ".join(f"{name}: {find_reason(why)}" for name, why in errors.items()))
    if errors:
        return find_reason(errors)
    names = ("errorMessage", "message", "error", "detail", "title")
    reason = next((find_reason(details[name]) for name in names if details.get(name)), "")
    field = details.get("propertyName")
    return f"{field}: {reason}" if field and reason else reason


def make_error(answer: RawReply, errand: RequestLabel, now: float) -> ServiceError:
    """Our error for a status that is no success."""
    details = decode_details(answer)
    reason = find_reason(details)
    because = f": {reason}" if reason else (", with a web page" if answer.is_html else "")
    told = f"(status {answer.status}{because})"
    error = _make_by_status(answer, errand, told, details)
    error.details = details
    error.retry_after = read_retry_after(answer.headers.get("Retry-After"), now)
    return error


def _make_by_status(answer: RawReply, errand: RequestLabel, told: str, details: Json) -> ServiceError:
    about = errand.about(answer.status)
    status, service = answer.status, errand.service
    if status in (401, 403, 407):
        return AuthRejected(_tell_rejection(errand, told, status), **about)
    if status == 404:
        return NotFound(
            errand.tell(
                f"does not have what was asked for {told}", f"If this is unexpected, check {service.url_setting}."
            ),
            **about,
        )
    if status == 408:
        return TimedOut(errand.tell(f"did not get the request in time {told}"), **about)
    if status == 429:
        return RateLimited(errand.tell(f"asks to slow down {told}", "The work goes on later."), **about)
    if status == 503:
        step = "If it has just been started, wait a moment."
        return StartingUp(errand.tell(f"is not ready yet {told}", step), sent=False, **about)
    if status >= 500:
        return ServerFailed(errand.tell(f"failed {told}", "Look at its log if this stays."), **about)
    return Refused(errand.tell(f"did not accept the request {told}"), details=details, **about)


def _tell_rejection(errand: RequestLabel, told: str, status: int) -> str:
    name, hint = errand.service.key_setting, errand.service.key_hint
    if status == PROXY_LOGIN_REQUIRED:
        return errand.tell(f"is behind a proxy that wants a login {told}", PROXY_STEP)
    if hint:
        return errand.tell(f"did not let us in {told}", hint)
    if not any(errand.service.keys.values()):
        return errand.tell(f"wants a key, and none is set {told}", f"Fill in {name}.")
    if status == 403:
        return errand.tell(f"does not allow this {told}", f"Check what {name} is allowed to do.")
    return errand.tell(f"did not accept the key {told}", f"Check {name}.")
