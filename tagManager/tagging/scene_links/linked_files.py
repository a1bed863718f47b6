"""The files of all linked scenes as the last check read them from Stash, joined with what the boxes said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.file_matching.compare import LocalPrint, SceneFiles, read_scene_files
from shared.state.json_column import JsonColumn
from tagging.scene_links.facts import BoxFacts, digest_prints, read_facts
from tagging.scenes.box_query import read_fingerprints

if TYPE_CHECKING:
    from shared.state.store import Store

FIELDS = "title stash_ids { endpoint stash_id } files { path duration fingerprints { type value } }"
ROWS_AT_ONCE = 500
FILES = JsonColumn(
    "linked_files", "files", {"path": str, "lengths": [float], "prints": [[str, int, float]], "digest": str}
)
_SAVE = "INSERT OR REPLACE INTO linked_files VALUES (?, ?, ?, ?, ?)"
_JOIN = """SELECT l.id, l.scene, l.title AS label, l.files, r.state, r.note, f.title, f.length, f.prints, f.asked,
        f.candidates
    FROM linked_files l LEFT JOIN remote_scenes r ON r.endpoint = l.endpoint AND r.id = l.id
    LEFT JOIN scene_facts f ON f.endpoint = l.endpoint AND f.id = l.id"""
_NEXT = f"{_JOIN} WHERE l.endpoint = ? AND l.id > ? ORDER BY l.id, l.scene LIMIT ?"
_OF_IDS = f"{_JOIN} WHERE l.endpoint = ? AND l.id = ? ORDER BY l.scene"
_SHARED = "SELECT id, scene FROM linked_files WHERE endpoint = ? AND id = ? ORDER BY scene"


class LinkKey(NamedTuple):
    """A link: the box, the id there, and the scene of the library."""

    endpoint: str
    id: str
    scene: int


class LinkedFiles(NamedTuple):
    """A scene of the library that is linked to a record of a box, with what the box said about the record.

    `state` is that of the cached answer, empty without one; `successor` is the id into which the box merged it.
    """

    remote_id: str
    local: SceneFiles
    digest: str
    state: str
    successor: str
    facts: BoxFacts | None


def save_linked(store: Store, endpoint: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Keep the files of scenes, given as pairs of linked id and Stash's row, for the check of all links."""
    with store.write() as db:
        db.executemany(_SAVE, (_make_row(endpoint, remote_id, row) for remote_id, row in rows))


def forget_linked(store: Store, endpoints: Sequence[str] = ()) -> None:
    """Delete the files of these boxes before a check reads them again."""
    with store.write() as db:
        db.executemany("DELETE FROM linked_files WHERE endpoint = ?", [(each,) for each in endpoints])


def forget_scene(store: Store, scene_id: int) -> None:
    """Delete the files of one scene before the check of this scene reads them again."""
    with store.write() as db:
        db.execute("DELETE FROM linked_files WHERE scene = ?", (scene_id,))


def move_link(store: Store, old: LinkKey, new: LinkKey | None) -> None:
    """Note that a scene is linked to another record now, or to none, until the next check reads it from Stash."""
    row = store.first("SELECT title, files FROM linked_files WHERE endpoint = ? AND id = ? AND scene = ?", old)
    if row is None:
        return
    with store.write() as db:
        db.execute("DELETE FROM linked_files WHERE endpoint = ? AND id = ? AND scene = ?", old)
        if new is not None:
            db.execute(_SAVE, (*new, row["title"], row["files"]))


def stream_linked(store: Store, endpoint: str) -> Iterator[list[LinkedFiles]]:
    """Yield the linked scenes of a box, those that share an id together, for the check of all links."""
    last = ""
    group: list[LinkedFiles] = []
    while True:
        rows = store.read(_NEXT, (endpoint, last, ROWS_AT_ONCE))
        for found in map(read_linked, rows):
            if group and group[0].remote_id != found.remote_id:
                yield group
                group = []
            group.append(found)
        if len(rows) < ROWS_AT_ONCE:
            break
        last, group = _end_page(store, endpoint, group)
        yield group
        group = []
    if group:
        yield group


def read_sharing(store: Store, endpoint: str, remote_id: str) -> list[LinkedFiles]:
    """Return all linked scenes with one id, for the check of a single scene."""
    return [read_linked(row) for row in store.read(_OF_IDS, (endpoint, remote_id))]


def find_holders(store: Store, endpoint: str, remote_id: str) -> list[int]:
    """Return the scenes that the last check found linked to this id, for the offer to swap two links."""
    return [row["scene"] for row in store.read(_SHARED, (endpoint, remote_id))]


def read_linked(row: sqlite3.Row) -> LinkedFiles:
    """Return a row of the join as LinkedFiles."""
    kept = FILES.read(row["files"])
    prints = tuple(LocalPrint(*each) for each in kept["prints"])
    lengths = tuple(kept["lengths"])
    local = SceneFiles(row["scene"], row["label"], kept["path"], lengths[0] if lengths else 0.0, prints, lengths)
    return LinkedFiles(row["id"], local, kept["digest"], row["state"] or "", row["note"] or "", read_facts(row))


def _end_page(store: Store, endpoint: str, group: list[LinkedFiles]) -> tuple[str, list[LinkedFiles]]:
    """Return the last id of a full page and all scenes with it: the page may have ended between them."""
    last = group[0].remote_id
    return last, read_sharing(store, endpoint, last)


def _make_row(endpoint: str, remote_id: str, row: Mapping[str, Any]) -> tuple[object, ...]:
    local = read_scene_files(row)
    kept = {
        "path": local.path,
        "lengths": local.lengths,
        "prints": local.prints,
        "digest": digest_prints(read_fingerprints(row)),
    }
    return endpoint, remote_id, local.number, local.title, json.dumps(kept)
