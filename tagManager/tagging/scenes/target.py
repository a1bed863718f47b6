"""Journal target for tags of scenes: additions and removals, in bulk for scenes with the same ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from shared.errors import BundleError
from shared.journal import Item, Json, Work, Written
from shared.journal.changes import find_error
from tagging.cleaning.added_tags import AddedTag, forget_added, save_added
from tagging.scenes.earlier_tags import remember_tags
from tagging.scenes.tag_writer import TAGS_FIELD, TagWriter

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "scene_tags"
ONE_SCENE = "one_scene_tags"  # plans from a scene's page, which are not the plan of the Scene tags tab


class SceneTagTarget:
    """Journal target of the kind `scene_tags`: adds tags to scenes and removes them, in bulk."""

    batch_size = 200  # the more scenes, the more of them share their tags and are written at once

    def __init__(self, call: Call) -> None:
        self._stash = call.stash
        self._store = call.store
        self._writer = TagWriter(call.stash.tags, call.stash.scene_tags, self._note_changes)

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:  # noqa: ARG002
        """Return the tags that the scenes have now; the journal compares them with a plan before it writes."""
        rows = self._stash.scenes.read([int(item.id) for item in items], "tags { id }")
        found = {item: rows.get(int(item.id)) for item in items}
        return {item: {TAGS_FIELD: [int(tag["id"]) for tag in row["tags"]]} for item, row in found.items() if row}

    def write(self, work: Work) -> Written:
        """Make one bulk change for all scenes that get, or lose, the same tags; return the errors of each scene."""
        added = list(list_added(work, self._store.clock.now()))
        save_added(self._store, added)  # before the write: a killed process leaves no tag without its source
        written = self._writer.write(work)
        forget_added(self._store, list_not_added(work, written))
        return written

    def _note_changes(self, action: str, scene_ids: Iterable[int], tag_ids: frozenset[int]) -> None:
        if action == "add":
            remember_tags(self._store, dict.fromkeys(scene_ids, tag_ids))


def list_added(work: Work, now: float) -> Iterator[AddedTag]:
    """Yield the provenance of all additions in a batch; what an undo brings back is a person's."""
    for item, changes in work:
        for change in changes:
            if change.action == "add" and not change.is_undo:
                yield AddedTag(int(item.id), int(change.after), change.source, now)


def list_not_added(work: Work, written: Mapping[Item, Mapping[str, BundleError]]) -> Iterator[tuple[int, int]]:
    """Yield scene and tag of each removal, and of each addition that failed."""
    for item, changes in work:
        for change in changes:
            if change.action == "remove":
                yield int(item.id), int(change.before)
            elif find_error(written[item], change) is not None:
                yield int(item.id), int(change.after)


def make_target(call: Call) -> SceneTagTarget:
    """Return the target for plans of the kind `scene_tags`; the entry table names this function."""
    return SceneTagTarget(call)
