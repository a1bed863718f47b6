"""Asks a box about local scenes without a link there, 40 in one request, and saves its answers as they come.

Only scenes whose answer no longer holds are asked about, so a comparison that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol

from shared.file_matching.compare import FileMatch, SceneFiles, match_scene, read_scene_files
from shared.stash import StashClient
from shared.stash.library import Row, split
from shared.stash.links import find_ids
from shared.stash_box import StashBoxClient

FIELDS = "title stash_ids { endpoint stash_id } files { path duration fingerprints { type value } }"
ROWS_PER_READ = 500
SCENES_PER_ROUND = 400  # a multiple of what a box takes at once, so that no request goes out half full
ANSWER_SECONDS = 30 * 86400.0  # how long an answer of a box holds, also one without a match


class FileAnswers(Protocol):
    """The answers of one box that a plugin keeps in its state file."""

    def find_fresh(self, numbers: Collection[int]) -> Mapping[int, str]:
        """Return by local scene the digest of the fingerprints for which the box's stored answer still holds.

        `FileComparison` calls it.
        """

    def save(self, answers: Sequence[tuple[SceneFiles, Sequence[FileMatch]]]) -> None:
        """Replace the stored answers about these local scenes by the box's matches; `FileComparison` calls it."""

    def forget(self, numbers: Collection[int]) -> None:
        """Delete the stored answers about these local scenes, because they are linked or gone.

        `FileComparison` calls it.
        """


class FileComparison:
    """The comparison of local scenes with one box; `asked` counts the scenes that the box was asked about."""

    def __init__(self, stash: StashClient, client: StashBoxClient, answers: FileAnswers) -> None:
        self._stash = stash
        self._client = client
        self._answers = answers
        self.asked = 0

    def compare(self, numbers: Sequence[int], show_progress: Callable[[float], None] = lambda _: None) -> None:
        """Ask the box about those of these scenes that have no link and no answer that still holds; save its answers.

        Raise the box's error if it fails; the answers so far stay. Two plugins compare files with it.
        """
        for scenes in split(self._find_due(numbers, show_progress), SCENES_PER_ROUND):
            self._ask(scenes)
            self._stash.keep_alive()

    def _ask(self, scenes: Sequence[SceneFiles]) -> None:
        waiting = iter(scenes)
        for piece in self._client.find_scenes_by_fingerprints([each.search for each in scenes]):
            answers = [(local, match_scene(local, candidates)) for candidates, local in zip(piece, waiting)]
            self._answers.save(answers)
            self.asked += len(answers)

    def _find_due(self, numbers: Sequence[int], show_progress: Callable[[float], None]) -> Iterator[SceneFiles]:
        done = 0
        for rows in self._stash.scenes.stream(numbers, FIELDS, size=ROWS_PER_READ):
            yield from self._select_due(rows)
            done += ROWS_PER_READ
            show_progress(min(1.0, done / max(len(numbers), 1)))

    def _select_due(self, rows: Sequence[Row]) -> Iterator[SceneFiles]:
        """Yield the scenes to ask about; forget those that are linked, and save those without a fingerprint."""
        linked = [int(row["id"]) for row in rows if find_ids(row["stash_ids"], self._client.box.endpoint)]
        if linked:
            self._answers.forget(linked)
        found = [read_scene_files(row) for row in rows if int(row["id"]) not in linked]
        fresh = self._answers.find_fresh([each.number for each in found])
        due = [each for each in found if fresh.get(each.number) != each.digest]
        blank = [(each, ()) for each in due if not each.prints]
        if blank:
            self._answers.save(blank)
        yield from (each for each in due if each.prints)
