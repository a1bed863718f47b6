"""The members that a plan adds: selected, counted and listed across all items."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.journal import Change, add_member, remove_member
from tests.harness.library import Library


@pytest.fixture
def plan_id(library: Library) -> int:
    """Return a plan: all five things get "rain", the first two "fog" as well, the last one loses "mine"."""

    def plan() -> Iterator[Change]:
        for number, item in enumerate(library.items):
            yield add_member(item, "tags", "rain", source="box")
            if number < 2:
                yield add_member(item, "tags", "fog", source="box")
        yield remove_member(library.items[-1], "tags", "mine", source="box")

    return library.save(plan())


def test_one_member_is_ticked_off_wherever_it_is_added(library: Library, plan_id: int) -> None:
    assert library.journal.select_members(plan_id, False, ["fog"]) == 2
    library.apply(plan_id)
    assert library.tags() == [["mine", "rain"]] * 4 + [["rain"]]


def test_what_was_ticked_off_is_ticked_on_again(library: Library, plan_id: int) -> None:
    library.journal.select_members(plan_id, False, ["rain", "fog"])
    assert library.journal.select_members(plan_id, True, ["fog"]) == 2
    assert library.journal.count_members(plan_id, ["rain", "fog"]) == {"rain": (0, 0), "fog": (2, 0)}


def test_only_additions_count_and_unknown_members_are_none(library: Library, plan_id: int) -> None:
    assert library.journal.count_members(plan_id, ["rain", "mine", "snow"]) == {
        "rain": (5, 0),
        "mine": (0, 0),
        "snow": (0, 0),
    }
    assert library.journal.select_members(plan_id, False, ["snow"]) == 0


def test_what_is_written_already_cannot_be_ticked_off(library: Library, plan_id: int) -> None:
    library.apply(plan_id)
    assert library.journal.select_members(plan_id, False, ["rain"]) == 0


def test_items_that_get_a_member_are_listed_by_pages(library: Library, plan_id: int) -> None:
    entries, total = library.journal.list_items_with(plan_id, "rain", 2, page_size=2)
    assert ([entry["item_id"] for entry in entries], total) == (["2", "3"], 5)
    assert [change["after"] for change in entries[0]["changes"]] == ["rain"]
    assert library.journal.list_items_with(plan_id, "mine") == ([], 0)


def test_members_of_another_plan_are_left_alone(library: Library, plan_id: int) -> None:
    other = library.save([add_member(library.items[0], "tags", "fog", source="box")])
    library.journal.select_members(plan_id, False, ["fog"])
    assert library.journal.count_members(other, ["fog"]) == {"fog": (1, 0)}
