"""Counts in Stash: the linked entities, and how many scenes of each the library owns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from missing.completeness.counts import CRITERIA, LinkedEntity
from shared.endpoints import spell_endpoint
from shared.errors import Refused
from shared.stash import LibraryObjects, StashClient
from shared.stash.filters import both, linked_to, with_members
from shared.stash.library import split
from shared.stash.links import find_ids
from shared.stash.sql import query_rows

FIELDS = "name stash_ids { endpoint stash_id }"
# How many linked scenes each performer or studio of the library has; the scenes of one box count once.
OWNED = {
    "performer": """SELECT ps.performer_id, COUNT(DISTINCT ids.stash_id) FROM performers_scenes ps
        JOIN scene_stash_ids ids ON ids.scene_id = ps.scene_id
        WHERE ids.endpoint IN (?, ?) AND ps.performer_id IN (%s) GROUP BY ps.performer_id""",
    "studio": """SELECT s.studio_id, COUNT(DISTINCT ids.stash_id) FROM scenes s
        JOIN scene_stash_ids ids ON ids.scene_id = s.id
        WHERE ids.endpoint IN (?, ?) AND s.studio_id IN (%s) GROUP BY s.studio_id""",
}
FILTERS_AT_ONCE = 20
COUNT = "findScenes(scene_filter: %(where)s, filter: {per_page: 0}) { count }"


def find_favorites(objects: LibraryObjects) -> frozenset[int]:
    """Return the numbers of favorite performers or studios, for the task Check Completeness.

    It is empty for studios before Stash 0.26, which has no favorite studios.
    """
    try:
        return frozenset(objects.ids(objects.favorites))
    except Refused:
        return frozenset()


def choose_objects(stash: StashClient, kind: str) -> LibraryObjects:
    """Return Stash's performers or its studios, by kind; Check Completeness and the custom fields read them."""
    return stash.performers if kind == "performer" else stash.studios


def read_entities(
    objects: LibraryObjects, kind: str, endpoint: str, numbers: Sequence[int], favorites: frozenset[int]
) -> Iterator[LinkedEntity]:
    """Yield these performers or studios with their ids at a box, for the task Check Completeness."""
    for number, row in objects.read(numbers, FIELDS).items():
        ids = find_ids(row["stash_ids"], endpoint)
        if ids:
            yield LinkedEntity(kind, number, row["name"], number in favorites, ids[0])


def count_owned(stash: StashClient, kind: str, endpoint: str, numbers: Sequence[int]) -> dict[int, int]:
    """Return by number how many scenes linked to the box the library has of each entity, for Check Completeness."""
    sql = OWNED[kind] % ", ".join("?" * len(numbers))
    rows = query_rows(stash, sql, [*spell_endpoint(endpoint), *numbers], "counting scenes")
    if rows is None:
        return count_by_filter(stash, kind, endpoint, numbers)
    return {int(number): int(count) for number, count in rows}


def count_by_filter(stash: StashClient, kind: str, endpoint: str, numbers: Sequence[int]) -> dict[int, int]:
    """Return the same counts as `count_owned` through Stash's filter, for a Stash that refuses SQL.

    Two scenes with the same link count twice here, and so does a scene with a link in both spellings of the endpoint.
    """
    counts = dict.fromkeys(numbers, 0)
    pieces = list(split(numbers, FILTERS_AT_ONCE))
    for spelling, piece in product(spell_endpoint(endpoint), pieces):
        variables = {f"w{each}": both(linked_to(spelling), with_members(CRITERIA[kind], [each])) for each in piece}
        declared = ", ".join(f"${name}: SceneFilterType" for name in variables)
        lookups = " ".join(f"c{each}: {COUNT % {'where': f'$w{each}'}}" for each in piece)
        data = stash.ask(f"query Counts({declared}) {{ {lookups} }}", variables, "counting scenes")
        counts.update({each: counts[each] + int(data[f"c{each}"]["count"]) for each in piece})
    return counts
