"""How far an error reaches: some concern one item, others everything that would be tried next."""

from __future__ import annotations

from shared.errors import (
    AuthRejected,
    DependencyMissing,
    RateLimited,
    SettingError,
    TlsFailed,
    Unreachable,
    WrongService,
    WrongVersion,
)

# Nothing works before a person changed something.
WRONG_SETUP = (SettingError, AuthRejected, WrongService, WrongVersion, TlsFailed, DependencyMissing)

# Nothing works for a while.
SERVICE_DOWN = (Unreachable, RateLimited)


def concerns_all(error: BaseException | None) -> bool:
    """Whether the next item would fail in the same way."""
    return isinstance(error, WRONG_SETUP + SERVICE_DOWN)
