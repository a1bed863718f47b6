"""Finds out which scenes have no cover: a scene of Stash does not tell."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from shared.stash.library import split

if TYPE_CHECKING:
    from shared.stash import StashClient

NO_COVER = {"is_missing": "cover"}
AT_ONCE = 100  # scenes in one request
FEW = 100  # scenes of a run that are asked about one by one; for more, all scenes without a cover are read once


class CoverIndex:
    """The scenes without a cover, for a planner; what it reads depends on how many scenes it is asked about."""

    def __init__(self, stash: StashClient) -> None:
        self._stash = stash
        self._asked = 0
        self._all: frozenset[int] | None = None

    def find_coverless(self, numbers: Collection[int]) -> Collection[int]:
        """Return those of these scenes that have no cover.

        A sync of scenes asks, because Stash does not say it in a scene.
        """
        self._asked += len(numbers)
        if self._all is None and self._asked <= FEW:
            return find_coverless(self._stash, numbers)
        if self._all is None:
            self._all = frozenset(self._stash.scenes.ids(NO_COVER))
        return self._all.intersection(numbers)


def find_coverless(stash: StashClient, numbers: Collection[int]) -> set[int]:
    """Return those of a few scenes that have no cover in Stash now; journal targets and "Take this" call it."""
    found: set[int] = set()
    for piece in split(numbers, AT_ONCE):
        parts = (
            f's{number}: findScenes(scene_filter: {{is_missing: "cover", id: {{value: {number}, modifier: EQUALS}}}}, '
            "filter: {per_page: 0}) { count }"
            for number in piece
        )
        answer = stash.ask(f"query Covers {{ {' '.join(parts)} }}", None, "looking which scenes have a cover")
        found.update(number for number in piece if answer[f"s{number}"]["count"])
    return found
