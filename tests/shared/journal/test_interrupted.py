"""Runs whose process was killed between intent and outcome: the present values decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.errors import Unreachable
from shared.journal.journal import lease_name
from shared.journal.queries import count_open_changes
from shared.journal.recovery import has_open_intents, settle_kind
from shared.runtime.clock import SYSTEM_CLOCK
from shared.state.lease import Lease
from tests.harness.library import Library
from tests.harness.state import run_program


class KilledLibrary(Library):
    """A process was killed after it had written two of the five things, before it could note what it did."""

    def __init__(self, directory: Path, *, is_live: bool = False) -> None:
        super().__init__(directory, clock=SYSTEM_CLOCK)
        self.plan_id = 0 if is_live else self.save()
        self.call.store.close()
        code, _ = run_program("apply", directory, self.plan_id, 0, 2)
        assert code == -9


@pytest.fixture
def library(tmp_path: Path) -> KilledLibrary:
    return KilledLibrary(tmp_path)


def test_the_run_says_that_it_was_interrupted(library: KilledLibrary) -> None:
    assert library.journal.summarize(1).state == "interrupted"
    assert library.titles() == ["new 0", "new 1", "old 2", "old 3", "old 4"]


def test_what_the_run_intended_is_still_to_be_applied(library: KilledLibrary) -> None:
    assert count_open_changes(library.journal, library.plan_id) == (10, 10)
    library.apply(library.plan_id)
    assert count_open_changes(library.journal, library.plan_id) == (0, 0)


def test_applying_again_finishes_the_same_run_without_writing_twice(library: KilledLibrary) -> None:
    summary = library.apply(library.plan_id)
    assert (summary.run_id, summary.state, summary.items["changed"], summary.seen) == (1, "finished", 5, 5)
    assert library.titles() == [f"new {n}" for n in range(5)]
    assert [library.shelf.count_writes(item.id) for item in library.items] == [2, 2, 2, 2, 2]


def test_what_was_edited_before_the_restart_is_a_conflict(library: KilledLibrary) -> None:
    library.shelf.put("0", title="edited")
    library.shelf.put("2", title="edited")
    summary = library.apply(library.plan_id)
    assert (summary.rows["conflict"], summary.remarks["conflict"], summary.items["changed"]) == (2, 2, 5)
    assert library.titles()[:3] == ["edited", "new 1", "edited"]


def test_a_run_that_cannot_read_does_not_guess(library: KilledLibrary) -> None:
    library.shelf.down = Unreachable("Stash does not answer.")
    with pytest.raises(Unreachable):
        library.apply(library.plan_id)
    library.shelf.down = None
    assert library.apply(library.plan_id).items["changed"] == 5


def test_another_plan_of_the_kind_settles_it_first(library: KilledLibrary) -> None:
    library.run([])
    assert library.journal.summarize(1).state == "interrupted"
    assert library.journal.summarize(1).items["changed"] == 2
    assert library.undo(1).items["changed"] == 2
    assert library.titles() == [f"old {n}" for n in range(5)]
    assert library.apply(library.plan_id).items["conflict"] == 0


def test_a_killed_live_run_is_settled_and_its_rest_given_up(tmp_path: Path) -> None:
    library = KilledLibrary(tmp_path, is_live=True)
    library.run([])
    run = library.journal.summarize(1)
    assert (run.state, run.items["changed"], run.items["skipped"]) == ("interrupted", 2, 3)
    assert (
        "next run plans it again" in library.journal.list_changes(1, page_size=9)["entries"][4]["changes"][0]["message"]
    )


def test_what_a_killed_run_wrote_can_be_taken_back(library: KilledLibrary) -> None:
    summary = library.apply(library.plan_id)
    library.undo(summary.run_id)
    assert library.titles() == [f"old {n}" for n in range(5)]
    assert library.tags() == [["mine"]] * 5


def test_what_a_killed_run_intended_is_found_out_without_another_run(library: KilledLibrary) -> None:
    assert has_open_intents(library.journal, "sync")
    settle_kind(library.call, "sync", library.shelf)
    summary = library.journal.summarize(1)
    assert (summary.state, summary.items["changed"]) == ("interrupted", 2)
    assert not has_open_intents(library.journal, "sync")


def test_a_living_run_finds_out_for_itself(library: KilledLibrary) -> None:
    with Lease(library.call.store, lease_name("sync"), what="A run"):
        settle_kind(library.call, "sync", library.shelf)
    assert has_open_intents(library.journal, "sync")
