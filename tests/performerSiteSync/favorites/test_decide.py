"""Deciding a favorite from both present states, the remembered one, and the direction."""

from __future__ import annotations

import pytest
from performers.favorites.decide import (
    KEPT_DIFFERENT,
    LEFT_HERE,
    LEFT_THERE,
    LIKE_HERE,
    LIKE_THERE,
    NOTHING,
    SAME,
    UNLIKE_HERE,
    UNLIKE_THERE,
    WAS_FAVORITE,
    decide_favorite,
    decide_memory,
)


@pytest.mark.parametrize(
    ("is_there", "is_here", "before", "imported", "exported", "both"),
    [
        (True, True, "", SAME, SAME, SAME),
        (False, False, WAS_FAVORITE, NOTHING, NOTHING, NOTHING),
        (True, False, "", LIKE_HERE, NOTHING, LIKE_HERE),
        (False, True, "", NOTHING, LIKE_THERE, LIKE_THERE),
        (True, False, WAS_FAVORITE, LEFT_HERE, UNLIKE_THERE, UNLIKE_THERE),
        (False, True, WAS_FAVORITE, UNLIKE_HERE, LEFT_THERE, UNLIKE_HERE),
        (True, False, KEPT_DIFFERENT, NOTHING, NOTHING, NOTHING),
        (False, True, KEPT_DIFFERENT, NOTHING, NOTHING, NOTHING),
    ],
)
def test_a_favorite_follows_the_side_that_changed(
    is_there: bool, is_here: bool, before: str, imported: str, exported: str, both: str
) -> None:
    verdicts = [decide_favorite(is_there, is_here, before, way) for way in ("import", "export", "both")]
    assert verdicts == [imported, exported, both]


@pytest.mark.parametrize(
    ("is_there", "is_here", "before", "after"),
    [
        (True, True, "", WAS_FAVORITE),
        (False, False, WAS_FAVORITE, ""),
        (True, False, WAS_FAVORITE, WAS_FAVORITE),
        (False, True, KEPT_DIFFERENT, KEPT_DIFFERENT),
    ],
)
def test_a_difference_is_remembered_as_it_was(is_there: bool, is_here: bool, before: str, after: str) -> None:
    assert decide_memory(is_there, is_here, before) == after
