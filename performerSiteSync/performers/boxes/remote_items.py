"""Journal items that stand for records of boxes instead of objects of the library. Pure.

The kind of such an item is a prefix and the kind of object ("new_performer"), its id "endpoint|remote id".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shared.journal import Item

NEW = "new_"  # a favorite of a box that is created in Stash
PARENT = "parent_"  # a parent studio that is created for its sub-studios
FAVORITE = "liked_"  # a favorite at a box, set or removed there
CAST = "cast_"  # a performer or studio of a scene that is created in Stash
PREFIXES = (NEW, PARENT, FAVORITE, CAST)


class RemoteGroup(NamedTuple):
    """The prefix, kind and box that remote items of a journal batch have in common."""

    prefix: str
    kind: str
    endpoint: str


def make_remote_item(group: RemoteGroup, remote_id: str, label: str) -> Item:
    """Return the journal item of a box's record, for the plans of favorites and of parent studios."""
    return Item(group.prefix + group.kind, f"{group.endpoint}|{remote_id}", label)


def read_remote_id(item: Item) -> str:
    """Return a remote item's record id at its box, for the journal targets."""
    return item.id.rpartition("|")[2]


def find_group(item: Item) -> RemoteGroup | None:
    """Return the group of a remote item, or None for an object of the library; both journal targets sort by it."""
    for prefix in PREFIXES:
        if item.kind.startswith(prefix):
            return RemoteGroup(prefix, item.kind[len(prefix) :], item.id.rpartition("|")[0])
    return None


def group_remote_items(items: Iterable[Item]) -> dict[RemoteGroup, list[Item]]:
    """Return the remote items among those a journal target reads or writes, by group."""
    groups: dict[RemoteGroup, list[Item]] = {}
    for item in items:
        group = find_group(item)
        if group is not None:
            groups.setdefault(group, []).append(item)
    return groups
