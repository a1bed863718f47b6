"""Targets that write item after item: an error stays with its item, one of the whole service ends the loop."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pytest

from shared.errors import BundleError, NotFound, Unreachable
from shared.journal import Change, Item, Json, Work, Written, apply_plan, write_each
from tests.harness.library import Library, new_titles


class OneByOne:
    """The shelf as a target of single items; `raises` has the errors by item."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.raises: dict[str, BundleError] = {}
        self.tried: list[str] = []

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        return self.library.shelf.read(items, fields)

    def write(self, work: Work) -> Written:
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        self.tried.append(item.id)
        if item.id in self.raises:
            raise self.raises[item.id]
        self.library.shelf.write([(item, changes)])


@pytest.fixture
def target(tmp_path: Path) -> OneByOne:
    return OneByOne(Library(tmp_path))


def test_an_error_stays_with_its_item(target: OneByOne) -> None:
    library = target.library
    target.raises["1"] = NotFound("Thing 1 is gone.", service="Shelf")
    summary = apply_plan(library.call, library.save(new_titles(library.items)), target)
    assert (summary.items["changed"], summary.items["failed"]) == (4, 1)


def test_a_service_that_goes_down_leaves_the_items_before_it_changed_and_the_others_untried(target: OneByOne) -> None:
    library = target.library
    target.raises["2"] = Unreachable("The shelf cannot be reached.", service="Shelf")
    with pytest.raises(Unreachable):
        apply_plan(library.call, library.save(new_titles(library.items)), target)
    assert target.tried == ["0", "1", "2"]
    assert library.journal.summarize(1).items["changed"] == 2


def test_the_next_apply_goes_on_where_the_service_went_down(target: OneByOne) -> None:
    library = target.library
    target.raises["2"] = Unreachable("The shelf cannot be reached.", service="Shelf")
    plan_id = library.save(new_titles(library.items))
    with pytest.raises(Unreachable):
        apply_plan(library.call, plan_id, target)
    target.raises.clear()
    summary = apply_plan(library.call, plan_id, target)
    assert summary.items["changed"] == 5
    assert target.tried == ["0", "1", "2", "2", "3", "4"]
