"""The memory of looks, in the state file: the last look at each kind of object, and each object's last save."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from shared.capture.compare import KnownObject, LastLook

if TYPE_CHECKING:
    from shared.state.store import Store

SCRIPTS = (
    """
    CREATE TABLE looks (
        kind TEXT PRIMARY KEY, at REAL NOT NULL, monotonic REAL NOT NULL, utc_offset TEXT NOT NULL,
        newest_id INTEGER NOT NULL, newest_at REAL NOT NULL, compared_at REAL NOT NULL, compare_seconds REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE known_objects (
        kind TEXT NOT NULL, id INTEGER NOT NULL, updated_at REAL NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    """,
)
IDS_AT_ONCE = 500


class KnownObjects:
    """The known objects of one kind."""

    def __init__(self, store: Store, kind: str) -> None:
        self._store = store
        self._kind = kind
        store.ensure("capture", SCRIPTS)

    def find_last_look(self) -> LastLook | None:
        """Return the last look at this kind, None before the first one; the next look begins there."""
        row = self._store.first("SELECT * FROM looks WHERE kind = ?", (self._kind,))
        return None if row is None else LastLook(*tuple(row)[1:])

    def save_look(self, look: LastLook) -> None:
        """Keep a look at Stash as the last one; each look ends with it."""
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO looks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (self._kind, *look))

    def count(self) -> int:
        """Return how many objects are known; a look compares this with the number in Stash."""
        return int(self._store.read("SELECT count(*) FROM known_objects WHERE kind = ?", (self._kind,))[0][0])

    def find(self, ids: Collection[int]) -> dict[int, KnownObject]:
        """Return what is known of these objects by id; `KindCapture` compares the rows of a look at Stash with it."""
        found: dict[int, KnownObject] = {}
        numbers = list(ids)
        for start in range(0, len(numbers), IDS_AT_ONCE):
            piece = numbers[start : start + IDS_AT_ONCE]
            marks = ", ".join("?" * len(piece))
            sql = f"SELECT id, updated_at, digest FROM known_objects WHERE kind = ? AND id IN ({marks})"  # noqa: S608
            found.update((row[0], KnownObject(row[1], row[2])) for row in self._store.read(sql, (self._kind, *piece)))
        return found

    def find_between(self, after: int, last: int | None) -> dict[int, KnownObject]:
        """Return what is known of the objects with ids above one and up to another; None means to the end.

        A comparison of all objects reads it page by page.
        """
        sql = "SELECT id, updated_at, digest FROM known_objects WHERE kind = ? AND id > ? AND id <= ?"
        rows = self._store.read(sql, (self._kind, after, 2**62 if last is None else last))
        return {row[0]: KnownObject(row[1], row[2]) for row in rows}

    def is_behind(self, number: int, saved_at: float) -> bool:
        """Return True if no look at Stash (a search for saved objects) has noticed this save of an object yet.

        The next look takes it in. False before the first look. A page that shows the state of one object asks it.
        """
        known = self.find([number]).get(number)
        return self.find_last_look() is not None and (known is None or known.updated_at < saved_at)

    def find_newest(self) -> tuple[int, float]:
        """Return the id and time of the object that was saved last; zeros if none is known.

        A comparison of all ends with it.
        """
        sql = "SELECT id, max(updated_at) FROM known_objects WHERE kind = ?"
        row = self._store.first(sql, (self._kind,))
        return (row[0] or 0, row[1] or 0.0)

    def save(self, known: Mapping[int, KnownObject], gone: Collection[int] = ()) -> None:
        """Keep what a look found of some objects, for `KindCapture`, and forget those that are gone."""
        with self._store.write() as db:
            rows = ((self._kind, number, *each) for number, each in known.items())
            db.executemany("INSERT OR REPLACE INTO known_objects VALUES (?, ?, ?, ?)", rows)
            db.executemany("DELETE FROM known_objects WHERE kind = ? AND id = ?", ((self._kind, each) for each in gone))

    def forget_all(self) -> None:
        """Forget the kind, so that the next look is a first one; a look calls it for a kind whose watch is off."""
        with self._store.write() as db:
            db.execute("DELETE FROM looks WHERE kind = ?", (self._kind,))
            db.execute("DELETE FROM known_objects WHERE kind = ?", (self._kind,))
