"""The boxes' records of linked scenes, as they are now and as they were at the baseline.

The first answer about a scene is its baseline. A later answer replaces the present values and leaves the baseline, so
the difference is what the box changed since. A field's baseline moves on once the library has the box's value. Clear
Cache makes all answers stale, but keeps them: the baseline must outlive it.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from performers.boxes.record_cache import FOUND, GONE, MERGED, CachedRecord
from performers.boxes.conversion import Values, drop_empty
from performers.scenes.record import describe_record
from shared.stash_box import LookupFailed, LookupFound, Merged, Outcome, Scene
from shared.state.store import Store

SAME = "null"  # a baseline that equals the present values
BODY = JsonColumn("scene_records", "body", dict)
BASE = JsonColumn("scene_records", "base", object, SAME)
PAGE = 1000

SAVE = """INSERT INTO scene_records VALUES (:endpoint, :id, :state, :into, :body, :base, :now, :now)
    ON CONFLICT (endpoint, id) DO UPDATE SET state = excluded.state, into_id = excluded.into_id,
    base = excluded.base, body = excluded.body, fetched = excluded.fetched"""
SAVE_GONE = """INSERT INTO scene_records VALUES (:endpoint, :id, 'gone', '', '{}', 'null', :now, :now)
    ON CONFLICT (endpoint, id) DO UPDATE SET state = 'gone', into_id = '', fetched = excluded.fetched"""
OPEN = """SELECT id FROM scene_records WHERE endpoint = ? AND id > ? AND (base <> 'null' OR state <> 'found')
    ORDER BY id LIMIT ?"""
NEW = "SELECT id FROM scene_records WHERE endpoint = ? AND noted >= ?"
FIND = "SELECT * FROM scene_records WHERE endpoint = ? AND id IN (SELECT value FROM json_each(?))"


class SceneRecords:
    """The stored answers of one box about scenes: the refresh writes them; the planner and the review read them."""

    def __init__(self, store: Store, endpoint: str) -> None:
        self._store = store
        self._endpoint = endpoint

    def find_stale(self, ids: Iterable[str], since: float, changed: Collection[str] = ()) -> list[str]:
        """Return the ids without an answer since then, and those that the box changed, each once.

        The refresh asks for these.
        """
        wanted = list(dict.fromkeys(ids))
        query = f"{FIND} AND fetched > ?".replace("*", "id", 1)
        fresh = {row["id"] for row in self._store.read(query, (self._endpoint, json.dumps(wanted), since))}
        return [each for each in wanted if each not in fresh or each in changed]

    def save(self, outcomes: Mapping[str, Outcome[Scene]], now: float) -> dict[str, LookupFailed]:
        """Store the answers of one request, for the refresh.

        Return the failed ones, of which the earlier answer stays.
        """
        with self._store.write() as db:
            known = {row["id"]: row for row in db.execute(FIND, (self._endpoint, json.dumps(list(outcomes))))}
            for remote_id, outcome in outcomes.items():
                row = {"endpoint": self._endpoint, "id": remote_id, "now": now}
                if isinstance(outcome, (LookupFound, Merged)):
                    into = outcome.into if isinstance(outcome, Merged) else ""
                    values = describe_record(outcome.record)
                    base = pack_base(read_values(known[remote_id])[1], values) if remote_id in known else SAME
                    found = {"state": MERGED if into else FOUND, "into": into, "body": pack(values), "base": base}
                    db.execute(SAVE, {**row, **found})
                elif not isinstance(outcome, LookupFailed):
                    db.execute(SAVE_GONE, row)
        return {each: outcome for each, outcome in outcomes.items() if isinstance(outcome, LookupFailed)}

    def read(self, ids: Iterable[str]) -> dict[str, CachedRecord]:
        """Return the stored answers among these ids, each with the values at the baseline, for plans and the review."""
        found: dict[str, CachedRecord] = {}
        for row in self._store.read(FIND, (self._endpoint, json.dumps(list(dict.fromkeys(ids))))):
            values, before = read_values(row)
            named = {**values, "name": values.get("title")}
            state, into = row["state"], row["into_id"]
            found[row["id"]] = CachedRecord(state, into, {} if state == GONE else named, row["fetched"], before)
        return found

    def list_open(self, noted_since: float) -> Iterator[str]:
        """Yield the ids whose record differs from its baseline or is not found, or was first seen since then.

        A pass over the library plans the scenes of these.
        """
        last = ""
        while rows := self._store.read(OPEN, (self._endpoint, last, PAGE)):
            yield from (row["id"] for row in rows)
            last = rows[-1]["id"]
        yield from (row["id"] for row in self._store.read(NEW, (self._endpoint, noted_since)))

    def move_baselines(self, baselines: Mapping[str, BaselineMove]) -> None:
        """Store new baselines, of records whose values are still those that the planner has seen.

        `SceneFieldPlanner` calls it after each piece.
        """
        if baselines:
            query = "UPDATE scene_records SET base = ? WHERE endpoint = ? AND id = ? AND body = ?"
            rows = [
                (pack_base(move.before, move.values), self._endpoint, each, pack(move.values))
                for each, move in baselines.items()
            ]
            with self._store.write() as db:
                db.executemany(query, rows)


class BaselineMove(NamedTuple):
    """A record's values as the planner has seen them, and its new baseline."""

    values: Mapping[str, Any]
    before: Mapping[str, Any]


def read_values(row: Any) -> tuple[Values, Values]:
    """Return what a box says in a stored record, and what it said at the baseline, for readers of the table.

    A baseline is stored as a list with the fields in which it differs from the present values; null for a field that
    it lacks. Earlier versions stored it whole.
    """
    values, base = BODY.read(row["body"]), BASE.read(row["base"])
    if isinstance(base, list) and base and isinstance(base[0], dict):
        return values, drop_empty({**values, **base[0]})
    return values, base if isinstance(base, dict) else values


def pack_base(before: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Return a baseline as the table of scene records stores it; most fields do not change, so it is short.

    `save` and `move_baselines` call it.
    """
    names = ({**before, **values}.keys() - {"name"}) if before != values else ()
    other = {name: before.get(name) for name in names if before.get(name) != values.get(name)}
    return json.dumps([other], sort_keys=True, separators=(",", ":"), ensure_ascii=False) if other else SAME


def pack(values: Mapping[str, Any]) -> str:
    """Return a record's values as the table stores and compares them: sorted JSON without `name`, which `read` adds.

    The functions that save records and baselines call it.
    """
    kept = {name: value for name, value in values.items() if name != "name"}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
