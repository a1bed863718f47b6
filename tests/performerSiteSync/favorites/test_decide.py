"""Which side changed since the last time, and what follows from it."""

from __future__ import annotations

import pytest
from performers.favorites.decide import (
    KEPT,
    LEFT_HERE,
    LEFT_THERE,
    LIKE_HERE,
    LIKE_THERE,
    LIKED,
    NOTHING,
    SAME,
    UNLIKE_HERE,
    UNLIKE_THERE,
    decide_favorite,
    decide_memory,
)


@pytest.mark.parametrize(
    ("is_there", "is_here", "before", "imported", "exported", "both"),
    [
        (True, True, "", SAME, SAME, SAME),
        (False, False, LIKED, NOTHING, NOTHING, NOTHING),
        (True, False, "", LIKE_HERE, NOTHING, LIKE_HERE),
        (False, True, "", NOTHING, LIKE_THERE, LIKE_THERE),
        (True, False, LIKED, LEFT_HERE, UNLIKE_THERE, UNLIKE_THERE),
        (False, True, LIKED, UNLIKE_HERE, LEFT_THERE, UNLIKE_HERE),
        (True, False, KEPT, NOTHING, NOTHING, NOTHING),
        (False, True, KEPT, NOTHING, NOTHING, NOTHING),
    ],
)
def test_a_favorite_follows_the_side_that_changed(
    is_there: bool, is_here: bool, before: str, imported: str, exported: str, both: str
) -> None:
    verdicts = [decide_favorite(is_there, is_here, before, way) for way in ("import", "export", "both")]
    assert verdicts == [imported, exported, both]


@pytest.mark.parametrize(
    ("is_there", "is_here", "before", "after"),
    [(True, True, "", LIKED), (False, False, LIKED, ""), (True, False, LIKED, LIKED), (False, True, KEPT, KEPT)],
)
def test_what_differs_is_remembered_as_it_was(is_there: bool, is_here: bool, before: str, after: str) -> None:
    assert decide_memory(is_there, is_here, before) == after
