"""The records that boxes have of scenes without a link there, found by the fingerprints of the scenes' files.

An answer holds for 30 days, also "no such file", as long as the files of the scene stay the same. Only sure matches
are kept: files of which a box has merely something similar are shown by Missing Scenes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from performers.identity.evidence import IdentityMatch
from shared.file_matching.compare import FileMatch, SceneFiles, explain_evidence
from shared.file_matching.comparison import ANSWER_SECONDS
from shared.runtime.clock import find_end_of_past
from shared.state.store import Store
from shared.stash_box import Box

FOUND = "SELECT item, id, evidence FROM scene_finds WHERE endpoint = :endpoint AND id <> ''"
IDS = "AND item IN (SELECT value FROM json_each(:ids))"
FRESH = "SELECT item, digest FROM scene_finds WHERE endpoint = :endpoint AND checked BETWEEN :oldest AND :newest"
FORGET = "DELETE FROM scene_finds WHERE endpoint = :endpoint"


class FoundRecords:
    """The records found at one box: the run asks and saves through it, and the planner proposes the links."""

    def __init__(self, store: Store, box: Box, *, is_fresh: bool = False) -> None:
        self._store = store
        self._box = box
        self._is_fresh = is_fresh  # asks again about every scene

    @property
    def endpoint(self) -> str:
        """Return the endpoint of the box whose answers these are.

        The planner reads it.
        """
        return self._box.endpoint

    def find_fresh(self, numbers: Collection[int]) -> Mapping[int, str]:
        """Return by scene the digest of the fingerprints for which the box's stored answer still holds.

        The comparison of files calls it.
        """
        if self._is_fresh:
            return {}
        now = self._store.clock.now()
        valid = {"oldest": now - ANSWER_SECONDS, "newest": find_end_of_past(now)}
        return {
            row["item"]: row["digest"] for row in self._store.read(f"{FRESH} {IDS}", {**self._about(numbers), **valid})
        }

    def save(self, answers: Sequence[tuple[SceneFiles, Sequence[FileMatch]]]) -> None:
        """Replace the stored answers about these scenes: the record of a sure match, or none.

        The comparison of files calls it.
        """
        now = self._store.clock.now()
        rows = []
        for local, matches in answers:
            sure = next((each for each in matches if not each.evidence.doubt), None)
            found = (sure.scene.id, explain_evidence(sure.evidence)) if sure else ("", "")
            rows.append((self._box.endpoint, local.number, local.digest, now, *found))
        with self._store.write() as db:
            db.executemany("INSERT OR REPLACE INTO scene_finds VALUES (?, ?, ?, ?, ?, ?)", rows)

    def forget(self, numbers: Collection[int]) -> None:
        """Delete the stored answers about these scenes, because they are linked or gone.

        The comparison of files calls it.
        """
        with self._store.write() as db:
            db.execute(f"{FORGET} {IDS}", self._about(numbers))

    def read(self, numbers: Collection[int]) -> dict[int, IdentityMatch]:
        """Return by scene the record found for it, as a match for the planner; scenes without one are missing."""
        rows = self._store.read(f"{FOUND} {IDS}", self._about(numbers))
        return {row["item"]: self._make_match(row["id"], row["evidence"]) for row in rows}

    def list_scenes(self) -> list[int]:
        """Return all scenes for which the box has a record; a pass over open scenes plans these, too."""
        return [row["item"] for row in self._store.read(FOUND, {"endpoint": self._box.endpoint})]

    def _make_match(self, remote_id: str, evidence: str) -> IdentityMatch:
        return IdentityMatch(remote_id, f"{self._box.name} has it: {evidence}.")

    def _about(self, numbers: Collection[int]) -> dict[str, str]:
        return {"endpoint": self._box.endpoint, "ids": json.dumps(list(numbers))}
