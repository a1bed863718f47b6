"""The status page: numbers, rows, and what a person may do with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.queue.view import QueuePage
from tests.harness.desk import Desk


class Page(Desk):
    """A queue with something of everything."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.begin()
        for key in ("refused 1", "refused 2", "bug", "parked", "postponed", "waiting"):
            self.outbox.put(key)
            self.clock.advance(1)
        refused, also_refused, bug, parked, postponed = self.outbox.claim(self.drainer, 5)
        self.outbox.fail(refused, "Refused", "Plex says no.")
        self.outbox.fail(also_refused, "Refused", "Plex says no.")
        self.outbox.fail(bug, "bug", "TypeError")
        self.outbox.park(parked, "NotInPlex", "Not in Plex yet.")
        self.outbox.postpone(postponed, "Plex is down.", 60)
        self.page = QueuePage(self.store)

    def keys(self, state: str, reason: str = "", **paging: int) -> list[str]:
        return [entry["key"] for entry in self.page.list_entries(state, reason, **paging)]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(tmp_path)


def test_status_tells_numbers_and_classes_of_reasons(page: Page) -> None:
    status = page.page.status()
    assert [status[state] for state in ("waiting", "working", "parked", "dead", "done")] == [2, 0, 1, 3, 0]
    assert {(row["state"], row["reason"], row["n"]) for row in status["reasons"]} == {
        ("dead", "Refused", 2),
        ("dead", "bug", 1),
        ("parked", "NotInPlex", 1),
        ("waiting", "postponed", 1),
    }
    assert status["draining"] == "drain"


def test_status_tells_why_nothing_moves(page: Page) -> None:
    page.drainer.release()
    page.outbox.pause.hold("Plex refused the token.", "AuthRejected", ends=0)
    page.outbox.breaker.fail("Plex does not answer.")
    status = page.page.status()
    assert (status["paused"]["cause"], status["down"]["message"]) == ("AuthRejected", "Plex does not answer.")
    assert status["draining"] is None


def test_an_empty_queue_has_a_status_too(tmp_path: Path) -> None:
    status = QueuePage(Desk(tmp_path).store).status()
    assert (status["waiting"], status["next_due"], status["reasons"]) == (0, None, [])


def test_rows_are_listed_by_state_and_reason_in_pages(page: Page) -> None:
    assert page.keys("waiting") == ["waiting", "postponed"]
    assert page.keys("dead", "Refused") == ["refused 1", "refused 2"]
    assert page.keys("dead", page=2, page_size=2) == page.keys("dead")[2:]


@pytest.mark.parametrize(
    ("arguments", "moved"),
    [
        ({"keys": ["bug"]}, {"bug"}),
        ({"reason": "Refused"}, {"refused 1", "refused 2"}),
        ({}, {"bug", "refused 1", "refused 2"}),
        ({"keys": ["waiting", "nobody"]}, set()),
    ],
    ids=["one", "a class", "all", "not dead"],
)
def test_dead_letters_are_retried(page: Page, arguments: dict[str, object], moved: set[str]) -> None:
    assert page.page.retry("dead", **arguments) == len(moved)  # type: ignore[arg-type]
    assert set(page.keys("waiting")) == {"waiting", "postponed", *moved}


def test_retried_rows_are_due_at_once_with_all_attempts(page: Page) -> None:
    page.page.retry("waiting", ["postponed"])
    assert {entry.key: entry.postponed for entry in page.outbox.claim(page.drainer, 9)} == {
        "waiting": 0,
        "postponed": 0,
    }


def test_rows_are_taken_out_undone_but_not_those_being_worked_on(page: Page) -> None:
    assert page.page.remove("dead", reason="Refused") == 2
    assert page.page.remove("parked") == 1
    claimed = page.claim()
    assert page.page.remove("working", [claimed.key]) == 0
    assert page.page.retry("working", [claimed.key]) == 0
    assert page.outbox.counts() == {"waiting": 1, "working": 1, "parked": 0, "dead": 1, "done": 0}


def test_one_entry_is_found_by_its_key(page: Page) -> None:
    found = page.page.find_entry("bug")
    assert found is not None and (found["state"], found["message"]) == ("dead", "TypeError")
    assert page.page.find_entry("unknown") is None


@pytest.mark.parametrize(
    ("state", "reason", "count"), [("dead", "Refused", 2), ("parked", "NotInPlex", 1), ("dead", "x", 0)]
)
def test_entries_of_a_reason_are_counted(page: Page, state: str, reason: str, count: int) -> None:
    assert page.page.count_entries(state, reason) == count


def test_only_entries_of_the_state_that_are_older_are_removed(page: Page) -> None:
    now = page.clock.now()
    assert page.page.remove_older("dead", now - 3600) == 0
    assert page.page.remove_older("dead", now + 1) == 3
    assert page.keys("parked") == ["parked"]
