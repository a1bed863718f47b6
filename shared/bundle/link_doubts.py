"""The links of scenes that Tag Manager's link doctor doubts, in a file that other plugins read once in a run.

The file belongs to Tag Manager, whose state file is the truth: if it is lost, the next check of links writes it again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from shared.endpoints import normalize_endpoint
from shared.json_shape import fits
from shared.state.json_file import recall, remember

if TYPE_CHECKING:
    from shared.runtime.call import Call

OWNER = "tagManager"
FILE_NAME = "link-doubts.json"
SHAPE = {"doubts": [[str, str, int, int, str]]}


class LinkDoubt(NamedTuple):
    """A link that is probably wrong: its score from 0 to 99, and the codes of the reasons, separated by blanks."""

    endpoint: str
    remote_id: str
    scene: int
    score: int
    codes: str

    @property
    def key(self) -> tuple[str, str, int]:
        """Return endpoint in its compared form, record and scene.

        `LinkDoubts` finds the doubt about a link by these.
        """
        return normalize_endpoint(self.endpoint), self.remote_id, self.scene


class LinkDoubts:
    """The doubts that the file holds, for questions about single links."""

    def __init__(self, doubts: Iterable[LinkDoubt] = ()) -> None:
        self._doubts = {each.key: each for each in doubts}

    def find(self, endpoint: str, remote_id: str, scene: int) -> LinkDoubt | None:
        """Return the doubt about a link, None if there is none; a sync of scenes asks, and the list of conflicts."""
        return self._doubts.get((normalize_endpoint(endpoint), remote_id, scene))

    def list_scenes(self) -> set[int]:
        """Return the scenes with a doubted link; a sync of all scenes plans these, too."""
        return {scene for _, _, scene in self._doubts}


def write_doubts(call: Call, doubts: Iterable[LinkDoubt]) -> None:
    """Replace the file; Tag Manager calls it whenever its list of doubted links has changed."""
    remember(_find_path(call), {"doubts": [list(each) for each in doubts]})


def read_doubts(call: Call) -> LinkDoubts:
    """Return the doubted links, for syncs of scenes and the list of conflicts.

    There are none if Tag Manager never wrote the file, was removed, or is switched off in Stash.
    """
    kept = recall(_find_path(call))
    if not kept or not fits(kept, SHAPE) or not kept["doubts"]:
        return LinkDoubts()
    is_there = any(each.id == OWNER and each.is_enabled for each in call.stash.list_plugins())
    return LinkDoubts(LinkDoubt(*each) for each in kept["doubts"]) if is_there else LinkDoubts()


def _find_path(call: Call) -> str:
    return os.path.join(call.shared_dir, FILE_NAME)
