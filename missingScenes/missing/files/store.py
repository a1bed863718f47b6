"""Saved answers of the boxes about files without a link: which scenes were asked about, and which match.

An answer holds ANSWER_SECONDS (30 days), also "the box has no such file", as long as the files of the scene stay the
same. A match that a person rejected counts nowhere; the rejection outlives later comparisons.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from shared.file_matching.cards import make_card
from shared.file_matching.compare import Evidence, FileMatch, SceneFiles
from shared.file_matching.comparison import ANSWER_SECONDS
from shared.runtime.clock import find_end_of_past
from shared.stash_box import Scene
from shared.state.json_column import JsonColumn
from shared.state.store import Store

EVIDENCE = JsonColumn("file_matches", "evidence", [str, int, str, str, float, int, str])
CARD = JsonColumn("file_matches", "card", dict, '{"members": []}')
_IDS = "IN (SELECT value FROM json_each(:ids))"
_REJECTED = """EXISTS (SELECT 1 FROM file_rejections r
    WHERE r.endpoint = m.endpoint AND r.scene_id = m.scene_id AND r.local_id = m.local_id)"""
GROUPS = {
    "sure": f"m.is_sure AND NOT m.is_linked AND NOT {_REJECTED}",
    "probable": f"NOT m.is_sure AND NOT m.is_linked AND NOT {_REJECTED}",
    "rejected": f"NOT m.is_linked AND {_REJECTED}",
}
_COLUMNS = f"m.*, {_REJECTED} AS is_rejected"


class SavedFileMatch(NamedTuple):
    """A saved match of a scene of the box with a local scene, as it was when the box was asked."""

    endpoint: str
    scene_id: str
    local_id: int
    is_sure: bool
    title: str
    path: str
    duration: float
    evidence: Evidence
    card: Mapping[str, Any]
    is_rejected: bool


def read_match(row: sqlite3.Row) -> SavedFileMatch:
    """Return a row of the table `file_matches` as SavedFileMatch; each reader of the table calls it."""
    head = (row["endpoint"], row["scene_id"], row["local_id"], bool(row["is_sure"]))
    place = (row["title"], row["path"], row["duration"])
    evidence = Evidence(*EVIDENCE.read(row["evidence"]))
    return SavedFileMatch(*head, *place, evidence, CARD.read(row["card"]), bool(row["is_rejected"]))


def find_fresh_checks(store: Store, endpoint: str, numbers: Collection[int]) -> dict[int, str]:
    """Return by local scene the digest of the fingerprints about which the box was asked in the last 30 days.

    The box is asked again about a scene that is left out, or whose fingerprints have another digest now. The
    comparison calls it.
    """
    now = store.clock.now()
    query = f"""SELECT local_id, digest FROM file_checks WHERE endpoint = :endpoint AND local_id {_IDS}
        AND checked BETWEEN :oldest AND :newest"""  # noqa: S608 -- our own texts
    valid = {"oldest": now - ANSWER_SECONDS, "newest": find_end_of_past(now)}
    rows = store.read(query, {"endpoint": endpoint, "ids": json.dumps(list(numbers)), **valid})
    return {row["local_id"]: row["digest"] for row in rows}


def save_answers(store: Store, endpoint: str, answers: Sequence[tuple[SceneFiles, Sequence[FileMatch]]]) -> None:
    """Replace what is known of these local scenes by the box's answers, in one transaction; the comparison calls it."""
    now = store.clock.now()
    checks = [(endpoint, local.number, local.digest, now) for local, _ in answers]
    rows = [make_row(endpoint, local, match) for local, found in answers for match in found]
    with store.write() as db:
        delete_matches(db, endpoint, [local.number for local, _ in answers])
        db.executemany("INSERT OR REPLACE INTO file_checks VALUES (?, ?, ?, ?)", checks)
        db.executemany("INSERT OR REPLACE INTO file_matches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", rows)


def make_row(endpoint: str, local: SceneFiles, match: FileMatch) -> tuple[Any, ...]:
    """Return a match as a row of the table `file_matches`. `save_answers` stores it."""
    scene, evidence = match
    card = {**make_card(scene), "members": list(list_members(scene))}
    place = (local.title, local.path, local.duration)
    return (endpoint, scene.id, local.number, not evidence.doubt, *place, json.dumps(evidence), json.dumps(card))


def delete_matches(db: sqlite3.Connection, endpoint: str, numbers: Collection[int]) -> None:
    """Delete the matches of these local scenes, within a transaction. `save_answers` and `forget_scenes` call it."""
    delete = f"DELETE FROM file_matches WHERE endpoint = :endpoint AND local_id {_IDS}"  # noqa: S608 -- our own texts
    db.execute(delete, {"endpoint": endpoint, "ids": json.dumps(list(numbers))})


def forget_scenes(store: Store, endpoint: str, numbers: Collection[int]) -> None:
    """Delete all stored answers about these local scenes, because they are linked or gone; the comparison calls it."""
    params = {"endpoint": endpoint, "ids": json.dumps(list(numbers))}
    with store.write() as db:
        delete_matches(db, endpoint, numbers)
        db.execute(f"DELETE FROM file_checks WHERE endpoint = :endpoint AND local_id {_IDS}", params)  # noqa: S608


