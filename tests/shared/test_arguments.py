"""Arguments are read as they are declared; whatever is not allowed is named in a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shared.arguments import (
    REQUIRED,
    Argument,
    Record,
    Whole,
    choice,
    flag,
    ident,
    idents,
    mapping,
    pattern,
    read_arguments,
    record,
    records,
    text,
    texts,
    time,
    whole,
)
from shared.errors import UsageError

DAY = pattern("x", "a day", re.compile(r"\d{4}-\d\d-\d\d"), "")
PART = Argument("x", Record((ident("id"), text("name", "")), is_partial=True))
PEOPLE = records("x", (ident("id"), text("name", "")), 2)


@pytest.mark.parametrize(
    ("row", "given", "expected"),
    [
        (flag("x"), [True, "true", "TRUE", 1, "1", "yes", "on"], True),
        (flag("x"), [False, "false", 0, "0", "no", "off", None, ""], False),
        (flag("x", None), [None, " "], None),
        (ident("x"), [7, "7", 7.0, " 7 "], 7),
        (ident("x", None), [None, ""], None),
        (whole("x", 5), [None, ""], 5),
        (whole("x"), [0, "0"], 0),
        (text("x"), ["7", 7], "7"),
        (text("x", "y"), [None, "", " "], "y"),
        (texts("x"), [["a", 7, "a", "7"], '["a", "7"]'], ["a", "7"]),
        (texts("x"), [None], None),
        (idents("x"), [[1, "2", 1]], [1, 2]),
        (choice("x", ("DATE", "TITLE")), ["TITLE", "title"], "TITLE"),
        (DAY, ["2024-05-01"], "2024-05-01"),
        (time("x"), ["1970-01-01T00:01:00Z"], 60.0),
        (PEOPLE, [[{"id": "1"}]], [{"id": 1, "name": ""}]),
        (record("x"), [{"a": [1]}, '{"a": [1]}'], {"a": [1]}),
        (record("x", (flag("on"),), is_open=True), [{"on": 1, "more": 2}], {"on": True}),
        (mapping("x", Whole(0, 9)), [{"a": "3"}], {"a": 3}),
        (PART, [{"name": "n"}], {"name": "n"}),
    ],
)
def test_readable_values(row: Argument, given: list[Any], expected: Any) -> None:
    assert [read_arguments("operation try", (row,), {"x": value})["x"] for value in given] == [expected] * len(given)


@pytest.mark.parametrize(
    ("row", "value", "problem"),
    [
        (flag("x"), "perhaps", '"x" {} must be true or false, but is "perhaps".'),
        (flag("x"), 2, '"x" {} must be true or false, but is 2.'),
        (flag("x", REQUIRED), None, '"x" {} is missing.'),
        (ident("x"), 0, '"x" {} must be an id, which is a whole number from 1, but is 0.'),
        (ident("x"), 2**63, '"x" {} must be an id, which is a whole number from 1, but is 9223372036854775808.'),
        (ident("x"), 10**300, '"x" {} must be an id, which is a whole number from 1, but is a number of many digits.'),
        (ident("x"), [1], '"x" {} must be an id, which is a whole number from 1, but is a list.'),
        (whole("x", 5, "", 1, 9), -1, '"x" {} must be a whole number from 1 to 9, but is -1.'),
        (whole("x", 5, "", 1, 9), 1.5, '"x" {} must be a whole number from 1 to 9, but is 1.5.'),
        (whole("x", 5, "", 1, 9), True, '"x" {} must be a whole number from 1 to 9, but is true.'),
        (whole("x", 5, "", 1, 9), "1_0", '"x" {} must be a whole number from 1 to 9, but is "1_0".'),
        (whole("x", 5, "", 1, 9), "١", '"x" {} must be a whole number from 1 to 9, but is "١".'),
        (text("x"), {"key": "secret"}, '"x" {} must be a text, but is an object.'),
        (text("x", longest=3), "four", '"x" {} must have at most 3 characters, but has 4.'),
        (texts("x"), "a", '"x" {} must be a list of texts, but is "a".'),
        (texts("x"), [None], '"x[0]" {} must be a text, but is null.'),
        (idents("x", most=1), [1, 2], '"x" {} must have at most 1 entries, but has 2.'),
        (choice("x", ("a", "b")), "c", '"x" {} must be one of a, b, but is "c".'),
        (DAY, "2024", '"x" {} must be a day, but is "2024".'),
        (time("x"), "noon", '"x" {} must be a time such as 2024-05-01T12:00:00Z, but is "noon".'),
        (PEOPLE, [{"id": 1}, {}], '"x[1].id" {} is missing.'),
        (PEOPLE, [{"id": 1, "age": 2}], '"x[0].age" {} is not known. x[0] can have: id, name.'),
        (PART, {"id": None}, '"x.id" {} is missing.'),
        (mapping("x", Whole(0, 9)), {"a": "b"}, '"x.a" {} must be a whole number from 0 to 9, but is "b".'),
    ],
)
def test_unreadable_values_are_named(row: Argument, value: Any, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_arguments("operation try", (row,), {"x": value})
    assert str(caught.value) == "The argument " + problem.format("of the operation try")


def test_an_argument_that_is_not_declared_is_refused() -> None:
    with pytest.raises(UsageError, match=r'The task sync has no argument "dryrun"\. Its arguments: dry_run\.'):
        read_arguments("task sync", (flag("dry_run"),), {"mode": "sync", "dryrun": True})
    with pytest.raises(UsageError, match="It has no arguments"):
        read_arguments("task sync", (), {"x": None})
