"""The errors that only Whisparr has, read from its replies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shared.errors import Refused, ServerFailed, ServiceError, StartingUp
from shared.http import shorten

NAME = "Whisparr"


class MetadataDown(ServerFailed):
    """Raised if Whisparr runs, but the service it gets its metadata from does not answer."""

    code = "MetadataDown"


class Excluded(Refused):
    """Raised if an exclusion of the scene's studio, of a performer or of a tag forbids the add."""

    code = "Excluded"


class WrongChoice(Refused):
    """Raised for a root folder or quality profile that Whisparr does not have; `subject` says which of the two."""

    code = "WrongChoice"

    def __init__(self, message: str, *, subject: str, operation: str = "") -> None:
        super().__init__(message, service=NAME, operation=operation, status=400)
        self.subject = subject


class UnknownScene(Refused):
    """Raised if Whisparr's metadata service does not know the scene, or not yet."""

    code = "UnknownScene"


class PathClash(Refused):
    """Raised if Whisparr cannot give the scene a folder of its own."""

    code = "PathClash"


class ValidationLine(NamedTuple):
    """One line of a validation failure: a property of the request, and Whisparr's message about it."""

    property: str
    message: str


def read_validation_lines(details: object) -> list[ValidationLine] | None:
    """Return the lines of a validation failure; None if the reply is of another form.

    The makers of errors read them.
    """
    if not isinstance(details, list):
        return None
    return [
        ValidationLine(str(each.get("propertyName") or ""), shorten(str(each.get("errorMessage") or "")))
        for each in details
        if isinstance(each, dict)
    ]


def explain_unavailable(error: StartingUp) -> ServiceError:
    """Return the error for status 503, for the client.

    `errorMessage` means that Whisparr starts, `message` that its metadata service does not answer.
    """
    details = error.details
    if not isinstance(details, dict) or "errorMessage" in details or "message" not in details:
        return error
    message = "Whisparr's metadata service does not answer Whisparr. Adding works again when it does; try later."
    explained = MetadataDown(message, service=NAME, operation=error.operation, status=503)
    explained.retry_after = error.retry_after
    return explained


def explain_refused_add(error: Refused, title: str) -> Refused | None:
    """Return the error that says why a scene was not added, or None if the reply does not say it.

    `add_scene` raises it.
    """
    lines = read_validation_lines(error.details)
    if lines is None:
        return None
    if not lines:
        what = "An exclusion in Whisparr blocks this scene's studio, one of its performers or a tag."
        return Excluded(f'"{title}" was not added. {what}', service=NAME, operation=error.operation)
    by_name = dict(reversed(lines))
    if "StashDB" in by_name:
        what = "Whisparr's metadata service does not know this scene (yet)."
        return UnknownScene(f'"{title}" was not added. {what}', service=NAME, operation=error.operation)
    if "Path" in by_name:
        return PathClash(
            f'"{title}" was not added: Whisparr says "{by_name["Path"]}".', service=NAME, operation=error.operation
        )
    text = "; ".join(describe_validation_lines(lines))
    return Refused(
        f'"{title}" was not added: Whisparr says "{text}".',
        details=error.details,
        service=NAME,
        operation=error.operation,
    )


def describe_validation_lines(lines: list[ValidationLine]) -> Iterator[str]:
    """Yield the lines of a validation failure as text, for `explain_refused_add`."""
    for line in lines:
        yield f"{line.property}: {line.message}" if line.property else line.message


def has_validation_line(details: object, name: str) -> bool:
    """Return True if a validation failure names a property; `add_scene` asks."""
    return any(line.property == name for line in read_validation_lines(details) or ())
