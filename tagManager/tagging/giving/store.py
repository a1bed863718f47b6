"""The fingerprints that the boxes have from this library, and those that a person took back: no plan offers them.

Notes of scenes that are gone stay: an undo finds there for which scenes of the boxes they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from shared.endpoints import normalize_endpoint
from shared.stash.library import split
from tagging.scenes.answer_cache import MAX_QUERY_VALUES

if TYPE_CHECKING:
    from shared.state.store import Store

# "begun" is noted before a request, so that a killed process leaves no fingerprint of which nothing is known.
BEGUN, GIVEN, TAKEN_BACK = "begun", "given", "taken_back"
_SAVE = "INSERT OR REPLACE INTO given_prints VALUES (?, ?, ?, ?, ?, ?)"
_FORGET = "DELETE FROM given_prints WHERE scene = ? AND endpoint = ? AND remote = ? AND print = ?"
_COUNT = "SELECT count(*) AS prints, count(DISTINCT scene) AS scenes FROM given_prints WHERE state = ?"


class GivenPrint(NamedTuple):
    """A fingerprint of a scene's file and the scene of a box that it was submitted for, such as "oshash 00ab…"."""

    scene: int
    endpoint: str
    remote_id: str
    print: str

    @property
    def key(self) -> GivenPrint:
        """Return the note in a form that is equal for all spellings of the endpoint; it is never stored."""
        return self._replace(endpoint=normalize_endpoint(self.endpoint))


def save_prints(store: Store, prints: Iterable[GivenPrint], state: str) -> None:
    """Save the state of these fingerprints: BEGUN before the target sends them, then GIVEN or TAKEN_BACK.

    The search also saves those that a box has from the user already as GIVEN.
    """
    now = store.clock.now()
    with store.write() as db:
        db.executemany(_SAVE, [(*each, state, now) for each in prints])


def forget_prints(store: Store, prints: Iterable[GivenPrint]) -> None:
    """Delete the notes of fingerprints that a box refused, so that a later plan offers them again."""
    with store.write() as db:
        db.executemany(_FORGET, list(prints))


def read_prints(store: Store, scene_ids: Iterable[int]) -> dict[GivenPrint, str]:
    """Return the state of each noted fingerprint of these scenes, by its `key`, for search and journal target."""
    found: dict[GivenPrint, str] = {}
    for piece in split(dict.fromkeys(scene_ids), MAX_QUERY_VALUES):
        marks = ",".join("?" * len(piece))
        for row in store.read(f"SELECT * FROM given_prints WHERE scene IN ({marks})", piece):  # noqa: S608 -- question marks only
            found[GivenPrint(row["scene"], row["endpoint"], row["remote"], row["print"]).key] = row["state"]
    return found


def count_given(store: Store) -> dict[str, int]:
    """Return how many fingerprints of this library the boxes have (`prints`), and of how many scenes, for the page."""
    return dict(store.read(_COUNT, (GIVEN,))[0])
