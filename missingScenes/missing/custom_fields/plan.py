"""The plan of the custom fields: only values that differ are written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shared.journal import Change, Item, set_field

NAMES = ("missing_scenes_missing", "missing_scenes_owned", "missing_scenes_total")
# In a filter of studios, Stash compares numbers as texts, so studios have texts of one length.
STUDIO_DIGITS = 6
SOURCE = "Missing Scenes"


def make_values(kind: str, total: int, owned: int) -> dict[str, Any]:
    """Return the values of the custom fields for the counts of a performer or studio.

    The task that writes them calls it.
    """
    counts = dict(zip(NAMES, (total - owned, owned, total)))
    return {name: format_count(each) for name, each in counts.items()} if kind == "studio" else counts


def format_count(count: int) -> str:
    """Return a count with leading zeros, so that texts are ordered as numbers are; `make_values` calls it."""
    return f"{count:0{STUDIO_DIGITS}d}"


def plan_values(item: Item, present: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Change]:
    """Yield a change for each of our fields whose value differs; a field that `wanted` lacks is removed.

    `present` has all custom fields of the object; those of other names are never touched. The task that writes custom
    fields calls it.
    """
    for name in NAMES:
        before, after = present.get(name), wanted.get(name)
        if type(before) is not type(after) or before != after:
            yield set_field(item, name, before, after, source=SOURCE)
