"""Failures only Whisparr has, and reading them out of its answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shared.errors import Refused, ServerFailed, ServiceError, StartingUp
from shared.http import shorten

NAME = "Whisparr"


class MetadataDown(ServerFailed):
    """Whisparr runs, but the service it gets its metadata from does not answer."""


class Excluded(Refused):
    """An exclusion of the scene's studio, of a performer or of a tag forbids the add."""


class WrongChoice(Refused):
    """A root folder or quality profile that Whisparr does not have; `subject` says which of the two."""

    def __init__(self, message: str, *, subject: str, operation: str = "") -> None:
        super().__init__(message, service=NAME, operation=operation, status=400)
        self.subject = subject


class UnknownScene(Refused):
    """Whisparr's metadata service does not know the scene, or not yet."""


class PathClash(Refused):
    """Whisparr cannot give the scene a folder of its own."""


class ValidationLine(NamedTuple):
    """One line of a validation failure."""

    property: str
    message: str


def read_faults(details: object) -> list[ValidationLine] | None:
    """The lines of a validation failure; None when the body is of another form."""
    if not isinstance(details, list):
        return None
    return [
        ValidationLine(str(each.get("propertyName") or ""), shorten(str(each.get("errorMessage") or "")))
        for each in details
        if isinstance(each, dict)
    ]


def explain_unavailable(error: StartingUp) -> ServiceError:
    """503 has two meanings: starting up says errorMessage, a failed metadata service says message."""
    details = error.details
    if not isinstance(details, dict) or "errorMessage" in details or "message" not in details:
        return error
    message = "Whisparr's metadata service does not answer Whisparr. Adding works again when it does; try later."
    told = MetadataDown(message, service=NAME, operation=error.operation, status=503)
    told.retry_after = error.retry_after
    return told


def explain_refused_add(error: Refused, title: str) -> Refused | None:
    """Why a scene was not added, for the reasons that need nothing but the answer; None for the others."""
    faults = read_faults(error.details)
    if faults is None:
        return None
    if not faults:
        what = "An exclusion in Whisparr blocks this scene's studio, one of its performers or a tag."
        return Excluded(f'"{title}" was not added. {what}', service=NAME, operation=error.operation)
    by_name = dict(reversed(faults))
    if "StashDB" in by_name:
        what = "Whisparr's metadata service does not know this scene (yet)."
        return UnknownScene(f'"{title}" was not added. {what}', service=NAME, operation=error.operation)
    if "Path" in by_name:
        return PathClash(
            f'"{title}" was not added: Whisparr says "{by_name["Path"]}".', service=NAME, operation=error.operation
        )
    said = "; ".join(tell_faults(faults))
    return Refused(
        f'"{title}" was not added: Whisparr says "{said}".',
        details=error.details,
        service=NAME,
        operation=error.operation,
    )


def tell_faults(faults: list[ValidationLine]) -> Iterator[str]:
    """The lines of a validation failure in words."""
    for fault in faults:
        yield f"{fault.property}: {fault.message}" if fault.property else fault.message


def has_fault(details: object, name: str) -> bool:
    """True if a validation failure names a property."""
    return any(fault.property == name for fault in read_faults(details) or ())
