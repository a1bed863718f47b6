"""When a failed request is sent again."""

from __future__ import annotations

import email.utils
import math

import pytest

from shared.errors import (
    AuthRejected,
    BadReply,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    ServiceError,
    StartingUp,
    TimedOut,
    TlsFailed,
    TooLarge,
    Unreachable,
    WrongService,
)
from shared.http.retry import RetryPolicy, describe_wait, find_delay, plan_retry, read_retry_after

NOW = 1_700_000_000.0
POLICY = RetryPolicy(attempts=3, first_delay=1.0, longest_delay=5.0, longest_told=60.0)


def plan(
    error: ServiceError, *, repeatable: bool = True, failures: int = 1, remaining: float = math.inf
) -> float | None:
    return plan_retry(error, POLICY, is_repeatable=repeatable, failures=failures, spread=1.0, remaining=remaining)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("1.5", 1.5),
        (email.utils.formatdate(NOW + 30, usegmt=True), 30.0),
        (email.utils.formatdate(NOW - 30, usegmt=True), 0.0),
        ("-5", 0.0),
        ("7200", 7200.0),
        ("999999999", 86_400.0),
        ("inf", 86_400.0),
        ("nan", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("Mon, 99 Foo 99999 99:99:99 GMT", None),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "error", [Unreachable(""), TimedOut(""), StartingUp(""), ServerFailed(""), RateLimited(""), BadReply("")]
)
def test_what_may_pass_is_tried_again(error: ServiceError) -> None:
    assert plan(error) == 1.0


@pytest.mark.parametrize(
    "error", [TlsFailed(""), AuthRejected(""), NotFound(""), Refused(""), WrongService(""), TooLarge("")]
)
def test_what_will_not_change_is_not_tried_again(error: ServiceError) -> None:
    assert plan(error) is None


@pytest.mark.parametrize("error", [TimedOut(""), Unreachable(""), ServerFailed(""), BadReply("")])
def test_a_write_that_may_have_happened_is_not_repeated(error: ServiceError) -> None:
    assert plan(error, repeatable=False) is None


@pytest.mark.parametrize("error", [Unreachable("", sent=False), TimedOut("", sent=False), RateLimited("")])
def test_a_write_that_never_arrived_is_repeated(error: ServiceError) -> None:
    assert plan(error, repeatable=False) == 1.0


def test_the_last_attempt_is_the_last() -> None:
    assert plan(Unreachable(""), failures=3) is None


def test_pauses_double_up_to_a_limit_and_spread() -> None:
    assert [find_delay(POLICY, n, 1.0) for n in (1, 2, 3, 4, 9)] == [1.0, 2.0, 4.0, 5.0, 5.0]
    assert find_delay(POLICY, 1, 0.0) == 0.5


def test_a_told_wait_is_kept_and_never_shortened() -> None:
    error = RateLimited("", retry_after=7.0)
    assert plan(error) == 8.0


@pytest.mark.parametrize(("told", "remaining"), [(61.0, math.inf), (10.0, 9.0)])
def test_a_wait_beyond_the_time_there_is_is_reported_instead(told: float, remaining: float) -> None:
    assert plan(RateLimited("", retry_after=told), remaining=remaining) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (12, "12 seconds"), (90, "90 seconds"), (99, "2 minutes"), (600, "10 minutes")],
)
def test_a_wait_is_told_in_words(seconds: float, words: str) -> None:
    assert describe_wait(seconds) == words


def test_a_long_wait_is_told_as_it_is() -> None:
    assert describe_wait(read_retry_after("7200", NOW) or 0) == "2 hours"
