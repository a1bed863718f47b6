"""Counts of scenes whose file is surely in the library without a link: they count as owned, too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from missing.completeness.counts import LinkedEntity
from missing.owned.by_id import find_owned_scenes
from shared.stash.library import split

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCENES_AT_ONCE = 5000


SureScenes = Mapping[str, Collection[str]]


def add_files(
    call: Call, endpoint: str, entities: Sequence[LinkedEntity], owned: Mapping[int, int], sure: SureScenes
) -> dict[int, int]:
    """Return the numbers of owned scenes by entity with those that have a file but no link, for Check Completeness.

    `sure` is what `find_sure_scenes` returns. Performers and studios are those of the box, because a scene without a
    link often has none in Stash.
    """
    wanted = sorted({scene_id for each in entities for scene_id in sure.get(each.stash_id, ())})
    there: set[str] = set()
    for piece in split(wanted, SCENES_AT_ONCE):
        there |= find_owned_scenes(call.stash, call.store, endpoint, piece).sure_files
    added = {each.number: len(there.intersection(sure.get(each.stash_id, ()))) for each in entities}
    return {each.number: owned.get(each.number, 0) + added[each.number] for each in entities}
