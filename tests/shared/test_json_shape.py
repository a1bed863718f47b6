"""Which stored values have the shape that their reader expects."""

from __future__ import annotations

import json

import pytest

from shared.json_shape import JsonShape, fits

LOOK = {"at": float, "by": (str, None), "count?": int}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("5", int),
        ("5", float),
        ("5.5", float),
        ("true", bool),
        ("{}", dict),
        ("[1, null]", object),
        ("null", (str, None)),
        ("[]", [int]),
        ("[1, 2]", [int]),
        ('[1, "a"]', [int, str]),
        ("{}", {str: int}),
        ('{"a": {"b": [1]}}', {str: {str: [int]}}),
        ('{"at": 1, "by": null}', LOOK),
        ('{"at": 1.5, "by": "page", "count": 2, "more": []}', LOOK),
    ],
)
def test_a_value_of_the_expected_type_fits(text: str, shape: JsonShape) -> None:
    assert fits(json.loads(text), shape)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("true", int),
        ("true", float),
        ("1", bool),
        ("5.5", int),
        ('"5"', int),
        ("NaN", float),
        ("-Infinity", float),
        ("1e300", float),
        ("1" * 400, int),
        ("null", str),
        ("{}", [int]),
        ("[null]", [int]),
        ("[1]", [int, str]),
        ('["a", 1]', [int, str]),
        ("[]", {str: int}),
        ('{"a": "b"}', {str: int}),
        ('{"a": {"b": 5}}', {str: {str: [int]}}),
        ('{"at": 1}', LOOK),
        ('{"by": null}', LOOK),
        ('{"at": 1, "by": null, "count": null}', LOOK),
    ],
)
def test_a_value_of_another_type_does_not_fit(text: str, shape: JsonShape) -> None:
    assert not fits(json.loads(text), shape)
