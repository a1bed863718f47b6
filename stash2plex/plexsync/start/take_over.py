"""Decides which values in Plex count as sent by this plugin after its records were lost. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plexsync.write.store import WriteRecord, collect_tag_keys
from shared.plex.diff import WantedItem
from shared.plex.edits import same_value, tag_key
from shared.plex.model import PlexItem, PlexTag


def adopt_values(record: WriteRecord, item: PlexItem, wanted: WantedItem, former: WriteRecord | None) -> bool:
    """Note in the record the values and locks of the item that Stash has, or that `former` says were sent.

    The task Take Over What Plex Shows calls it. Returns True if there were any.
    """
    names = [
        *adopt_fields(record, item, wanted.fields, former.fields if former else {}),
        *adopt_tags(record, item, wanted.tags, former.tags if former else {}),
    ]
    record.locks.update(name for name in names if name in item.locks)
    return bool(names)


def adopt_fields(
    record: WriteRecord, item: PlexItem, wanted: Mapping[str, str], former: Mapping[str, str]
) -> list[str]:
    """Note the texts that are this plugin's and return their fields; an empty one counts if it is locked."""
    found = []
    for name, value in wanted.items():
        shown = item.fields.get(name, "")
        sent = [value, former[name]] if name in former else [value]
        if (shown or name in item.locks) and any(same_value(name, shown, each) for each in sent):
            record.fields[name] = shown
            record.found.discard(name)
            found.append(name)
    return found


def adopt_tags(
    record: WriteRecord, item: PlexItem, wanted: Mapping[str, Sequence[PlexTag]], former: Mapping[str, list[PlexTag]]
) -> list[str]:
    """Note the tags that are this plugin's and return their kinds; an empty list counts if it is locked."""
    found = []
    for kind, tags in wanted.items():
        present = collect_tag_keys(item.tags.get(kind, ()))
        sent = {tag_key(tag.name): tag for tag in (*tags, *former.get(kind, ()))}
        shared = [tag for key, tag in sent.items() if key in present]
        if shared or (not tags and not present and kind in item.locks):
            record.tags[kind] = shared
            record.added[kind] = collect_tag_keys(shared)
            found.append(kind)
    return found
