"""Values of the wrong kind in records of replies are found and named."""

from __future__ import annotations

from typing import Any

import pytest

from shared.reply_fields import int_of, list_of, number_of, text_of
from shared.reply_shape import find_mistake
from shared.stash_box.records import shapes


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({}, ""),
        ({"aliases": None, "measurements": None, "urls": [None]}, ""),
        ({"height": "170", "unknown_field": [5]}, ""),
        ({"aliases": 5.5}, "aliases is a number"),
        ({"aliases": ["Ann", 5]}, "aliases is a number"),
        ({"eye_color": 3}, "eye_color is a number"),
        ({"height": "tall"}, "height is a text"),
        ({"height": True}, "height is true or false"),
        ({"measurements": []}, "measurements is a list"),
        ({"urls": [{"url": ["https://a.example/"]}]}, "url is a list"),
        ({"name": {}}, "name is an object"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(change: dict[str, Any], mistake: str) -> None:
    assert find_mistake({"id": "1", "name": "Mira", **change}, shapes.PERFORMER) == mistake


def test_a_record_that_is_none_is_named() -> None:
    assert find_mistake(7, shapes.TAG) == "the record is a number"


def test_fields_of_the_wrong_kind_are_empty_where_a_program_is_not_exact() -> None:
    entry = {"rows": 5, "size": [], "left": float("inf"), "name": 7, "count": "12.0"}
    assert list_of(entry, "rows") == []
    assert (number_of(entry, "size"), number_of(entry, "left"), text_of(entry, "name")) == (0.0, 0.0, "7")
    assert (int_of(entry, "count"), int_of(entry, "rows"), int_of(entry, "nothing")) == (12, 5, 0)
