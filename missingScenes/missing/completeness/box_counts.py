"""Counts at a box: how many scenes it lists of each performer or studio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from missing.boxes.entity_lookup import read_entity_outcome
from missing.completeness.counts import CRITERIA, EntityCount, LinkedEntity, make_count
from shared.errors import BadReply, ServiceError
from shared.reply_shape import NUMBER
from shared.stash_box import SceneFilter, StashBoxClient
from shared.stash_box.batches import BatchSize, run_in_batches


def count_at_box(
    client: StashBoxClient, size: BatchSize, entities: Sequence[LinkedEntity], owned: Mapping[int, int]
) -> Iterator[list[EntityCount]]:
    """Yield the counts of performers or studios in batches, many in one request, for the task Check Completeness.

    An entity whose count fails carries the error as message.
    """
    for piece, counts in run_in_batches(entities, size, lambda some: request_counts(client, some)):
        if isinstance(counts, ServiceError):
            yield [EntityCount(entity, 0, owned.get(entity.number, 0), str(counts)) for entity in piece]
            continue
        found = [make_count(entity, counts[place], owned.get(entity.number, 0)) for place, entity in enumerate(piece)]
        yield [each for each in found if each.total]
        empty = [each.entity for each in found if not each.total]
        if empty:
            yield list(recount_merged(client, empty, owned))


def recount_merged(
    client: StashBoxClient, empty: Sequence[LinkedEntity], owned: Mapping[int, int]
) -> Iterator[EntityCount]:
    """Yield counts for entities of which the box lists no scenes; `count_at_box` calls it.

    A merged entity is counted under its new id, a deleted one carries a message that says so.
    """
    kind, box = empty[0].kind, client.box.name
    look_up = client.look_up_performers if kind == "performer" else client.look_up_studios
    outcomes = {key: outcome for piece in look_up([each.stash_id for each in empty]) for key, outcome in piece.items()}
    lookups = [(each, read_entity_outcome(outcomes[each.stash_id], box, kind, (each.stash_id,))) for each in empty]
    moved = [
        each._replace(stash_id=lookup.ids[0]) for each, lookup in lookups if lookup.ids not in ((), (each.stash_id,))
    ]
    totals = dict(zip((each.number for each in moved), request_counts(client, moved) if moved else ()))
    for each, lookup in lookups:
        count = make_count(each, totals.get(each.number, 0), owned.get(each.number, 0))
        yield count if lookup.ids else count._replace(message=lookup.notice)


def count_singly(
    client: StashBoxClient, entities: Sequence[LinkedEntity], owned: Mapping[int, int]
) -> Iterator[list[EntityCount]]:
    """Yield counts one by one, for ThePornDB, which has no batch query; the task Check Completeness saves them."""
    for entity in entities:
        owned_count = owned.get(entity.number, 0)
        ids = [entity.stash_id]
        wanted = SceneFilter(any_performers=ids) if entity.kind == "performer" else SceneFilter(any_studios=ids)
        try:
            total = client.list_scenes(wanted, per_page=1).read_page(1).total
        except ServiceError as error:
            if error.stops_run:
                raise
            yield [EntityCount(entity, 0, owned_count, str(error))]
            continue
        yield [make_count(entity, total or 0, owned_count)]


def request_counts(client: StashBoxClient, entities: Sequence[LinkedEntity]) -> list[int]:
    """Return how many scenes a stash-box lists for each of these entities, for one batch, with one request."""
    variables: dict[str, Any] = {
        f"i{place}": {
            CRITERIA[entity.kind]: {"value": [entity.stash_id], "modifier": "INCLUDES"},
            "page": 1,
            "per_page": 1,
            "sort": "DATE",
            "direction": "DESC",
        }
        for place, entity in enumerate(entities)
    }
    declared = ", ".join(f"${name}: SceneQueryInput!" for name in variables)
    lookups = " ".join(f"c{place}: queryScenes(input: $i{place}) {{ count }}" for place in range(len(entities)))
    operation = "counting scenes"
    data = client.channel.ask(f"query Counts({declared}) {{ {lookups} }}", variables, operation)
    client.channel.require_shape(data, {key: {"count": NUMBER} for key in data}, operation)
    counts = [(data.get(f"c{place}") or {}).get("count") for place in range(len(entities))]
    found = [int(count) for count in counts if count is not None]
    if len(found) < len(counts):
        name = client.box.name
        raise BadReply(f"{name} left out a count that was asked for.", service=name, operation=operation, status=200)
    return found
