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
    """Save the files of linked scenes, for `check_links` and `check_scene` to compare.

    `rows` are pairs of the scene's id at the box and Stash's row.
    """
    with store.write() as db:
        db.executemany(_SAVE, (_make_row(endpoint, remote_id, row) for remote_id, row in rows))


def forget_linked(store: Store, endpoints: Sequence[str] = ()) -> None:
    """Delete the saved files of scenes linked to these boxes, before a check of all links reads them again."""
    with store.write() as db:
        db.executemany("DELETE FROM linked_files WHERE endpoint = ?", [(each,) for each in endpoints])


def forget_scene(store: Store, scene_id: int) -> None:
    """Delete the saved files of one scene, before the check of its links reads them again."""
    with store.write() as db:
        db.execute("DELETE FROM linked_files WHERE scene = ?", (scene_id,))


def move_link(store: Store, old: LinkKey, new: LinkKey | None) -> None:
    """Move the saved files of a scene to another link, or delete them without one; a repair and its undo call it."""
    row = store.first("SELECT title, files FROM linked_files WHERE endpoint = ? AND id = ? AND scene = ?", old)
    if row is None:
        return
    with store.write() as db:
        db.execute("DELETE FROM linked_files WHERE endpoint = ? AND id = ? AND scene = ?", old)
        if new is not None:
            db.execute(_SAVE, (*new, row["title"], row["files"]))


def stream_linked(store: Store, endpoint: str) -> Iterator[list[LinkedFiles]]:
    """Yield the saved linked scenes of a box in groups with the same id, for the check of all links."""
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
    """Return the saved linked scenes with the same id at a box, for the check of one scene's links."""
    return [read_linked(row) for row in store.read(_OF_IDS, (endpoint, remote_id))]


def find_holders(store: Store, endpoint: str, remote_id: str) -> list[int]:
    """Return the ids of the local scenes that had this link when last read; the page offers to swap links with them."""
    return [row["scene"] for row in store.read(_SHARED, (endpoint, remote_id))]


def read_linked(row: sqlite3.Row) -> LinkedFiles:
    """Return the linked scene in a row of `linked_files`, joined with what the box said about its record."""
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
