"""The cache of fingerprints at a box.

The fingerprints that came with a list are cached for CACHE_SECONDS (one hour), so that comparing the list with local
files needs no request to the box.
"""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.runtime.clock import find_end_of_past
from shared.stash_box import BoxFingerprint, Scene
from shared.state.store import Store

LARGEST_SIGNED = 1 << 63
CACHE_SECONDS = 3600.0
MOST_KEPT = 100  # fingerprints of one scene; a scene with more is read from the box when needed
PRINTS = JsonColumn("prints", "prints", [[str, int, float]])


class ComparablePrint(NamedTuple):
    """A fingerprint of a scene at the box that can be compared with local files."""

    kind: str
    value: int
    duration: int

    @property
    def stored(self) -> str:
        """Return the value as Stash keeps it: an oshash as text, a perceptual hash as signed number.

        The search asks for it.
        """
        if self.kind == "oshash":
            return f"{self.value:016x}"
        return str(self.value - (1 << 64) if self.value >= LARGEST_SIGNED else self.value)


Prints = dict[str, list[ComparablePrint]]


def select_comparable(prints: Iterable[BoxFingerprint]) -> list[ComparablePrint]:
    """Return those of a scene's fingerprints that can be compared with local files, for the cache."""
    found = (make_comparable(each) for each in prints)
    return [each for each in found if each is not None]


def make_comparable(given: BoxFingerprint) -> ComparablePrint | None:
    """Return one fingerprint for comparing, for `select_comparable`; None for MD5 and for a text that is no hash."""
    try:
        value = int(given.hash, 16)
    except ValueError:
        return None
    is_usable = given.algorithm in ("oshash", "phash") and 0 < value < 1 << 64
    return ComparablePrint(given.algorithm, value, given.duration) if is_usable else None


def cache_list_prints(store: Store, endpoint: str, scenes: Iterable[Scene]) -> None:
    """Cache the fingerprints that came with a page of the list, for `find_missing`."""
    prints = {scene.id: scene.fingerprints for scene in scenes}
    kept = {key: some for key, some in prints.items() if some is not None and len(some) <= MOST_KEPT}
    cache_prints(store, endpoint, {key: select_comparable(some) for key, some in kept.items()})


def cache_prints(store: Store, endpoint: str, prints: Mapping[str, Sequence[ComparablePrint]]) -> None:
    """Cache these fingerprints for an hour and delete expired ones; each reader of a box's fingerprints calls it."""
    if not prints:
        return
    now = store.clock.now()
    rows = [(endpoint, scene_id, json.dumps(some), now) for scene_id, some in prints.items()]
    with store.write() as db:
        db.execute("DELETE FROM prints WHERE read < ?", (now - CACHE_SECONDS,))
        db.executemany("INSERT OR REPLACE INTO prints VALUES (?, ?, ?, ?)", rows)


def find_cached_prints(store: Store, endpoint: str, scene_ids: Sequence[str]) -> Prints:
    """Return the cached fingerprints of these scenes by scene id, for comparing them with files.

    Expired ones are left out.
    """
    query = """SELECT scene_id, prints FROM prints WHERE endpoint = ? AND read BETWEEN ? AND ?
        AND scene_id IN (SELECT value FROM json_each(?))"""
    now = store.clock.now()
    valid = (now - CACHE_SECONDS, find_end_of_past(now))
    rows = store.read(query, (endpoint, *valid, json.dumps(list(scene_ids))))
    return {row["scene_id"]: [ComparablePrint(*each) for each in PRINTS.read(row["prints"])] for row in rows}
