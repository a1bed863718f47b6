"""The decisions: what to do with a row, given what is there now."""

from __future__ import annotations

from typing import Any

import pytest

from shared.journal.changes import (
    DO,
    Change,
    Item,
    RowOutcome,
    add_member,
    combine_outcomes,
    decide_row,
    is_same_value,
    remove_member,
    reverse_change,
    set_field,
    settle_row,
    shorten_value,
)

ITEM = Item("scene", "1", "One")
SET = set_field(ITEM, "f", "old", "new")
FILL = set_field(ITEM, "f", None, "new")
ADD = add_member(ITEM, "f", "b")
REMOVE = remove_member(ITEM, "f", "b")
ACT = Change(ITEM, "f", DO, None, {"id": 7})


@pytest.mark.parametrize(
    ("change", "present", "outcome"),
    [
        (SET, "old", ""),
        (SET, "new", "unchanged"),
        (SET, "edited", "conflict"),
        (SET, None, "conflict"),
        (FILL, None, ""),
        (FILL, "edited", "conflict"),
        (ADD, ["a"], ""),
        (ADD, None, ""),
        (ADD, ["a", "b"], "unchanged"),
        (ADD, "text", "conflict"),
        (REMOVE, ["a", "b"], ""),
        (REMOVE, ["a"], "unchanged"),
        (REMOVE, None, "unchanged"),
        (ACT, None, ""),
        (ACT, {"id": 7}, "unchanged"),
        (ACT, {"id": 8}, ""),
        (set_field(ITEM, "f", {"$blob": "a", "type": "image/png"}, {"$blob": "b"}), {"$blob": "a", "size": 1}, ""),
        (set_field(ITEM, "f", {"$blob": "a"}, {"$blob": "b"}), {"$blob": "c"}, "conflict"),
        (set_field(ITEM, "f", {"$blob": "a"}, None), None, "unchanged"),
    ],
)
def test_a_row_is_written_only_where_it_was_planned_for(change: Change, present: Any, outcome: str) -> None:
    assert decide_row(change, {"f": present}).outcome == outcome


def test_an_item_that_is_gone_fails_with_a_sentence() -> None:
    assert decide_row(SET, None) == RowOutcome("failed", "It is no longer there.")


@pytest.mark.parametrize(("after", "outcome"), [(None, "unchanged"), ({"id": 7}, "")])
def test_an_act_may_remove_its_item_or_bring_it_about(after: object, outcome: str) -> None:
    assert decide_row(Change(ITEM, "f", DO, None, after), None).outcome == outcome


def test_a_conflict_names_the_present_value() -> None:
    assert '"edited"' in decide_row(SET, {"f": "edited"}).message


@pytest.mark.parametrize(
    ("change", "present", "outcome"),
    [(SET, "new", "changed"), (SET, "old", ""), (SET, "edited", "conflict"), (ADD, ["b"], "changed"), (ADD, [], "")],
)
def test_an_interrupted_row_is_judged_by_what_is_there(change: Change, present: Any, outcome: str) -> None:
    assert settle_row(change, {"f": present}).outcome == outcome


@pytest.mark.parametrize("change", [SET, ADD, REMOVE, ACT])
def test_reversing_twice_is_the_same_change(change: Change) -> None:
    once = reverse_change(change, "undo")
    assert (once.before, once.after) == (change.after, change.before)
    assert reverse_change(once, "") == change


@pytest.mark.parametrize(
    ("outcomes", "item"),
    [
        (["changed", "unchanged"], "changed"),
        (["changed", "conflict"], "changed"),
        (["conflict", "failed", "changed"], "changed"),
        (["conflict", "failed", "unchanged"], "failed"),
        (["skipped", "unchanged"], "unchanged"),
        (["changed", ""], ""),
        (["changed", "intent"], "intent"),
    ],
)
def test_an_item_is_changed_if_a_row_was_written_and_else_the_worst_of_its_rows(outcomes: list[str], item: str) -> None:
    assert combine_outcomes(outcomes) == item


def test_values_are_compared_as_json() -> None:
    assert is_same_value(("a", 1), ["a", 1.0])
    assert not is_same_value("1", 1)


@pytest.mark.parametrize(
    ("value", "text"), [(None, "empty"), ([], "empty"), ("ä", '"ä"'), ("x" * 200, '"' + "x" * 78 + "…")]
)
def test_values_in_sentences_are_short(value: object, text: str) -> None:
    assert shorten_value(value) == text


def test_items_are_the_same_whatever_they_are_called() -> None:
    renamed = Item("scene", "1", "renamed")
    assert {ITEM: 1}[renamed] == 1
    assert not (renamed != ITEM)  # noqa: SIM202
    assert Item("tag", "1") != ITEM
