"""Filters for find queries."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from shared.stash.filters import (
    Filter,
    both,
    linked_to,
    not_linked_to,
    parse_time,
    updated_since,
    with_members,
)


def test_filters_on_different_fields_are_one_level() -> None:
    assert both({"a": 1}, {"b": 2}) == {"a": 1, "b": 2}


def test_filters_on_the_same_field_are_nested() -> None:
    assert both({"a": 1}, {"a": 2}) == {"a": 1, "AND": {"a": 2}}


def test_a_third_one_goes_below_because_a_level_has_one_and() -> None:
    assert both(both({"a": 1}, {"a": 2}), {"a": 3}) == {"a": 1, "AND": {"a": 2, "AND": {"a": 3}}}


def test_links_and_members_fit_together() -> None:
    assert both(linked_to("E"), with_members("tags", [1, 2], "INCLUDES_ALL")) == {
        "stash_id_endpoint": {"endpoint": "E", "modifier": "NOT_NULL"},
        "tags": {"value": ["1", "2"], "modifier": "INCLUDES_ALL"},
    }


@pytest.mark.parametrize("first", [not_linked_to("F"), {"NOT": linked_to("F")}, both({"a": 1}, linked_to("F"))])
def test_two_questions_about_links_are_refused_because_stash_answers_them_wrongly(first: Filter) -> None:
    with pytest.raises(ValueError, match="one filter about stash ids"):
        both(first, linked_to("E"))


def test_changes_are_asked_for_with_a_days_margin() -> None:
    moment = datetime(2024, 5, 2, 12, tzinfo=timezone(timedelta(hours=2)))
    assert updated_since(moment)["updated_at"] == {"value": "2024-05-01T10:00:00Z", "modifier": "GREATER_THAN"}


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01T10:00:00Z",
        "2024-05-01T12:00:00+02:00",
        "2024-05-01T10:00:00.0Z",
        "2024-05-01T10:00:00.000000999Z",
        "2024-05-01T10:00:00",
    ],
)
def test_times_compare_whatever_their_spelling(text: str) -> None:
    assert parse_time(text) == datetime(2024, 5, 1, 10, tzinfo=timezone.utc)


def test_fractions_of_a_second_count() -> None:
    assert parse_time("2024-05-01T10:00:00.5Z") > parse_time("2024-05-01T10:00:00.123456789Z")
