"""The journal target that takes scenes out of Whisparr or stops monitoring them; both can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from missing.whisparr.cleanup.plan import IN_QUEUE, LIBRARY, MONITORED, make_restoring_add, snapshot_scene
from missing.whisparr.connection import open_whisparr
from missing.whisparr.instances import choose_settings, read_key, split_id
from shared.errors import Conflict
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.settings import Settings
from shared.whisparr.add import add_scene
from shared.whisparr.client import Whisparr
from shared.whisparr.model import WhisparrScene

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "whisparr_cleanup"


class CleanupTarget:
    """Scenes of Whisparr's library as a journal target: removed with an exclusion, or no longer monitored."""

    batch_size = 10
    items_at_once = 5

    def __init__(self, call: Call) -> None:
        self._call = call
        self._clients: dict[str, Whisparr] = {}

    def find_client(self, settings: Settings) -> Whisparr:
        """Return the client of one Whisparr for the target's reads and writes; the clean-up's task asks it, too."""
        key = read_key(settings)
        if key not in self._clients:
            self._clients[key] = open_whisparr(self._call, settings)[0]
        return self._clients[key]

    def _find(self, item: Item) -> tuple[Whisparr, WhisparrScene | None]:
        """Return the Whisparr of an item, and the scene there."""
        scene_id, key = split_id(item.id)
        whisparr = self.find_client(choose_settings(self._call.settings, key))
        return whisparr, whisparr.find_scene(scene_id)

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return what Whisparr has of each scene; the journal compares this with a planned change."""
        del fields
        found = {item: self._find(item)[1] for item in items}
        return {
            item: {LIBRARY: snapshot_scene(scene) if scene else None, MONITORED: bool(scene and scene.monitored)}
            for item, scene in found.items()
        }

    def write(self, work: Work) -> Written:
        """Change one scene after the other; the journal calls it. A scene that is gone already counts as done."""
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        change = changes[0]
        whisparr, scene = self._find(item)
        if change.field == MONITORED:
            if scene:
                whisparr.set_monitored([scene.id], bool(change.after))
        elif change.after is None:
            if scene and whisparr.read_queue(scene.id):
                raise Conflict(IN_QUEUE)
            if scene:
                whisparr.remove_scene(scene.id)
        else:
            add_scene(whisparr, make_restoring_add(split_id(item.id)[0], change.after))


def make_target(call: Call) -> CleanupTarget:
    """Return the journal's target of the kind `whisparr_cleanup`; the entry table names it."""
    return CleanupTarget(call)
