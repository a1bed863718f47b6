"""Reads the present favorites of boxes and library, and stores the remembered state between runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.links import find_links
from performers.boxes.record_cache import RecordCache, request_records
from performers.boxes.sources import open_source
from performers.favorites.decide import WAS_FAVORITE, decide_memory
from performers.library.entities import select_objects
from performers.library.kinds import PERFORMER
from shared.errors import ServiceError
from shared.page.paging import format_time
from shared.stash_box import TPDB, Box, LookupFound

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

STATE = "favorites.state"


class LocalFavorite(NamedTuple):
    """A favorite of the library that is linked to the box, with all its links."""

    number: str
    name: str
    remote_id: str
    links: Sequence[Sequence[str]]


class RemoteFavorite(NamedTuple):
    """A favorite of the box; `merged` are the ids that became part of it."""

    name: str
    disambiguation: str = ""
    merged: Sequence[str] = ()


class FavoriteLists(NamedTuple):
    """The lists one plan compares: the box's favorites, the remembered states, and the library's favorites."""

    box: Box
    there: Mapping[str, RemoteFavorite]
    memory: Mapping[str, str]
    here: Sequence[LocalFavorite]

    @property
    def here_ids(self) -> frozenset[str]:
        """Return the ids at the box of the library's favorites; the planner compares them with the box's list."""
        return frozenset(each.remote_id for each in self.here)


def read_lists(call: Call, kind: str, boxes: Sequence[Box]) -> tuple[list[FavoriteLists], dict[str, ServiceError]]:
    """Return the lists of the boxes that could be read whole, for a sync task, and the errors of the others by name."""
    found, problems = [], {}
    locals_of = list_local_favorites(call, kind, boxes)
    for number, box in enumerate(boxes):
        try:
            there = read_box_favorites(call, kind, box)
        except ServiceError as error:
            problems[box.name] = error
            store_list_state(call, kind, box, None, str(error))
            call.log.error(f"The favorites of {box.name} are left alone: {error}")
        else:
            store_list_state(call, kind, box, len(there), "")
            found.append(
                FavoriteLists(box, there, read_memory(call.store, kind, box.endpoint), locals_of[box.endpoint])
            )
        call.progress((number + 1) / len(boxes) / 2)
    return found, problems


def read_box_favorites(call: Call, kind: str, box: Box) -> dict[str, RemoteFavorite]:
    """Return the favorites of a box by id, and cache their records for creation; `read_lists` calls it."""
    client = open_source(call, box)
    try:
        if box.kind == TPDB:
            return {each: RemoteFavorite(liked.name) for each, liked in client.rest_favorites.read(kind).items()}
        records: Any = client.read_favorite_performers() if kind == PERFORMER else client.read_favorite_studios()
    finally:
        client.close()
    outcomes = {record.id: LookupFound(record.id, record) for record in records}
    RecordCache(call.store, kind).store_outcomes(box.endpoint, outcomes, call.clock.now())
    return {
        record.id: RemoteFavorite(
            record.name, getattr(record, "disambiguation", "") or "", getattr(record, "merged_ids", ())
        )
        for record in records
    }


def fetch_records(call: Call, kind: str, box: Box, ids: Collection[str]) -> dict[str, Any]:
    """Return a box's records for the planner and cache them; merged, gone and failed ones are missing."""
    if not ids:
        return {}
    client, answers, found = open_source(call, box), RecordCache(call.store, kind), {}
    try:
        for outcomes in request_records(client, kind, ids):
            answers.store_outcomes(box.endpoint, outcomes, call.clock.now())
            found.update({each: one.record for each, one in outcomes.items() if isinstance(one, LookupFound)})
    finally:
        client.close()
    return found


def list_local_favorites(call: Call, kind: str, boxes: Sequence[Box]) -> dict[str, list[LocalFavorite]]:
    """Return the library's favorites by box, with one read for all boxes, for the sync task."""
    objects = select_objects(call.stash, kind)
    found: dict[str, list[LocalFavorite]] = {box.endpoint: [] for box in boxes}
    for rows in objects.stream(objects.ids(objects.favorites), "name stash_ids { endpoint stash_id }"):
        for row in rows:
            links = [(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]]
            for box in boxes:
                for pair in find_links(links, box):
                    found[box.endpoint].append(LocalFavorite(str(row["id"]), row["name"], pair[1], links))
    return found


def read_memory(store: Store, kind: str, endpoint: str) -> dict[str, str]:
    """Return the states of a box's favorites as the last run left them, by id, for the next sync."""
    rows = store.read("SELECT id, state FROM likes WHERE kind = ? AND endpoint = ?", (kind, endpoint))
    return {row["id"]: row["state"] for row in rows}


def remember_all(store: Store, kind: str, lists: FavoriteLists, here: Collection[str]) -> None:
    """Store the states of all favorites of a box after a run, for the next run to compare with."""
    now = read_memory(store, kind, lists.box.endpoint)
    known = {*lists.there, *here, *now}
    states = {each: decide_memory(each in lists.there, each in here, now.get(each, "")) for each in known}
    for each in {*now, *lists.memory}:
        if lists.memory.get(each) != now.get(each):  # the run has stored what it did at the box
            states[each] = now.get(each, "")
    with store.write() as db:
        db.execute("DELETE FROM likes WHERE kind = ? AND endpoint = ?", (kind, lists.box.endpoint))
        rows = [(kind, lists.box.endpoint, each, state) for each, state in states.items() if state]
        db.executemany("INSERT INTO likes VALUES (?, ?, ?, ?)", rows)


def remember_favorite(store: Store, kind: str, endpoint: str, remote_id: str, state: str = WAS_FAVORITE) -> None:
    """Store the state in which the journal target left one favorite."""
    with store.write() as db:
        if state:
            db.execute("INSERT OR REPLACE INTO likes VALUES (?, ?, ?, ?)", (kind, endpoint, remote_id, state))
        else:
            db.execute("DELETE FROM likes WHERE kind = ? AND endpoint = ? AND id = ?", (kind, endpoint, remote_id))


def store_list_state(call: Call, kind: str, box: Box, count: int | None, message: str) -> None:
    """Store if and when the list of a box could be read; `read_lists` calls it, and the page shows it."""
    known = call.store.kv.get(STATE, {str: dict}, {})
    row = {"is_available": count is not None, "message": message, "count_there": count}
    known[f"{kind}|{box.endpoint}"] = {**row, "checked_at": format_time(call.clock.now())}
    call.store.kv.put(STATE, known)
