"""Applying: only what was planned, only where it was planned for, and totals that add up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared import errors
from shared.journal import Finding, Item, Journal, Run, RunSummary, open_run, set_field
from shared.journal.queries import list_reasons
from shared.state.lease import HUNG_AFTER, Lease
from tests.harness.library import Library, new_titles
from tests.harness.state import StandInCall


def test_a_plan_is_applied_as_it_was_shown(library: Library) -> None:
    summary = library.run()
    assert library.titles() == [f"new {n}" for n in range(5)]
    assert library.tags() == [["mine", "theirs"]] * 5
    assert (summary.state, summary.seen, summary.items["changed"], summary.rows["changed"]) == ("finished", 5, 5, 10)


def test_applying_again_writes_nothing(library: Library) -> None:
    plan_id = library.save()
    first = library.apply(plan_id)
    assert library.apply(plan_id) == first
    assert library.run().items["unchanged"] == 5
    assert (library.shelf.count_writes(), library.journal.list_runs()["total"]) == (10, 2)


def test_a_value_edited_meanwhile_is_a_conflict_and_the_rest_is_written(library: Library) -> None:
    plan_id = library.save()
    library.shelf.put("2", title="mine")
    summary = library.apply(plan_id)
    assert library.shelf.get("2") == {"title": "mine", "tags": ["mine", "theirs"]}
    assert (summary.items["changed"], summary.remarks["conflict"], summary.rows["conflict"]) == (5, 1, 1)
    assert summary.sentence() == "5 seen: 5 changed (1 with a conflict)."
    (reason,) = list_reasons(library.journal, summary.run_id or 0)
    assert "changed meanwhile" in reason


def test_a_tag_added_by_the_user_meanwhile_stays(library: Library) -> None:
    plan_id = library.save()
    library.shelf.put("0", tags=["mine", "late"])
    library.apply(plan_id)
    assert library.tags()[0] == ["mine", "late", "theirs"]


def test_one_refused_item_does_not_stop_the_others(library: Library) -> None:
    library.shelf.errors["1"] = errors.Refused("Stash says no.")
    library.shelf.remove("3")
    summary = library.run()
    assert library.outcomes(summary.run_id) == {
        "0": "changed",
        "1": "failed",
        "2": "changed",
        "3": "failed",
        "4": "changed",
    }
    assert (summary.items["failed"], summary.state) == (2, "finished")


def test_one_refused_field_does_not_hide_that_the_others_were_written(library: Library) -> None:
    library.shelf.errors["1"] = {"tags": errors.Refused("duplicate alias")}
    summary = library.run()
    assert (summary.rows["failed"], summary.rows["changed"], library.titles()[1]) == (1, 9, "new 1")
    assert (summary.items["changed"], summary.items["failed"], summary.remarks["failed"]) == (5, 0, 1)
    assert (summary.result, summary.is_failure) == ("partial", False)


def test_a_value_that_fails_for_every_item_fails_no_item(library: Library) -> None:
    for item in library.items:
        library.shelf.errors[item.id] = {"tags": errors.NotFound("Stash has no such tag.")}
    summary = library.run()
    assert (summary.items["changed"], summary.items["failed"], summary.rows["failed"]) == (5, 0, 5)
    assert list_reasons(library.journal, summary.run_id or 0) == ["5 things: Stash has no such tag."]
    assert summary.sentence() == "5 seen: 5 changed (5 with a value that failed)."


def test_a_part_that_failed_makes_plan_and_run_partial(library: Library) -> None:
    plan_id = library.save(problems={"Box": "Box does not answer."})
    assert (library.journal.preview(plan_id).result, library.apply(plan_id).result) == ("partial", "partial")
    with open_run(library.call, library.shelf, kind="sync", title="Sync", dry_run=True) as run:
        run.add_problems({"Box": "it is down."})
    assert (run.summary().result, run.summary().sentence()) == ("partial", "0 seen: nothing to do. Box: it is down.")


def test_a_conflict_that_the_service_reports_is_one(library: Library) -> None:
    library.shelf.errors["1"] = errors.Conflict("Changed while writing.")
    assert library.run().items["conflict"] == 1


@pytest.mark.parametrize("error", [errors.Unreachable("down"), errors.AuthRejected("key"), errors.RateLimited("429")])
def test_a_failing_service_stops_the_run_which_can_be_continued(library: Library, error: errors.BundleError) -> None:
    plan_id = library.save()
    library.shelf.errors["3"] = error
    with pytest.raises(type(error)):
        library.apply(plan_id, batch_size=2)
    run = library.journal.list_runs()["runs"][0]
    assert (run["state"], run["error"], run["changed"], run["failed"]) == ("failed", str(error), 3, 0)
    library.shelf.errors.clear()
    summary = library.apply(plan_id)
    assert (summary.run_id, summary.items["changed"], summary.seen) == (run["id"], 5, 5)
    assert library.shelf.count_writes() == 10


def test_reading_that_fails_is_not_taken_for_missing_items(library: Library) -> None:
    plan_id = library.save()
    library.shelf.down = errors.Unreachable("No answer.")
    with pytest.raises(errors.Unreachable):
        library.apply(plan_id)
    assert library.journal.summarize(1).seen == 0
    library.shelf.down = None
    assert library.apply(plan_id).items["changed"] == 5


def test_a_bug_of_the_target_ends_the_run_with_its_name(library: Library) -> None:
    library.shelf.write = lambda work: 1 / 0  # type: ignore[assignment,method-assign,return-value]
    with pytest.raises(ZeroDivisionError):
        library.run()
    summary = library.journal.summarize(1)
    assert (summary.state, summary.error) == ("failed", "ZeroDivisionError: division by zero")


def test_chosen_items_can_be_applied_first_and_the_rest_later(library: Library) -> None:
    plan_id = library.save(counted={"unchanged": 10})
    ids = [entry["id"] for entry in library.journal.list_plan(plan_id)["entries"]]
    first = library.apply(plan_id, only=ids[1:3])
    second = library.apply(plan_id)
    assert (first.items["changed"], first.items["unchanged"]) == (2, 0)
    assert (second.items["changed"], second.items["unchanged"]) == (3, 10)
    assert library.journal.find_plan(plan_id)["state"] == "applied"


def test_choosing_nothing_applies_nothing(library: Library) -> None:
    assert library.apply(library.save(), only=[]).seen == 0
    assert library.shelf.count_writes() == 0


def test_totals_add_up_and_findings_are_among_them(library: Library) -> None:
    library.shelf.put("0", title="new 0", tags=["theirs"])
    library.shelf.put("1", title="edited")
    library.shelf.errors["2"] = errors.Refused("no")
    findings = [
        Finding(Item("thing", f"s{n}"), outcome, "Because.") for n, outcome in enumerate(["skipped", "conflict"])
    ]
    summary = library.run([*library.changes(), *findings], counted={"unchanged": 90})
    assert summary.items == {"changed": 3, "unchanged": 91, "skipped": 1, "conflict": 1, "failed": 1}
    assert summary.seen == 97 == summary.to_json()["seen"]
    assert summary.rows == {"changed": 5, "unchanged": 2, "skipped": 1, "conflict": 2, "failed": 2}
    assert (
        summary.sentence() == "97 seen: 3 changed (1 with a conflict), 91 unchanged, 1 skipped, 1 conflict, 1 failed."
    )


def test_an_item_with_changes_and_a_finding_shows_both(library: Library) -> None:
    item = library.items[0]
    finding = Finding(item, "conflict", "Another thing has this name.", field="name")
    summary = library.run([finding, set_field(item, "title", "old 0", "new 0")])
    assert (summary.items["changed"], summary.remarks["conflict"], library.titles()[0]) == (1, 1, "new 0")
    assert summary.result == "partial"


@pytest.mark.parametrize(("refused", "is_failure"), [(range(5), True), (range(4), False), ((), False)])
def test_a_run_in_which_everything_failed_is_a_failure(library: Library, refused: range, is_failure: bool) -> None:
    library.shelf.errors.update({str(n): errors.Refused("no") for n in refused})
    assert library.run().is_failure == is_failure


def test_a_run_of_chosen_items_leaves_what_the_plan_found_to_the_run_of_the_whole_plan(library: Library) -> None:
    finding = Finding(Item("thing", "s1"), "skipped", "Because.")
    with open_run(library.call, library.shelf, kind="sync", title="Sync", dry_run=True) as preview:
        preview.work([*library.changes(), finding])
        preview.count("unchanged", 90)
        preview.add_problems({"Box": "it is down."})
    plan_id = preview.plan_id
    first, second = (each["id"] for each in library.journal.list_plan(plan_id)["entries"][:2])
    assert library.apply(plan_id, only=[first]).sentence() == "1 seen: 1 changed."
    assert library.apply(plan_id, only=[second]).sentence() == "1 seen: 1 changed."
    assert library.apply(plan_id).sentence() == "94 seen: 3 changed, 90 unchanged, 1 skipped. Box: it is down."


def test_progress_of_a_continued_run_ends_at_one_too(library: Library) -> None:
    plan_id = library.save()
    first = library.journal.list_plan(plan_id)["entries"][0]["id"]
    library.apply(plan_id, only=[first])
    library.apply(plan_id, batch_size=2)
    assert library.call.shown == [1.0, 0.5, 1.0]


def test_progress_ends_at_one(library: Library) -> None:
    library.apply(library.save(), batch_size=2)
    assert library.call.shown == [0.4, 0.8, 1.0]


def test_writing_goes_on_from_the_progress_of_the_steps_before(library: Library) -> None:
    library.call.progress.shown = 0.5
    library.apply(library.save(), batch_size=2)
    assert library.call.shown == pytest.approx([0.7, 0.9, 1.0])


def test_every_batch_is_read_once(library: Library) -> None:
    library.apply(library.save(), batch_size=5)
    assert library.shelf.reads == 1


def test_a_second_run_of_the_kind_is_refused_with_the_number_of_the_first(library: Library) -> None:
    plan_id = library.save(title="Sync")
    with open_run(library.call, library.shelf, kind="sync", title="Sync"), pytest.raises(errors.Busy, match="run 1"):
        library.apply(plan_id)
    assert library.apply(plan_id).items["changed"] == 5
    assert [run["id"] for run in library.journal.list_runs()["runs"]] == [2, 1]


def test_runs_of_different_kinds_go_side_by_side(library: Library) -> None:
    with open_run(library.call, library.shelf, kind="other", title="Other"):
        assert library.run().items["changed"] == 5


def test_a_run_whose_process_died_says_so_before_the_clean_up(library: Library) -> None:
    run = open_run(library.call, library.shelf, kind="sync", title="Sync")
    run.__enter__()
    assert library.journal.summarize(run.run_id or 0).state == "running"
    with library.call.store.write() as db:
        db.execute("UPDATE leases SET born = 'in another life'")
    assert library.journal.summarize(run.run_id or 0).state == "interrupted"


def test_who_lost_the_lock_stops_and_leaves_the_end_to_the_other(library: Library) -> None:
    with (
        pytest.raises(errors.Busy, match="taken over"),
        open_run(library.call, library.shelf, kind="sync", title="Sync") as run,
    ):
        with library.call.store.write() as db:
            db.execute("DELETE FROM leases")
        Lease(library.call.store, "run:sync", what="Sync").acquire()
        run.work(library.changes())
    assert library.shelf.count_writes() == 0
    assert library.journal.read("SELECT state, error FROM journal_runs")[0][:] == ("running", "")


@pytest.mark.parametrize("act", [lambda run: run.count("unchanged"), lambda run: run.work([])], ids=["count", "work"])
def test_a_long_run_without_changes_keeps_its_lock(library: Library, act: Callable[[Run], object]) -> None:
    with open_run(library.call, library.shelf, kind="sync", title="Sync") as run:
        for _ in range(10):
            library.clock.advance(HUNG_AFTER / 2)
            act(run)
        assert library.journal.summarize(run.run_id or 0).state == "running"


class TestPlanningAndApplyingInTurns:
    def run(self, library: Library, **options: object) -> RunSummary:
        with open_run(library.call, library.shelf, kind="sync", title="Sync", **options) as run:  # type: ignore[arg-type]
            for start in (0, 2, 4):
                run.work(new_titles(library.items[start : start + 2]))
                run.count("unchanged", 10)
        return run.summary()

    def test_it_changes_and_counts(self, library: Library) -> None:
        summary = self.run(library)
        assert (summary.seen, summary.items["changed"], summary.items["unchanged"]) == (35, 5, 30)

    def test_a_dry_run_writes_nothing_and_can_be_applied_later(self, library: Library) -> None:
        summary = self.run(library, dry_run=True)
        assert (summary.run_id, summary.seen, summary.planned, library.shelf.count_writes()) == (None, 35, 5, 0)
        assert library.journal.list_runs()["total"] == 0
        applied = library.apply(summary.plan_id)
        assert (applied.seen, applied.items["changed"]) == (35, 5)

    def test_a_dry_run_has_the_rows_of_the_real_one(self, library: Library) -> None:
        dry = library.journal.list_plan(self.run(library, dry_run=True).plan_id)["entries"]
        real = library.journal.list_changes(self.run(library).run_id or 0)["entries"]
        keys = ("field", "action", "before", "after")
        assert [[row[key] for key in keys] for entry in dry for row in entry["changes"]] == [
            [row[key] for key in keys] for entry in real for row in entry["changes"]
        ]

    def test_a_run_without_changes_may_leave_no_trace(self, library: Library) -> None:
        with open_run(library.call, library.shelf, kind="sync", title="Sync", keep_empty=False) as run:
            run.count("unchanged", 3)
        assert library.journal.list_runs()["total"] == 0
        assert (run.summary().sentence(), run.summary().state) == ("3 seen: 3 unchanged.", "finished")

    def test_short_runs_of_one_day_share_one_entry(self, library: Library) -> None:
        for item in library.items[:3]:
            with open_run(library.call, library.shelf, kind="sync", title="Today", reuse_for=86_400) as run:
                run.work(new_titles([item]))
            library.clock.advance(40_000)
        assert [entry["changed"] for entry in library.journal.list_runs()["runs"]] == [3]
        with open_run(library.call, library.shelf, kind="sync", title="Tomorrow", reuse_for=86_400) as run:
            run.work(new_titles(library.items[3:]))
        assert [entry["changed"] for entry in library.journal.list_runs()["runs"]] == [2, 3]

    def test_a_short_run_does_not_write_what_a_dead_one_before_it_had_planned(self, library: Library) -> None:
        """What was planned then may be out of date, so the next run plans it again."""
        run = open_run(library.call, library.shelf, kind="sync", title="Today", reuse_for=86_400)
        with pytest.raises(KeyboardInterrupt), run:
            library.journal.add_entries(run.plan_id, new_titles(library.items[:1]))
            raise KeyboardInterrupt
        with open_run(library.call, library.shelf, kind="sync", title="Today", reuse_for=86_400) as run:
            run.work(new_titles(library.items[1:2]))
        assert library.titles()[:2] == ["old 0", "new 1"]

    def test_findings_are_counted_like_changes(self, library: Library) -> None:
        with open_run(library.call, library.shelf, kind="sync", title="Sync") as run:
            run.work([Finding(library.items[0], "conflict", "Two boxes differ."), *new_titles(library.items[1:])])
        summary = run.summary()
        assert (summary.seen, summary.items["conflict"], summary.rows["conflict"]) == (5, 1, 1)

    def test_details_are_kept_with_the_run(self, library: Library) -> None:
        with open_run(library.call, library.shelf, kind="sync", title="Sync", details={"box": "A"}) as run:
            run.details["partial"] = True
        assert library.journal.list_runs()["runs"][0]["details"] == {"box": "A", "partial": True}


def test_runs_are_listed_newest_first_by_kind_and_page(library: Library) -> None:
    for kind in ("a", "b", "a"):
        library.run([], kind=kind)
    listed = library.journal.list_runs(kind="a", page_size=1, page=2)
    assert (listed["total"], [run["id"] for run in listed["runs"]]) == (2, [1])


def test_a_history_without_anything_is_empty(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Journal(StandInCall(tmp_path_factory.mktemp("new")).store).list_runs()["runs"] == []
