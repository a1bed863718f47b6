"""The forms of Whisparr's error answers."""

from __future__ import annotations

import json

from sandbox.messages import Response, json_response

STACK = (
    "System.Exception: it broke\n   at NzbDrone.Core.Secret.Place(String path) in C:\\agent\\_work\\Place.cs:line 42"
)


class RequestFailed(Exception):
    """The request ends with this answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def invalid(name: str, message: str, value: object = None, code: str = "") -> dict[str, object]:
    """Return one line of a validation failure, for `not_valid`."""
    return {
        "propertyName": name,
        "errorMessage": message,
        "attemptedValue": value,
        "severity": "error",
        "errorCode": code or f"{name}Validator",
        "formattedMessageArguments": [],
        "formattedMessagePlaceholderValues": {},
    }


def failed(status: int, message: str) -> RequestFailed:
    """Return the failure that Whisparr's routes raise, with a message and a stack trace that no client should show."""
    return RequestFailed(json_response({"message": message, "description": STACK}, status))


def not_valid(*lines: dict[str, object]) -> RequestFailed:
    """Return a validation failure; one without lines is Whisparr's answer for an excluded scene."""
    return RequestFailed(json_response(list(lines), 400))


def unreadable(path: str, message: str) -> RequestFailed:
    """Return the answer for a body of the wrong shape, in ASP.NET's form."""
    title = "One or more validation errors occurred."
    body = {"type": "https://tools.ietf.org/html/rfc7231#section-6.5.1", "title": title, "status": 400}
    return RequestFailed(json_response({**body, "traceId": "00-abc-01", "errors": {path: [message]}}, 400))


def not_found() -> RequestFailed:
    """Return the answer for a route or id that does not exist."""
    body = {"type": "https://tools.ietf.org/html/rfc7231#section-6.5.4", "title": "Not Found", "status": 404}
    return RequestFailed(json_response({**body, "traceId": "00-abc-02"}, 404))


def read_body(body: bytes) -> object:
    """Return the JSON of a request to the Whisparr double; property names are read whatever their case."""
    try:
        return lower_names(json.loads(body))
    except ValueError:
        raise unreadable("$", "The input does not contain any JSON tokens.") from None


def lower_names(value: object) -> object:
    """Return the value with every property name in lower case, for `read_body`."""
    if isinstance(value, dict):
        return {name.lower(): lower_names(each) for name, each in value.items()}
    return [lower_names(each) for each in value] if isinstance(value, list) else value
