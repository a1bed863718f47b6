"""JSON from outside is read in bounds; what cannot be used is a ValueError with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.json_text import DEEPEST, decode_json


def nest(levels: int) -> str:
    return "[" * levels + "]" * levels


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (nest(DEEPEST), json.loads(nest(DEEPEST))),
        ('{"a": [1, 2.5, "x"]}', {"a": [1, 2.5, "x"]}),
        (b"\xef\xbb\xbf[1]", [1]),
        ('["half \\ud800", "\\ud83d\\ude00"]', ["half \N{REPLACEMENT CHARACTER}", "😀"]),
        ('{"\\udc00": {"a": "\\udfff"}}', {"\N{REPLACEMENT CHARACTER}": {"a": "\N{REPLACEMENT CHARACTER}"}}),
        ("[" + "[]," * 500 + "1]", [*([[]] * 500), 1]),
    ],
)
def test_usable_json(text: str | bytes, value: Any) -> None:
    assert decode_json(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (nest(DEEPEST + 1), "nested more than 100 levels deep"),
        (nest(200_000), "nested more than 100 levels deep"),
        ('{"a":' * 900 + "1" + "}" * 900, "nested more than 100 levels deep"),
        ('{"a": NaN}', "NaN is no number"),
        ("[-Infinity]", "-Infinity is no number"),
        ("[1e999]", "1e999 is too large a number"),
        (b"\xff", "can't decode"),
        ("{", "Expecting"),
    ],
)
def test_unusable_json(text: str | bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode_json(text)
