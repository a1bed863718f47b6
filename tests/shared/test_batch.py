"""The item loop."""

from __future__ import annotations

import pytest

from shared.batch import ItemBug, Outcome, work_each
from shared.errors import (
    AuthRejected,
    BundleError,
    Busy,
    Conflict,
    NotFound,
    RateLimited,
    ServerFailed,
    SettingError,
    StartingUp,
    TimedOut,
    Unreachable,
)
from shared.runtime.log import Log


class KeptLog(Log):
    """Keeps what would go to Stash's log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def write(self, level: str, text: str) -> None:
        self.lines.append(f"{level}: {text}")


def run(errors: dict[int, Exception], count: int = 10) -> tuple[list[Outcome[int, int]], BundleError | None, KeptLog]:
    """Ten items that double themselves, some of which fail."""

    def work(item: int) -> int:
        if item in errors:
            raise errors[item]
        return item * 2

    log, outcomes = KeptLog(), []
    try:
        for outcome in work_each(range(count), work, log):
            outcomes.append(outcome)  # noqa: PERF402 -- what came before the stop counts
    except BundleError as error:
        return outcomes, error, log
    return outcomes, None, log


def test_every_item_has_an_outcome() -> None:
    outcomes, stop, _ = run({})
    assert ([outcome.result for outcome in outcomes], stop) == ([n * 2 for n in range(10)], None)


@pytest.mark.parametrize("error", [NotFound("gone"), Conflict("changed"), TimedOut("slow"), ServerFailed("oops")])
def test_a_failing_item_does_not_stop_the_rest(error: BundleError) -> None:
    outcomes, stop, log = run({3: error})
    assert [outcome.item for outcome in outcomes if outcome.error] == [3]
    assert (len(outcomes), stop, log.lines) == (10, None, [])


@pytest.mark.parametrize(
    "error",
    [
        AuthRejected("no"),
        SettingError("url", "no"),
        Busy("no"),
        RateLimited("no"),
        Unreachable("no"),
        StartingUp("no"),
    ],
)
def test_what_the_next_item_would_meet_too_stops_all(error: BundleError) -> None:
    outcomes, stop, _ = run({3: error})
    assert ([outcome.item for outcome in outcomes], stop) == ([0, 1, 2, 3], error)
    assert outcomes[-1].error is error


def test_a_streak_of_their_failures_stops_all() -> None:
    outcomes, stop, _ = run({n: ServerFailed(f"no {n}") for n in range(2, 10)})
    assert (len(outcomes), str(stop)) == (7, "no 6")


def test_scattered_failures_do_not() -> None:
    outcomes, stop, _ = run({n: ServerFailed("no") for n in (0, 1, 2, 3, 5, 6, 7, 8)})
    assert (len(outcomes), stop) == (10, None)


def test_a_bug_is_a_failed_item_and_a_traceback() -> None:
    outcomes, stop, log = run({3: KeyError("name")})
    assert (len(outcomes), stop, type(outcomes[3].error)) == (10, None, ItemBug)
    assert "KeyError: 'name'" in str(outcomes[3].error)
    assert "Traceback" in log.lines[0]


def test_the_same_bug_is_shown_once() -> None:
    outcomes, _, log = run({n: KeyError(n) for n in range(10)})
    assert (sum(outcome.error is not None for outcome in outcomes), len(log.lines)) == (10, 1)


def test_items_are_taken_one_by_one() -> None:
    taken: list[int] = []
    endless = (taken.append(n) or n for n in range(10**9))  # type: ignore[func-returns-value]
    next(iter(work_each(endless, str, KeptLog())))
    assert taken == [0]


def test_an_interrupt_is_no_failed_item() -> None:
    with pytest.raises(KeyboardInterrupt):
        run({3: KeyboardInterrupt()})  # type: ignore[dict-item]
