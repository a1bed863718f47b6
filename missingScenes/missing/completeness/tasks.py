"""How complete linked performers and studios are: a background task counts, the page sorts what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.listing.box_query import read_fate
from shared.errors import BundleError, Refused, ServiceError
from shared.scope import concerns_all
from shared.stash import LibraryObjects, StashClient
from shared.stash.filters import both, linked_to, with_members
from shared.stash.library import split
from shared.stash.links import find_ids
from shared.stash.sql import query_rows
from shared.stash_box import STASH_BOX, Box, SceneFilter, StashBoxClient, boxes_from_configuration, open_client
from shared.stash_box.batches import BatchSize, run_in_batches
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

STARTED = "completeness.started"
PROGRESS = "completeness.progress"
SILENCE_SECONDS = 600.0
DAY = 86400.0
PIECE = 200
FIELDS = "name stash_ids { endpoint stash_id }"
NO_SCENES = "The box lists no scenes here."
# How many linked scenes each performer or studio of the library has; the scenes of one box count once.
OWNED = {
    "performer": """SELECT ps.performer_id, COUNT(DISTINCT ids.stash_id) FROM performers_scenes ps
        JOIN scene_stash_ids ids ON ids.scene_id = ps.scene_id
        WHERE ids.endpoint = ? AND ps.performer_id IN (%s) GROUP BY ps.performer_id""",
    "studio": """SELECT s.studio_id, COUNT(DISTINCT ids.stash_id) FROM scenes s
        JOIN scene_stash_ids ids ON ids.scene_id = s.id
        WHERE ids.endpoint = ? AND s.studio_id IN (%s) GROUP BY s.studio_id""",
}
CRITERIA = {"performer": "performers", "studio": "studios"}  # at the box and in Stash
FILTERS_AT_ONCE = 20
COUNT = "findScenes(scene_filter: %(where)s, filter: {per_page: 0}) { count }"


class LinkedEntity(NamedTuple):
    """A linked performer or studio."""

    kind: str
    number: int
    name: str
    is_favorite: bool
    stash_id: str


class EntityCount(NamedTuple):
    """How many of its scenes are owned; `message` when something is odd."""

    entity: LinkedEntity
    total: int
    owned: int
    message: str = ""


class PassProgress:
    """How far a pass is, for Stash's task list and for our page, which may be opened meanwhile."""

    def __init__(self, call: Call, total: int) -> None:
        self._call = call
        self._total = total
        self._done = 0

    def add(self, count: int) -> None:
        """So many more are counted."""
        self._done += count
        self._call.progress(self._done / max(self._total, 1))
        state = {"done": self._done, "total": self._total, "at": self._call.clock.now()}
        self._call.store.kv.put(PROGRESS, state)


def check_completeness(call: Call) -> dict[str, Any]:
    """The task: count at every box; an interrupted one goes on where it was."""
    started = begin(call)
    work = [(box, kind, find_open(call, kind, box.endpoint, started)) for box in find_boxes(call) for kind in CRITERIA]
    progress = PassProgress(call, sum(len(numbers) for _, _, numbers in work))
    progress.add(0)
    try:
        problems = [str(error) for error in (try_part(call, *part, progress) for part in work) if error]
    finally:
        call.store.kv.delete(PROGRESS)
    if problems:
        raise BundleError(" ".join(dict.fromkeys(problems)))
    forget_others(call.store, started)
    call.store.kv.delete(STARTED)
    count = call.store.read("SELECT count(*) FROM completeness")[0][0]
    return {"message": f"Counted performers and studios: {count}."}


def find_boxes(call: Call) -> Iterator[Box]:
    """The boxes that can be asked."""
    for box in boxes_from_configuration(call.stash.read_boxes()):
        if box.api_key.strip():
            yield box


def begin(call: Call) -> float:
    """When this pass began: now, or the moment an interrupted one began less than a day ago."""
    now = call.clock.now()
    kept = call.store.kv.get(STARTED)
    started: float = kept if kept is not None and now - kept < DAY else now
    call.store.kv.put(STARTED, started)
    return started


