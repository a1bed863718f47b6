"""Which library objects have which records: two on one record are a conflict."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.links import find_links
from performers.library.entities import find_linked_by_id, select_objects
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

FEW = 20  # objects of a run whose records are looked up one by one; for more, all links of the library are read once
PIECE = 1000

Owners = dict[str, list[Mapping[str, Any]]]


class LinkOwners:
    """The objects of one kind by box and record, for `EntityPlanner`."""

    def __init__(self, call: Call, kind: str, boxes: Sequence[Box]) -> None:
        self._call = call
        self._kind = kind
        self._boxes = boxes
        self._all: dict[str, Owners] | None = None

    def find(self, box: Box, ids: Collection[str], number: int) -> Owners:
        """Return the library objects that are linked to these records of a box, for the planners.

        `number` is how many objects the caller plans now.
        """
        if self._all is None and number <= FEW:
            return {each: list(rows) for each, rows in self._find_few(box, ids).items()}
        if self._all is None:
            self._all = self._read_all()
        return {each: self._all[box.endpoint][each] for each in ids if each in self._all[box.endpoint]}

    def _find_few(self, box: Box, ids: Collection[str]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        return find_linked_by_id(self._call.stash, self._kind, box.endpoint, ids, "name")

    def _read_all(self) -> dict[str, Owners]:
        found: dict[str, Owners] = {box.endpoint: {} for box in self._boxes}
        objects = select_objects(self._call.stash, self._kind)
        for rows in objects.stream(objects.ids(), "name stash_ids { endpoint stash_id }", size=PIECE):
            for row in rows:
                links = [(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]]
                for box in self._boxes:
                    for each in {pair[1] for pair in find_links(links, box)}:
                        found[box.endpoint].setdefault(each, []).append({"id": row["id"], "name": row["name"]})
        return found
