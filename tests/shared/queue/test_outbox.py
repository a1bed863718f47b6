"""The queue: one row per key, no change lost, no work deleted before it is done."""

from __future__ import annotations

import random

import pytest

from shared.errors import Busy
from shared.queue.outbox import LONGEST_BACKOFF, MAX_ATTEMPTS, MAX_CRASHES, Outbox, QueueEntry
from tests.harness.desk import Desk


def test_puts_of_one_key_become_one_row_with_all_fields(desk: Desk) -> None:
    for fields in (["title"], ["date", "title"], []):
        desk.outbox.put("scene:1", fields)
    entry = desk.claim()
    assert (entry.key, entry.fields) == ("scene:1", ("date", "title"))
    assert desk.outbox.counts()["working"] == 1


def test_the_last_note_stays_and_none_does_not_erase_it(desk: Desk) -> None:
    for note in ({"path": "a"}, {"path": "b"}, None):
        desk.outbox.put("scene:1", note=note)
    assert desk.claim().note == {"path": "b"}


def test_done_work_is_gone(desk: Desk) -> None:
    desk.outbox.put("scene:1")
    desk.outbox.done(desk.claim())
    assert desk.outbox.counts() == {"waiting": 0, "working": 0, "parked": 0, "dead": 0, "done": 1}


@pytest.mark.parametrize("ending", ["done", "retry", "fail", "postpone", "park"])
def test_a_change_during_the_work_is_worked_on_again(desk: Desk, ending: str) -> None:
    desk.outbox.put("scene:1", ["title"])
    end(desk.outbox, desk.claim(), ending, during=lambda: desk.outbox.put("scene:1", ["date"]))
    again = desk.claim()
    assert (again.fields, again.attempts) == (("date", "title"), 0)


def end(outbox: Outbox, entry: QueueEntry, ending: str, during: object = lambda: None) -> None:
    during()  # type: ignore[operator]
    arguments = {"done": (), "postpone": ("down",)}.get(ending, ("Reason", "message"))
    getattr(outbox, ending)(entry, *arguments)


def test_claims_are_due_and_oldest_first(desk: Desk) -> None:
    for key, delay in (("late", 60.0), ("second", 2.0), ("first", 1.0), ("third", 3.0)):
        desk.outbox.put(key, delay=delay)
    desk.clock.advance(10)
    assert [entry.key for entry in desk.outbox.claim(desk.drainer, 2)] == ["first", "second"]
    assert [entry.key for entry in desk.outbox.claim(desk.drainer, 9)] == ["third"]


def test_many_edits_in_a_short_time_wait_for_the_first_delay_only(desk: Desk) -> None:
    for _ in range(5):
        desk.outbox.put("scene:1", delay=2.0)
        desk.clock.advance(0.5)
    assert desk.outbox.next_due() == desk.clock.now() - 0.5


def test_failures_wait_longer_each_time_and_end_as_a_dead_letter(desk: Desk) -> None:
    desk.outbox.put("scene:1")
    waits = []
    for _ in range(MAX_ATTEMPTS - 1):
        desk.outbox.retry(desk.claim(), "ServerFailed", "500")
        waits.append((desk.outbox.next_due() or 0) - desk.clock.now())
        desk.clock.advance(LONGEST_BACKOFF)
    desk.outbox.retry(desk.claim(), "ServerFailed", "500")
    assert waits == [30, 60, 120, 240, 480, 960, 1920]
    assert desk.row("scene:1")["state"] == "dead"


def test_a_service_that_is_down_costs_no_attempts(desk: Desk) -> None:
    desk.outbox.put("scene:1")
    for _ in range(50):
        desk.outbox.postpone(desk.claim(), "nobody answers")
        desk.clock.advance(LONGEST_BACKOFF)
    assert (desk.row("scene:1")["attempts"], desk.claim().postponed) == (0, 50)


@pytest.mark.parametrize("ending", ["retry", "fail", "postpone", "park"])
def test_a_new_change_brings_a_row_back_at_once_with_all_its_attempts(desk: Desk, ending: str) -> None:
    desk.outbox.put("scene:1", ["title"])
    end(desk.outbox, desk.claim(), ending)
    assert desk.outbox.claim(desk.drainer) == []
    desk.outbox.put("scene:1", ["date"])
    entry = desk.claim()
    assert (entry.fields, entry.attempts, entry.postponed) == (("date", "title"), 0, 0)


def test_given_back_rows_are_as_they_were(desk: Desk) -> None:
    desk.outbox.put("scene:1", ["title"])
    before = desk.row("scene:1")
    desk.outbox.give_back([desk.claim()])
    assert desk.row("scene:1") == before


def test_the_next_drainer_takes_back_what_a_dead_one_had_claimed(desk: Desk) -> None:
    desk.outbox.put("scene:1", ["title"])
    desk.claim()
    desk.drainer.release()
    desk.begin()
    assert desk.claim().fields == ("title",)


def test_the_next_drainer_may_repeat_the_probe_of_a_dead_one(desk: Desk) -> None:
    desk.outbox.breaker.fail("down")
    desk.clock.advance(5)
    assert desk.outbox.breaker.may_try()
    desk.drainer.release()
    desk.begin()
    assert desk.outbox.breaker.may_try()


def test_who_lost_the_lease_can_neither_claim_nor_end_the_work_of_others(desk: Desk) -> None:
    desk.outbox.put("scene:1")
    zombie = desk.claim()
    desk.drainer.release()
    other = desk.outbox.lease()
    desk.outbox.begin(other)
    (entry,) = desk.outbox.claim(other)
    for ending in ("done", "retry", "fail", "postpone", "park"):
        end(desk.outbox, zombie, ending)
    assert (desk.row("scene:1")["state"], desk.row("scene:1")["owner"]) == ("working", entry.owner)
    with pytest.raises(Busy, match="taken over"):
        desk.outbox.claim(desk.drainer)


def test_work_that_kills_every_drainer_becomes_a_dead_letter(desk: Desk) -> None:
    desk.outbox.put("scene:1")
    for _ in range(MAX_CRASHES + 1):
        desk.claim()
        desk.drainer.release()
        desk.begin()
        desk.clock.advance(3600)
    assert (desk.row("scene:1")["state"], desk.row("scene:1")["reason"]) == ("dead", "crash")


def test_the_queue_is_not_finished_while_something_is_due(desk: Desk) -> None:
    desk.outbox.put("scene:1")
    assert not desk.outbox.finish(desk.drainer)
    desk.outbox.done(desk.claim())
    desk.outbox.put("scene:2", delay=60)
    assert desk.outbox.finish(desk.drainer)
    desk.outbox.begin(desk.outbox.lease())


def test_counters_agree_with_the_rows_whatever_happens(desk: Desk) -> None:
    dice = random.Random(7)
    for _ in range(400):
        desk.outbox.put(f"scene:{dice.randrange(30)}")
        for entry in desk.outbox.claim(desk.drainer, dice.randrange(3)):
            end(desk.outbox, entry, dice.choice(["done", "retry", "fail", "postpone", "park"]))
        desk.clock.advance(dice.randrange(40))
    rows = dict(map(tuple, desk.store.read("SELECT state, count(*) FROM outbox GROUP BY state")))
    counts = desk.outbox.counts()
    assert {state: n for state, n in counts.items() if n and state != "done"} == rows
