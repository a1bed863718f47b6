"""Items whose values Plex gets from the provider: the push sets no locks there and takes its own off. Pure.

A refresh brings the same values, so they need no lock. What a person has locked or added stays locked.
"""

from __future__ import annotations

from collections.abc import Collection

from shared.plex.diff import LastWrite, WantedItem, names_of
from shared.plex.edits import same_value
from shared.plex.model import PlexItem

DATE = "originallyAvailableAt"  # Plex demands it of the provider, even for a scene without a date


def list_unlocked_texts(item: PlexItem, provided: Collection[str]) -> dict[str, str]:
    """Return the texts that the provider brought to an item; `ItemPlanner` may clear them, as nobody locked them."""
    texts = [name for name in provided if name not in item.locks and name != DATE]
    return {name: item.fields[name] for name in texts if item.fields.get(name)}


def credit_provider(last: LastWrite, item: PlexItem, provided: Collection[str]) -> LastWrite:
    """Return what this plugin wrote to an item, and what the provider has brought; `ItemPlanner` compares with it.

    So an edit in Stash also removes what the provider alone had written.
    """
    tags, added = dict(last.tags), dict(last.added or {})
    for kind in provided:
        present = item.tags.get(kind, ())
        if present and kind not in item.locks:
            known = names_of(tags.get(kind, ()))
            tags[kind] = (*tags.get(kind, ()), *(tag for tag in present if not names_of([tag]) <= known))
            added[kind] = names_of(tags[kind])
    fields = {**last.fields, **list_unlocked_texts(item, provided)}
    return last._replace(fields=fields, tags=tags, added=added)


def find_releasable(item: PlexItem, wanted: WantedItem, last: LastWrite, kept: Collection[str]) -> set[str]:
    """Return the names of this plugin's locks under which an item has no value of a person.

    `ItemPlanner` takes them off.
    """
    ours = item.locks.intersection(last.locks).difference(kept)
    return {name for name in ours if not has_foreign_value(item, name, wanted, last)}


def has_foreign_value(item: PlexItem, name: str, wanted: WantedItem, last: LastWrite) -> bool:
    """Return True if a field or kind of tag shows something that neither Stash has nor this plugin wrote."""
    if name in item.tags:
        known = names_of(wanted.tags.get(name, ())) | names_of(last.list_added(name))
        return not names_of(item.tags[name]) <= known
    return name not in wanted.fields and not same_value(name, item.fields.get(name, ""), last.fields.get(name, ""))
