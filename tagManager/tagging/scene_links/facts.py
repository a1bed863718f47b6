"""The boxes' answers about linked scenes apart from tags: title, length, fingerprints, and which scenes a file fits.

The sync of scene tags asks about every linked scene anyway, so noting its answers costs no request.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.stash.library import split
from shared.stash_box import BoxFingerprint, Fingerprint, LookupFound, Outcome, TaggedScene
from shared.stash_box.fingerprints import make_group
from shared.state.json_column import JsonColumn

if TYPE_CHECKING:
    from shared.state.store import Store

MOST_PRINTS = 100  # kept of a scene, those with the most votes
VALUES_AT_ONCE = 400  # values in one query: older SQLite takes 999
PRINTS = JsonColumn("scene_facts", "prints", ([[str, str, int, (int, None)]], None), "null")
CANDIDATES = JsonColumn("scene_facts", "candidates", [str], "[]")
_SAVE_RECORD = """INSERT INTO scene_facts VALUES (?, ?, ?, ?, ?, '', '[]') ON CONFLICT (endpoint, id)
    DO UPDATE SET title = excluded.title, length = excluded.length,
    prints = CASE excluded.prints WHEN 'null' THEN prints ELSE excluded.prints END"""
_SAVE_CANDIDATES = """INSERT INTO scene_facts VALUES (?, ?, '', 0, 'null', ?, ?) ON CONFLICT (endpoint, id)
    DO UPDATE SET asked = excluded.asked, candidates = excluded.candidates"""

_FORGET_UNLINKED = """DELETE FROM {table} WHERE endpoint = ? AND NOT EXISTS
    (SELECT 1 FROM linked_files l WHERE l.endpoint = {table}.endpoint AND l.id = {table}.id)"""


class BoxFacts(NamedTuple):
    """A box's answer about one scene; `length` is 0 if it does not know it.

    `prints` are the scene's fingerprints, None if they were not sent. `candidates` are the scenes that were found by
    the fingerprints whose digest is `asked`.
    """

    title: str
    length: int
    prints: tuple[BoxFingerprint, ...] | None
    asked: str
    candidates: tuple[str, ...]


def digest_prints(prints: Iterable[Fingerprint]) -> str:
    """Return a short text that is equal for equal fingerprints; empty if none of them can be asked for."""
    group = make_group(prints)
    return hashlib.blake2b(repr(group).encode(), digest_size=8).hexdigest() if group else ""


def save_facts(
    store: Store,
    endpoint: str,
    outcomes: Mapping[str, Outcome[TaggedScene]],
    candidates: Mapping[str, Sequence[str]],
    digests: Mapping[str, str],
    *,
    is_whole: bool,
) -> None:
    """Save what a box said about linked scenes in one request, apart from their tags; `SceneRefresh` calls this.

    `candidates` are the scenes that the fingerprints of `digests` found, by linked id. `is_whole`: an answer by id
    without fingerprints means that the box has none; otherwise, that they were not asked for.
    """
    records = {each: outcome.record for each, outcome in outcomes.items() if isinstance(outcome, LookupFound)}
    prints = {each: pack_prints(scene, is_whole and each not in candidates) for each, scene in records.items()}
    rows = [(endpoint, each, one.title or "", one.duration or 0, prints[each]) for each, one in records.items()]
    found = [(endpoint, each, digests.get(each, ""), json.dumps(list(ids))) for each, ids in candidates.items()]
    with store.write() as db:
        db.executemany(_SAVE_RECORD, rows)
        db.executemany(_SAVE_CANDIDATES, found)


def pack_prints(scene: TaggedScene, is_whole: bool) -> str:
    """Return a scene's fingerprints with the most votes as JSON for the table; "null" if not asked for. Pure."""
    if scene.fingerprints is None:
        return "[]" if is_whole else "null"
    most = sorted(scene.fingerprints, key=lambda each: -(each.votes or 0))[:MOST_PRINTS]
    return json.dumps([[each.algorithm, each.hash, each.duration, each.votes] for each in most])


def find_without_facts(store: Store, endpoint: str, ids: Collection[str]) -> set[str]:
    """Return those of these scenes of which neither fingerprints nor candidates are noted, for the link doctor."""
    known: set[str] = set()
    for piece in split(ids, VALUES_AT_ONCE):
        marks = ",".join("?" * len(piece))
        noted = "(asked <> '' OR prints <> 'null')"
        query = f"SELECT id FROM scene_facts WHERE endpoint = ? AND {noted} AND id IN ({marks})"  # noqa: S608 -- question marks only
        known.update(row["id"] for row in store.read(query, (endpoint, *piece)))
    return set(ids) - known


def forget_unlinked_facts(store: Store, endpoint: str) -> None:
    """Delete what a box said about scenes that no scene of the library is linked to any more.

    The check of all links calls it after it has read the files of all linked scenes.
    """
    with store.write() as db:
        for table in ("scene_facts", "link_checks"):
            db.execute(_FORGET_UNLINKED.format(table=table), (endpoint,))


def read_facts(row: sqlite3.Row) -> BoxFacts | None:
    """Return the facts in a row that was joined with the table `scene_facts`; None if the scene has none."""
    if row["prints"] is None:
        return None
    packed = PRINTS.read(row["prints"])
    prints = None if packed is None else tuple(_read_prints(packed))
    return BoxFacts(row["title"], row["length"], prints, row["asked"], tuple(CANDIDATES.read(row["candidates"])))


def _read_prints(packed: Iterable[Sequence[object]]) -> Iterator[BoxFingerprint]:
    for algorithm, text, duration, votes in packed:
        yield BoxFingerprint(str(algorithm), str(text), duration, votes)  # type: ignore[arg-type]  # the shape is checked
