"""Journal target of favorites: library objects, favorites at boxes, and created objects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from performers.favorites.box_client import LIKED, BoxFavorites, decode, remember_left_state
from performers.favorites.decide import KEPT as LEFT_KEPT
from performers.favorites.decide import LIKED as LEFT_LIKED
from performers.favorites.snapshot import remember_favorite
from performers.library.entities import find_linked_by_id, select_objects
from performers.sync.create import make_entity, unmake_entity
from performers.sync.parent_studios import PARENT
from performers.sync.target import EntityTarget
from shared.errors import BundleError
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call

NEW = "new_"
REMOTE = (NEW, PARENT, LIKED)


def encode(endpoint: str, remote_id: str) -> str:
    """The id of an item that is known to a box only."""
    return f"{endpoint}|{remote_id}"


def is_own_item(entry: tuple[Item, Sequence[Change]]) -> bool:
    """True for an object of the library."""
    return not entry[0].kind.startswith(REMOTE)


class FavoriteTarget:
    """Reads and writes favorites in Stash and at the boxes."""

    batch_size = 20

    def __init__(self, call: Call) -> None:
        self._call = call
        self._entities = EntityTarget(call)
        self.marks = BoxFavorites(call)

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return the present values in Stash and at the boxes."""
        own = [item for item in items if not item.kind.startswith(REMOTE)]
        found = dict(self._entities.read(own, fields))
        for (prefix, kind, endpoint), group in group_remote(items).items():
            if prefix == LIKED:
                found.update(self.marks.read(kind, endpoint, group))
                continue
            ids = [decode(item)[1] for item in group]
            owners = find_linked_by_id(self._call.stash, kind, endpoint, ids)
            found.update({item: {"created": True if each in owners else None} for item, each in zip(group, ids)})
        return found

    def write(self, work: Work) -> Written:
        """Write item after item; favorites of one box go together, and a refused item does not stop the rest."""
        results: dict[Item, BundleError | Mapping[str, BundleError] | str | None] = {}
        marks = {item: changes[0] for item, changes in work if item.kind.startswith(LIKED)}
        for (_, kind, endpoint), group in group_remote(list(marks)).items():
            results.update(self.marks.write(kind, endpoint, {item: marks[item] for item in group}))
        rest = [(item, changes) for item, changes in work if item not in results]
        for is_own, some in groupby(rest, key=is_own_item):  # an order of what needs each other
            write = self._write_own if is_own else self._write_remote
            results.update(write(list(some)))
        return results

    def _write_own(self, work: Work) -> Written:
        for item, changes in work:
            self._keep_undone(item, changes)
        results = self._entities.write(work)
        self._note_brought([(item, changes) for item, changes in work if results.get(item) is None])
        return results

    def _note_brought(self, work: Work) -> None:
        """Remember favorites that an applied preview made equal; a run remembers its lists itself."""
        for item, changes in work:
            for change in changes:
                is_mark = change.field == "favorite" and not change.is_undo
                if is_mark and change.source and not self.marks.is_known(item.kind, change.source):
                    self._remember(item, change.source, LEFT_LIKED if change.after else "")

    def _remember(self, item: Item, endpoint: str, state: str) -> None:
        row = select_objects(self._call.stash, item.kind).get(int(item.id), "stash_ids { endpoint stash_id }")
        for link in (row or {}).get("stash_ids", ()):
            if normalize_endpoint(link["endpoint"]) == normalize_endpoint(endpoint):
                remember_favorite(self._call.store, item.kind, endpoint, link["stash_id"], state)

    def _write_remote(self, work: Work) -> Written:
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        endpoint, remote_id = decode(item)
        if item.kind.startswith(NEW):
            kind, state = item.kind[len(NEW) :], LEFT_LIKED if changes[0].after else LEFT_KEPT
            self._make(kind, endpoint, remote_id, changes[0], is_favorite=True)
            remember_left_state(self._call, kind, item, state, changes[0])
        else:
            self._make(item.kind[len(PARENT) :], endpoint, remote_id, changes[0], is_favorite=False)

    def _make(self, kind: str, endpoint: str, remote_id: str, change: Change, *, is_favorite: bool) -> None:
        if change.after:
            make_entity(self._call, kind, endpoint, remote_id, is_favorite=is_favorite)
        else:
            unmake_entity(self._call, kind, endpoint, remote_id)

    def _keep_undone(self, item: Item, changes: Sequence[Change]) -> None:
        """Remember a favorite that an undo removed, so that the next run does not set it again."""
        undone = [each for each in changes if each.field == "favorite" and each.is_undo]
        if undone:
            row = select_objects(self._call.stash, item.kind).get(int(item.id), "stash_ids { endpoint stash_id }")
            for link in (row or {}).get("stash_ids", ()):
                remember_favorite(self._call.store, item.kind, link["endpoint"], link["stash_id"], LEFT_KEPT)


def group_remote(items: Sequence[Item]) -> dict[tuple[str, str, str], list[Item]]:
    """The items that are known to boxes only, by what they are and where."""
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        for prefix in REMOTE:
            if item.kind.startswith(prefix):
                key = (prefix, item.kind[len(prefix) :], item.id.rpartition("|")[0])
                groups.setdefault(key, []).append(item)
    return groups


def make_target(call: Call) -> FavoriteTarget:
    """For the journal."""
    return FavoriteTarget(call)
