"""Fingerprints of scenes at a box, kept for an hour from the list that told them: comparing files asks nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.stash_box import Print, Scene
from shared.state.store import Store

LARGEST_SIGNED = 1 << 63
KEPT_SECONDS = 3600.0
MOST_KEPT = 100  # of one scene; of a scene with more the box is asked when it is needed


class Usable(NamedTuple):
    """A fingerprint that can be compared: what it is, its number, and how long the file was."""

    kind: str
    value: int
    duration: int

    @property
    def stored(self) -> str:
        """As Stash keeps it: an oshash as text, a perceptual hash as signed number."""
        if self.kind == "oshash":
            return f"{self.value:016x}"
        return str(self.value - (1 << 64) if self.value >= LARGEST_SIGNED else self.value)


Prints = dict[str, list[Usable]]


def read_usable(prints: Iterable[Print]) -> list[Usable]:
    """Those we can compare."""
    found = (make_usable(each) for each in prints)
    return [each for each in found if each is not None]


def make_usable(given: Print) -> Usable | None:
    """A fingerprint as a number; MD5 and what is no hash are left out."""
    try:
        value = int(given.hash, 16)
    except ValueError:
        return None
    is_usable = given.algorithm in ("oshash", "phash") and 0 < value < 1 << 64
    return Usable(given.algorithm, value, given.duration) if is_usable else None


def keep_list(store: Store, endpoint: str, scenes: Iterable[Scene]) -> None:
    """Keep what a list told of these scenes."""
    told = {scene.id: scene.fingerprints for scene in scenes}
    few = {key: some for key, some in told.items() if some is not None and len(some) <= MOST_KEPT}
    keep_prints(store, endpoint, {key: read_usable(some) for key, some in few.items()})


def keep_prints(store: Store, endpoint: str, prints: Mapping[str, Sequence[Usable]]) -> None:
    """Keep these; what is older goes."""
    if not prints:
        return
    now = store.clock.now()
    rows = [(endpoint, scene_id, json.dumps(some), now) for scene_id, some in prints.items()]
    with store.write() as db:
        db.execute("DELETE FROM prints WHERE read < ?", (now - KEPT_SECONDS,))
        db.executemany("INSERT OR REPLACE INTO prints VALUES (?, ?, ?, ?)", rows)


def recall_prints(store: Store, endpoint: str, scene_ids: Sequence[str]) -> Prints:
    """What is known of these scenes."""
    query = """SELECT scene_id, prints FROM prints WHERE endpoint = ? AND read >= ?
        AND scene_id IN (SELECT value FROM json_each(?))"""
    rows = store.read(query, (endpoint, store.clock.now() - KEPT_SECONDS, json.dumps(list(scene_ids))))
    return {row["scene_id"]: [Usable(*each) for each in json.loads(row["prints"])] for row in rows}
