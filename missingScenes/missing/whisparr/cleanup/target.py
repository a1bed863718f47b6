"""The journal target that takes scenes out of Whisparr or stops monitoring them; both can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from missing.whisparr.cleanup.plan import IN_QUEUE, LIBRARY, MONITORED, make_restoring_add, snapshot_scene
from missing.whisparr.connection import open_whisparr
from shared.errors import Conflict
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.whisparr.add import add_scene
from shared.whisparr.client import Whisparr

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "whisparr_cleanup"


class CleanupTarget:
    """Scenes of Whisparr's library as a journal target: removed with an exclusion, or no longer monitored."""

    batch_size = 10
    items_at_once = 5

    def __init__(self, call: Call) -> None:
        self._call = call

    @cached_property
    def whisparr(self) -> Whisparr:
        """Return the adapter for the Whisparr of the settings; the clean-up asks it, too."""
        return open_whisparr(self._call, self._call.settings)[0]

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return what Whisparr has of each scene; the journal compares this with a planned change."""
        del fields
        found = {item: self.whisparr.find_scene(item.id) for item in items}
        return {
            item: {LIBRARY: snapshot_scene(scene) if scene else None, MONITORED: bool(scene and scene.monitored)}
            for item, scene in found.items()
        }

    def write(self, work: Work) -> Written:
        """Change one scene after the other; the journal calls it. A scene that is gone already counts as done."""
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        change = changes[0]
        scene = self.whisparr.find_scene(item.id)
        if change.field == MONITORED:
            if scene:
                self.whisparr.set_monitored([scene.id], bool(change.after))
        elif change.after is None:
            if scene and self.whisparr.read_queue(scene.id):
                raise Conflict(IN_QUEUE)
            if scene:
                self.whisparr.remove_scene(scene.id)
        else:
            add_scene(self.whisparr, make_restoring_add(item.id, change.after))


def make_target(call: Call) -> CleanupTarget:
    """Return the journal's target of the kind `whisparr_cleanup`; the entry table names it."""
    return CleanupTarget(call)
