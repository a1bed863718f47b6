"""The one error tree of the bundle. Imports nothing, so every room may import it.

BundleError                     a sentence the user may read
├── UsageError                  the call itself is wrong (unknown task, missing argument)
├── SettingError                a setting stops the work; names it as the user sees it
├── StateError                  our own files: newer schema, read-only, disk full
├── DependencyMissing           a Python package cannot be imported
├── Busy                        somebody else holds the lease
├── Conflict                    the value changed since it was planned
└── ServiceError                another program; carries service, operation, item
    ├── Unreachable             nobody answered: retried, costs no attempts
    │   ├── TimedOut            somebody is slow
    │   ├── TlsFailed           the certificate is not trusted (not retried)
    │   └── StartingUp          up, but not ready yet (503)
    ├── ServerFailed            5xx: the other program failed
    ├── RateLimited             429; carries retry_after seconds or None
    ├── AuthRejected            401 or 403: stops the run, never retried
    ├── WrongService            something answers, but it is another program
    ├── WrongVersion            the right program in a version we cannot use
    ├── NotFound                404, or an id that is not there
    ├── Refused                 4xx with a reason: the request is not acceptable
    ├── BadReply                HTML, truncated or oversized instead of an answer
    └── GraphQLFailed           GraphQL errors; carries errors and partial data
"""

from __future__ import annotations


class BundleError(Exception):
    """A failure with a sentence for the user; `retryable` says whether trying again can help."""

    retryable = False


class UsageError(BundleError):
    """The call itself is wrong."""


class SettingError(BundleError):
    """A setting stops the work."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(message)
        self.setting = setting


class StateError(BundleError):
    """One of our own files cannot be used."""


class DependencyMissing(BundleError):
    """A Python package cannot be imported."""


class Busy(BundleError):
    """Somebody else is doing this work already."""

    retryable = True


class Conflict(BundleError):
    """The value changed since the plan was made."""


class ServiceError(BundleError):
    """Another program failed, refused or did not answer."""

    def __init__(self, message: str, *, service: str = "", operation: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.service = service
        self.operation = operation
        self.status = status


class Unreachable(ServiceError):
    """Nobody answered."""

    retryable = True


class TimedOut(Unreachable):
    """The other program did not answer in time."""


class TlsFailed(Unreachable):
    """The certificate is not trusted."""

    retryable = False


class StartingUp(Unreachable):
    """The other program is up, but not ready yet."""


class ServerFailed(ServiceError):
    """The other program failed."""

    retryable = True


class RateLimited(ServiceError):
    """Too many requests; `retry_after` is in seconds, None when not told."""

    retryable = True

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        service: str = "",
        operation: str = "",
        status: int | None = 429,
    ) -> None:
        super().__init__(message, service=service, operation=operation, status=status)
        self.retry_after = retry_after


class AuthRejected(ServiceError):
    """The key or token was not accepted."""


class WrongService(ServiceError):
    """Something answers at this address, but it is another program."""


class WrongVersion(ServiceError):
    """The right program in a version that cannot be used."""


class NotFound(ServiceError):
    """The thing asked for is not there."""


class Refused(ServiceError):
    """The request is not acceptable; `details` is the decoded body if there was one."""

    def __init__(
        self,
        message: str,
        *,
        details: object = None,
        service: str = "",
        operation: str = "",
        status: int | None = None,
    ) -> None:
        super().__init__(message, service=service, operation=operation, status=status)
        self.details = details


class BadReply(ServiceError):
    """The answer is not what was promised: HTML, truncated, too large."""

    retryable = True


class GraphQLFailed(ServiceError):
    """The answer carries GraphQL errors; `data` is what came beside them."""

    def __init__(
        self,
        message: str,
        *,
        errors: list[dict[str, object]],
        data: dict[str, object] | None,
        service: str = "",
        operation: str = "",
        status: int | None = 200,
    ) -> None:
        super().__init__(message, service=service, operation=operation, status=status)
        self.errors = errors
        self.data = data
