"""The journal target that stores which matches a person rejected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from missing.files.store import find_rejected, set_rejected
from shared.errors import BundleError
from shared.journal import Item, Json, Work
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "file_rejections"
FIELD = "is_rejected"


def make_item(endpoint: str, scene_id: str, local_id: int, label: str) -> Item:
    """Return the journal's item for a match; `reject_match` makes its change with it."""
    return Item("file match", f"{local_id} {scene_id} {endpoint}", label)


def read_item(item: Item) -> tuple[str, str, int]:
    """Return endpoint, scene id and local number of a match's item, as `make_item` wrote them; the target calls it."""
    number, scene_id, endpoint = item.id.split(" ", 2)
    return endpoint, scene_id, int(number)


class RejectionTarget:
    """The rejected matches as a journal target with one field."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each match whether it is rejected; the journal compares this with a change."""
        del fields
        return {item: {FIELD: self._is_rejected(*read_item(item))} for item in items}

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Reject matches or take that back; the journal calls it with planned changes."""
        now = self._store.clock.now()
        with self._store.write() as db:
            for item, changes in work:
                for change in changes:
                    set_rejected(db, *read_item(item), now if change.after else None)
        return dict.fromkeys(item for item, _ in work)

    def _is_rejected(self, endpoint: str, scene_id: str, local_id: int) -> bool:
        return (scene_id, local_id) in find_rejected(self._store, endpoint, [scene_id])


def make_target(call: Call) -> RejectionTarget:
    """Return the journal's target of the kind `file_rejections`; the entry table names it."""
    return RejectionTarget(call.store)
