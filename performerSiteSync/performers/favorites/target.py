"""Journal target of favorites: library objects, favorites at boxes, and created objects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from performers.boxes.remote_items import FAVORITE, NEW, find_group, group_remote_items
from performers.favorites.box_client import BoxFavorites, remember_left_state
from performers.favorites.decide import KEPT_DIFFERENT, WAS_FAVORITE
from performers.favorites.snapshot import remember_favorite
from performers.library.entities import select_objects
from performers.sync.create import write_creation
from performers.sync.target import EntityTarget
from shared.errors import BundleError
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call


class FavoriteTarget:
    """Journal target that reads and writes favorites in Stash and at the boxes."""

    batch_size = 20

    def __init__(self, call: Call) -> None:
        self._call = call
        self._entities = EntityTarget(call)
        self.box_favorites = BoxFavorites(call)

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return the present values of items in Stash and at the boxes, for the journal's comparison."""
        found: dict[Item, Mapping[str, Json]] = {}
        for group, some in group_remote_items(items).items():
            if group.prefix == FAVORITE:
                found.update(self.box_favorites.read(group.kind, group.endpoint, some))
        rest = [item for item in items if not item.kind.startswith(FAVORITE)]
        return {**found, **self._entities.read(rest, fields)}

    def write(self, work: Work) -> Written:
        """Write a batch of the journal; favorites of one box go together, and a refused item does not stop the rest."""
        results: dict[Item, BundleError | Mapping[str, BundleError] | str | None] = {}
        marks = {item: changes[0] for item, changes in work if item.kind.startswith(FAVORITE)}
        for group, some in group_remote_items(marks).items():
            results.update(self.box_favorites.write(group.kind, group.endpoint, {item: marks[item] for item in some}))
        rest = [entry for entry in work if entry[0] not in marks]
        for is_new, pairs in groupby(rest, key=lambda entry: entry[0].kind.startswith(NEW)):  # keeps the plan's order
            entries = list(pairs)
            results.update(write_each(entries, self._write_new) if is_new else self._write_entities(entries))
        return results

    def _write_entities(self, work: Work) -> Written:
        for item, changes in work:
            self._keep_undone(item, changes)
        results = self._entities.write(work)
        self._note_brought([(item, changes) for item, changes in work if results.get(item) is None])
        return results

    def _write_new(self, item: Item, changes: Sequence[Change]) -> None:
        group = find_group(item)
        if group is not None:
            write_creation(self._call, group, item, changes[0])
            state = WAS_FAVORITE if changes[0].after else KEPT_DIFFERENT
            remember_left_state(self._call, group.kind, item, state, changes[0])

    def _note_brought(self, work: Work) -> None:
        """Remember favorites that an applied preview made equal; a run remembers its lists itself."""
        for item, changes in work:
            for change in changes:
                is_mark = change.field == "favorite" and not change.is_undo
                if is_mark and change.source and not self.box_favorites.is_known(item.kind, change.source):
                    self._remember(item, change.source, WAS_FAVORITE if change.after else "")

    def _remember(self, item: Item, endpoint: str, state: str) -> None:
        row = select_objects(self._call.stash, item.kind).get(int(item.id), "stash_ids { endpoint stash_id }")
        for link in (row or {}).get("stash_ids", ()):
            if normalize_endpoint(link["endpoint"]) == normalize_endpoint(endpoint):
                remember_favorite(self._call.store, item.kind, endpoint, link["stash_id"], state)

    def _keep_undone(self, item: Item, changes: Sequence[Change]) -> None:
        """Remember a favorite that an undo removed, so that the next run does not set it again."""
        undone = [each for each in changes if each.field == "favorite" and each.is_undo]
        if undone:
            row = select_objects(self._call.stash, item.kind).get(int(item.id), "stash_ids { endpoint stash_id }")
            for link in (row or {}).get("stash_ids", ()):
                remember_favorite(self._call.store, item.kind, link["endpoint"], link["stash_id"], KEPT_DIFFERENT)


def make_target(call: Call) -> FavoriteTarget:
    """Return the journal target for plans of favorites, as named in the plugin's table."""
    return FavoriteTarget(call)
