"""Matches performers and studios that were just created in Stash, and fills them in together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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


def update_new_objects(call: Call, kind: str, numbers: Sequence[int], again: Collection[int]) -> str:
    """Update the new objects of a kind in one run, also those that are tried `again`; the queue worker calls this.

    Return which of the sources gave no answer, and why; empty if all did. Raise if none answered.
    """
    new = find_new(call, kind, numbers, again)
    if not new:
        return ""
    boxes = read_usable_sources(call)
    done = run_update(call, UpdateRequest(kind, f"one_{kind}", new, boxes, False, True, TITLES[kind], DONE[kind]))
    return " ".join(f"{name}: {reason}" for name, reason in done["problems"].items())


def find_new(call: Call, kind: str, numbers: Sequence[int], again: Collection[int]) -> list[int]:
    """Return those that still exist and were not created by us; an earlier try may have written those of `again`.

    `update_new_objects` calls it.
    """
    present = select_objects(call.stash, kind).read(numbers, "")
    made = read_written_before(call.store, kind, list(present))
    return [number for number in present if number in again or number not in made or not made[number].written]
