"""Failures only Plex has, and which failures of a request are those of the whole server."""

from __future__ import annotations

from shared.errors import (
    EVERYTHING,
    BadReply,
    BundleError,
    NotFound,
    Refused,
    ServerFailed,
    ServiceError,
    TooLarge,
    WrongService,
)


class LibraryMissing(NotFound):
    """A library that was chosen in the settings is not there any more."""

    reach = EVERYTHING


class OtherServer(WrongService):
    """Another Plex answers at the address than the one known so far."""


class NotTaken(Refused):
    """Plex accepted an edit and does not show it."""


class UnusableImage(BundleError):
    """The bytes are no picture Plex can use."""


GATEWAY_STATUSES = frozenset({502, 504, 520, 521, 522, 523, 524})


def is_server_trouble(error: ServiceError) -> bool:
    """True if an answer was spoiled on its way from Plex, so that the next request would be as well."""
    is_from_gateway = isinstance(error, ServerFailed) and error.status in GATEWAY_STATUSES
    return is_from_gateway or (isinstance(error, BadReply) and not isinstance(error, TooLarge))
