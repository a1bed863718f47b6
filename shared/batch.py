"""The item loop: one bad item does not stop the rest, a bad situation stops them all.

for outcome in work_each(scenes, sync_scene, call.log):
    counts.note(outcome)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from shared.errors import (
    AuthRejected,
    BundleError,
    Busy,
    DependencyMissing,
    RateLimited,
    ServiceError,
    SettingError,
    StateError,
    TimedOut,
    Unreachable,
    WrongService,
    WrongVersion,
)
from shared.runtime.redact import mask_secrets

if TYPE_CHECKING:
    from shared.runtime.log import Log

Item = TypeVar("Item")
Result = TypeVar("Result")

HOPELESS = (SettingError, StateError, DependencyMissing, Busy, AuthRejected, WrongService, WrongVersion, RateLimited)
LONGEST_STREAK = 5  # so many failures of the other program in a row are no longer about the items


class ItemBug(BundleError):
    """Our own code failed on one item; the traceback is in the log."""


@dataclass(frozen=True)
class Outcome(Generic[Item, Result]):
    """What became of one item: a result, or an error."""

    item: Item
    result: Result | None = None
    error: BundleError | None = None


def work_each(
    items: Iterable[Item], work: Callable[[Item], Result], log: Log, *, longest_streak: int = LONGEST_STREAK
) -> Iterator[Outcome[Item, Result]]:
    """One outcome per item, as they come; raises when going on makes no sense, after the outcome that showed it."""
    streak = 0
    logged: set[str] = set()
    for item in items:
        outcome = _work_one(item, work, log, logged)
        yield outcome
        is_theirs = isinstance(outcome.error, ServiceError) and outcome.error.retryable
        streak = streak + 1 if is_theirs else 0
        if outcome.error is not None and (is_hopeless(outcome.error) or streak >= longest_streak):
            raise outcome.error


def is_hopeless(error: BundleError) -> bool:
    """True when the next item would meet the same error."""
    return isinstance(error, HOPELESS) or (isinstance(error, Unreachable) and not isinstance(error, TimedOut))


def _work_one(item: Item, work: Callable[[Item], Result], log: Log, logged: set[str]) -> Outcome[Item, Result]:
    try:
        return Outcome(item, result=work(item))
    except BundleError as error:
        return Outcome(item, error=error)
    except Exception as error:  # noqa: BLE001 -- broad except 2 of 3, the item loop: 9,999 others must not suffer
        _log_once(error, log, logged)
        return Outcome(item, error=ItemBug(mask_secrets(f"A bug of the plugin: {type(error).__name__}: {error}")[:500]))


def _log_once(error: Exception, log: Log, logged: set[str]) -> None:
    """The traceback, the first time only: a bug usually meets thousands of items."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    name = (
        f"{type(error).__name__} {place.tb_frame.f_code.co_filename if place else ''} {place.tb_lineno if place else 0}"
    )
    if name not in logged:
        logged.add(name)
        log.exception(error)