def list_checked(store: Store, endpoint: str) -> list[int]:
    """Return the numbers of all local scenes that have stored answers; `compare_all` deletes those of linked scenes."""
    query = """SELECT local_id FROM file_checks WHERE endpoint = ?
        UNION SELECT local_id FROM file_matches WHERE endpoint = ?"""
    return [row[0] for row in store.read(query, (endpoint, endpoint))]


def find_matches_of(store: Store, endpoint: str, scene_ids: Collection[str]) -> dict[str, list[SavedFileMatch]]:
    """Return the matches of these scenes of the box that no person rejected, by scene id, the sure ones first.

    A list of missing scenes marks them.
    """
    query = f"""SELECT {_COLUMNS} FROM file_matches m WHERE m.endpoint = :endpoint AND m.scene_id {_IDS}
        AND NOT {_REJECTED} ORDER BY m.scene_id, NOT m.is_sure, m.local_id"""  # noqa: S608 -- our own texts
    found: dict[str, list[SavedFileMatch]] = {}
    for row in store.read(query, {"endpoint": endpoint, "ids": json.dumps(list(scene_ids))}):
        found.setdefault(row["scene_id"], []).append(read_match(row))
    return found


def find_match(store: Store, endpoint: str, scene_id: str, local_id: int) -> SavedFileMatch | None:
    """Return one match, also a rejected one, for showing and rejecting it; None if there is none."""
    query = f"SELECT {_COLUMNS} FROM file_matches m WHERE m.endpoint = ? AND m.scene_id = ? AND m.local_id = ?"  # noqa: S608
    row = store.first(query, (endpoint, scene_id, local_id))
    return read_match(row) if row is not None else None


def list_matches(
    store: Store, group: str, text: str = "", page: tuple[int, int] = (-1, 0)
) -> tuple[list[SavedFileMatch], int]:
    """Return one page of the sure, the probable or the rejected matches, and how many there are; -1 means all."""
    where = f"FROM file_matches m WHERE {GROUPS[group]} AND (:text = '' OR m.title || m.path LIKE '%' || :text || '%')"
    params = {"text": text, "size": page[0], "before": page[1]}
    rows = store.read(
        f"SELECT {_COLUMNS} {where} ORDER BY m.title COLLATE NOCASE, m.local_id, m.scene_id LIMIT :size OFFSET :before",
        params,
    )
    return [read_match(row) for row in rows], int(store.read(f"SELECT count(*) {where}", params)[0][0])


def count_groups(store: Store) -> dict[str, int]:
    """Return how many matches are sure, probable and rejected, for the page and for the result of Compare Files."""
    sums = ", ".join(f"coalesce(sum({where}), 0) AS {name}" for name, where in GROUPS.items())
    row = store.read(f"SELECT {sums} FROM file_matches m")[0]  # noqa: S608 -- our own texts
    return {name: int(row[name]) for name in GROUPS}


def find_sure_scenes(store: Store, endpoint: str) -> dict[str, set[str]]:
    """Return by performer or studio of the box which of its scenes have a sure match; it reads all matches of the box.

    Check Completeness calls it once for each box and kind.
    """
    query = f"""SELECT j.value AS member, m.scene_id
        FROM file_matches m, json_each(CASE WHEN json_valid(m.card) THEN m.card END, '$.members') j
        WHERE m.endpoint = :endpoint AND {GROUPS["sure"]}"""  # noqa: S608 -- our own texts
    found: dict[str, set[str]] = {}
    for row in store.read(query, {"endpoint": endpoint}):
        found.setdefault(row["member"], set()).add(row["scene_id"])
    return found


def find_rejected(store: Store, endpoint: str, scene_ids: Iterable[str]) -> set[tuple[str, int]]:
    """Return (scene id, local number) of the matches of these scenes that a person rejected.

    The journal's target and `find_matches` call it.
    """
    query = """SELECT scene_id, local_id FROM file_rejections WHERE endpoint = ?
        AND scene_id IN (SELECT value FROM json_each(?))"""
    return {(row[0], row[1]) for row in store.read(query, (endpoint, json.dumps(list(scene_ids))))}


def set_linked(store: Store, endpoint: str, scene_id: str, local_id: int, is_linked: bool) -> None:
    """Store that the plugin linked the scene of a match, or undid that; the journal's target for links calls it.

    The next comparison forgets linked scenes.
    """
    update = "UPDATE file_matches SET is_linked = ? WHERE endpoint = ? AND local_id = ? AND scene_id = ?"
    with store.write() as db:
        db.execute(update, (is_linked, endpoint, local_id, scene_id))


def set_rejected(db: sqlite3.Connection, endpoint: str, scene_id: str, local_id: int, added: float | None) -> None:
    """Store that a person rejected a match at this time, or with None that it was taken back.

    The journal's target calls it.
    """
    key = (endpoint, scene_id, local_id)
    db.execute("DELETE FROM file_rejections WHERE endpoint = ? AND scene_id = ? AND local_id = ?", key)
    if added is not None:
        db.execute("INSERT INTO file_rejections VALUES (?, ?, ?, ?)", (*key, added))


def list_members(scene: Scene) -> Iterator[str]:
    """Yield the box's ids of the performers and the studio of a scene, by which completeness counts it.

    `make_row` calls it.
    """
    yield from (each.performer.id for each in scene.performers)
    if scene.studio:
        yield scene.studio.id
