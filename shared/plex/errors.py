"""The errors that only Plex has, and which failed requests say that the whole server is in trouble."""

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
    """Raised if Plex does not have a library any more that the settings name."""

    code = "LibraryMissing"
    reach = EVERYTHING


class OtherServer(WrongService):
    """Raised if another Plex answers at the address than the one known so far."""

    code = "OtherServer"


class NotTaken(Refused):
    """Raised if Plex accepted an edit or an upload and does not show it."""

    code = "NotTaken"


class LineTooLong(Refused):
    """Raised if Plex or a proxy takes no request of this length; the next attempt sends shorter ones."""

    code = "LineTooLong"
    retryable = True


class UnusableImage(BundleError):
    """Raised for bytes that Plex cannot use as a picture."""

    code = "UnusableImage"


GATEWAY_STATUSES = frozenset({502, 504, 520, 521, 522, 523, 524})


def is_server_trouble(error: ServiceError) -> bool:
    """Return True if a reply was spoiled on its way from Plex, which the next request would suffer as well.

    The client asks after a failure.
    """
    is_from_gateway = isinstance(error, ServerFailed) and error.status in GATEWAY_STATUSES
    return is_from_gateway or (isinstance(error, BadReply) and not isinstance(error, TooLarge))
