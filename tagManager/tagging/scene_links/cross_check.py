"""Asks a box to which records it assigns the fingerprints of doubted scenes, 40 scenes in one request.

An answer holds CHECK_SECONDS (30 days) while the files stay the same, so a check that was killed goes on where it was.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from shared.errors import ServiceError
from shared.file_matching.cards import make_card
from shared.file_matching.compare import Evidence, find_evidence, match_scene
from shared.runtime.clock import is_recent
from shared.stash.library import split
from shared.stash_box import Box, Scene
from shared.stash_box.configured import open_client
from shared.state.json_column import JsonColumn
from tagging.scene_links.evidence import Candidate, CrossCheck, LinkCase

if TYPE_CHECKING:
    import sqlite3

    from shared.runtime.call import Call

CHECK_SECONDS = 30 * 86400.0
CASES_PER_ROUND = 400  # a multiple of what a box takes at once, so that no request goes out half full
MOST_CANDIDATES = 5
CANDIDATE = [str, dict, str, int, str, str, int, (int, None), str]
ANSWER = JsonColumn("link_checks", "answer", {"here": (CANDIDATE, None), "elsewhere": [CANDIDATE]})
_FIND = "SELECT * FROM link_checks WHERE endpoint = ? AND id = ? AND scene = ?"
_SAVE = "INSERT OR REPLACE INTO link_checks VALUES (?, ?, ?, ?, ?, ?)"


class CrossChecks:
    """The cross-check of doubted links at one box; `problem` says why the box could not be asked to the end."""

    def __init__(self, call: Call, box: Box, *, is_full: bool = False) -> None:
        self._call = call
        self._box = box
        self._is_full = is_full
        self.asked = 0
        self.problem = ""

    def run(self, cases: Iterable[LinkCase]) -> Iterator[LinkCase]:
        """Ask the box about the fingerprints of doubtful links, and yield each link's case with the answer in `check`.

        The check of all links and that of one scene call it. Answers of the last 30 days are not asked for again. Once
        the box has failed, older ones are taken, or None.
        """
        with contextlib.closing(open_client(self._call, self._box)) as client:
            for some in split(cases, CASES_PER_ROUND):
                kept = [self._find_kept(each) for each in some]
                due = [each for each, (_, is_fresh) in zip(some, kept) if not is_fresh]
                answers = {id(each): check for each, (check, _) in zip(some, kept)}
                if due and not self.problem:
                    searches = [each.linked.local.search for each in due]
                    try:
                        self._take(due, client.find_scenes_by_fingerprints(searches), answers)
                    except ServiceError as error:
                        self.problem = str(error)
                yield from (each._replace(check=answers[id(each)]) for each in some)

    def _take(
        self,
        due: Sequence[LinkCase],
        pieces: Iterator[list[tuple[Scene, ...]]],
        answers: dict[int, CrossCheck | None],
    ) -> None:
        waiting = iter(due)
        for piece in pieces:
            found = [(case, compare_candidates(case, scenes)) for scenes, case in zip(piece, waiting)]
            self._save(found)
            answers.update((id(case), check) for case, check in found)
            self.asked += len(found)
            self._call.stash.keep_alive()

    def _find_kept(self, case: LinkCase) -> tuple[CrossCheck | None, bool]:
        """Return the stored answer about a scene, None without one, and if it need not be asked for again."""
        linked = case.linked
        row = self._call.store.first(_FIND, (self._box.endpoint, linked.remote_id, linked.local.number))
        if row is None or row["digest"] != linked.digest:
            return None, False
        is_fresh = not self._is_full and is_recent(row["checked"], self._call.clock.now(), CHECK_SECONDS)
        return read_check(row), is_fresh

    def _save(self, found: Sequence[tuple[LinkCase, CrossCheck]]) -> None:
        now = self._call.clock.now()
        rows = [
            (
                self._box.endpoint,
                one.linked.remote_id,
                one.linked.local.number,
                one.linked.digest,
                pack_check(check),
                now,
            )
            for one, check in found
        ]
        with self._call.store.write() as db:
            db.executemany(_SAVE, rows)


def compare_candidates(case: LinkCase, scenes: Sequence[Scene]) -> CrossCheck:
    """Return how the linked record and the others that the box found by fingerprints fit the scene's files. Pure."""
    local, linked_id = case.linked.local, case.linked.remote_id
    own = next((scene for scene in scenes if scene.id == linked_id and not scene.deleted), None)
    evidence = find_evidence(local, own) if own else None
    here = make_candidate(own, evidence) if own and evidence else None
    found = match_scene(local, [scene for scene in scenes if scene.id != linked_id])[:MOST_CANDIDATES]
    return CrossCheck(here, tuple(make_candidate(each.scene, each.evidence) for each in found))


def make_candidate(scene: Scene, evidence: Evidence) -> Candidate:
    """Return a scene of the box as a candidate, with the users' votes for the fingerprint. Pure."""
    prints = (each for each in scene.fingerprints or () if each.algorithm == evidence.by)
    votes = next((each.votes for each in prints if each.hash.zfill(16) == evidence.box_hash), None)
    hashes = (evidence.local_hash, evidence.box_hash)
    card = make_card(scene)
    return Candidate(
        scene.id, card, evidence.by, evidence.distance, *hashes, evidence.box_duration, votes, evidence.doubt
    )


def pack_check(check: CrossCheck) -> str:
    """Return a cross-check as JSON, for the tables; `read_check` reads it. Pure."""
    here = list(check.here) if check.here else None
    return json.dumps({"here": here, "elsewhere": [list(each) for each in check.elsewhere]})


def read_check(row: sqlite3.Row) -> CrossCheck:
    """Return a row of the table `link_checks` as CrossCheck."""
    kept = ANSWER.read(row["answer"])
    here = Candidate(*kept["here"]) if kept["here"] else None
    return CrossCheck(here, tuple(Candidate(*each) for each in kept["elsewhere"]))
