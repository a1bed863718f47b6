"""An index of scenes by performer, studio, tag and fingerprint, so that a query need not look at all scenes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.stashbox.model import Scene

Ids = dict[str, None]


class SceneIndex:
    """Scene ids by what the scene refers to: live ones, but `credits` has deleted ones, too, and `gone` only them."""

    def __init__(self) -> None:
        self.live: Ids = {}
        self.gone: Ids = {}
        self.credits: defaultdict[str, Ids] = defaultdict(dict)
        self.by_performer: defaultdict[str, Ids] = defaultdict(dict)
        self.by_studio: defaultdict[str, Ids] = defaultdict(dict)
        self.by_tag: defaultdict[str, Ids] = defaultdict(dict)
        self.by_fingerprint: defaultdict[int, Ids] = defaultdict(dict)

    def add(self, scene: Scene) -> None:
        """Enter a scene under everything it refers to; the world calls this at each change."""
        for entry in self._entries_of(scene):
            entry[scene.id] = None

    def remove(self, scene: Scene) -> None:
        """Take a scene out of the index; its references must be those it was entered with.

        `World` calls it for changes and deletions.
        """
        for entry in self._entries_of(scene):
            entry.pop(scene.id, None)

    def count_scenes(self, performer_id: str) -> int:
        """Return the number of scenes of a performer; the box counts merged ones, which keep their performers.

        The resolvers and the order by scenes ask.
        """
        return len(self.credits.get(performer_id, ()))

    def find_candidates(self, entity_id: str) -> list[str]:
        """Return the live scenes that refer to a performer, studio or tag, and all deleted ones, which may.

        Queries and merges of the box search these.
        """
        entries = (self.by_performer, self.by_studio, self.by_tag)
        return [*(scene for entry in entries for scene in entry.get(entity_id, ())), *self.gone]

    def _entries_of(self, scene: Scene) -> Iterable[Ids]:
        yield from (self.credits[each.performer_id] for each in scene.performers)
        if scene.deleted:
            yield self.gone
            return
        yield self.live
        yield from (self.by_performer[each.performer_id] for each in scene.performers)
        yield from (self.by_tag[tag_id] for tag_id in scene.tag_ids)
        yield from (self.by_fingerprint[each.value] for each in scene.fingerprints)
        if scene.studio_id:
            yield self.by_studio[scene.studio_id]
