"""Looks up at a box whether a performer, studio or tag without scenes was merged, deleted or never known there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from shared.stash_box import Deleted, LookupFailed, LookupFound, Merged, Outcome, StashBoxClient


class EntityLookup(NamedTuple):
    """An entity's ids at the box from now on (none if it is gone), its name there, and a notice for the page."""

    ids: tuple[str, ...]
    name: str
    notice: str = ""


def look_up_entity(client: StashBoxClient, kind: str, ids: Sequence[str]) -> EntityLookup:
    """Return what became of an entity for which the box lists no scenes; `find_missing` then uses its new id.

    An id that was merged or deleted finds nothing, which would look like a complete collection.
    """
    look_up = {"performer": client.find_performer, "studio": client.find_studio, "tag": client.find_tag}[kind]
    found = read_entity_outcome(look_up(ids[0]), client.box.name, kind, ids)
    return found if found.ids or len(ids) == 1 else look_up_entity(client, kind, ids[1:])


def read_entity_outcome(outcome: Outcome[Any], box: str, kind: str, ids: Sequence[str]) -> EntityLookup:
    """Return the ids to use and a notice, from the box's answer to the first id; lists and completeness use it."""
    if isinstance(outcome, Merged):
        name = outcome.record.name
        notice = f"{box} merged this {kind} into {name}, whose scenes are shown. Correct the link in Stash."
        return EntityLookup((outcome.into, *ids[1:]), name, notice)
    if isinstance(outcome, LookupFound):
        return EntityLookup(tuple(ids), outcome.record.name)
    if isinstance(outcome, LookupFailed):
        return EntityLookup((), "", str(outcome.error))
    verb = "was deleted at" if isinstance(outcome, Deleted) else "is not known to"
    return EntityLookup((), "", f"This {kind} {verb} {box}, so its missing scenes are unknown. Link it again in Stash.")
