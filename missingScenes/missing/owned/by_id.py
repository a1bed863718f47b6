"""Decides which scenes of a stash-box count as owned: a scene of the library is linked to the id.

A look-up costs the same in a library of any size.
"""

from __future__ import annotations

from collections.abc import Collection

from shared.endpoints import spell_endpoint
from shared.stash import StashClient
from shared.stash.filters import with_stash_ids
from shared.stash.library import split
from shared.stash.sql import query_rows

SQL = "SELECT DISTINCT stash_id FROM scene_stash_ids WHERE endpoint IN (?, ?) AND stash_id IN (%s)"
SQL_ANY_BOX = "SELECT DISTINCT stash_id FROM scene_stash_ids WHERE stash_id IN (%s)"
FILTER_AT_ONCE = 40


def find_owned(stash: StashClient, endpoint: str, scene_ids: Collection[str]) -> set[str]:
    """Return those of a box's scene ids that the library owns, in either spelling of the endpoint.

    The list, the wanted list and the figures all decide by this function.
    """
    wanted = list(scene_ids)
    if not wanted:
        return set()
    sql = SQL % ", ".join("?" * len(wanted))
    rows = query_rows(stash, sql, [*spell_endpoint(endpoint), *wanted], "looking up which scenes are there")
    if rows is None:
        return {found for piece in split(wanted, FILTER_AT_ONCE) for found in stash.scenes.find_linked(endpoint, piece)}
    return {str(row[0]) for row in rows}


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
