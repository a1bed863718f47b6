"""Asking Stash for a drain: once for a thousand saves, and never not at all."""

from __future__ import annotations

import pytest

from shared.queue.outbox import ASK_EXPIRES, STEP
from tests.harness.desk import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Nobody drains; one row waits."""
    desk.drainer.release()
    desk.outbox.put("scene:1")
    return desk


def test_a_thousand_changes_ask_once(desk: Desk) -> None:
    asked = 0
    for number in range(1000):
        desk.outbox.put(f"scene:{number}")
        asked += desk.outbox.ask_once()
    assert asked == 1


def test_a_drain_that_could_not_be_queued_is_asked_for_again(desk: Desk) -> None:
    assert desk.outbox.ask_once()
    desk.outbox.forget_ask()
    assert desk.outbox.ask_once()


@pytest.mark.parametrize("seconds", [ASK_EXPIRES, -ASK_EXPIRES], ids=["lost", "clock set back"])
def test_a_drain_that_never_started_is_asked_for_again(desk: Desk, seconds: float) -> None:
    assert desk.outbox.ask_once()
    desk.clock.advance(seconds)
    assert desk.outbox.ask_once()


def test_a_drain_that_runs_is_enough(desk: Desk) -> None:
    desk.begin()
    assert not desk.outbox.ask_once()


def test_after_the_drain_the_next_change_asks_again(desk: Desk) -> None:
    assert desk.outbox.ask_once()
    desk.begin()
    desk.drainer.release()
    assert desk.outbox.ask_once()


def test_a_step_of_a_page_is_not_enough_for_it_may_end_early(desk: Desk) -> None:
    desk.outbox.begin(desk.outbox.lease(STEP), was_asked_for=False)
    assert desk.outbox.ask_once()


def test_a_step_does_not_answer_the_call_for_a_task(desk: Desk) -> None:
    assert desk.outbox.ask_once()
    step = desk.outbox.lease(STEP)
    desk.outbox.begin(step, was_asked_for=False)
    step.release()
    assert not desk.outbox.ask_once()


def test_nobody_is_asked_for_nothing(desk: Desk) -> None:
    desk.begin()
    desk.outbox.done(desk.claim())
    desk.drainer.release()
    assert not desk.outbox.ask_once()


def test_nobody_is_asked_while_the_queue_is_paused(desk: Desk) -> None:
    desk.outbox.pause("Plex refused the token.")
    assert (desk.outbox.ask_once(), desk.outbox.is_due()) == (False, False)
    assert desk.outbox.trouble() == "Plex refused the token."
    desk.outbox.resume()
    assert (desk.outbox.is_due(), desk.outbox.ask_once()) == (True, True)


def test_nobody_is_asked_while_the_service_is_down(desk: Desk) -> None:
    desk.outbox.breaker.fail("Plex does not answer.")
    assert (desk.outbox.ask_once(), desk.outbox.is_due()) == (False, False)
    desk.clock.advance(60)
    assert (desk.outbox.is_due(), desk.outbox.ask_once()) == (True, True)
