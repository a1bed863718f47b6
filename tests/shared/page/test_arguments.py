"""Arguments of a call: read strictly, by a handler that Stash calls."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shared.errors import GraphQLFailed
from tests.harness.installed import InstalledPlugin
from tests.shared.page.conftest import Shelf


@pytest.mark.parametrize(
    ("reader", "options", "given", "expected"),
    [
        ("read_flag", [], [True, "true", "TRUE", 1, "1", "yes", "on"], True),
        ("read_flag", [], [False, "false", "False", 0, "0", "no", "off", None, ""], False),
        ("read_flag", [True], [None, "", "true"], True),
        ("read_text", [], ["7", 7], "7"),
        ("read_text", ["x"], [None, "", " "], "x"),
        ("read_number", [], ["7", 7, 7.0, " 7 "], 7),
        ("read_number", [5], [None, ""], 5),
        ("read_optional_number", [], [None, ""], None),
        ("read_optional_number", [], [0, "0"], 0),
        ("read_numbers", [], [[1, "2"]], [1, 2]),
        ("read_numbers", [], [None], None),
        ("read_texts", [], [["a", 7, "a", "7"]], ["a", "7"]),
        ("read_texts", [], [None], None),
        ("read_choice", [["DATE", "TITLE"]], ["TITLE", "title"], "TITLE"),
        ("read_choice", [["DATE", "TITLE"], "DATE"], [None, ""], "DATE"),
        ("read_object", [], [{"a": 1}, '{"a": 1}'], {"a": 1}),
        ("read_object", [], [None, ""], {}),
    ],
)
def test_readable_values(
    plugin: InstalledPlugin, reader: str, options: list[Any], given: list[Any], expected: Any
) -> None:
    answers = [plugin.operation("read_argument", reader=reader, options=options, value=value) for value in given]
    assert answers == [expected] * len(given)


@pytest.mark.parametrize(
    ("reader", "options", "value", "sentence"),
    [
        ("read_flag", [], "maybe", "must be true or false, but is 'maybe'."),
        ("read_flag", [True], 2, "must be true or false, but is 2."),
        ("read_flag", [None], None, "is missing."),
        ("read_text", [], "", "is missing."),
        ("read_text", [], {"a": 1}, "must be a text, but is {'a': 1}."),
        ("read_texts", [], "a", "must be a list."),
        ("read_texts", [], [None], "must be a text, but is None."),
        ("read_number", [], None, "is missing."),
        ("read_number", [5], "five", "must be a number, but is 'five'."),
        ("read_number", [5], 1.5, "must be a number, but is 1.5."),
        ("read_number", [5], True, "must be a number, but is True."),
        ("read_numbers", [], [1, "x"], "must be a number, but is 'x'."),
        ("read_choice", [["DATE", "TITLE"], "DATE"], "SIZE", "must be one of DATE, TITLE, but is 'SIZE'."),
        ("read_object", [], "{", "is not JSON."),
        ("read_object", [], [1], "must be an object."),
    ],
)
def test_unreadable_values_are_named_and_never_replaced_by_a_default(
    plugin: InstalledPlugin, reader: str, options: list[Any], value: Any, sentence: str
) -> None:
    with pytest.raises(GraphQLFailed, match=re.escape(f'The argument "value" {sentence}')):
        plugin.operation("read_argument", reader=reader, options=options, value=value)


def test_a_flag_given_as_text_deselects_a_change(plugin: InstalledPlugin, shelf: Shelf) -> None:
    plan_id = plugin.operation("plan_books", title="New")["plan_id"]
    plugin.operation("plan_select", plan_id=plan_id, selected="false")
    assert plugin.operation("plan_list", plan_id=plan_id)["selected"] == 0
