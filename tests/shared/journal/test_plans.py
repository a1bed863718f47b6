"""Plans: saved row by row, listed page by page, rows deselected, deleted when they are old."""

from __future__ import annotations

import pytest

from shared.errors import UsageError
from shared.journal import Finding, Item, set_field
from tests.harness.library import Library


def test_a_saved_plan_shows_every_row_and_writes_nothing(library: Library) -> None:
    plan = library.journal.list_plan(library.save(title="Tidy up"))
    assert (plan["title"], plan["items"], plan["rows"], plan["total"]) == ("Tidy up", 5, 10, 5)
    first, second = plan["entries"][0]["changes"]
    assert [first[key] for key in ("field", "action", "before", "after", "source", "reason")] == [
        "title",
        "set",
        "old 0",
        "new 0",
        "box",
        "renamed there",
    ]
    assert (second["action"], second["after"], library.shelf.count_writes()) == ("add", "theirs", 0)


def test_pages_follow_each_other(library: Library) -> None:
    plan_id = library.save()
    pages = [library.journal.list_plan(plan_id, page, page_size=2)["entries"] for page in (1, 2, 3, 4)]
    assert [[entry["item_id"] for entry in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"], []]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"text": "thing 3"}, ["3"]),
        ({"outcome": "conflict"}, ["9"]),
        ({"field": "tags"}, ["0", "1", "2", "3", "4"]),
        ({"source": "another box"}, ["9"]),
        ({"field": "tags", "text": "4"}, ["4"]),
    ],
)
def test_a_plan_can_be_searched(library: Library, filters: dict[str, str], found: list[str]) -> None:
    finding = Finding(Item("thing", "9", "Nine"), "conflict", "Two boxes differ.", source="another box")
    plan = library.journal.list_plan(library.save([*library.changes(), finding]), filters=filters)
    assert ([entry["item_id"] for entry in plan["entries"]], plan["total"]) == (found, len(found))


def test_what_was_counted_while_planning_is_part_of_the_plan(library: Library) -> None:
    counted = {"unchanged": 0}

    def plan() -> object:
        counted["unchanged"] += 95
        yield from library.changes()

    plan_id = library.save(plan(), counted=counted)  # type: ignore[arg-type]
    assert library.journal.list_plan(plan_id)["counted"]["unchanged"] == 95
    preview = library.journal.preview(plan_id)
    assert (preview.seen, preview.planned, preview.items["unchanged"]) == (100, 5, 95)


def test_a_plan_that_was_never_finished_is_not_there(library: Library) -> None:
    def plan() -> object:
        yield from library.changes()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        library.save(plan())  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="Make a new preview"):
        library.journal.list_plan(1)


def test_unselected_rows_are_not_applied(library: Library) -> None:
    plan_id = library.save()
    entries = library.journal.list_plan(plan_id)["entries"]
    assert library.journal.select(plan_id, False, items=[entries[0]["id"]], rows=[entries[1]["changes"][0]["id"]]) == 3
    assert library.journal.list_plan(plan_id)["unselected"] == 3
    summary = library.apply(plan_id)
    assert library.titles() == ["old 0", "old 1", "new 2", "new 3", "new 4"]
    assert library.tags()[:2] == [["mine"], ["mine", "theirs"]]
    assert (summary.items["skipped"], summary.items["changed"], summary.rows["skipped"]) == (0, 4, 0)


def test_what_was_not_selected_stays_open_and_is_applied_later(library: Library) -> None:
    plan_id = library.save()
    entries = library.journal.list_plan(plan_id)["entries"]
    library.journal.select(plan_id, False, items=[one["id"] for one in entries[1:]])
    library.journal.select(plan_id, False, rows=[entries[0]["changes"][1]["id"]])
    first = library.apply(plan_id)
    assert (first.items["changed"], first.rows["changed"], library.journal.find_plan(plan_id)["state"]) == (
        1,
        1,
        "open",
    )
    assert library.apply(plan_id).run_id == first.run_id, "nothing is selected: no second run"
    library.journal.select(plan_id, True)
    second = library.apply(plan_id)
    assert (second.items["changed"], second.rows["changed"]) == (5, 9)
    assert library.titles() == [f"new {number}" for number in range(5)]
    assert library.journal.find_plan(plan_id)["state"] == "applied"
    library.undo(second.run_id)
    library.undo(first.run_id)
    assert library.titles() == [f"old {number}" for number in range(5)]


def test_everything_off_then_one_on(library: Library) -> None:
    plan_id = library.save()
    library.journal.select(plan_id, False)
    library.journal.select(plan_id, True, items=[library.journal.list_plan(plan_id)["entries"][4]["id"]])
    assert library.apply(plan_id).items["changed"] == 1
    assert library.titles()[4] == "new 4"


def test_rows_of_another_plan_cannot_be_ticked(library: Library) -> None:
    first, second = library.save(), library.save()
    row = library.journal.list_plan(first)["entries"][0]["changes"][0]["id"]
    assert library.journal.select(second, False, rows=[row]) == 0


def test_a_plan_of_many_rows_is_saved_from_a_stream(library: Library) -> None:
    rows = (set_field(Item("thing", str(n)), "title", None, "x") for n in range(1001))
    plan = library.journal.list_plan(library.save(rows), page=41)
    assert (plan["items"], [entry["item_id"] for entry in plan["entries"]]) == (1001, ["1000"])


@pytest.mark.parametrize("ask", ["find_plan", "find_run"])
def test_what_is_not_there_is_said_in_a_sentence(library: Library, ask: str) -> None:
    with pytest.raises(UsageError, match="any more"):
        getattr(library.journal, ask)(77)
