"""A service that keeps books in a file; the sample plugin reads and changes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shared.errors import Refused, Unreachable
from shared.journal import Change, Item, Json, Work, Written

if TYPE_CHECKING:
    from shared.runtime.call import Call


class Shelf:
    """The journal's target; a book named "down" makes it unreachable, a title "forbidden" is refused."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def books(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = json.loads(self._path.read_text()) if self._path.is_file() else {}
        return found

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        books = self.books()
        if "down" in books:
            raise Unreachable("The shelf cannot be reached.", service="Shelf")
        return {item: {field: books[item.id].get(field) for field in fields} for item in items if item.id in books}

    def write(self, work: Work) -> Written:
        return {item: self._write_item(item, changes) for item, changes in work}

    def _write_item(self, item: Item, changes: Sequence[Change]) -> Refused | None:
        if any(change.after == "forbidden" for change in changes):
            return Refused(f"The shelf does not allow this title for {item.label}.", service="Shelf")
        books = self.books()
        for change in changes:
            books[item.id][change.field] = change.after
        self._path.write_text(json.dumps(books))
        return None


def make_shelf(call: Call) -> Shelf:
    return Shelf(Path(call.connection.dir) / "shelf.json")
