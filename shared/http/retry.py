"""Decides whether and when a failed request is sent again. Pure."""

from __future__ import annotations

import email.utils
import math
from typing import NamedTuple

from shared.counted_words import count_things
from shared.errors import ServiceError

ABSURD_WAIT = 86_400.0  # a longer Retry-After comes from a wrong clock on the other side


class RetryPolicy(NamedTuple):
    """The number of attempts of a repeatable request, and the pauses between them."""

    attempts: int = 4
    first_delay: float = 0.5
    longest_delay: float = 8.0
    longest_told: float = 60.0  # a Retry-After beyond this is reported, not slept


DEFAULT_RETRIES = RetryPolicy()
NO_RETRIES = RetryPolicy(attempts=1)


def read_retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds of a Retry-After header (seconds or an HTTP date); None if it has no usable value.

    `make_error` reads it.
    """
    text = (value or "").strip()
    if not text:
        return None
    seconds = _read_seconds(text)
    if seconds is None:
        seconds = _read_date(text, now)
    return None if seconds is None else min(max(seconds, 0.0), ABSURD_WAIT)


def _read_seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if seconds == seconds else None  # NaN is the one number that differs from itself


def _read_date(text: str, now: float) -> float | None:
    parsed = email.utils.parsedate_tz(text)
    if parsed is None:
        return None
    try:
        return email.utils.mktime_tz(parsed) - now
    except (OverflowError, ValueError):
        return None


def describe_wait(seconds: float) -> str:
    """Return a wait in words, such as "1 second" or "2 hours", for messages about rate limits."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds > 1.5 * size:
            return f"{math.ceil(seconds / size)} {unit}s"
    return count_things(max(math.ceil(seconds), 1), "second")


def find_delay(policy: RetryPolicy, failures: int, spread: float) -> float:
    """Return the pause after the n-th failure: it doubles, and `spread` (0 to 1) keeps clients apart.

    The plan of a retry calls it.
    """
    return min(policy.first_delay * 2.0 ** (failures - 1), policy.longest_delay) * (0.5 + spread / 2)


def plan_retry(
    error: ServiceError, policy: RetryPolicy, *, is_repeatable: bool, failures: int, spread: float, remaining: float
) -> float | None:
    """Return the seconds until the next attempt, or None if there is none; the HTTP client calls this."""
    is_safe = is_repeatable or not error.may_have_happened
    if not error.retryable or not is_safe or failures >= policy.attempts:
        return None
    wait = find_delay(policy, failures, spread)
    if error.retry_after is not None:
        wait += error.retry_after
    is_affordable = wait < remaining and (error.retry_after or 0.0) <= policy.longest_told
    return wait if is_affordable else None
