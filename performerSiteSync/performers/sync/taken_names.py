"""Finds names that another performer or studio has, before Stash would refuse them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from performers.identity.conflict_kinds import NAME_TAKEN
from performers.identity.conflict_store import IdentityConflict
from performers.library.kinds import PERFORMER
from performers.library.names import NameHolder, NameIndex
from performers.library.normalize import normalize_name
from shared.journal import Change, Entry, Item

ALIASES = ("aliases", "alias_list")  # of studios, of performers


def find_holder(names: NameIndex, item: Item, name: str, disambiguation: str | None) -> NameHolder | None:
    """Return another object that has this name and so prevents the write, for `drop_collisions`.

    Studios also share names with aliases. Performers with different disambiguations may share a name; None stands for
    an alias, which has none.
    """
    for each in names.find(name):
        is_same = disambiguation is None or normalize_name(each.disambiguation) == normalize_name(disambiguation)
        is_in_the_way = item.kind != PERFORMER or (is_same and not each.is_alias)
        if is_in_the_way and each.number != int(item.id):
            return each
    return None


def drop_collisions(
    item: Item,
    present: Mapping[str, Any],
    entries: Iterable[Entry],
    names: NameIndex,
    conflicts: list[IdentityConflict],
) -> Iterator[Entry]:
    """Yield the entries whose names are free, and add a conflict for each that is taken, for `EntityPlanner`."""
    changes = list(entries)
    final = dict(present)
    final.update({each.field: each.after for each in changes if isinstance(each, Change) and each.action == "set"})
    for each in changes:
        wanted = find_wanted_name(each, final)
        disambiguation = None if each.field in ALIASES else str(final.get("disambiguation") or "")
        holder = find_holder(names, item, wanted, disambiguation) if wanted else None
        if holder is not None and isinstance(each, Change):
            conflicts.append(describe_taken_name(item, each, holder))
        else:
            yield each


def find_wanted_name(entry: Entry, final: Mapping[str, Any]) -> str:
    """Return the name that must be free for this change, or an empty text; `drop_collisions` calls it.

    Performers may share an alias, but an alias that is another performer's name would lead searches to the wrong one.
    """
    if not isinstance(entry, Change):
        return ""
    if entry.field in ALIASES:
        return str(entry.after or "")
    return str(final["name"]) if entry.field in ("name", "disambiguation") else ""


def describe_taken_name(item: Item, change: Change, holder: NameHolder) -> IdentityConflict:
    """Return the conflict that `drop_collisions` makes of a change to a taken name."""
    what = "alias" if change.field in ALIASES else change.field
    message = f'The {what} "{change.after}" is not written: {holder} has it.'
    about = (item.kind, int(item.id), item.label, NAME_TAKEN, change.source)
    return IdentityConflict(*about, message, str(change.after), (), [{"id": holder.number, "evidence": [message]}])
