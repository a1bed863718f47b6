"""The journal's way to everything: performers and sites, marks at boxes, and those that are made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from performers.creating import make_entity, unmake_entity
from performers.favorite_lists import look_up, remember_one
from performers.library import find_shelf
from performers.liking import KEPT as LEFT_KEPT
from performers.liking import LIKED as LEFT_LIKED
from performers.parents import PARENT
from performers.past import UNDO
from performers.sources import open_source, read_usable
from performers.target import EntityTarget
from shared.errors import BundleError, Conflict, ServiceError
from shared.journal import Change, Item, Json, Work, Written
from shared.scope import concerns_all
from shared.stashbox import TPDB, Box, Found, StashBoxClient

if TYPE_CHECKING:
    from shared.call import Call

NEW, LIKED = "new_", "liked_"
REMOTE = (NEW, PARENT, LIKED)


def encode(endpoint: str, remote_id: str) -> str:
    """The id of an item that is known to a box only."""
    return f"{endpoint}|{remote_id}"


def is_own_item(entry: tuple[Item, Sequence[Change]]) -> bool:
    """Whether it is somebody of the library."""
    return not entry[0].kind.startswith(REMOTE)


class FavoriteTarget:
    """Reads and writes favourites here and there."""

    batch_size = 20

    def __init__(self, call: Call) -> None:
        self._call = call
        self._entities = EntityTarget(call)
        self._boxes: dict[str, Box] = {}

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """What is so now, in Stash and at the boxes."""
        own = [item for item in items if not item.kind.startswith(REMOTE)]
        found = dict(self._entities.read(own, fields))
        for (prefix, kind, endpoint), group in group_remote(items).items():
            ids = [item.id.rpartition("|")[2] for item in group]
            if prefix != LIKED:
                owners = find_shelf(self._call.stash, kind).find_linked(endpoint, ids)
                found.update({item: {"created": True if each in owners else None} for item, each in zip(group, ids)})
            else:
                found.update(self._read_likes(kind, endpoint, group, ids))
        return found

    def write(self, work: Work) -> Written:
        """One after the other; what one refuses does not stop the rest. Marks at ThePornDB are made together."""
        results: dict[Item, BundleError | Mapping[str, BundleError] | None] = {}
        for (_, kind, endpoint), group in group_remote(
            [item for item, _ in work if item.kind.startswith(LIKED)]
        ).items():
            box = self._find_box(endpoint)
            if box.kind == TPDB:
                marks = {item: found[0] for item, found in work if item in group}
                results.update(self._like_together(kind, box, marks))
        rest = [(item, changes) for item, changes in work if item not in results]
        for is_own, some in groupby(rest, key=is_own_item):  # an order of what needs each other
            write = self._write_own if is_own else self._write_remote
            results.update(write(list(some)))
        return results

    def _write_own(self, work: Work) -> Written:
        for item, changes in work:
            self._keep_undone(item, changes)
        return self._entities.write(work)

    def _write_remote(self, work: Work) -> Written:
        results: dict[Item, BundleError | None] = {}
        for item, changes in work:
            try:
                self._write_item(item, changes)
                results[item] = None
            except (Conflict, ServiceError) as error:
                if concerns_all(error):
                    raise
                results[item] = error
        return results

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        endpoint, remote_id = decode(item)
        if item.kind.startswith(NEW):
            kind, state = item.kind[len(NEW) :], LEFT_LIKED if changes[0].after else LEFT_KEPT
            self._make(kind, endpoint, remote_id, changes[0], is_favorite=True)
            self._note(kind, endpoint, remote_id, state, changes[0])
        elif item.kind.startswith(PARENT):
            self._make(item.kind[len(PARENT) :], endpoint, remote_id, changes[0], is_favorite=False)
        else:
            self._like(item.kind[len(LIKED) :], endpoint, remote_id, bool(changes[0].after))
            self._note_like(item, changes[0])

    def _make(self, kind: str, endpoint: str, remote_id: str, change: Change, *, is_favorite: bool) -> None:
        if change.after:
            make_entity(self._call, kind, endpoint, remote_id, is_favorite=is_favorite)
        else:
            unmake_entity(self._call, kind, endpoint, remote_id)

    def _like_together(self, kind: str, box: Box, changes: Mapping[Item, Change]) -> dict[Item, BundleError | None]:
        """ThePornDB turns marks over, so all are looked at before and after."""
        wanted = {decode(item)[1]: bool(change.after) for item, change in changes.items()}
        client = open_source(self._call, box)
        try:
            became = client.rest_favourites.set(kind, wanted)
        finally:
            client.close()
        results = {item: became[decode(item)[1]] for item in changes}
        for item, error in results.items():
            if error is None:
                self._note_like(item, changes[item])
        return results

    def _note_like(self, item: Item, change: Change) -> None:
        endpoint, remote_id = decode(item)
        self._note(item.kind[len(LIKED) :], endpoint, remote_id, LEFT_LIKED if change.after else "", change)

    def _note(self, kind: str, endpoint: str, remote_id: str, state: str, change: Change) -> None:
        """How the favourite is left; what somebody takes back is left different on purpose."""
        is_undone = change.reason.startswith(UNDO)
        remember_one(self._call.store, kind, endpoint, remote_id, LEFT_KEPT if is_undone else state)

    def _keep_undone(self, item: Item, changes: Sequence[Change]) -> None:
        """A mark in Stash that is taken back stays so: the next run does not set it again."""
        undone = [each for each in changes if each.field == "favorite" and each.reason.startswith(UNDO)]
        if undone:
            row = find_shelf(self._call.stash, item.kind).get(int(item.id), "stash_ids { endpoint stash_id }")
            for link in (row or {}).get("stash_ids", ()):
                remember_one(self._call.store, item.kind, link["endpoint"], link["stash_id"], LEFT_KEPT)

    def _like(self, kind: str, endpoint: str, remote_id: str, liked: bool) -> None:
        client = self._open(endpoint)
        try:
            mark = client.set_favorite_performer if kind == "performer" else client.set_favorite_studio
            mark(remote_id, liked)
        finally:
            client.close()

    def _read_likes(
        self, kind: str, endpoint: str, items: Sequence[Item], ids: Sequence[str]
    ) -> dict[Item, Mapping[str, Json]]:
        box = self._find_box(endpoint)
        client = open_source(self._call, box)
        try:
            if box.kind == TPDB:
                liked = client.rest_favourites.read(kind)
                return {item: {"liked": each in liked} for item, each in zip(items, ids)}
            outcomes = {each: outcome for piece in look_up(client, kind, ids) for each, outcome in piece.items()}
        finally:
            client.close()
        pairs = [(item, outcomes.get(each)) for item, each in zip(items, ids)]
        return {item: {"liked": one.record.is_favorite} for item, one in pairs if isinstance(one, Found)}

    def _open(self, endpoint: str) -> StashBoxClient:
        return open_source(self._call, self._find_box(endpoint))

    def _find_box(self, endpoint: str) -> Box:
        if endpoint not in self._boxes:
            self._boxes[endpoint] = read_usable(self._call, endpoint)[0]
        return self._boxes[endpoint]


def decode(item: Item) -> tuple[str, str]:
    """Endpoint and id of an item that is known to a box only."""
    endpoint, _, remote_id = item.id.rpartition("|")
    return endpoint, remote_id


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
