"""Followed performers and studios, and what became of their new scenes, in the state file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from missing.follow.plan import ASKS, BRINGING, CAME, LIMIT, OPEN, RETRY, WEEK, Decision, OpenScene
from missing.follow.rules import FollowedScene, FollowRules, make_rules, show_rules
from shared.runtime.clock import find_end_of_past
from shared.state.json_column import JsonColumn
from shared.state.store import Store

RULES = JsonColumn("follows", "rules", dict)
NETWORK = JsonColumn("follows", "network", [str], "[]")
CARD = JsonColumn("follow_scenes", "card", {"id": str, "performers": list})
READ_UNTIL, CHECKED = "follow.read_until", "follow.checked"


class Follow(NamedTuple):
    """A followed performer or studio of a box.

    `began` is the box's own time of the newest scene that was there already; `network` has the ids of a studio's
    sub-studios if they are followed, too. `problem` says why it could not be read the last time.
    """

    id: int
    endpoint: str
    kind: str
    stash_id: str
    local_id: int
    name: str
    rules: FollowRules
    began: str
    network: tuple[str, ...] = ()
    checked: float = 0.0
    problem: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids whose scenes count for the check: the entity's own, and those of followed sub-studios."""
        return (self.stash_id, *(each for each in self.network if each != self.stash_id))


class SavedScene(NamedTuple):
    """A new scene of a followed performer or studio, and what became of it."""

    follow_id: int
    scene_id: str
    state: str
    reason: str
    found: float
    decided: float
    run: int
    card: dict[str, Any]


def list_follows(store: Store, endpoint: str = "") -> list[Follow]:
    """Return all follows, or those at one box, by name; the check, Coming up and the page read them."""
    query = "SELECT * FROM follows WHERE ? IN ('', endpoint) ORDER BY name COLLATE NOCASE, id"
    return [read_follow(row) for row in store.read(query, (endpoint,))]


def find_follow(store: Store, endpoint: str, kind: str, stash_id: str) -> Follow | None:
    """Return the follow of a performer or studio of a box, None if it is not followed.

    The page's operations call it.
    """
    query = "SELECT * FROM follows WHERE endpoint = ? AND kind = ? AND stash_id = ?"
    row = store.first(query, (endpoint, kind, stash_id))
    return read_follow(row) if row else None


def read_follow(row: sqlite3.Row) -> Follow:
    """Return a row of the table `follows` as Follow; each reader of the table calls it."""
    values = {name: row[name] for name in Follow._fields}
    rules, network = make_rules(RULES.read(row["rules"])), tuple(NETWORK.read(row["network"]))
    return Follow(**{**values, "rules": rules, "network": network})


def save_follow(store: Store, follow: Follow) -> None:
    """Save a new follow, or the name, rules and sub-studios of one that exists, for `follow_entity`.

    Its scenes stay.
    """
    values = follow._replace(rules=json.dumps(show_rules(follow.rules)), network=json.dumps(follow.network))  # type: ignore[arg-type]
    upsert = """
        INSERT INTO follows (endpoint, kind, stash_id, local_id, name, rules, began, network, checked, problem)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (endpoint, kind, stash_id) DO UPDATE
        SET local_id = excluded.local_id, name = excluded.name, rules = excluded.rules, network = excluded.network
    """
    with store.write() as db:
        db.execute(upsert, values[1:])
        if not store.kv.get(CHECKED, float):
            store.kv.put(CHECKED, store.clock.now())


def move_follow(store: Store, follow: Follow, stash_id: str, network: Sequence[str]) -> None:
    """Save the id that a merge at the box gave to a follow, and its sub-studios; an id that is followed stays.

    The check calls it.
    """
    update = "UPDATE OR IGNORE follows SET stash_id = ?, network = ? WHERE id = ?"
    with store.write() as db:
        db.execute(update, (stash_id, json.dumps(list(network)), follow.id))


def delete_follow(store: Store, follow_id: int) -> None:
    """Delete a follow and its saved scenes, for `unfollow`; what was brought stays where it is."""
    with store.write() as db:
        db.execute("DELETE FROM follows WHERE id = ?", (follow_id,))
        db.execute("DELETE FROM follow_scenes WHERE follow_id = ?", (follow_id,))


def save_problem(store: Store, follows: Iterable[Follow], problem: str) -> None:
    """Save why these follows could not be read, or, without a problem, that they were read now; checks call it."""
    now = store.clock.now()
    with store.write() as db:
        for each in follows:
            db.execute("UPDATE follows SET problem = ? WHERE id = ?", (problem, each.id))
            if not problem:
                db.execute("UPDATE follows SET checked = ? WHERE id = ?", (now, each.id))


def read_until(store: Store, endpoint: str, kind: str) -> str:
    """Return the box's time up to which scenes of one kind of follows were read; empty before the first check.

    The check reads on from there.
    """
    return str(store.kv.get(READ_UNTIL, {str: str}, {}).get(f"{kind} {endpoint}", ""))


def save_read_until(store: Store, endpoint: str, kind: str, moment: str) -> None:
    """Save the box's time up to which the check has read scenes of one kind of follows.

    The check calls it after the scenes are saved.
    """
    with store.write():
        known = store.kv.get(READ_UNTIL, {str: str}, {})
        store.kv.put(READ_UNTIL, {**known, f"{kind} {endpoint}": moment})


