"""The double's state: one SQLite file, one writer at a time, readers with a view of their own."""

from __future__ import annotations

import contextlib
import json
import queue
import re
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Callable

from sandbox.stash.graph.failures import StashFailure

TABLES = Path(__file__).parent / "tables.sql"
EPOCH = "1970-01-01T00:00:00Z"
DIGITS = re.compile(r"\d+")
Row = tuple[Any, ...]
Now = Callable[[], datetime]


def join_path(folder: str | None, name: str | None) -> str | None:
    """Return the path of a file with the separator of the system that its folder is from; the queries call it."""
    if folder is None or name is None:
        return None
    separator = "\\" if choose_path_class(folder) is PureWindowsPath else "/"
    return f"{folder.rstrip(separator)}{separator}{name}"


def choose_path_class(path: str) -> type[PurePath]:
    """Return the class for paths like this one: that of Windows for drive letters and network shares.

    Scans and `join_path` call it.
    """
    is_windows = path[1:3] in (":\\", ":/") or path.startswith("\\\\")
    return PureWindowsPath if is_windows else PurePosixPath


def natural_key(text: object) -> str | None:
    """Return a key that sorts text as Stash does, case folded, numbers by value; SQL calls it in ORDER BY."""
    if text is None:
        return None
    return DIGITS.sub(lambda number: number[0].lstrip("0").zfill(24), str(text).lower())


def matches_pattern(pattern: str, text: object) -> bool:
    """Return the value of `column REGEXP pattern`; SQLite calls this."""
    return text is not None and re.search(pattern, str(text)) is not None


def count_phash_distance(left: int, right: int) -> int:
    """Return the number of bits in which two perceptual hashes differ; SQLite calls this."""
    return bin((left ^ right) & (2**64 - 1)).count("1")


def read_now() -> datetime:
    """Return the real time; tests put another clock in its place."""
    return datetime.now(timezone.utc)


class LibraryFile:
    """Opens the SQLite file and hands out transactions; `utc_offset` is the zone Stash writes its timestamps in."""

    def __init__(self, path: Path, *, now: Now = read_now, utc_offset: timedelta = timedelta()) -> None:
        self.path = path
        self.now = now
        self.zone = timezone(utc_offset)
        self._writing = threading.RLock()
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._writer = self._connect()
        if not self._writer.execute("SELECT 1 FROM sqlite_master WHERE name = 'scenes'").fetchone():
            tables = TABLES.read_text(encoding="utf-8")
            self._writer.executescript(f"BEGIN;\n{tables}\nCOMMIT;")  # one transaction, not one for each table

    def timestamp(self) -> str:
        """Return the time as Stash stores it: text, whole seconds, the server's own offset."""
        return self.format_time(self.now())

    def format_time(self, moment: datetime) -> str:
        """Return a moment as Stash stores it; `timestamp` and the histories of activity.py call it."""
        text = moment.astimezone(self.zone).replace(microsecond=0).isoformat()
        return text.replace("+00:00", "Z")

    @contextlib.contextmanager
    def read(self, *, is_snapshot: bool = True) -> Iterator[Database]:
        """Yield a view of Stash's database that stays the same for the block, or one that follows other writers."""
        connection = self._take()
        if is_snapshot:
            connection.execute("BEGIN")
        try:
            yield Database(connection)
        finally:
            if is_snapshot:
                connection.execute("ROLLBACK")
            self._idle.put(connection)

    @contextlib.contextmanager
    def write(self) -> Iterator[Database]:
        """Open one transaction for a with block; writers queue, an exception undoes everything."""
        with self._writing, self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            yield Database(self._writer)

    def save(self, path: Path) -> None:
        """Copy the whole database into another file, for the control route that remembers the state."""
        with self._writing, contextlib.closing(sqlite3.connect(str(path))) as copy:
            self._writer.backup(copy)

    def restore(self, path: Path) -> None:
        """Replace Stash's whole database by a saved copy, for the control route `reset`."""
        with self._writing, contextlib.closing(sqlite3.connect(str(path))) as copy:
            copy.backup(self._writer)

    def vacuum_into(self, path: Path) -> None:
        """Copy the database for the mutation `backupDatabase` as Stash does: in one statement; writers wait."""
        with self._writing:
            try:
                self._writer.execute("VACUUM INTO ?", (str(path),))
            except sqlite3.Error as error:
                raise StashFailure(f"vacuum failed: {error}") from error

    def close(self) -> None:
        """Close every connection to Stash's database, when the double stops."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()
        self._writer.close()

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(str(self.path), isolation_level=None, check_same_thread=False, timeout=30)
        for setting in ("journal_mode = WAL", "synchronous = OFF", "foreign_keys = ON", "cache_size = -65536"):
            connection.execute(f"PRAGMA {setting}")
        connection.create_function("natural_key", 1, natural_key, deterministic=True)
        connection.create_function("join_path", 2, join_path, deterministic=True)
        connection.create_function("regexp", 2, matches_pattern, deterministic=True)
        connection.create_function("phash_distance", 2, count_phash_distance, deterministic=True)
        return connection


class Database:
    """A connection inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def run(self, sql: str, args: Sequence[object] = ()) -> sqlite3.Cursor:
        """Execute one SQL statement on the library; what the database refuses is quoted as Stash quotes it."""
        try:
            return self.connection.execute(sql, args)
        except sqlite3.IntegrityError as error:
            shown = " ".join(str(arg) for arg in args)
            raise StashFailure(f"error executing `{sql}` [[{shown}]]: {error}") from error

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement on Stash's database for many rows, for mutations and generated libraries."""
        self.connection.executemany(sql, rows)

    def rows(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a query of Stash's database."""
        return self.connection.execute(sql, args).fetchall()

    def row(self, sql: str, args: Sequence[object] = ()) -> Row | None:
        """Return the first row of a query of Stash's database, None without one."""
        found: Row | None = self.connection.execute(sql, args).fetchone()
        return found

    def value(self, sql: str, args: Sequence[object] = ()) -> Any:
        """Return the first column of a query's first row, None without one; the whole double reads with it."""
        found = self.row(sql, args)
        return found[0] if found else None

    def column(self, sql: str, args: Sequence[object] = ()) -> list[Any]:
        """Return the first column of all rows of a query, for mutations."""
        return [row[0] for row in self.connection.execute(sql, args)]

    def rows_for(self, sql: str, ids: Collection[int]) -> list[Row]:
        """Return all rows of a query that says `IN (:ids)`, for any number of ids; resolvers and finds ask."""
        return self.rows(sql.replace(":ids", "SELECT value FROM json_each(?)"), (json.dumps(list(ids)),))

    def insert(self, table: str, values: dict[str, object]) -> int:
        """Insert one row into Stash's database and return its id, for mutations, scans and generated libraries."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        return int(self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())).lastrowid or 0)

    def update(self, table: str, row_id: int, values: dict[str, object]) -> None:
        """Set columns of one row of Stash's database, for mutations and scans."""
        names = ", ".join(f"{name} = ?" for name in values)
        self.run(f"UPDATE {table} SET {names} WHERE id = ?", (*values.values(), row_id))
