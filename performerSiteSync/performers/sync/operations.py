"""Updates one performer or studio at once, for the operations that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.sync.update import UpdateRequest, run_update

if TYPE_CHECKING:
    from shared.runtime.call import Call


def update_item(
    call: Call, kind: str, number: int, titles: tuple[str, str], source: str, *, dry_run: bool
) -> dict[str, Any]:
    """Update one object with fresh records in a run of its own, or only plan it, and return the answer for its page.

    `update_one` calls it, and a decision that links an object. `titles` are the title and the sentence of the history.
    """
    boxes = read_usable_sources(call, source)
    return run_update(call, UpdateRequest(kind, f"one_{kind}", [number], boxes, dry_run, True, *titles))
