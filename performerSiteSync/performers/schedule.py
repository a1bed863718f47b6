"""Work of Performer/Site Sync that is due while a page is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from performers.merge.resume import finish_merges
from shared.capture.gone_links import forget_unlinked
from shared.capture.gone_objects import ObjectTable, forget_gone
from shared.page.heartbeat import Notice

if TYPE_CHECKING:
    from shared.runtime.call import Call

NOTES = ("written", "undone", "seen")  # locks and decisions are a person's


def beat(call: Call) -> list[Notice]:
    """Finish interrupted merges, forget objects that are gone, and return notices of failures; heartbeats call it."""
    notices = list(finish_merges(call))
    kinds = (call.stash.performers, call.stash.studios, call.stash.scenes)
    forget_gone(call, [ObjectTable(name, "item", objects, "kind") for name in NOTES for objects in kinds])
    forget_unlinked(call, ["scene_records"])
    return notices
