"""Compares local scenes with a box, and keeps its answers in the state file; Compare Files and the queue use it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from missing.files.store import find_fresh_checks, forget_scenes, list_checked, save_answers
from shared.file_matching.compare import FileMatch, SceneFiles
from shared.file_matching.comparison import ROWS_PER_READ, FileComparison
from shared.stash.filters import not_linked_to
from shared.stash.library import split
from shared.stash_box import Box
from shared.stash_box.configured import open_client
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call


class SavedAnswers:
    """The answers of one box that the Files tab and the lists show."""

    def __init__(self, store: Store, endpoint: str) -> None:
        self._store = store
        self._endpoint = endpoint

    def find_fresh(self, numbers: Collection[int]) -> Mapping[int, str]:
        """Return by local scene the digest of the fingerprints for which the box's stored answer still holds.

        The comparison of files calls it.
        """
        return find_fresh_checks(self._store, self._endpoint, numbers)

    def save(self, answers: Sequence[tuple[SceneFiles, Sequence[FileMatch]]]) -> None:
        """Replace the stored answers about these local scenes by the box's matches.

        The comparison of files calls it.
        """
        save_answers(self._store, self._endpoint, answers)

    def forget(self, numbers: Collection[int]) -> None:
        """Delete the stored answers about these local scenes. The comparison of files calls it."""
        forget_scenes(self._store, self._endpoint, numbers)


def compare_all(call: Call, box: Box, show_progress: Callable[[float], None]) -> tuple[int, int]:
    """Compare every scene without a link with the box, and delete answers about all others, for Compare Files.

    Return how many scenes have no link, and about how many of them the box was asked. Raise the box's error if it
    fails; the answers so far stay.
    """
    numbers = call.stash.scenes.ids(not_linked_to(box.endpoint))
    unlinked = set(numbers)
    gone = [each for each in list_checked(call.store, box.endpoint) if each not in unlinked]
    for piece in split(gone, ROWS_PER_READ):
        forget_scenes(call.store, box.endpoint, piece)
    return len(numbers), compare_scenes(call, box, numbers, show_progress)


def compare_scenes(
    call: Call, box: Box, numbers: Sequence[int], show_progress: Callable[[float], None] = lambda _: None
) -> int:
    """Compare these scenes with a box, and return about how many it was asked; for the others an answer still holds."""
    with contextlib.closing(open_client(call, box)) as client:
        comparison = FileComparison(call.stash, client, SavedAnswers(call.store, box.endpoint))
        comparison.compare(numbers, show_progress)
    return comparison.asked
