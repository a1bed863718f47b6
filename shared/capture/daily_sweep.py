"""Checks stored rows a piece each day, so that no day costs more than one piece of each table.

A sweep keeps how far it has come in each table, and begins a table anew after its last row. The rows are named by a
`Place`: what tells them apart and gives their order, such as an id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from shared.runtime.clock import is_recent

if TYPE_CHECKING:
    from shared.json_shape import JsonShape
    from shared.runtime.call_parts import CallParts

DAY = 86400.0
Place = TypeVar("Place")


class SweptTable(Protocol[Place]):
    """A table that a sweep goes through."""

    def list_next(self, after: Place, most: int) -> list[Place]:
        """Return the places of the next rows after a place, in order, at most so many; the daily sweep calls it."""

    def forget_needless(self, places: Sequence[Place]) -> int:
        """Delete the rows at those of these places that are needed no more; return how many were deleted.

        The daily sweep calls it.
        """


class SweepName(NamedTuple):
    """The name under which the state file keeps how far a sweep has come, and the shape of a place there."""

    name: str
    place_shape: JsonShape


def sweep_daily(
    call: CallParts, sweep: SweepName, tables: Mapping[str, SweptTable[Place]], start: Place, piece: int
) -> int:
    """Let each table forget what is needless in its next `piece` of rows, once a day; return how many places went.

    `start` is the place before all rows. The sweeps of answers and of notes about objects call it.
    """
    known = call.store.kv.get(sweep.name, {"at": float, "after": {str: sweep.place_shape}}, {"at": 0.0, "after": {}})
    now = call.clock.now()
    if is_recent(known["at"], now, DAY):
        return 0
    after, forgotten = dict(known["after"]), 0
    for name, table in tables.items():
        places = table.list_next(after.get(name, start), piece)
        forgotten += table.forget_needless(places)
        after[name] = places[-1] if len(places) == piece else start
    call.store.kv.put(sweep.name, {"at": now, "after": after})
    return forgotten
