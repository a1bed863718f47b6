"""Failures only Plex has, and how far any failure reaches."""

from __future__ import annotations

from shared.errors import (
    AuthRejected,
    BadReply,
    BundleError,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    SettingError,
    TlsFailed,
    Unreachable,
    WrongService,
    WrongVersion,
)

ITEM = "item"
SERVER = "server"
CONFIGURATION = "configuration"


class LibraryMissing(NotFound):
    """A library that was chosen in the settings is not there any more."""


class OtherServer(WrongService):
    """Another Plex answers at the address than the one known so far."""


class NotTaken(Refused):
    """Plex accepted an edit and does not show it."""


class UnusableImage(BundleError):
    """The bytes are no picture Plex can use."""


# The first row that fits wins.
SCOPES: tuple[tuple[tuple[type[BundleError], ...], str], ...] = (
    ((AuthRejected, WrongService, WrongVersion, TlsFailed, LibraryMissing, SettingError), CONFIGURATION),
    ((Unreachable, RateLimited, BadReply), SERVER),
    ((ServerFailed, NotFound, Refused, UnusableImage), ITEM),
)
GATEWAY_STATUSES = frozenset({502, 504, 520, 521, 522, 523, 524})


def find_scope(error: BundleError) -> str:
    """Whether a failure concerns one "item", the whole "server" or the "configuration" (only the user can help)."""
    if isinstance(error, ServerFailed) and error.status in GATEWAY_STATUSES:
        return SERVER
    return next((scope for kinds, scope in SCOPES if isinstance(error, kinds)), ITEM)
