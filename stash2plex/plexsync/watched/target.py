"""The journal's target for plays, positions and stars of scenes: taking them from Plex, and undo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.match.store import MatchStore
from plexsync.queue.constants import MACHINE_ID
from plexsync.watched.activity import add_plays, delete_plays, read_watched, save_position
from plexsync.watched.plan import PLAYS, RESUME, STARS, format_play, parse_play
from plexsync.watched.store import STARTED, WatchedStore
from plexsync.write.store import WriteRecordStore
from shared.journal import Change, Item, Written, write_each
from shared.journal.changes import ADD, REMOVE, Work
from shared.plex.title_and_text_form import rating_text

if TYPE_CHECKING:
    from shared.runtime.call import Call

RUN_KIND = "watched"


def make_target(call: Call) -> WatchedTarget:
    """Return the journal's target of the kind `watched`; the entry table names it."""
    return WatchedTarget(call)


class WatchedTarget:
    """Reads and writes what Stash knows about the watching of scenes."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._watched = WatchedStore(call.store)
        self.written: dict[int, set[str]] = {}  # the fields that were written, by scene

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Any]]:  # noqa: ARG002
        """Return the scenes' present values; the journal compares them with planned changes."""
        found = read_watched(self._call.stash, [int(item.id) for item in items])
        present = {}
        for item in items:
            if scene := found.get(int(item.id)):
                plays = [format_play(at) for at in scene.plays]
                present[item] = {PLAYS: plays, RESUME: scene.resume, STARS: scene.stars}
        return present

    def write(self, work: Work) -> Written:
        """Write scene after scene; the journal calls it."""
        self._call.store.kv.put(STARTED, self._call.store.kv.get(MACHINE_ID, str))
        return write_each(work, self._write_scene)

    def _write_scene(self, item: Item, changes: Sequence[Change]) -> None:
        stash, scene_id = self._call.stash, int(item.id)
        added = [parse_play(change.after) for change in changes if change.field == PLAYS and change.action == ADD]
        removed = [parse_play(change.before) for change in changes if change.field == PLAYS and change.action == REMOVE]
        if added:
            add_plays(stash, scene_id, added)
            self._watched.add_taken(scene_id, added)
        if removed:
            delete_plays(stash, scene_id, removed)
        for change in changes:
            if change.field == RESUME:
                save_position(stash, scene_id, float(change.after or 0))
            elif change.field == STARS:
                stash.scenes.update(scene_id, {"rating100": change.after})
            if not change.is_undo:
                self._note_value(scene_id, change)
        self.written[scene_id] = {change.field for change in changes}

    def _note_value(self, scene_id: int, change: Change) -> None:
        """Record that both programs show this value, so that the next run knows which side changes it."""
        saved = MatchStore(self._call.store).find_match(scene_id)
        keys = saved.keys if saved else []
        if change.field == RESUME:
            self._watched.save_position(keys, float(change.after or 0))
        for key in keys if change.field == STARS else ():
            WriteRecordStore(self._call.store).note_stars(key, scene_id, rating_text(change.after) or "")
