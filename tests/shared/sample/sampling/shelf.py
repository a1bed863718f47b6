"""A service that keeps books in a file: what the sample plugin reads, changes and takes back."""

from __future__ import annotations

import json
from pathlib import Path

from shared.errors import Refused, Unreachable


class Shelf:
    """The journal's target; a book named "down" makes it unreachable, a title "forbidden" is refused."""

    def __init__(self, path):
        self._path = Path(path)

    def books(self):
        return json.loads(self._path.read_text()) if self._path.is_file() else {}

    def read(self, items, fields):
        books = self.books()
        if "down" in books:
            raise Unreachable("The shelf cannot be reached.", service="Shelf")
        return {item: {field: books[item.id].get(field) for field in fields} for item in items if item.id in books}

    def write(self, work):
        return {item: self._write_item(item, changes) for item, changes in work}

    def _write_item(self, item, changes):
        if any(change.after == "forbidden" for change in changes):
            return Refused(f"The shelf does not allow this title for {item.label}.", service="Shelf")
        books = self.books()
        for change in changes:
            books[item.id][change.field] = change.after
        self._path.write_text(json.dumps(books))
        return None


def make_shelf(call):
    return Shelf(Path(call.connection.dir) / "shelf.json")