def show_progress(store: Store) -> dict[str, int] | None:
    """How far the pass is that runs now; one that said nothing for long was killed."""
    kept = store.kv.get(PROGRESS)
    if kept is None or store.clock.now() - kept["at"] > SILENCE_SECONDS:
        return None
    return {"done": kept["done"], "total": kept["total"]}


def try_part(call: Call, box: Box, kind: str, wanted: Sequence[int], progress: PassProgress) -> ServiceError | None:
    """Linked entities of one kind at one box; trouble with a box does not stop the others."""
    try:
        check_part(call, box, kind, wanted, progress)
    except ServiceError as error:
        if error.service == "Stash":
            raise
        return error
    return None


def check_part(call: Call, box: Box, kind: str, wanted: Sequence[int], progress: PassProgress) -> None:
    """All of them, piece by piece."""
    shelf = find_shelf(call.stash, kind)
    favorites = find_favorites(shelf)
    client = open_client(call, box)
    size = BatchSize(client.channel.memory, box.endpoint, "counts", call.clock.now())
    try:
        for piece in split(wanted, PIECE):
            entities = list(read_entities(shelf, kind, box.endpoint, piece, favorites))
            owned = count_owned(call.stash, kind, box.endpoint, piece)
            is_plain = box.kind == STASH_BOX
            counted = count_at_box(client, size, entities, owned) if is_plain else count_singly(client, entities, owned)
            for standings in counted:
                save(call.store, box.endpoint, standings, call.clock.now())
                call.stash.keep_alive()
                progress.add(len(standings))
    finally:
        client.close()


def find_favorites(shelf: LibraryObjects) -> frozenset[int]:
    """Whom the user likes; studios can be favourites since Stash 0.26."""
    try:
        return frozenset(shelf.ids(shelf.favourites))
    except Refused:
        return frozenset()


def find_shelf(stash: StashClient, kind: str) -> LibraryObjects:
    """Where Stash keeps them."""
    return stash.performers if kind == "performer" else stash.studios


def find_open(call: Call, kind: str, endpoint: str, started: float) -> list[int]:
    """The linked entities that this pass has not counted yet."""
    query = "SELECT local_id FROM completeness WHERE kind = ? AND endpoint = ? AND checked >= ?"
    done = {row["local_id"] for row in call.store.read(query, (kind, endpoint, started))}
    return [number for number in find_shelf(call.stash, kind).ids(linked_to(endpoint)) if number not in done]


def read_entities(
    shelf: LibraryObjects, kind: str, endpoint: str, numbers: Sequence[int], favorites: frozenset[int]
) -> Iterator[LinkedEntity]:
    """Names and ids at the box."""
    for number, row in shelf.read(numbers, FIELDS).items():
        ids = find_ids(row["stash_ids"], endpoint)
        if ids:
            yield LinkedEntity(kind, number, row["name"], number in favorites, ids[0])


def count_owned(stash: StashClient, kind: str, endpoint: str, numbers: Sequence[int]) -> dict[int, int]:
    """How many scenes with a link to the box each has in the library."""
    sql = OWNED[kind] % ", ".join("?" * len(numbers))
    rows = query_rows(stash, sql, [endpoint, *numbers], "counting scenes")
    if rows is None:
        return count_by_filter(stash, kind, endpoint, numbers)
    return {int(number): int(count) for number, count in rows}


def count_by_filter(stash: StashClient, kind: str, endpoint: str, numbers: Sequence[int]) -> dict[int, int]:
    """The same by Stash's filter, many in one request; two scenes with the same link count twice here."""
    counts: dict[int, int] = {}
    for piece in split(numbers, FILTERS_AT_ONCE):
        variables = {f"w{each}": both(linked_to(endpoint), with_members(CRITERIA[kind], [each])) for each in piece}
        declared = ", ".join(f"${name}: SceneFilterType" for name in variables)
        lookups = " ".join(f"c{each}: {COUNT % {'where': f'$w{each}'}}" for each in piece)
        data = stash.ask(f"query Counts({declared}) {{ {lookups} }}", variables, "counting scenes")
        counts.update({each: int(data[f"c{each}"]["count"]) for each in piece})
    return counts


