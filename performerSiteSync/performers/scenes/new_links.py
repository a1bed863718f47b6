"""Syncs scenes that were just linked to a stash-box, together; the first answer about a scene is its baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from performers.boxes.sources import read_usable_sources
from performers.scenes.planner import read_options
from performers.scenes.update import SceneRequest, run_scenes
from shared.stash.links import find_ids

if TYPE_CHECKING:
    from shared.runtime.call import Call

LINKS = "stash_ids { endpoint stash_id }"
TITLE = "Newly linked scenes"


def sync_linked_scenes(call: Call, numbers: Sequence[int]) -> None:
    """Sync these scenes in one run, those that are linked to a source; the queue worker calls this.

    It raises if no source answers.
    """
    boxes = read_usable_sources(call)
    rows = call.stash.scenes.read(numbers, LINKS)
    linked = [number for number, row in rows.items() if any(find_ids(row["stash_ids"], box.endpoint) for box in boxes)]
    if linked:
        options = read_options(call.settings)
        run_scenes(call, SceneRequest("one_scene", sorted(linked), boxes, TITLE, False, False, False, options))
