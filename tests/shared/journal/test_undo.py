"""An undo takes back everything the run did and nothing else."""

from __future__ import annotations

import pytest

from shared.errors import UsageError
from shared.journal import Change, Work, Written, apply_plan, open_run, plan_undo, remove_member, set_field
from shared.journal.queries import count_undoable, list_run_changes
from shared.journal.undo import read_original_reason
from tests.harness.library import Library, new_titles


def test_undo_restores_fields_and_list_members(library: Library) -> None:
    run = library.run()
    assert library.undo(run.run_id).items["changed"] == 5
    assert (library.titles(), library.tags()) == ([f"old {n}" for n in range(5)], [["mine"]] * 5)


def test_what_was_removed_comes_back(library: Library) -> None:
    run = library.run([remove_member(item, "tags", "mine") for item in library.items])
    assert library.tags() == [[]] * 5
    library.undo(run.run_id)
    assert library.tags() == [["mine"]] * 5


def test_a_field_edited_since_is_a_conflict_and_the_rest_is_restored(library: Library) -> None:
    run = library.run()
    library.shelf.put("1", title="edited since")
    undo = library.undo(run.run_id)
    assert (undo.rows["conflict"], undo.remarks["conflict"], undo.rows["changed"]) == (1, 1, 9)
    assert library.shelf.get("1") == {"title": "edited since", "tags": ["mine"]}


def test_what_the_user_had_or_added_stays(library: Library) -> None:
    library.shelf.put("0", tags=["mine", "theirs"])
    run = library.run()
    library.shelf.put("1", tags=["mine", "theirs", "later"])
    library.undo(run.run_id)
    assert library.tags()[:2] == [["mine", "theirs"], ["mine", "later"]]


def test_a_second_undo_does_nothing(library: Library) -> None:
    run = library.run()
    library.undo(run.run_id)
    library.shelf.put("0", tags=["mine", "theirs"])
    writes = library.shelf.count_writes()
    assert library.undo(run.run_id).seen == 0
    assert (library.shelf.count_writes(), library.tags()[0]) == (writes, ["mine", "theirs"])


def test_undoing_the_undo_brings_the_run_back_and_it_can_be_undone_again(library: Library) -> None:
    run = library.run()
    undo = library.undo(run.run_id)
    library.undo(undo.run_id)
    assert library.titles() == [f"new {n}" for n in range(5)]
    assert library.undo(run.run_id).items["changed"] == 5
    assert library.titles() == [f"old {n}" for n in range(5)]


def test_single_items_can_be_taken_back_and_the_rest_later(library: Library) -> None:
    run = library.run()
    ids = {entry["item_id"]: entry["id"] for entry in library.journal.list_changes(run.run_id or 0)["entries"]}
    assert library.undo(run.run_id, only=[ids["3"]]).seen == 1
    assert library.titles()[3] == "old 3"
    assert library.undo(run.run_id).seen == 4


def test_single_rows_can_be_taken_back(library: Library) -> None:
    run = library.run()
    entries = library.journal.list_changes(run.run_id or 0)["entries"]
    rows = [change["id"] for entry in entries for change in entry["changes"] if change["field"] == "tags"]
    library.apply(plan_undo(library.journal, run.run_id or 0, rows=rows[1:3]))
    assert library.tags() == [["mine", "theirs"], ["mine"], ["mine"], *[["mine", "theirs"]] * 2]
    assert library.titles() == [f"new {n}" for n in range(5)]


def test_rows_of_another_run_are_not_taken_back(library: Library) -> None:
    first, second = library.run(new_titles(library.items[:1])), library.run(new_titles(library.items[1:]))
    row = library.journal.list_changes(first.run_id or 0)["entries"][0]["changes"][0]["id"]
    plan_id = plan_undo(library.journal, second.run_id or 0, rows=[row])
    assert library.journal.list_plan(plan_id)["items"] == 0


def test_choosing_nothing_takes_nothing_back(library: Library) -> None:
    assert library.undo(library.run().run_id, only=[]).seen == 0


def test_later_changes_come_off_first(library: Library) -> None:
    item = library.items[0]
    run = library.run([set_field(item, "title", "old 0", "a"), set_field(item, "first", None, "b")])
    plan = library.journal.list_plan(plan_undo(library.journal, run.run_id or 0))
    assert [change["field"] for change in plan["entries"][0]["changes"]] == ["first", "title"]


