"""Matches performers and studios that were just created in Stash, and fills them in together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from performers.boxes.sources import read_usable_sources
from performers.library.entities import select_objects
from performers.library.kinds import PERFORMER, STUDIO
from performers.sync.provenance import read_written_before
from performers.sync.update import UpdateRequest, run_update

if TYPE_CHECKING:
    from shared.runtime.call import Call

DONE = {kind: f"Filled in {{changes value}} of {{items new {kind}}}" for kind in (PERFORMER, STUDIO)}
TITLES = {PERFORMER: "New performers", STUDIO: "New studios"}


def update_new_objects(call: Call, kind: str, numbers: Sequence[int]) -> None:
    """Update the new objects of a kind in one run; the queue worker calls this. Raises if no source answers."""
    new = find_new(call, kind, numbers)
    if new:
        boxes = read_usable_sources(call)
        run_update(call, UpdateRequest(kind, f"one_{kind}", new, boxes, False, True, TITLES[kind], DONE[kind]))


def find_new(call: Call, kind: str, numbers: Sequence[int]) -> list[int]:
    """Return those that still exist and were not created by us."""
    present = select_objects(call.stash, kind).read(numbers, "")
    made = read_written_before(call.store, kind, list(present))
    return [number for number in present if number not in made or not made[number].written]
