"""Which of two objects' ids at a box lives on, from cached answers and open conflicts; no box is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.links import find_links
from performers.boxes.record_cache import GONE, RecordCache
from performers.boxes.record_cache import MERGED as MERGED_RECORD
from performers.identity.conflict_kinds import MERGED
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

INTO = "SELECT subject FROM conflicts WHERE kind = ? AND item = ? AND what = ? AND endpoint = ?"


class DeadLink(NamedTuple):
    """A link to a record that the box no longer has, and the other object's link to the same box, which is alive."""

    box: str
    dead: Sequence[str]
    live: Sequence[str]
    is_merged: bool

    @property
    def reason(self) -> str:
        """Return the sentence why the live id stays, for the preview of a merge; ids say nothing to a person."""
        if self.is_merged:
            return f"{self.box} merged the other record into this one."
        return f"{self.box} deleted the other record."


class LiveLinks:
    """Finds dead links of pairs of performers or studios; the list of duplicates and the merge plan use it."""

    def __init__(self, call: Call, kind: str, boxes: Sequence[Box]) -> None:
        self._store = call.store
        self._kind = kind
        self._boxes = boxes
        self._answers = RecordCache(call.store, kind)

    def find_dead(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[DeadLink]:
        """Return the links of `one` to dead records where `other` has a living record of the same box.

        Duplicates and merges prefer the living ones.
        """
        links, others = ([(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]] for row in (one, other))
        found = []
        for box in self._boxes:
            dead, live = find_links(links, box), find_links(others, box)
            if len(dead) == len(live) == 1 and dead[0][1] != live[0][1]:
                successor = self._find_successor(box, int(one["id"]), dead[0][1])
                if successor is not None and self._is_alive(box, live[0][1], successor):
                    found.append(DeadLink(box.name, dead[0], live[0], successor == live[0][1]))
        return found

    def _find_successor(self, box: Box, number: int, remote_id: str) -> str | None:
        """Return the id into which the box merged the record, empty if it is gone, None if it lives or is unknown."""
        answer = self._answers.read(box.endpoint, [remote_id]).get(remote_id)
        if answer is not None:
            return answer.into if answer.state in (MERGED_RECORD, GONE) else None
        row = self._store.first(INTO, (self._kind, number, MERGED, box.endpoint))
        return str(row["subject"]) if row is not None and row["subject"] != remote_id else None

    def _is_alive(self, box: Box, remote_id: str, successor: str) -> bool:
        if remote_id == successor:
            return True
        answer = self._answers.read(box.endpoint, [remote_id]).get(remote_id)
        return answer is not None and answer.state not in (MERGED_RECORD, GONE)
