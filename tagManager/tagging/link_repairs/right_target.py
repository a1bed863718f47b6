"""The journal target that stores which links a person called right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from shared.errors import BundleError
from shared.journal import Item, Json, Work
from tagging.scene_links.findings import find_right, set_right
from tagging.scene_links.linked_files import LinkKey
from tagging.scene_links.published import publish_doubts

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "right_links"
FIELD = "is_right"


def make_item(key: LinkKey, label: str) -> Item:
    """Return the journal's item for a link that a person calls right; `read_item` gets the link from it."""
    return Item("scene link", f"{key.scene} {key.id} {key.endpoint}", label)


def read_item(item: Item) -> LinkKey:
    """Return the link in an item of `make_item`."""
    number, remote_id, endpoint = item.id.split(" ", 2)
    return LinkKey(endpoint, remote_id, int(number))


class RightLinkTarget:
    """The links that a person called right, as a journal target with one field."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._store = call.store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each link whether it was called right; the journal compares this with a change."""
        del fields
        return {item: {FIELD: find_right(self._store, read_item(item))} for item in items}

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Call links right or take that back; the journal calls it with planned changes."""
        for item, changes in work:
            for change in changes:
                set_right(self._store, read_item(item), bool(change.after))
        publish_doubts(self._call)
        return dict.fromkeys(item for item, _ in work)


def make_target(call: Call) -> RightLinkTarget:
    """Return the target for plans of the kind `right_links`; the entry table names this function."""
    return RightLinkTarget(call)
