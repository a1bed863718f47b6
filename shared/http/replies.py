"""Replies: read within limits, decoded, and turned into an error if they are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

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
from shared.http.model import MEBIBYTE, AnswerLimits, Json, Request
from shared.http.request_label import PROXY_STEP, RequestLabel, shorten
from shared.http.retry import describe_wait, read_retry_after
from shared.http.status import PROXY_LOGIN_REQUIRED
from shared.http.wire.unpacking import read_body
from shared.json_text import decode_json as read_json

if TYPE_CHECKING:
    from http.client import HTTPResponse

MARKS = (b"{", b"[", b",")
ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
MAX_ERROR_BODY = 256 * 1024  # an error page beyond this is cut, not refused


class RawReply(NamedTuple):
    """Status, headers and body of one exchange."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_html(self) -> bool:
        """Return True if the body is a web page, whatever its header says; the readers of replies ask."""
        start = self.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return start.startswith((b"<!doctype html", b"<html")) or (self._is_called_html and start.startswith(b"<"))

    @property
    def _is_called_html(self) -> bool:
        return "text/html" in self.headers.get("Content-Type", "").lower()


def check_encoding(headers: Mapping[str, str], label: RequestLabel) -> None:
    """Raise BadReply for an answer that is packed in another way than was asked for; the HTTP client calls it.

    Only the ways that were asked for are unpacked piece by piece, so that a small answer cannot fill the memory.
    """
    named = {name.strip().lower() for name in headers.get("Content-Encoding", "").split(",")}
    if not named <= ENCODINGS:
        what = f"sent an answer that is packed as {shorten(', '.join(sorted(named - ENCODINGS)), 40)}"
        raise BadReply(label.make_message(what, "Check the proxy in front of it, if there is one."), **label.about())


def read_answer(
    response: HTTPResponse, headers: Mapping[str, str], limits: AnswerLimits, label: RequestLabel
) -> RawReply:
    """Return status, headers and body, read up to the limits (unpacked), for the HTTP client.

    The connection watches the time.
    """
    is_failure = response.status >= 400
    most = MAX_ERROR_BODY if is_failure else limits.size
    pieces: list[bytes] = []
    size = memory = 0
    for piece in read_body(response, headers.get("Content-Encoding", "")):
        pieces.append(piece)
        size += len(piece)
        memory += estimate_memory(piece)
        if is_failure and size > most:
            break
        if size > most:
            raise make_too_large(label, limits)
        if memory > limits.memory and not is_failure:
            raise make_too_costly(label)
    return RawReply(response.status, headers, b"".join(pieces)[:most])


def estimate_memory(piece: bytes) -> int:
    """Return about how many bytes a piece of JSON takes once it is decoded: mostly more than it really does.

    `read_answer` adds them up. An object of eight bytes takes 192 in memory. Counting is as fast as copying, so it
    costs next to nothing.
    """
    objects, lists, values = (piece.count(mark) for mark in MARKS)
    return len(piece) + objects * 250 + lists * 120 + values * 70


def make_too_large(label: RequestLabel, limits: AnswerLimits) -> TooLarge:
    """Return the error for an answer above the limit; the reading of answers raises it."""
    message = label.make_message(
        f"sent more than {max(limits.size // MEBIBYTE, 1)} MiB", "Ask for less in one request."
    )
    return TooLarge(message, **label.about())


def make_too_costly(label: RequestLabel) -> TooLarge:
    """Return the error for an answer with far more values than what was asked for can have; `read_answer` raises it."""
    message = label.make_message("sent far more values than were asked for", "If this stays, look at its log.")
    return TooLarge(message, **label.about())


def decode_json(answer: RawReply, request: Request, label: RequestLabel) -> Json:
    """Return the JSON value of a successful reply, for the HTTP client.

    A web page is WrongService, half a document BadReply.
    """
    if request.expect == "json-or-empty" and not answer.body.strip():
        return None
    if answer.is_html:
        step = f"Check {label.service.url_setting}; a login page of a proxy in front looks like this, too."
        raise WrongService(
            label.make_message("answered with a web page instead of data", step), **label.about(answer.status)
        )
    try:
        return read_json(answer.body, pairs=request.object_hook)
    except ValueError:
        what = "sent an empty answer" if not answer.body.strip() else "sent an answer that is broken off or no JSON"
        raise BadReply(
            label.make_message(what, "If this stays, look at its log."), **label.about(answer.status)
        ) from None


