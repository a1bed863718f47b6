"""How complete linked performers and studios are: a background task counts, the page sorts what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.ownership import LOOK_UP
from shared.errors import BundleError, ServiceError
from shared.stash import Shelf, StashClient
from shared.stash.filters import linked_to
from shared.stash.links import find_ids
from shared.stash.shelf import split
from shared.stashbox import STASH_BOX, Box, StashBoxClient, boxes_from_configuration, open_client
from shared.stashbox.batches import BatchSize, run_in_batches
from shared.store import Store

if TYPE_CHECKING:
    from shared.call import Call

STARTED = "completeness.started"
DAY = 86400.0
PIECE = 200
FIELDS = "name stash_ids { endpoint stash_id }"
STALE = "The box has no scenes here; the link may lead to something merged or deleted."
# How many linked scenes each performer or studio of the library has; the scenes of one box count once.
OWNED = {
    "performer": """SELECT ps.performer_id, COUNT(DISTINCT ids.stash_id) FROM performers_scenes ps
        JOIN scene_stash_ids ids ON ids.scene_id = ps.scene_id
        WHERE ids.endpoint = ? AND ps.performer_id IN (%s) GROUP BY ps.performer_id""",
    "studio": """SELECT s.studio_id, COUNT(DISTINCT ids.stash_id) FROM scenes s
        JOIN scene_stash_ids ids ON ids.scene_id = s.id
        WHERE ids.endpoint = ? AND s.studio_id IN (%s) GROUP BY s.studio_id""",
}
CRITERIA = {"performer": "performers", "studio": "studios"}


class Entity(NamedTuple):
    """A linked performer or studio."""

    kind: str
    number: int
    name: str
    is_favorite: bool
    stash_id: str


class Standing(NamedTuple):
    """How many of its scenes are owned; `message` when something is odd."""

    entity: Entity
    total: int
    owned: int
    message: str = ""


def check_completeness(call: Call) -> dict[str, Any]:
    """The task: count at every box; an interrupted one goes on where it was."""
    started = begin(call)
    problems: list[str] = []
    boxes = [box for box in boxes_from_configuration(call.stash.read_boxes()) if box.api_key.strip()]
    for box in boxes:
        if box.kind != STASH_BOX:
            call.log.info(f"{box.name} cannot count its scenes, so it is left out.")
            continue
        try:
            check_box(call, box, started)
        except ServiceError as error:
            if error.service == "Stash":
                raise
            problems.append(str(error))
    if problems:
        raise BundleError(" ".join(problems))
    forget_others(call.store, started)
    call.store.kv.delete(STARTED)
    count = call.store.read("SELECT count(*) FROM completeness")[0][0]
    return {"message": f"{count} performers and studios were counted."}


def begin(call: Call) -> float:
    """When this pass began: now, or the moment an interrupted one began less than a day ago."""
    now = call.clock.now()
    kept = call.store.kv.get(STARTED)
    started: float = kept if kept is not None and now - kept < DAY else now
    call.store.kv.put(STARTED, started)
    return started


def check_box(call: Call, box: Box, started: float) -> None:
    """All linked entities of one box."""
    client = open_client(call, box)
    size = BatchSize(client.channel.memory, box.endpoint, "counts", call.clock.now())
    try:
        for kind, shelf in (("performer", call.stash.performers), ("studio", call.stash.studios)):
            favorites = frozenset(shelf.ids(shelf.favourites))
            wanted = find_open(call, shelf, kind, box.endpoint, started)
            done = 0
            for piece in split(wanted, PIECE):
                entities = list(read_entities(shelf, kind, box.endpoint, piece, favorites))
                owned = count_owned(call.stash, kind, box.endpoint, piece)
                for standings in count_at_box(client, size, entities, owned):
                    save(call.store, box.endpoint, standings, call.clock.now())
                done += len(piece)
                call.stash.keep_alive()
                call.progress(done / len(wanted))
    finally:
        client.close()


def find_open(call: Call, shelf: Shelf, kind: str, endpoint: str, started: float) -> list[int]:
    """The linked entities that this pass has not counted yet."""
    query = "SELECT local_id FROM completeness WHERE kind = ? AND endpoint = ? AND checked >= ?"
    done = {row["local_id"] for row in call.store.read(query, (kind, endpoint, started))}
    return [number for number in shelf.ids(linked_to(endpoint)) if number not in done]


def read_entities(
    shelf: Shelf, kind: str, endpoint: str, numbers: Sequence[int], favorites: frozenset[int]
) -> Iterator[Entity]:
    """Names and ids at the box."""
    for number, row in shelf.read(numbers, FIELDS).items():
        ids = find_ids(row["stash_ids"], endpoint)
        if ids:
            yield Entity(kind, number, row["name"], number in favorites, ids[0])


def count_owned(stash: StashClient, kind: str, endpoint: str, numbers: Sequence[int]) -> dict[int, int]:
    """How many scenes with a link to the box each has in the library."""
    sql = OWNED[kind] % ", ".join("?" * len(numbers))
    data = stash.ask(LOOK_UP, {"sql": sql, "args": [endpoint, *numbers]}, "counting scenes")
    return {int(number): int(count) for number, count in data["querySQL"]["rows"]}


def count_at_box(
    client: StashBoxClient, size: BatchSize, entities: Sequence[Entity], owned: Mapping[int, int]
) -> Iterator[list[Standing]]:
    """Many counts in one request; one that fails alone is told."""
    for piece, counts in run_in_batches(entities, size, lambda some: ask_for_counts(client, some)):
        if isinstance(counts, ServiceError):
            yield [Standing(entity, 0, owned.get(entity.number, 0), str(counts)) for entity in piece]
            continue
        yield [judge(entity, counts[place], owned.get(entity.number, 0)) for place, entity in enumerate(piece)]


def judge(entity: Entity, total: int, owned: int) -> Standing:
    """The figures: scenes may have been linked to the performer in Stash only, so there are never more than all."""
    return Standing(entity, total, min(owned, total), "" if total else STALE)


def ask_for_counts(client: StashBoxClient, entities: Sequence[Entity]) -> list[int]:
    """How many scenes the box has of each."""
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
    data = client.channel.ask(f"query Counts({declared}) {{ {lookups} }}", variables, "counting scenes")
    return [int(data[f"c{place}"]["count"]) for place in range(len(entities))]


def save(store: Store, endpoint: str, standings: Sequence[Standing], now: float) -> None:
    """Keep what was counted."""
    rows = [
        (each.kind, each.number, endpoint, each.name, each.is_favorite, total, owned, now, message)
        for each, total, owned, message in standings
    ]
    with store.write() as db:
        db.executemany("INSERT OR REPLACE INTO completeness VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def forget_others(store: Store, started: float) -> None:
    """What is not linked any more leaves the table."""
    with store.write() as db:
        db.execute("DELETE FROM completeness WHERE checked < ?", (started,))
