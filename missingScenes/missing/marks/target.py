"""The journal target that puts scenes on the wanted and the ignored list and takes them off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from shared.errors import BundleError
from shared.journal import Item, Json, Work
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "lists"


def make_item(endpoint: str, scene_id: str, label: str) -> Item:
    """Return the journal's item for a scene of a box on a list; `plan_marks` makes its changes with it."""
    return Item("box scene", f"{scene_id} {endpoint}", label)


class MarkTarget:
    """The wanted and the ignored list as a journal target; the fields are the lists' names."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each scene and list whether it is on the list; the journal compares this with a change."""
        return {item: {field: self._is_on(field, item) for field in fields} for item in items}

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Put scenes on the lists or take them off; the journal calls it with planned changes."""
        now = self._store.clock.now()
        update = "UPDATE marks SET is_on = ?, added = ? WHERE list = ? AND scene_id = ? AND endpoint = ?"
        with self._store.write() as db:
            for item, changes in work:
                key = item.id.split(" ", 1)
                db.executemany(update, [(bool(change.after), now, change.field, *key) for change in changes])
        return dict.fromkeys(item for item, _ in work)

    def _is_on(self, name: str, item: Item) -> bool:
        query = "SELECT is_on FROM marks WHERE list = ? AND scene_id = ? AND endpoint = ?"
        row = self._store.first(query, (name, *item.id.split(" ", 1)))
        return bool(row and row["is_on"])


def make_target(call: Call) -> MarkTarget:
    """Return the journal's target of the kind `lists`; the entry table names it."""
    return MarkTarget(call.store)