def save_new_scenes(store: Store, found: Iterable[tuple[Follow, FollowedScene]]) -> list[FollowedScene]:
    """Save scenes that a check found for follows, and return those that no follow has had before.

    A scene of two follows comes once: what became of it for one of them holds for the other.
    """
    now, fresh = store.clock.now(), {}
    insert = """
        INSERT OR IGNORE INTO follow_scenes SELECT :follow, :scene, coalesce(max(state), :state), '', :now, :now,
        coalesce(max(run), 0), :card FROM follow_scenes s JOIN follows f ON f.id = s.follow_id
        WHERE s.scene_id = :scene AND f.endpoint = :endpoint AND s.state IN ('bringing', 'came', 'skipped')
    """
    known = "SELECT 1 FROM follow_scenes s JOIN follows f ON f.id = s.follow_id WHERE scene_id = ? AND endpoint = ?"
    with store.write() as db:
        for follow, scene in found:
            is_known = db.execute(known, (scene.id, follow.endpoint)).fetchone()
            values = {"follow": follow.id, "scene": scene.id, "endpoint": follow.endpoint, "state": LIMIT, "now": now}
            db.execute(insert, {**values, "card": json.dumps(scene.card)})
            if not is_known:
                fresh[scene.id] = scene
    return list(fresh.values())


def list_open_scenes(store: Store, follow_id: int) -> list[OpenScene]:
    """Return the scenes of a follow that are neither brought nor left out, the first found first.

    The tasks that bring scenes read them.
    """
    query = """SELECT scene_id, state, reason FROM follow_scenes WHERE follow_id = ?
        AND state IN (SELECT value FROM json_each(?)) ORDER BY found, json_extract(card, '$.date'), scene_id"""
    return [OpenScene(*row) for row in store.read(query, (follow_id, json.dumps(OPEN)))]


def list_arrivals(store: Store, follow_id: int) -> list[float]:
    """Return when each scene came that a follow brought within the last week; they count for its weekly limit."""
    now = store.clock.now()
    query = "SELECT decided FROM follow_scenes WHERE follow_id = ? AND state = ? AND decided > ? AND decided <= ?"
    rows = store.read(query, (follow_id, CAME, now - WEEK, find_end_of_past(now)))
    return [float(row["decided"]) for row in rows]


def save_decisions(
    store: Store, decisions: Iterable[Decision], follow: Follow, *, for_all: bool = False, run: int = 0
) -> None:
    """Save the new states of scenes of a follow, or with `for_all` of all follows at its box; final states stay."""
    now = store.clock.now()
    update = """
        UPDATE follow_scenes SET state = :state, reason = :reason, run = :run,
        decided = CASE WHEN state = :state THEN decided ELSE :now END WHERE scene_id = :scene
        AND follow_id IN (SELECT id FROM follows WHERE endpoint = :endpoint AND :follow IN (0, id))
        AND state NOT IN ('came', 'left_out')
    """
    same = {"now": now, "endpoint": follow.endpoint, "run": run, "follow": 0 if for_all else follow.id}
    rows = [{**same, "scene": each.scene_id, "state": each.state, "reason": each.reason} for each in decisions]
    with store.write() as db:
        db.executemany(update, rows)


def claim_scenes(store: Store, follow: Follow, scene_ids: Iterable[str], run: int) -> None:
    """Save that the run `run` brings these scenes, before it writes, so that the next check knows it after a kill.

    `bring_scenes` calls it.
    """
    save_decisions(store, [Decision(each, BRINGING) for each in scene_ids], follow, run=run)


def list_scenes(store: Store, states: Sequence[str], follow_id: int = 0, limit: int = -1) -> list[SavedScene]:
    """Return the saved scenes of one or all follows in these states, the newest first, for the page and the check."""
    query = """SELECT * FROM follow_scenes WHERE state IN (SELECT value FROM json_each(?)) AND ? IN (0, follow_id)
        ORDER BY decided DESC, json_extract(card, '$.date') DESC, scene_id LIMIT ?"""
    rows = store.read(query, (json.dumps(list(states)), follow_id, limit))
    return [
        SavedScene(**{**{name: row[name] for name in SavedScene._fields}, "card": CARD.read(row["card"])})
        for row in rows
    ]


def count_scenes(store: Store) -> Mapping[int, Mapping[str, int]]:
    """Return by id of the follow how many of its scenes are in each state; the Following tab shows it."""
    counts: dict[int, dict[str, int]] = {}
    for row in store.read("SELECT follow_id, state, count(*) AS number FROM follow_scenes GROUP BY follow_id, state"):
        counts.setdefault(row["follow_id"], {})[row["state"]] = row["number"]
    return counts


class WaitingScenes(NamedTuple):
    """The number of scenes that wait for a click, of those that could not be brought, and the reason."""

    asks: int
    retry: int
    reason: str


def count_waiting(store: Store) -> WaitingScenes:
    """Return how many scenes wait for a decision, how many could not be brought, and why; the notices tell it."""
    query = "SELECT count(DISTINCT scene_id) AS number, max(reason) AS reason FROM follow_scenes WHERE state = ?"
    asks, retry = (store.read(query, (state,))[0] for state in (ASKS, RETRY))
    return WaitingScenes(asks["number"], retry["number"], retry["reason"] or "")