def test_an_undo_is_seen_before_it_is_applied(library: Library) -> None:
    run = library.run(new_titles(library.items), title="Titles")
    plan = library.journal.list_plan(plan_undo(library.journal, run.run_id or 0))
    assert (plan["title"], plan["undo_of"], plan["items"], library.titles()[0]) == ("Undo: Titles", 1, 5, "new 0")


def test_a_run_over_an_already_changed_field_is_undone_first(library: Library) -> None:
    first = library.run(new_titles(library.items[:1]))
    second = library.run([set_field(library.items[0], "title", "new 0", "newer")])
    assert library.undo(first.run_id).items["conflict"] == 1
    library.undo(second.run_id)
    assert library.undo(first.run_id).items["changed"] == 1
    assert library.titles()[0] == "old 0"


def test_an_item_changed_twice_in_one_run_goes_back_to_the_beginning(library: Library) -> None:
    item = library.items[0]
    with open_run(library.call, library.shelf, kind="sync", title="Today") as run:
        for before, after in (("old 0", "a"), ("a", "b"), ("b", "c")):
            run.work([set_field(item, "title", before, after), set_field(item, after, None, 1)])
    assert library.undo(run.run_id).items["changed"] == 3
    assert library.shelf.get("0") == {"title": "old 0", "tags": ["mine"], "a": None, "b": None, "c": None}


def test_an_act_is_taken_back_as_an_act(library: Library) -> None:
    run = library.run([Change(library.items[0], "movie", "do", None, {"id": 7})])
    assert (library.shelf.get("0") or {})["movie"] == {"id": 7}
    library.undo(run.run_id)
    assert (library.shelf.get("0") or {})["movie"] is None


def test_a_change_that_cannot_be_taken_back_is_left_out_of_the_undo(library: Library) -> None:
    act = Change(library.items[0], "merged", "do", None, True, can_undo=False)
    run = library.run([act, set_field(library.items[1], "title", "old 1", "new")])
    assert count_undoable(library.journal, run.run_id or 0, run.rows["changed"]) == 1
    assert library.undo(run.run_id).rows["changed"] == 1
    assert count_undoable(library.journal, run.run_id or 0, run.rows["changed"]) == 0
    assert library.shelf.get("0") == {"title": "old 0", "tags": ["mine"], "merged": True}


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_the_original_reason_of_a_change_survives_undo_after_undo(library: Library, steps: int) -> None:
    run_id = library.run().run_id or 0
    for _ in range(steps):
        run_id = library.undo(run_id).run_id or 0
    rows, count = list_run_changes(library.journal, run_id, 100)
    assert (len(rows), {read_original_reason(row) for row in rows}) == (count, {"renamed there", ""})
    assert all(row["reason"].startswith("undo of run") for row in rows if steps)


@pytest.mark.parametrize("steps", [1, 2])
def test_a_target_is_told_which_changes_take_something_back(library: Library, steps: int) -> None:
    """`is_undo` tells it, not the text of the reason; an undo of an undo is one, too."""
    written: list[Change] = []

    class Recorder:
        read = library.shelf.read

        def write(self, work: Work) -> Written:
            written.extend(change for _, changes in work for change in changes)
            return library.shelf.write(work)

    run_id = apply_plan(library.call, library.save(), Recorder()).run_id or 0
    assert not any(change.is_undo for change in written)
    for _ in range(steps):
        written.clear()
        run_id = apply_plan(library.call, plan_undo(library.journal, run_id), Recorder()).run_id or 0
    assert len(written) == 10
    assert all(change.is_undo for change in written)


def test_a_large_run_is_taken_back_completely(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library(tmp_path_factory.mktemp("large"), things=450)
    run = library.run(new_titles(library.items))
    assert library.undo(run.run_id).items["changed"] == 450
    assert library.titles() == [f"old {n}" for n in range(450)]


def test_a_run_that_is_not_there_cannot_be_undone(library: Library) -> None:
    with pytest.raises(UsageError, match="Run 7"):
        plan_undo(library.journal, 7)
