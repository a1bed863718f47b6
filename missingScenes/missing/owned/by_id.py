"""Decides which scenes of a stash-box count as owned: a scene of the library is linked to the id.

A look-up costs the same in a library of any size.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from missing.files.store import SavedFileMatch, find_matches_of
from shared.endpoints import spell_endpoint
from shared.stash import StashClient
from shared.stash.filters import with_stash_ids
from shared.stash.library import split
from shared.stash.links import find_ids
from shared.stash.sql import query_rows
from shared.state.store import Store

SQL = "SELECT DISTINCT stash_id, 0 FROM scene_stash_ids WHERE endpoint IN (?, ?) AND stash_id IN (%s)"
SQL_ANY_BOX = "SELECT DISTINCT stash_id FROM scene_stash_ids WHERE stash_id IN (%s)"
# In the same request as the links: which local scenes are still there without a link to the box.
SQL_UNLINKED = """ UNION ALL SELECT '', s.id FROM scenes s WHERE s.id IN (%s)
AND NOT EXISTS (SELECT 1 FROM scene_stash_ids ids WHERE ids.scene_id = s.id AND ids.endpoint IN (?, ?))"""
FILTER_AT_ONCE = 40


class OwnedScenes(NamedTuple):
    """Which scenes of a box the library owns: `linked` by their ids, `files` by files that are not linked yet."""

    linked: frozenset[str]
    files: Mapping[str, Sequence[SavedFileMatch]]

    @property
    def sure_files(self) -> frozenset[str]:
        """Return the ids at the box of the scenes whose file is surely in the library, for lists and follows.

        The other scenes in `files` have a probable file only.
        """
        return frozenset(scene_id for scene_id, matches in self.files.items() if matches[0].is_sure)


def find_owned(stash: StashClient, endpoint: str, scene_ids: Collection[str]) -> set[str]:
    """Return those of a box's scene ids that the library owns, in either spelling of the endpoint.

    The wanted list decides by this function; for lists and figures, `find_owned_scenes` also counts files.
    """
    return set(find_linked_and_unlinked(stash, endpoint, scene_ids, ())[0])


def find_owned_scenes(stash: StashClient, store: Store, endpoint: str, scene_ids: Collection[str]) -> OwnedScenes:
    """Return those of a box's scene ids that the library owns, also those whose file has no link yet.

    Lists, follows and figures decide by this function. It sends no request more than `find_owned`: a saved match
    counts if its scene is still there and not linked.
    """
    saved = find_matches_of(store, endpoint, scene_ids)
    numbers = sorted({each.local_id for matches in saved.values() for each in matches})
    linked, unlinked = find_linked_and_unlinked(stash, endpoint, scene_ids, numbers)
    there = {
        scene_id: [each for each in matches if each.local_id in unlinked]
        for scene_id, matches in saved.items()
        if scene_id not in linked
    }
    return OwnedScenes(frozenset(linked), {scene_id: matches for scene_id, matches in there.items() if matches})


def find_saved_files(
    stash: StashClient, store: Store, endpoint: str, scene_ids: Collection[str]
) -> Mapping[str, Sequence[SavedFileMatch]]:
    """Return the files of those of a box's scenes that have a saved match; Stash is asked only if there is one.

    `find_owned_files` calls it for the page, and a plan of adds.
    """
    known = find_matches_of(store, endpoint, scene_ids)
    return find_owned_scenes(stash, store, endpoint, list(known)).files if known else {}


def find_linked_and_unlinked(
    stash: StashClient, endpoint: str, scene_ids: Collection[str], numbers: Sequence[int]
) -> tuple[set[str], set[int]]:
    """Return which of the box's scenes are linked, and which of the local scenes are there without a link to it.

    `find_owned` and `find_owned_scenes` call it.
    """
    wanted, spellings = list(scene_ids), spell_endpoint(endpoint)
    if not wanted:
        return set(), set()
    sql, args = SQL % ", ".join("?" * len(wanted)), [*spellings, *wanted]
    if numbers:
        sql, args = sql + SQL_UNLINKED % ", ".join(map(str, numbers)), [*args, *spellings]
    rows = query_rows(stash, sql, args, "looking up which scenes are there")
    if rows is not None:
        return {str(row[0]) for row in rows if row[0]}, {int(row[1]) for row in rows if not row[0]}
    linked = {found for piece in split(wanted, FILTER_AT_ONCE) for found in stash.scenes.find_linked(endpoint, piece)}
    links = stash.scenes.read(numbers, "stash_ids { endpoint stash_id }") if numbers else {}
    return linked, {number for number, row in links.items() if not find_ids(row["stash_ids"], endpoint)}


def find_owned_anywhere(stash: StashClient, scene_ids: Collection[str]) -> set[str]:
    """Return those of the scene ids that the library owns at any box, for the clean-up of Whisparr."""
    wanted = list(scene_ids)
    if not wanted:
        return set()
    sql = SQL_ANY_BOX % ", ".join("?" * len(wanted))
    rows = query_rows(stash, sql, wanted, "looking up which scenes are tagged")
    if rows is None:
        return {found for piece in split(wanted, FILTER_AT_ONCE) for found in find_by_filter(stash, piece)}
    return {str(row[0]) for row in rows}


def find_by_filter(stash: StashClient, wanted: Collection[str]) -> set[str]:
    """Return the same as `find_owned_anywhere` through Stash's filter, for a Stash that refuses SQL."""
    scenes = stash.scenes.page("stash_ids { stash_id }", with_stash_ids("", wanted), per_page=-1).rows
    return {str(link["stash_id"]) for scene in scenes for link in scene["stash_ids"]}.intersection(wanted)