def decode_details(answer: RawReply) -> Json:
    """Return the body of a failed reply, for its error.

    It is JSON, else its text, else None for a web page or an empty body.
    """
    if answer.is_html or not answer.body.strip():
        return None
    try:
        return read_json(answer.body)
    except ValueError:
        return answer.body.decode("utf-8", "replace")


def find_reason(details: Json) -> str:
    """Return the sentence of an error body, from whichever of the usual places has one; `make_error` quotes it."""
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


def make_error(answer: RawReply, label: RequestLabel, now: float) -> ServiceError:
    """Return the error for a reply with a status from 400 up; the HTTP client raises it."""
    details = decode_details(answer)
    reason = find_reason(details)
    because = f": {reason}" if reason else (", with a web page" if answer.is_html else "")
    told = f"(status {answer.status}{because})"
    retry_after = read_retry_after(answer.headers.get("Retry-After"), now)
    error = _make_by_status(answer, label, told, details, retry_after)
    error.details = details
    error.retry_after = retry_after
    return error


def tell_pause(retry_after: float | None) -> str:
    """Return how long a service that asked to slow down wants to be left alone, as a sentence of an error."""
    if retry_after is None:
        return "It does not say for how long."
    return f"It takes requests again in {describe_wait(retry_after)}."


def make_limit_reached(label: RequestLabel, wait: float, *, is_told: bool) -> RateLimited:
    """Return the error for a request that was not sent because of the limiter, for the HTTP client.

    With `is_told`, the service itself asked for the wait.
    """
    name, doing = label.service.name, f" while {label.operation}" if label.operation else ""
    reason = f"{name} asked to slow down" if is_told else "the plugins' own limit of requests is used up"
    message = f"{name} was not asked{doing}: {reason}. The next request is possible in {describe_wait(wait)}."
    return RateLimited(message, retry_after=wait, service=name, operation=label.operation, status=None)


def _make_by_status(
    answer: RawReply, label: RequestLabel, told: str, details: Json, retry_after: float | None
) -> ServiceError:
    about = label.about(answer.status)
    status, service = answer.status, label.service
    if status in (401, 403, 407):
        return AuthRejected(_tell_rejection(label, told, status), **about)
    if status == 404:
        return NotFound(
            label.make_message(
                f"does not have what was asked for {told}", f"If this is unexpected, check {service.url_setting}."
            ),
            **about,
        )
    if status == 408:
        return TimedOut(label.make_message(f"did not get the request in time {told}"), **about)
    if status == 429:
        return RateLimited(label.make_message(f"asks to slow down {told}", tell_pause(retry_after)), **about)
    if status == 503:
        step = "If it has just been started, wait a moment."
        return StartingUp(label.make_message(f"is not ready yet {told}", step), sent=False, **about)
    if status >= 500:
        return ServerFailed(label.make_message(f"failed {told}", "Look at its log if this stays."), **about)
    return Refused(label.make_message(f"did not accept the request {told}"), details=details, **about)


def _tell_rejection(label: RequestLabel, told: str, status: int) -> str:
    name, hint = label.service.key_setting, label.service.key_hint
    if status == PROXY_LOGIN_REQUIRED:
        return label.make_message(f"is behind a proxy that wants a login {told}", PROXY_STEP)
    if hint:
        return label.make_message(f"did not let us in {told}", hint)
    if not any(label.service.keys.values()):
        return label.make_message(f"wants a key, and none is set {told}", f"Fill in {name}.")
    if status == 403:
        return label.make_message(f"does not allow this {told}", f"Check what {name} is allowed to do.")
    return label.make_message(f"did not accept the key {told}", f"Check {name}.")
