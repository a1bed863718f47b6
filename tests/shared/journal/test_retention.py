"""Forgetting: what is old or too much goes, what can still be undone stays, pictures go with their last reference."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from shared.errors import StateError, UsageError
from shared.journal import Item, plan_undo, prune, set_field
from shared.journal.retention import DAY, ITEMS_AT_ONCE
from tests.harness.library import Library


def count(library: Library, table: str) -> int:
    return int(library.call.store.first(f"SELECT count(*) FROM {table}")[0])


@pytest.mark.parametrize(("days", "is_kept"), [(13, True), (15, False)])
def test_plans_that_were_not_applied_go_after_two_weeks(library: Library, days: int, is_kept: bool) -> None:
    library.save()
    library.clock.advance(days * DAY)
    prune(library.journal)
    assert (count(library, "journal_plans"), count(library, "journal_rows")) == ((1, 10) if is_kept else (0, 0))


def test_runs_can_be_undone_for_half_a_year(library: Library) -> None:
    run = library.run()
    library.clock.advance(179 * DAY)
    prune(library.journal)
    assert library.undo(run.run_id).items["changed"] == 5


def test_after_that_their_totals_stay_in_the_history(library: Library) -> None:
    run = library.run()
    library.clock.advance(181 * DAY)
    prune(library.journal)
    assert library.journal.list_runs()["runs"][0]["changed"] == 5
    assert library.journal.list_changes(run.run_id or 0)["entries"] == []
    with pytest.raises(UsageError, match="cannot be taken back any more"):
        plan_undo(library.journal, run.run_id or 0)


def test_after_two_years_a_run_leaves_the_history(library: Library) -> None:
    library.run()
    library.clock.advance(181 * DAY)
    prune(library.journal)
    library.clock.advance(548 * DAY)
    prune(library.journal)
    assert (count(library, "journal_runs"), count(library, "journal_totals") > 0) == (1, True)
    library.clock.advance(2 * DAY)
    prune(library.journal)
    assert (count(library, "journal_runs"), count(library, "journal_totals")) == (0, 0)


def test_runs_forget_for_the_others_but_only_once_an_hour(library: Library) -> None:
    library.run()
    plan = library.journal.begin_plan("sync", "cut off")
    for minutes, is_kept in ((3 * 24 * 60, False), (1, True)):
        library.clock.advance(minutes * 60)
        library.run()
        left = library.journal.read("SELECT 1 FROM journal_plans WHERE id = ?", (plan,))
        assert bool(left) is is_kept
        plan = library.journal.begin_plan("sync", "cut off")
        with library.call.store.write() as db:
            db.execute("UPDATE journal_plans SET created = 0 WHERE id = ?", (plan,))


def test_half_made_plans_go_after_two_days(library: Library) -> None:
    library.journal.begin_plan("sync", "cut off")
    library.clock.advance(3 * DAY)
    prune(library.journal)
    assert count(library, "journal_plans") == 0


def test_the_oldest_go_when_there_are_too_many_rows(library: Library) -> None:
    for _ in range(3):
        library.save()
    prune(library.journal, keep_rows=25)
    assert [row["id"] for row in library.journal.read("SELECT id FROM journal_plans")] == [2, 3]


def test_the_newest_plan_stays_however_large(library: Library) -> None:
    library.save()
    prune(library.journal, keep_rows=1)
    assert count(library, "journal_rows") == 10


def test_it_goes_in_bites_and_gives_the_space_back(library: Library) -> None:
    items = (Item("thing", str(n), "x" * 2000) for n in range(ITEMS_AT_ONCE * 2 + 1))
    library.save(set_field(item, "title", None, "x") for item in items)
    library.clock.advance(15 * DAY)
    assert prune(library.journal, bites=1) == ITEMS_AT_ONCE
    assert prune(library.journal) == ITEMS_AT_ONCE + 1
    library.call.store.close()
    assert Path(library.call.store.path).stat().st_size < 1_500_000


class TestPictures:
    @pytest.fixture
    def old(self, library: Library) -> dict[str, Any]:
        return library.journal.blobs.put(b"the old picture", "image/jpeg")

    def age(self, library: Library, seconds: float) -> None:
        """Give the stored files an age by the clock of the test; files have the time of the machine."""
        for path in Path(library.call.store.path).parent.glob("blobs/*/*"):
            os.utime(path, (library.clock.now() - seconds,) * 2)

    def test_a_replaced_picture_can_be_restored(self, library: Library, old: dict[str, Any]) -> None:
        library.shelf.put("0", image=old)
        new = library.journal.blobs.put(b"the new picture")
        run = library.run([set_field(library.items[0], "image", old, new)])
        library.undo(run.run_id)
        restored = (library.shelf.get("0") or {})["image"]
        assert library.journal.blobs.get(restored) == b"the old picture"

    def test_describing_stores_nothing_and_names_the_same(self, library: Library, old: dict[str, Any]) -> None:
        assert library.journal.blobs.make_reference(b"the old picture", "image/jpeg") == old
        with pytest.raises(StateError, match="missing"):
            library.journal.blobs.get(library.journal.blobs.make_reference(b"never put"))

    def test_a_picture_goes_with_the_last_plan_that_refers_to_it(self, library: Library, old: dict[str, Any]) -> None:
        for _ in range(2):
            library.save([set_field(library.items[0], "image", old, None)])
            library.clock.advance(10 * DAY)
        self.age(library, 20 * DAY)
        prune(library.journal)
        assert library.journal.blobs.get(old) == b"the old picture"
        library.clock.advance(10 * DAY)
        prune(library.journal)
        assert list(library.journal.blobs.list_names()) == []

    def test_a_picture_without_a_reference_is_swept_when_it_is_a_day_old(
        self, library: Library, old: dict[str, Any]
    ) -> None:
        self.age(library, 0.5 * DAY)
        prune(library.journal)
        assert library.journal.blobs.get(old)
        self.age(library, 1.5 * DAY)
        library.clock.advance(8 * DAY)
        prune(library.journal)
        assert list(library.journal.blobs.list_names()) == []
