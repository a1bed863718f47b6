"""The error tree of the bundle. Imports nothing, so that every folder may import it.

BundleError                     a sentence the user may read
├── UsageError                  the call itself is wrong (unknown task, missing argument)
├── SettingError                a setting stops the work; names it as the user sees it
├── StateError                  a file of the plugin: newer schema, read-only, disk full
│   └── UnreadableRow           a row of the state file; it is set aside when the call ends
├── DependencyMissing           a Python package cannot be imported
├── Busy                        another process holds the lease
├── Conflict                    the value changed since it was planned
└── ServiceError                another program; carries service, operation, item
    ├── Unreachable             no answer: retried, costs no attempts
    │   ├── TimedOut            no answer in time
    │   ├── TlsFailed           the certificate is not trusted (not retried)
    │   └── StartingUp          up, but not ready yet (503)
    ├── ServerFailed            5xx: the other program failed
    ├── RateLimited             429; carries retry_after seconds or None
    ├── AuthRejected            401 or 403: stops the run, never retried
    ├── WrongService            something answers, but it is another program
    ├── WrongVersion            the right program in a version that cannot be used
    ├── NotFound                404, or an id that is not there
    ├── Refused                 4xx with a reason: the request is not acceptable
    ├── BadReply                truncated or not what was promised
    │   ├── TooLarge            more than the client reads (not retried)
    │   └── ForbiddenAddress    data of a service leads into a private network (not retried)
    └── GraphQLFailed           GraphQL errors; carries errors and partial data

Every ServiceError says in `may_have_happened` whether the request may have had its effect all the same: after a
timeout a write has to be read back, after a refused connection or a 401 it has not.

Every error says in `reach` how far it reaches. The journal, the queue and the plugins decide by it alone whether to go
on with the next item, to wait, or to stop until the user changes something.
"""

from __future__ import annotations

ITEM = "item"  # the next item may succeed
SERVICE = "service"  # nothing works at this service for a while
EVERYTHING = "everything"  # nothing works before the user changes something


class BundleError(Exception):
    """A failure with a sentence for the user; `retryable` says whether trying again can help.

    `code` names the kind in state files and on pages. It stays as it is when a class is renamed.
    """

    code = "BundleError"
    retryable = False
    reach = ITEM
    needs_decision = False  # only a person ends it: a queue that it pauses does not try again by itself

    @property
    def stops_run(self) -> bool:
        """Return True if the next item would fail in the same way.

        Runs, the queue and tasks ask it of an error that they caught, and stop then.
        """
        return self.reach != ITEM


class UsageError(BundleError):
    """The call itself is wrong."""

    code = "UsageError"


class SettingError(BundleError):
    """A setting stops the work."""

    code = "SettingError"
    reach = EVERYTHING

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(message)
        self.setting = setting


class StateError(BundleError):
    """A file of the plugin itself cannot be used."""

    code = "StateError"


class UnreadableRow(StateError):
    """A row of the state file has content that cannot be read; `column` is the `JsonColumn` it is in."""

    code = "UnreadableRow"
    reach = EVERYTHING

    def __init__(self, column: tuple[str, str, object, str]) -> None:
        super().__init__(
            f"A row of the table {column[0]} in the state file could not be read. It was set aside; "
            "a notice on the plugin's page says what became of it. Do it again."
        )
        self.column = column


class DependencyMissing(BundleError):
    """A Python package cannot be imported."""

    code = "DependencyMissing"
    reach = EVERYTHING


class Busy(BundleError):
    """Another process is doing this work; `holder_note` is what it said about itself when it took the lease."""

    code = "Busy"
    retryable = True

    def __init__(self, message: str, *, holder_note: str = "") -> None:
        super().__init__(message)
        self.holder_note = holder_note


class Conflict(BundleError):
    """The value changed since the plan was made."""

    code = "Conflict"


class ServiceError(BundleError):
    """Another program failed, refused or did not answer; `retry_after` seconds if it said when to come back.

    `details` is the decoded body of the failed answer if there was one; adapters read it, people never see it.
    """

    code = "ServiceError"
    may_have_happened = True
    retry_after: float | None = None
    details: object = None

    def __init__(self, message: str, *, service: str = "", operation: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.service = service
        self.operation = operation
        self.status = status


class Unreachable(ServiceError):
    """No answer came; `sent` is False when the connection failed before the request went out."""

    code = "Unreachable"
    retryable = True
    reach = SERVICE

    def __init__(
        self, message: str, *, sent: bool = True, service: str = "", operation: str = "", status: int | None = None
    ) -> None:
        super().__init__(message, service=service, operation=operation, status=status)
        self.may_have_happened = sent


class TimedOut(Unreachable):
    """The other program did not answer in time."""

    code = "TimedOut"


class TlsFailed(Unreachable):
    """The certificate is not trusted."""

    code = "TlsFailed"
    retryable = False
    reach = EVERYTHING

    def __init__(
        self, message: str, *, sent: bool = False, service: str = "", operation: str = "", status: int | None = None
    ) -> None:
        super().__init__(message, sent=sent, service=service, operation=operation, status=status)


class StartingUp(Unreachable):
    """The other program is up, but not ready yet."""

    code = "StartingUp"


class ServerFailed(ServiceError):
    """The other program failed."""

    code = "ServerFailed"
    retryable = True


class RateLimited(ServiceError):
    """Too many requests; `retry_after` is in seconds, or None if the service gave no time."""

    code = "RateLimited"
    retryable = True
    reach = SERVICE
    may_have_happened = False

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

    code = "AuthRejected"
    may_have_happened = False
    reach = EVERYTHING


class WrongService(ServiceError):
    """Something answers at this address, but it is another program."""

    code = "WrongService"
    may_have_happened = False
    reach = EVERYTHING


class WrongVersion(ServiceError):
    """The right program in a version that cannot be used."""

    code = "WrongVersion"
    may_have_happened = False
    reach = EVERYTHING


class NotFound(ServiceError):
    """The thing asked for is not there."""

    code = "NotFound"
    may_have_happened = False


class Refused(ServiceError):
    """The request is not acceptable; `details` is the decoded body if there was one."""

    code = "Refused"
    may_have_happened = False

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
    """The answer is not what was promised: truncated, or no JSON."""

    code = "BadReply"
    retryable = True


class TooLarge(BadReply):
    """The answer is larger than the client reads."""

    code = "TooLarge"
    retryable = False


class ForbiddenAddress(BadReply):
    """An address in the data of a service leads to this machine or into a private network; nothing was sent."""

    code = "ForbiddenAddress"
    retryable = False
    may_have_happened = False


class GraphQLFailed(ServiceError):
    """The answer carries GraphQL errors; `data` is what came beside them."""

    code = "GraphQLFailed"

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
