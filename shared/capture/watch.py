"""The kinds of objects that a plugin watches in Stash, and the queue entries that a change of one becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from shared.stash.library import ObjectKind, Row

CREATED, CHANGED, DESTROYED = "created", "changed", "destroyed"


class ObjectChange(NamedTuple):
    """One object that was created, changed or destroyed; `row` has the watched fields, empty once it is gone."""

    kind: str
    id: int
    how: str
    row: Row


class NewEntry(NamedTuple):
    """An entry for the queue, as `Outbox.put` takes it."""

    key: str
    note: Any = None


class Watch(NamedTuple):
    """One kind of object that a plugin watches.

    With `fields` (a GraphQL selection) only objects whose values there differ count as changed; without, every save
    does. `is_on` is the setting; while it is off nothing is looked for. When it is on again, the plugin takes up where
    it stopped if `catches_up`, else it begins with what happens from then on.
    """

    kind: ObjectKind
    make_entries: Callable[[ObjectChange], Iterable[NewEntry]]
    fields: str = ""
    is_on: bool = True
    catches_up: bool = True
