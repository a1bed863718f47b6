"""Finds library objects with the name of a favorite that is to be created; they become conflicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from performers.boxes.links import find_links
from performers.boxes.record_cache import RecordCache
from performers.favorites.snapshot import RemoteFavorite
from performers.identity.conflict_kinds import FAVORITE_ALIAS, NAME
from performers.identity.conflict_store import IdentityConflict, add_conflict
from performers.identity.decision_store import read_decisions
from performers.library.entities import select_objects
from performers.library.names import NameHolder, NameIndex
from performers.library.view import show_remote
from performers.sync.plan import note_conflict
from shared.journal import Finding, Item
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call


def find_name_clashes(
    call: Call, kind: str, box: Box, wanted: Mapping[str, RemoteFavorite], names: NameIndex
) -> dict[str, Finding]:
    """Return by id why favorites cannot be created, for the planner; possible matches are stored as conflicts."""
    holders = {each: names.find_other(remote.name, remote.disambiguation) for each, remote in wanted.items()}
    found = {each: holder for each, holder in holders.items() if holder is not None}
    linked = find_linked(call, kind, box, {holder.number for holder in found.values()})
    decided = read_decisions(call.store, kind, {holder.number for holder in found.values()})
    answers = RecordCache(call.store, kind).read(box.endpoint, found)
    findings: dict[str, Finding] = {}
    for each, holder in found.items():
        message = describe_clash(box, wanted[each], holder)
        if holder.number in linked:
            item = Item(kind, str(holder.number), holder.name)
            findings[each] = note_conflict(
                item, f"Favorite at {box.name}. {holder} has this name and is linked to another record.", box.endpoint
            )
            continue
        values = answers[each].values if each in answers else {"name": wanted[each].name}
        what, subject = (FAVORITE_ALIAS, each) if holder.is_alias else (NAME, "")
        about = (kind, holder.number, holder.name, what, box.endpoint, message, subject)
        conflict = IdentityConflict(*about, [show_remote(kind, box, each, values, [message])])
        findings[each] = conflict.finding
        if conflict.is_settled(decided):
            findings[each] = conflict.finding._replace(outcome="skipped")
        else:
            add_conflict(call.store, conflict, call.clock.now())
    return findings


def find_linked(call: Call, kind: str, box: Box, numbers: Collection[int]) -> set[int]:
    """Return those of the name holders that have a link to the box already, so that they are no match.

    `find_name_clashes` calls it.
    """
    rows = select_objects(call.stash, kind).read(numbers, "stash_ids { endpoint stash_id }") if numbers else {}
    pairs = {
        number: [(each["endpoint"], each["stash_id"]) for each in row["stash_ids"]] for number, row in rows.items()
    }
    return {number for number, links in pairs.items() if find_links(links, box)}


def describe_clash(box: Box, remote: RemoteFavorite, holder: NameHolder) -> str:
    """Return the conflict's message, for `find_name_clashes`: which library object has the name of the favorite."""
    how = f', with "{remote.name}" as an alias' if holder.is_alias else ""
    return f"Favorite at {box.name}. {holder} exists here and is not linked{how}."