def count_at_box(
    client: StashBoxClient, size: BatchSize, entities: Sequence[LinkedEntity], owned: Mapping[int, int]
) -> Iterator[list[EntityCount]]:
    """Many counts in one request; one that fails alone is told."""
    for piece, counts in run_in_batches(entities, size, lambda some: ask_for_counts(client, some)):
        if isinstance(counts, ServiceError):
            yield [EntityCount(entity, 0, owned.get(entity.number, 0), str(counts)) for entity in piece]
            continue
        found = [judge(entity, counts[place], owned.get(entity.number, 0)) for place, entity in enumerate(piece)]
        yield [each for each in found if each.total]
        empty = [each.entity for each in found if not each.total]
        if empty:
            yield list(follow(client, empty, owned))


def follow(client: StashBoxClient, empty: Sequence[LinkedEntity], owned: Mapping[int, int]) -> Iterator[EntityCount]:
    """Count anew what was merged into something else, as its list does; say what became of the others."""
    kind, box = empty[0].kind, client.box.name
    look_up = client.look_up_performers if kind == "performer" else client.look_up_studios
    outcomes = {key: outcome for piece in look_up([each.stash_id for each in empty]) for key, outcome in piece.items()}
    fates = [(each, read_fate(outcomes[each.stash_id], box, kind, (each.stash_id,))) for each in empty]
    moved = [each._replace(stash_id=fate.ids[0]) for each, fate in fates if fate.ids not in ((), (each.stash_id,))]
    totals = dict(zip((each.number for each in moved), ask_for_counts(client, moved) if moved else ()))
    for each, fate in fates:
        standing = judge(each, totals.get(each.number, 0), owned.get(each.number, 0))
        yield standing if fate.ids else standing._replace(message=fate.notice)


def count_singly(
    client: StashBoxClient, entities: Sequence[LinkedEntity], owned: Mapping[int, int]
) -> Iterator[list[EntityCount]]:
    """One list for each: ThePornDB has no other way, and says with every list how long it is."""
    for entity in entities:
        mine = owned.get(entity.number, 0)
        ids = [entity.stash_id]
        wanted = SceneFilter(any_performers=ids) if entity.kind == "performer" else SceneFilter(any_studios=ids)
        try:
            total = client.list_scenes(wanted, per_page=1).read_page(1).total
        except ServiceError as error:
            if concerns_all(error):
                raise
            yield [EntityCount(entity, 0, mine, str(error))]
            continue
        yield [judge(entity, total or 0, mine)]


def judge(entity: LinkedEntity, total: int, owned: int) -> EntityCount:
    """The figures: scenes may have been linked to the performer in Stash only, so there are never more than all."""
    return EntityCount(entity, total, min(owned, total), "" if total else NO_SCENES)


def ask_for_counts(client: StashBoxClient, entities: Sequence[LinkedEntity]) -> list[int]:
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


def save(store: Store, endpoint: str, standings: Sequence[EntityCount], now: float) -> None:
    """Keep what was counted."""
    rows = [
        (each.kind, each.number, endpoint, each.name, each.is_favorite, total, owned, now, message)
        for each, total, owned, message in standings
    ]
    with store.write() as db:
        db.executemany("INSERT OR REPLACE INTO completeness VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def correct_standing(store: Store, kind: str, number: int, endpoint: str, figures: tuple[int, int]) -> None:
    """A list that was read to its end knows total and owned better than counting does."""
    update = (
        "UPDATE completeness SET total = ?, owned = ?, message = '' WHERE kind = ? AND local_id = ? AND endpoint = ?"
    )
    with store.write() as db:
        db.execute(update, (*figures, kind, number, endpoint))


def forget_others(store: Store, started: float) -> None:
    """What is not linked any more leaves the table."""
    with store.write() as db:
        db.execute("DELETE FROM completeness WHERE checked < ?", (started,))
