"""The journal target that links a local scene to the box."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.files.store import set_linked
from shared.errors import Conflict, NotFound
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.stash import StashClient
from shared.stash.links import add_link, find_ids, remove_link
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "scene_links"
FIELD = "stash_ids"


class LinkTarget:
    """The stash ids of scenes as a journal target; other boxes' ids stay as they are."""

    def __init__(self, stash: StashClient, store: Store) -> None:
        self._stash = stash
        self._store = store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return the links of each scene; the journal compares them with a planned change."""
        del fields
        rows = self._stash.scenes.read([int(item.id) for item in items], "stash_ids { endpoint stash_id }")
        return {item: {FIELD: strip_times(rows[int(item.id)][FIELD])} for item in items if int(item.id) in rows}

    def write(self, work: Work) -> Written:
        """Add and remove links, one scene at a time; the journal calls it with planned changes."""
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        number = int(item.id)
        row = self._stash.scenes.get(number, self._stash.capabilities().link_fields)
        if row is None:
            raise NotFound(f"Stash has no scene {number} any more.", service="Stash")
        links = row[FIELD]
        for change in changes:
            links = change_links(links, change)
        self._stash.scenes.update(number, {FIELD: links})
        for change in changes:
            link = change.before if change.action == "remove" else change.after
            set_linked(self._store, link["endpoint"], link["stash_id"], number, change.action != "remove")


def strip_times(links: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return links without their times, which change whenever a scene is saved; `LinkTarget.read` calls it."""
    return [{"endpoint": link["endpoint"], "stash_id": link["stash_id"]} for link in links]


def change_links(links: Sequence[Mapping[str, Any]], change: Change) -> list[dict[str, Any]]:
    """Return a scene's links after one journal change, for `LinkTarget.write`.

    Raise Conflict if the scene has another id at this box.
    """
    if change.action == "remove":
        return remove_link(links, change.before["endpoint"], change.before["stash_id"])
    endpoint, stash_id = change.after["endpoint"], change.after["stash_id"]
    others = [each for each in find_ids(links, endpoint) if each != stash_id]
    if others:
        raise Conflict(f"The scene is linked to another scene of this box already ({others[0]}). Look at it in Stash.")
    return add_link(links, endpoint, stash_id)


def make_target(call: Call) -> LinkTarget:
    """Return the journal's target of the kind `scene_links`; the entry table names it."""
    return LinkTarget(call.stash, call.store)
