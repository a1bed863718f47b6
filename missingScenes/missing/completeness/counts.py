"""Counts of a linked performer or studio: scenes at the box, and owned ones. Pure."""

from __future__ import annotations

from typing import NamedTuple

NO_SCENES = "The box lists no scenes here."
CRITERIA = {"performer": "performers", "studio": "studios"}  # at the box and in Stash


class LinkedEntity(NamedTuple):
    """A performer or studio of the library with its id at one box."""

    kind: str
    number: int
    name: str
    is_favorite: bool
    stash_id: str


class EntityCount(NamedTuple):
    """An entity's number of scenes at the box, and of owned ones; `message` explains an odd count."""

    entity: LinkedEntity
    total: int
    owned: int
    message: str = ""


def make_count(entity: LinkedEntity, total: int, owned: int) -> EntityCount:
    """Return an entity's count for the completeness table, for all functions that ask a box.

    `owned` is at most `total`. Scenes that are linked to the performer in Stash only would otherwise count above the
    box's total.
    """
    return EntityCount(entity, total, min(owned, total), "" if total else NO_SCENES)
