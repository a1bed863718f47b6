"""Asks a box about local scenes without a link, 40 in one request, and saves its answers as they come.

Only scenes whose answer no longer holds are asked about, so a comparison that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from missing.files.store import find_fresh_checks, forget_scenes, list_checked, save_answers
from shared.file_matching.compare import SceneFiles, match_scene, read_scene_files
from shared.stash.filters import not_linked_to
from shared.stash.library import Row, split
from shared.stash.links import find_ids
from shared.stash_box import Box, StashBoxClient
from shared.stash_box.configured import open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call

FIELDS = "title stash_ids { endpoint stash_id } files { path duration fingerprints { type value } }"
ROWS_PER_READ = 500
SCENES_PER_ROUND = 400  # a multiple of what a box takes at once, so that no request goes out half full


class FileComparison:
    """The comparison of local scenes with one box; the task and the queue use it."""

    def __init__(self, call: Call, box: Box) -> None:
        self._call = call
        self._endpoint = box.endpoint
        self._box = box
        self.asked = 0

    def compare_all(self, show_progress: Callable[[float], None]) -> int:
        """Compare every scene without a link and forget the others; return how many scenes have no link.

        Raise the box's error if it fails; the answers so far stay.
        """
        numbers = self._call.stash.scenes.ids(not_linked_to(self._endpoint))
        unlinked = set(numbers)
        gone = [each for each in list_checked(self._call.store, self._endpoint) if each not in unlinked]
        for piece in split(gone, ROWS_PER_READ):
            forget_scenes(self._call.store, self._endpoint, piece)
        self.compare(numbers, show_progress)
        return len(numbers)

    def compare(self, numbers: Sequence[int], show_progress: Callable[[float], None] = lambda _: None) -> None:
        """Compare these scenes, as far as they have no link and no answer that still holds."""
        with contextlib.closing(open_client(self._call, self._box)) as client:
            for scenes in split(self._find_due(numbers, show_progress), SCENES_PER_ROUND):
                self._ask(client, scenes)
                self._call.stash.keep_alive()

    def _ask(self, client: StashBoxClient, scenes: Sequence[SceneFiles]) -> None:
        waiting = iter(scenes)
        for piece in client.find_scenes_by_fingerprints([each.search for each in scenes]):
            answers = [(local, match_scene(local, candidates)) for candidates, local in zip(piece, waiting)]
            save_answers(self._call.store, self._endpoint, answers)
            self.asked += len(answers)

    def _find_due(self, numbers: Sequence[int], show_progress: Callable[[float], None]) -> Iterator[SceneFiles]:
        done = 0
        for rows in self._call.stash.scenes.stream(numbers, FIELDS, size=ROWS_PER_READ):
            yield from self._select_due(rows)
            done += ROWS_PER_READ
            show_progress(min(1.0, done / max(len(numbers), 1)))

    def _select_due(self, rows: Sequence[Row]) -> Iterator[SceneFiles]:
        """Yield the scenes to ask about; forget those that are linked, and save those without a fingerprint."""
        linked = [int(row["id"]) for row in rows if find_ids(row["stash_ids"], self._endpoint)]
        if linked:
            forget_scenes(self._call.store, self._endpoint, linked)
        found = [read_scene_files(row) for row in rows if int(row["id"]) not in linked]
        fresh = find_fresh_checks(self._call.store, self._endpoint, [each.number for each in found])
        due = [each for each in found if fresh.get(each.number) != each.digest]
        blank = [(each, ()) for each in due if not each.prints]
        if blank:
            save_answers(self._call.store, self._endpoint, blank)
        yield from (each for each in due if each.prints)
