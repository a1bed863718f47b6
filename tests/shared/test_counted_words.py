"""Numbers with their noun."""

from __future__ import annotations

import pytest

from shared.counted_words import count_things


@pytest.mark.parametrize(
    ("number", "thing", "text"),
    [
        (0, "entry", "0 entries"),
        (1, "entry", "1 entry"),
        (2, "match", "2 matches"),
        (2, "alias", "2 aliases"),
        (2, "key", "2 keys"),
        (2000, "path rule", "2,000 path rules"),
    ],
)
def test_a_noun_agrees_with_its_number(number: int, thing: str, text: str) -> None:
    assert count_things(number, thing) == text
