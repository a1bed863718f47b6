"""Counts of scenes whose file is surely in the library without a link: they count as owned, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from missing.completeness.counts import LinkedEntity
from missing.files.store import find_sure_scenes
from missing.owned.by_id import find_owned_scenes
from shared.stash.library import split

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCENES_AT_ONCE = 5000


def add_files(call: Call, endpoint: str, entities: Sequence[LinkedEntity], owned: Mapping[int, int]) -> dict[int, int]:
    """Return the numbers of owned scenes by entity with those that have a file but no link, for Check Completeness.

    Performers and studios are those of the box, because a scene without a link often has none in Stash.
    """
    sure = find_sure_scenes(call.store, endpoint, [each.stash_id for each in entities])
    wanted = sorted({scene_id for scenes in sure.values() for scene_id in scenes})
    there: set[str] = set()
    for piece in split(wanted, SCENES_AT_ONCE):
        there |= find_owned_scenes(call.stash, call.store, endpoint, piece).sure_files
    added = {each.number: len(there.intersection(sure.get(each.stash_id, ()))) for each in entities}
    return {each.number: owned.get(each.number, 0) + added[each.number] for each in entities}
